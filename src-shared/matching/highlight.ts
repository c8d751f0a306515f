import { foldWords, formsOf, placedWords } from './fold-words.ts';
import { latinLookAlike, stripIdentifier } from './identifier-spellings.ts';
import type { SearchQuery } from './search-query.ts';

/** A part of a text, in UTF-16 code units: from, and up to but not including. */
export type TextRange = readonly [from: number, to: number];

/**
 * V88: the parts of a text that answer a query, in order and apart from one another. Folding changes lengths, so each is the shortest part of
 * the original whose folded form begins with what was typed. O(text x words typed).
 */
export function highlightRanges(text: string, query: SearchQuery): readonly TextRange[] {
  const placed = placedWords(text).map((place) => ({ ...place, forms: formsOf(foldWords(place.word)) }));
  const found = query.words.map((forms) => forms.flatMap((form) => wordRanges(placed, form.split(' '))));
  if (found.every((ranges) => ranges.length > 0)) return apart(found.flat());
  const identifier = identifierRange(text, query.identifiers);
  return identifier === undefined ? apart(found.flat()) : [identifier];
}

type Placed = { readonly at: number; readonly word: string; readonly forms: readonly string[] };

/** Where the words stand one behind the other: all but the last as they are, the last as a beginning. */
function wordRanges(placed: readonly Placed[], parts: readonly string[]): readonly TextRange[] {
  const last = parts.length - 1;
  return placed.flatMap((first, i): TextRange[] => {
    const run = parts.map((part, k) => {
      const forms = placed[i + k]?.forms ?? [];
      return forms.some((form) => (k === last ? form.startsWith(part) : form === part));
    });
    const end = placed[i + last];
    if (end === undefined || !run.every(Boolean)) return [];
    return [[first.at, end.at + shortestPart(end.word, parts[last] ?? '')]];
  });
}

/** How much of a word it takes for its folded form to begin with what was typed. */
function shortestPart(word: string, typed: string): number {
  let length = 0;
  for (const character of word) {
    length += character.length;
    if (formsOf(foldWords(word.slice(0, length))).some((form) => form.startsWith(typed)))
      return withMarks(word, length);
  }
  return word.length;
}

/** Accents that follow belong to the letter before them. */
function withMarks(word: string, length: number): number {
  return length + (/^[\p{M}\p{Cf}]*/u.exec(word.slice(length))?.[0].length ?? 0);
}

/** An identifier is found without its spaces and signs; what is marked has them. */
function identifierRange(text: string, identifiers: readonly string[]): TextRange | undefined {
  let stripped = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const part = stripIdentifier(character);
    stripped += part;
    for (let i = 0; i < part.length; i += 1) places.push(at);
    at += character.length;
  }
  const latin = Array.from(stripped, latinLookAlike).join('');
  for (const wanted of identifiers) {
    const begins = beginOf(stripped, wanted, places) ?? beginOf(latin, wanted, places) ?? -1;
    const [from, last] = [places[begins], places[begins + wanted.length - 1]];
    if (begins >= 0 && from !== undefined && last !== undefined) return [from, last + characterLength(text, last)];
  }
  return undefined;
}

/** At the beginning, else the last place; always where a character begins, because one can be several when folded. */
function beginOf(stripped: string, wanted: string, places: readonly number[]): number | undefined {
  if (stripped.startsWith(wanted)) return 0;
  let at = stripped.lastIndexOf(wanted);
  while (at > 0 && places[at] === places[at - 1]) at = stripped.lastIndexOf(wanted, at - 1);
  return at < 0 ? undefined : at;
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Sorted, and those that touch put together. */
function apart(ranges: readonly TextRange[]): readonly TextRange[] {
  const joined: [number, number][] = [];
  for (const [from, to] of ranges.toSorted((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const before = joined.at(-1);
    if (before !== undefined && from <= before[1]) before[1] = Math.max(before[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
