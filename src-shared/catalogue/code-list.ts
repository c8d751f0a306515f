/**
 * How far a list or an entry was checked against its source: read there; read in a text that quotes it; written from memory.
 * A list from memory is a working aid: a person must check it before anyone relies on it.
 */
export type Verified = 'source' | 'second-hand' | 'memory';

/** One entry of a code list. The code is what is stored, verbatim; the label is English for the screen. */
export type Code = {
  readonly code: string;
  readonly label: string;
  readonly help?: string;
  /** Other spellings that an import may meet. */
  readonly aliases?: readonly string[];
  readonly verified?: Verified;
};

export type CodeList<C extends Code = Code> = {
  readonly name: string;
  readonly label: string;
  readonly source: string;
  readonly verified: Verified;
  readonly codes: readonly C[];
};

/** The entry with exactly this code; undefined when the list has none. */
export function findCode<C extends Code>(list: CodeList<C>, code: string): C | undefined {
  return list.codes.find((entry) => entry.code === code);
}

/** The entry that a person or a file means by a text: its code, label or alias, in any case and with any spacing. */
export function recogniseCode<C extends Code>(list: CodeList<C>, text: string): C | undefined {
  const wanted = plain(text);
  if (wanted === '') return undefined;
  return (
    findCode(list, text) ??
    list.codes.find((entry) => plain(entry.code) === wanted) ??
    list.codes.find((entry) => [entry.label, ...(entry.aliases ?? [])].some((name) => plain(name) === wanted))
  );
}

/** Entries whose code and label are one word, such as NIEM's, which are their own codes. */
export function codesOf(...labels: readonly string[]): Code[] {
  return labels.map((label) => ({ code: label, label }));
}

/** Entries from `code: label` pairs, in their order. */
export function codesFrom(pairs: Readonly<Record<string, string>>): Code[] {
  return Object.entries(pairs).map(([code, label]) => ({ code, label }));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_\-/]+/gu, '');
}
