import type { PlainClaim } from '../catalogue/claim.ts';

/** docs/formats/import.md §7: plain data that a person sees before anything is written. */
export type ImportPlan = ImportSummary & {
  readonly entities: readonly PlannedEntity[];
  readonly links: readonly PlannedLink[];
};

/** A slice of a plan, from one step of reading. The ends of a link are in this slice or in one before. */
export type ImportSlice = PlannedSlice & { readonly progress: Progress };

export type PlannedSlice = {
  readonly entities: readonly PlannedEntity[];
  readonly links: readonly PlannedLink[];
  /**
   * The entities at the ends of the links, by their number in the order in which they came: from, to, from, to and so on. Who takes slices needs
   * no list of keys.
   */
  readonly ends: readonly number[];
};

/** What is known of a plan when all of the file has been read. */
export type ImportSummary = {
  readonly format: 'csv' | 'graphml';
  /** Rows or elements met, whatever became of them. */
  readonly read: number;
  readonly isNodeList: boolean;
  readonly isEdgeList: boolean;
  /** The first 10 000; `rejectedTotal` counts all. */
  readonly rejected: readonly RejectedRow[];
  readonly rejectedTotal: number;
  readonly warnings: readonly ImportWarning[];
  readonly columns: readonly PlannedColumn[];
};

export type PlannedEntity = {
  /** Unique in the plan: the id of the file, else the name (I15). */
  readonly key: string;
  readonly type: string;
  readonly claims: readonly PlainClaim[];
  readonly line: number;
};

export type PlannedLink = {
  readonly type: string;
  readonly fromKey: string;
  readonly toKey: string;
  readonly directed: boolean;
  readonly claims: readonly PlainClaim[];
  readonly line: number;
};

export type RejectedRow = { readonly line: number; readonly rule: string; readonly detail: string };

/** `line` is that of the first; `detail` names a column, never a value. */
export type ImportWarning = {
  readonly rule: string;
  readonly count: number;
  readonly line: number;
  readonly detail: string;
};

export type PlannedColumn = { readonly name: string; readonly use: string; readonly example: string };

/** What a person decided about an import; everything has a default. */
export type ImportOptions = {
  readonly entityType?: string | undefined;
  readonly linkType?: string | undefined;
  readonly directed?: boolean | undefined;
  /** Column name, or its number counted from 1, to its use (I12). */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
  /** Country of phone numbers without a country code. */
  readonly defaultCountry?: string | undefined;
};

/** Bytes read so far, of all. */
export type Progress = { readonly done: number; readonly total: number };
