import { foldText } from '../catalogue/fold-text.ts';

/**
 * Finds withheld values in text that would leave (docs/policy.md, P7, P8, P14). Cost: proportional to the text, whatever the number of values,
 * because values are looked up by their first word or first characters.
 */

export interface WithheldValue {
  /** A `phrase` is any other text: it is looked for as a whole. */
  readonly kind: 'name' | 'identifier' | 'date' | 'phrase';
  readonly value: string;
  /** No single words of the name: of persons who have nothing to do with what leaves. */
  readonly isWholeOnly?: true;
}

export interface WithheldFinder {
  /** Whole names, identifiers, dates and phrases. */
  findIn(text: string): boolean;
  /** The same, and single words of a withheld name: for free text. */
  findInFreeText(text: string): boolean;
}

const SHORTEST_NAME = 3;
const SHORTEST_WORD = 4;
const SHORTEST_PHRASE = 4;
const SHORTEST_IDENTIFIER = 5;
const SHORTEST_NUMBER = 7;
/** Two names written as one word, as in a handle or an address: shorter ones stand in other words by chance. */
const SHORTEST_JOINED = 8;
/** Scripts in which a name does not stand between blanks, or takes its particles without one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

export function withheldFinder(
  values: readonly WithheldValue[],
  foldToAscii: (text: string) => string,
): WithheldFinder {
  const phrases: Lookup = new Map();
  const words = new Set<string>();
  const compact: Lookup = new Map();
  for (const { kind, value, isWholeOnly } of values) {
    if (kind === 'name') addName(value, isWholeOnly === true);
    else if (kind === 'phrase') addPhrase(value);
    else if (kind === 'date') for (const form of dateForms(value)) addCompact(form);
    else addIdentifier(value);
  }
  return {
    findIn: (text) => isFound(variants(text)),
    findInFreeText(text) {
      const forms = variants(text);
      return isFound(forms) || forms.some((form) => wordsOf(form).some((word) => words.has(word)));
    },
  };

  function isFound(forms: readonly string[]): boolean {
    return forms.some((form) => {
      const parts = wordsOf(form);
      return containsPhrase(parts) || containsCompact(parts.join(''));
    });
  }

  function addName(value: string, isWholeOnly: boolean): void {
    if (UNSPACED.test(value)) {
      const form = wordsOf(fold(value)).join('');
      if (form.length >= 2) addTo(compact, form.slice(0, 2), form.length, form);
    }
    for (const form of variants(value)) {
      const parts = wordsOf(form);
      if (parts.join('').length < SHORTEST_NAME) continue;
      for (const order of ordersOf(parts)) {
        addTo(phrases, order[0] ?? '', order.length, order.join(' '));
        if (parts.length > 1 && order.join('').length >= SHORTEST_JOINED) addCompact(order.join(''));
      }
      if (!isWholeOnly) for (const part of parts) if (part.length >= SHORTEST_WORD) words.add(part);
    }
  }

  function addPhrase(value: string): void {
    for (const form of variants(value)) {
      const parts = wordsOf(form);
      const isLong = parts.join('').length >= (isNumber(form) ? SHORTEST_IDENTIFIER : SHORTEST_PHRASE);
      if (isLong) addTo(phrases, parts[0] ?? '', parts.length, parts.join(' '));
    }
  }

  /** One that is too short to be looked for inside other text, where it would stand by chance, is looked for as a word. */
  function addIdentifier(value: string): void {
    const forms = variants(value).flatMap((form) => identifierForms(form));
    for (const form of forms) if (!isNumber(form) || form.length >= SHORTEST_NUMBER) addCompact(form);
    addPhrase(value);
  }

  function addCompact(form: string): void {
    if (form.length >= SHORTEST_IDENTIFIER) addTo(compact, form.slice(0, SHORTEST_IDENTIFIER), form.length, form);
  }

  function containsPhrase(parts: readonly string[]): boolean {
    return parts.some((part, at) => isIn(phrases, part, (words) => parts.slice(at, at + words).join(' ')));
  }

  function containsCompact(form: string): boolean {
    for (let at = 0; at < form.length - 1; at += 1) {
      const cut = (length: number): string => form.slice(at, at + length);
      if (isIn(compact, cut(2), cut) || isIn(compact, cut(SHORTEST_IDENTIFIER), cut)) return true;
    }
    return false;
  }

  function variants(text: string): string[] {
    const plain = fold(text);
    const ascii = fold(foldToAscii(text));
    return plain === ascii ? [plain] : [plain, ascii];
  }
}

/** One spelling for looking up: without case, accents and whatever is invisible. */
export function fold(text: string): string {
  return foldText(text)
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '');
}

/** The words as they stand, family name first, and family name last. */
function ordersOf(parts: readonly string[]): (readonly string[])[] {
  if (parts.length < 2) return [parts];
  return [parts, [...parts.slice(-1), ...parts.slice(0, -1)], [...parts.slice(1), ...parts.slice(0, 1)]];
}

/** What is looked for by its start, and then by its length: a question costs as much as there are lengths, however many values begin alike. */
type Lookup = Map<string, Map<number, Set<string>>>;

function addTo(lookup: Lookup, start: string, length: number, value: string): void {
  const byLength = lookup.get(start) ?? new Map<number, Set<string>>();
  lookup.set(start, byLength);
  byLength.set(length, (byLength.get(length) ?? new Set()).add(value));
}

function isIn(lookup: Lookup, start: string, cut: (length: number) => string): boolean {
  const byLength = lookup.get(start);
  return byLength !== undefined && [...byLength].some(([length, values]) => values.has(cut(length)));
}

function isNumber(text: string): boolean {
  return /^[\d\s]+$/.test(text);
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/**
 * An identifier without punctuation; a long number also without its country code (one to three digits) or trunk zero; an e-mail address also as
 * its user name, an address of a page also without its scheme.
 */
function identifierForms(value: string): string[] {
  const form = wordsOf(value).join('');
  const user = /^([^@\s]+)@[^@\s]+$/.exec(value)?.[1];
  const address = /^https?:\/\/(?:www\.)?(.+)$/.exec(value)?.[1];
  return [
    form,
    ...(user === undefined ? [] : [wordsOf(user).join('')]),
    ...(address === undefined ? [] : [wordsOf(address).join('')]),
    ...(/^\d{10,}$/.test(form) ? [form.slice(-Math.min(9, form.length - 3))] : []),
  ];
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** A full date in the orders and words people write it in; a year or month alone is not searched for. */
function dateForms(value: string): string[] {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(value) ?? [];
  if (year === undefined || month === undefined || day === undefined) return [];
  const name = MONTHS[Number(month) - 1] ?? '';
  const short = String(Number(day));
  const numeric = [
    `${year}${month}${day}`,
    `${day}${month}${year}`,
    `${month}${day}${year}`,
    `${short}${Number(month)}${year}`,
  ];
  const worded = [name, name.slice(0, 3)].flatMap((word) => [
    `${day}${word}${year}`,
    `${short}${word}${year}`,
    `${word}${short}${year}`,
    `${word}${day}${year}`,
  ]);
  return [...numeric, ...worded];
}
