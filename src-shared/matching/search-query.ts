import { consonantsOf, foldWords, formsOf } from './fold-words.ts';
import { typedSpellings } from './identifier-spellings.ts';
import { cutToKey, LEAST_ENDING, RANKS, reversed } from './search-keys.ts';
import type { Rank } from './search-keys.ts';

/** What a person typed, as everything it may be meant as (V81–V84). */
export type SearchQuery = {
  /** Every word, each in the forms it may have; an unspaced script makes several words of one, joined by a space. */
  readonly words: readonly (readonly string[])[];
  /** All of it as the beginning of a name. */
  readonly phrases: readonly string[];
  /** All of it as an identifier, without spaces and signs. */
  readonly identifiers: readonly string[];
};

/** Limits of one query, so that no typed text makes an expensive one. */
const MAXIMUM_QUERY = 256;
const MAXIMUM_WORDS = 16;
const MAXIMUM_WORD = 64;
/** Shorter beginnings of words are not looked up in the full text, only compared. */
const LEAST_LOOKED_UP = 3;

/** Undefined when there is nothing to look for. */
export function searchQuery(text: string): SearchQuery | undefined {
  const typed = text.slice(0, MAXIMUM_QUERY).replaceAll(/\p{Cf}/gu, '');
  const words = (typed.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [])
    .slice(0, MAXIMUM_WORDS)
    .map((word) => typedForms(word).map((form) => form.slice(0, MAXIMUM_WORD)))
    .filter((forms) => forms.length > 0);
  if (words.length === 0) return undefined;
  const phrases = [...new Set([...typedForms(typed), ...typedForms(joined(typed))])];
  return { words, phrases, identifiers: typedSpellings(typed).map((spelling) => spelling.slice(0, MAXIMUM_WORD)) };
}

/** V83: the beginnings of keys that answer the query, by rank, the best rank first. */
export function keyPrefixes(
  query: SearchQuery,
): readonly { readonly rank: Rank; readonly prefixes: readonly string[] }[] {
  const endings = query.identifiers.filter((text) => text.length >= LEAST_ENDING && /\d/.test(text)).map(reversed);
  const byRank = [
    ['label', query.phrases],
    ['name', query.phrases],
    ['alias', query.phrases],
    ['identifier', query.identifiers],
    ['ending', endings],
  ] as const;
  return byRank.map(([rank, texts]) => ({
    rank,
    prefixes: [...new Set(texts.map((text) => RANKS[rank] + cutToKey(text)))],
  }));
}

/**
 * The query for the full text, where every word may stand anywhere; undefined when its words are too short to be looked up. Only letters and
 * digits reach the expression, always quoted, so query syntax never gets through.
 */
export function fullTextExpression(query: SearchQuery): string | undefined {
  const lookedUp = query.words.filter((forms) => forms.every(isLookedUp));
  const spread = lookedUp.map(anyOf).join(' AND ');
  const whole = wholeForms(query).filter(isLookedUp);
  const parts = [...(spread === '' ? [] : [`(${spread})`]), ...(whole.length === 0 ? [] : [anyOf(whole)])];
  return parts.length === 0 ? undefined : parts.join(' OR ');
}

/** Whether these words of an entity (searchWords) answer the query as the full text does. */
export function answersQuery(words: string, query: SearchQuery): boolean {
  if (query.words.some((forms) => forms.every(isLookedUp)) && hasEveryWord(words, query)) return true;
  const among = ` ${words}`;
  return wholeForms(query).some((text) => isLookedUp(text) && among.includes(` ${text}`));
}

/** Whether every typed word begins one of these words. */
export function hasEveryWord(words: string, query: Pick<SearchQuery, 'words'>): boolean {
  const among = ` ${words}`;
  return query.words.every((forms) => forms.some((form) => among.includes(` ${form}`)));
}

/** The identifiers that are not simply the one word that was typed. */
function wholeForms({ words, identifiers }: SearchQuery): readonly string[] {
  const only = words.length === 1 ? words[0] : undefined;
  return identifiers.filter((text) => only?.includes(text) !== true);
}

/** Names in Latin letters may be meant for ones in a script without vowels; too few consonants would be meant for too many. */
function typedForms(typed: string): readonly string[] {
  const folded = foldWords(typed);
  const consonants = /^[a-z ]+$/.test(folded.latin) ? consonantsOf(folded.latin) : '';
  return consonants.length < LEAST_LOOKED_UP ? formsOf(folded) : [...new Set([...formsOf(folded), consonants])];
}

/** “O'Brien” is typed in many ways; the apostrophe may stand for nothing. */
function joined(typed: string): string {
  return typed.replaceAll(/['`’]/gu, '');
}

/** A character of an unspaced script says as much as a word. */
function isLookedUp(form: string): boolean {
  return form.length >= LEAST_LOOKED_UP || /[\u0E00-\u{10FFFF}]/u.test(form);
}

function anyOf(forms: readonly string[]): string {
  return `(${forms.map((form) => `"${form}"*`).join(' OR ')})`;
}
