import anyAscii from 'any-ascii';
import { foldText } from '../catalogue/fold-text.ts';

/** One text as search compares it: words in lower case, one space between two, each character of an unspaced script a word (V81). */
export type FoldedWords = {
  /** In its own script, without accents, Arabic vowel marks and tatweel. */
  readonly original: string;
  /** The same in Latin letters (any-ascii); equal to `original` where it is Latin already. */
  readonly latin: string;
  /** Of Arabic and Hebrew, which are written without most vowels: only the consonants of `latin`, without the article. Empty for others. */
  readonly consonants: string;
};

/** A mark that has no letter to stand on is no word. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const ASCII = /^[\x20-\x7e]*$/;
const ASCII_WORD = /[a-z0-9]+/g;
const ABJAD = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const ARTICLES: ReadonlySet<string> = new Set(['al', 'el', 'ul', 'ad', 'an', 'ar', 'as', 'at', 'az', 'ha']);
const APOSTROPHES = /['`’]/gu;
/** Nothing before Thai is written without spaces, and nothing before New Tai Lue is unknown to the tokenizer: the usual text skips both. */
const PERHAPS_UNSPACED = /[\u0E00-\u{10FFFF}]/u;
/** Scripts written without spaces: every character becomes a word, and a run of them a phrase, so that any part can be found. */
const UNSPACED =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]\p{M}*)/gu;
/**
 * Letters since Unicode 8 that the tokenizer of SQLite (its tables are of Unicode 6.1) takes for marks and so for the end of a word: all there
 * are, found by indexing every letter and digit. They are indexed and looked for by their number.
 */
const UNKNOWN_TO_INDEX = /[\u19B0-\u19C0\u19C8\u19C9\u1CF2\u1CF3]/gu;
/** Arabic vowel marks and tatweel go first, because any-ascii would spell them out. */
const UNSPELLED = /\p{Cf}|\u0640|[\u0610-\u061A]|[\u064B-\u065F]|\u0670/gu;

/** Both forms of a text. Plain ASCII, the usual case, takes a short way to the same result. */
export function foldWords(text: string): FoldedWords {
  if (!ASCII.test(text)) {
    const original = words(spaced(foldText(text)));
    return { original, latin: words(latinOf(text)), consonants: ABJAD.test(original) ? bareConsonants(original) : '' };
  }
  const lower = text.toLowerCase();
  const original = asciiWords(lower);
  const latin = /['`]/.test(lower) ? asciiWords(lower.replaceAll(APOSTROPHES, '')) : original;
  return { original, latin, consonants: '' };
}

/** What is left of words in Latin letters when Arabic or Hebrew would not write their vowels: “muhammad” and “mohamed” are one, “mhmd”. */
export function consonantsOf(latin: string): string {
  return latin
    .split(' ')
    .filter((word, i, all) => all.length === 1 || !ARTICLES.has(word))
    .map((word) => word.replaceAll(/[aeiou]|(?<=.)[wy]/g, '').replaceAll(/(.)\1+/g, '$1'))
    .filter((word) => word !== '')
    .join(' ');
}

/** Both forms as a list without repetition and without empty ones. */
export function formsOf({ original, latin, consonants }: FoldedWords): readonly string[] {
  return [...new Set([original, latin, consonants])].filter((form) => form !== '');
}

/** Each word of a text with its place; of an unspaced script each character. */
export function placedWords(text: string): readonly { readonly at: number; readonly word: string }[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}\p{Cf}'`’]+/gu)].flatMap(({ index, 0: run }) =>
    PERHAPS_UNSPACED.test(run) ? splitRun(index, run) : [{ at: index, word: run }],
  );
}

/** The Arabic article is written as one word with its noun, but in Latin letters often apart. */
function bareConsonants(original: string): string {
  return consonantsOf(words(latinOf(original.replaceAll(/(?<=^| )ال(?=[^ ]{2})/gu, ''))));
}

/** A character of an unspaced script is a word of its own here, as it is in the index. */
function splitRun(at: number, run: string): readonly { readonly at: number; readonly word: string }[] {
  const pieces: { at: number; word: string }[] = [];
  let from = at;
  for (const word of run.split(UNSPACED)) {
    if (word !== '') pieces.push({ at: from, word });
    from += word.length;
  }
  return pieces;
}

function asciiWords(lower: string): string {
  return lower.match(ASCII_WORD)?.join(' ') ?? '';
}

/** Apostrophes of soft signs join their word. */
function latinOf(text: string): string {
  const bare = text.normalize('NFKC').replaceAll(UNSPELLED, '');
  return anyAscii(spaced(bare)).toLowerCase().replaceAll(APOSTROPHES, '');
}

function spaced(text: string): string {
  return PERHAPS_UNSPACED.test(text) ? text.replaceAll(UNSPACED, ' $1 ') : text;
}

function words(text: string): string {
  const found = text.match(WORD)?.join(' ') ?? '';
  if (!PERHAPS_UNSPACED.test(found)) return found;
  return found.replaceAll(UNKNOWN_TO_INDEX, (letter) => `u${letter.codePointAt(0)?.toString(16)}`);
}
