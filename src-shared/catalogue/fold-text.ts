/** Accents, Hebrew points, Arabic vowel marks. Vowel signs of Indic scripts and Japanese voicing marks are letters, not ornaments: kept. */
const MARKS = /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED]+/gu;
/** Tatweel, and invisible format characters: joiners of Persian and Indic scripts, soft hyphens, direction marks. */
const UNSEEN = /\u0640|\p{Cf}/gu;
/** Has none of the above and nothing to decompose. */
const ASCII = /^[\u0001-\u007F]*$/u;
const SPACES = /\s\s|[^\S ]/u;

/**
 * One spelling for comparison: compatibility form (NFKC), lower case, no accents, no Arabic tatweel or vowel marks, nothing invisible,
 * single spaces.
 * For finding only; never shown and never stored in place of what a source said.
 */
export function foldText(text: string): string {
  if (ASCII.test(text)) return oneSpaced(text.toLowerCase());
  const letters = text.normalize('NFKD').toLowerCase().replaceAll(UNSEEN, '').replaceAll(MARKS, '').normalize('NFKC');
  return oneSpaced(letters);
}

function oneSpaced(text: string): string {
  return (SPACES.test(text) ? text.replaceAll(/\s+/gu, ' ') : text).trim();
}

/** A name of a column or a property as it is compared: case, accents, spaces, `_` and `-` do not count (docs/formats/import.md, I12). */
export function plainName(text: string): string {
  return foldText(text).replaceAll(/[\s_-]+/gu, '');
}
