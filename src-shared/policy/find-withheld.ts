import { foldText } from '../catalogue/fold-text.ts';
import { eachInSteps, runThrough } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';

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
  return runThrough(withheldFinderInSteps(values, foldToAscii));
}

/** The same with pauses: a store may hold a hundred thousand protected people. */
export function* withheldFinderInSteps(
  values: readonly WithheldValue[],
  foldToAscii: (text: string) => string,
): Generator<Step, WithheldFinder, undefined> {
  const phrases: Lookup = new Map();
  const words = new Set<string>();
  const compact: Lookup = new Map();
  const starts = newStarts();
  yield* eachInSteps('texts', values, ({ kind, value, isWholeOnly }) => {
    if (kind === 'name') addName(value, isWholeOnly === true);
    else if (kind === 'phrase') addPhrase(value);
    else if (kind === 'date') for (const form of dateForms(value)) addCompact(form);
    else addIdentifier(value);
    return UNITS_A_VALUE;
  });
  return {
    findIn: (text) => isFound(variants(text).map(wordsOf)),
    findInFreeText(text) {
      const forms = variants(text).map(wordsOf);
      return isFound(forms) || forms.some((parts) => parts.some((word) => words.has(word)));
    },
  };

  function isFound(forms: readonly (readonly string[])[]): boolean {
    return forms.some((parts) => containsPhrase(parts) || containsCompact(parts.join('')));
  }

  function addName(value: string, isWholeOnly: boolean): void {
    if (UNSPACED.test(value)) {
      const form = wordsOf(fold(value)).join('');
      if (form.length >= 2) {
        addTo(compact, form.slice(0, 2), form.length, form);
        starts.add(form);
      }
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
    if (form.length < SHORTEST_IDENTIFIER) return;
    addTo(compact, form.slice(0, SHORTEST_IDENTIFIER), form.length, form);
    starts.add(form);
  }

  function containsPhrase(parts: readonly string[]): boolean {
    return parts.some((part, at) => isIn(phrases, part, (words) => parts.slice(at, at + words).join(' ')));
  }

  function containsCompact(form: string): boolean {
    for (let at = 0; at < form.length - 1; at += 1) {
      if (!starts.has(form, at)) continue;
      const cut = (length: number): string => form.slice(at, at + length);
      if (isIn(compact, cut(2), cut) || isIn(compact, cut(SHORTEST_IDENTIFIER), cut)) return true;
    }
    return false;
  }

  function variants(text: string): string[] {
    const plain = fold(text);
    if (ASCII.test(text)) return [plain];
    const ascii = fold(foldToAscii(text));
    return plain === ascii ? [plain] : [plain, ascii];
  }
}

/** What one value weighs beside one claim: a name is looked for in several orders and spellings. */
const UNITS_A_VALUE = 8;

/** Nothing to decompose, and nothing that is written otherwise in ASCII. */
const ASCII = /^[\u0001-\u007F]*$/u;

/** Which pairs of characters something begins with, by their codes folded into sixteen bits: nearly every place of a text is passed by it. */
function newStarts() {
  const bits = new Uint8Array(2 ** 16);
  return {
    add: (text: string): void => void (bits[pairAt(text, 0)] = 1),
    has: (text: string, at: number): boolean => bits[pairAt(text, at)] === 1,
  };
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 257 + text.charCodeAt(at + 1)) & 0xff_ff;
}

/** One spelling for looking up: without case, accents and whatever is invisible. */
export function fold(text: string): string {
  const folded = foldText(text);
  if (ASCII.test(folded)) return folded;
  return folded.normalize('NFKD').replace(/\p{Mn}/gu, '');
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
  if (byLength === undefined) return false;
  for (const [length, values] of byLength) if (values.has(cut(length))) return true;
  return false;
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
