import anyAscii from 'any-ascii';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { foldText } from '../catalogue/fold-text.ts';
import type { ValueType } from '../catalogue/property.ts';
import type { ClaimValue } from '../domain/record.ts';

/** What a full-text index holds for one value. Empty strings where there is nothing to find. */
export type SearchTerms = {
  /** Folded in its own script: case, accents, Arabic vowel marks and tatweel; unspaced scripts one character a word. */
  readonly original: string;
  /** The same in Latin letters (any-ascii); empty when it would repeat `original`. */
  readonly folded: string;
  /** Letters and digits only, each spelling once: a number with and without its country code, a plate with look-alike letters folded. */
  readonly identifier: string;
};

/** Limits of one query, so that no typed text makes an expensive one. */
const MAXIMUM_QUERY = 256;
const MAXIMUM_WORDS = 16;
const MAXIMUM_WORD = 64;

const IDENTIFIERS: ReadonlySet<ValueType> = new Set<ValueType>(['phone', 'email', 'url', 'iban', 'identifier']);
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts written without spaces: every character becomes a word, and a run of them a phrase, so that any part can be found. */
const UNSPACED =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]\p{M}*)/gu;
/**
 * Letters since Unicode 8 that the tokenizer of SQLite (its tables are of Unicode 6.1) takes for marks and so for the end of a word: all there
 * are, found by indexing every letter and digit. They are indexed and looked for by their number.
 */
const UNKNOWN_TO_INDEX = /[\u19B0-\u19C0\u19C8\u19C9\u1CF2\u1CF3]/gu;
/** Plates of Bulgaria, Russia and Ukraine use only the letters that Latin script has too. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  е: 'e',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'y',
  х: 'x',
  і: 'i',
};

/** How one value is indexed. Pure: the index can be dropped and rebuilt. */
export function searchTerms(valueType: ValueType, value: ClaimValue): SearchTerms {
  const text = textOf(value);
  const original = words(spaced(foldText(text)));
  const folded = words(latin(text));
  return {
    original,
    folded: folded === original ? '' : folded,
    identifier: IDENTIFIERS.has(valueType) ? identifierSpellings(valueType, text).join(' ') : '',
  };
}

/**
 * What a person typed, as FTS5 expressions to be joined with `AND`; empty when there is nothing to look for. Only letters and digits
 * reach an expression, always quoted, so query syntax never gets through.
 */
export function searchQuery(text: string): readonly string[] {
  const typed = text.slice(0, MAXIMUM_QUERY);
  const each = (typed.replaceAll(/\p{Cf}/gu, '').match(WORD) ?? [])
    .slice(0, MAXIMUM_WORDS)
    .map((word) => wordExpression(word));
  const terms = each.filter((term) => term !== undefined);
  const whole = wholeExpression(typed, terms.length);
  if (whole === undefined || terms.length === 0) return terms;
  return [`((${terms.join(' AND ')}) OR ${whole})`];
}

/** The whole of `searchQuery` as one expression; undefined when there is nothing to look for. */
export function matchExpression(text: string): string | undefined {
  const terms = searchQuery(text);
  return terms.length === 0 ? undefined : terms.join(' AND ');
}

/** Letters and digits of an identifier in lower case: what two spellings of one plate, number or handle have in common. */
function stripIdentifier(text: string): string {
  return (foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []).join('');
}

function wordExpression(word: string): string | undefined {
  return anyOf([spaced(foldText(word).slice(0, MAXIMUM_WORD)), latin(word).slice(0, MAXIMUM_WORD)].map(words));
}

/** An identifier may be typed with other spaces and dots than it was stored with: its letters and digits in one. */
function wholeExpression(typed: string, wordCount: number): string | undefined {
  const stripped = stripIdentifier(typed).slice(0, MAXIMUM_WORD);
  if (stripped.length < 3) return undefined;
  const spellings = [stripped, withLatinLetters(stripped), stripped.replace(/^00(?=\d)/u, '')];
  const others = wordCount > 1 ? spellings : spellings.filter((spelling) => spelling !== stripped);
  return anyOf(others.map((spelling) => words(spaced(spelling))));
}

function anyOf(phrases: readonly string[]): string | undefined {
  const wanted = [...new Set(phrases)].filter((phrase) => /[\p{L}\p{N}]/u.test(phrase)).map((phrase) => `"${phrase}"*`);
  if (wanted.length === 0) return undefined;
  return wanted.length === 1 ? wanted[0] : `(${wanted.join(' OR ')})`;
}

function identifierSpellings(valueType: ValueType, text: string): readonly string[] {
  const stripped = stripIdentifier(text);
  const spellings = [stripped, withLatinLetters(stripped), stripped.replace(/^00(?=\d)/u, '')];
  if (valueType === 'phone' || /^\+\d{7,15}$/u.test(text)) spellings.push(...phoneSpellings(text));
  return [...new Set(spellings)].filter((spelling) => spelling !== '').map(spaced);
}

function phoneSpellings(text: string): readonly string[] {
  const number = parsePhoneNumberFromString(text);
  if (number === undefined) return [];
  return [number.number, number.formatNational(), number.nationalNumber].map(stripIdentifier);
}

/** Cyrillic look-alikes as Latin letters where that makes all of it Latin; otherwise unchanged, as in a handle that is a word. */
function withLatinLetters(stripped: string): string {
  const latinLetters = Array.from(stripped, (letter) => LOOK_ALIKES[letter] ?? letter).join('');
  return /^[a-z0-9]*$/u.test(latinLetters) ? latinLetters : stripped;
}

/** Arabic vowel marks and tatweel go first, because any-ascii would spell them out; apostrophes of soft signs join their word. */
function latin(text: string): string {
  const bare = text.normalize('NFKC').replaceAll(/\p{Cf}|\u0640|[\u0610-\u061A]|[\u064B-\u065F]|\u0670/gu, '');
  return anyAscii(spaced(bare)).toLowerCase().replaceAll(/['`’]/gu, '');
}

function spaced(text: string): string {
  return text.replaceAll(UNSPACED, ' $1 ');
}

function words(text: string): string {
  return (text.match(WORD) ?? [])
    .join(' ')
    .replaceAll(UNKNOWN_TO_INDEX, (letter) => `u${letter.codePointAt(0)?.toString(16)}`);
}

function textOf(value: ClaimValue): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  return 'value' in value ? String(value['value']) : Object.values(value).join(' ');
}
