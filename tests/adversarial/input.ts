/** How an input comes in: by which door it is read. */
export type Door = 'card' | 'import' | 'inner' | 'record' | 'sealed';

/** One hostile input, and how it must be refused: the code, and the rule where the code has one. `none` for what only looks hostile. */
export type HostileInput = {
  readonly door: Door;
  readonly name: string;
  /** Of the threat model, docs/threat-model.md. */
  readonly rows: readonly number[];
  readonly refusal: string;
  readonly bytes: Uint8Array;
};
