/**
 * Names that look alike though they are spelt otherwise: docs/formats/bundle.md K20. The idea is the skeleton of Unicode Technical Standard 39 §4; its
 * table has six thousand signs, of which these are the letters that a name of an agency can be mistaken for in Latin, Greek, Cyrillic and Armenian
 * script. It is coarser than the standard on purpose: a warning that is not needed costs a look.
 */

/** What is written, and the Latin letters that it is taken for, both in lower case. */
const TAKEN_FOR: readonly (readonly [written: string, latin: string])[] = [
  ['аαɑаⱥаꭺ', 'a'],
  ['ьвβвß', 'b'],
  ['сϲⅽςꮯ', 'c'],
  ['ԁժďđ', 'd'],
  ['еєҽεéℯё', 'e'],
  ['ғƒ', 'f'],
  ['ɡցԍǥ', 'g'],
  ['һհнηħ', 'h'],
  ['іιıӏǀɩјյ|!¡1lⅼյ', 'i'],
  ['кκĸқ', 'k'],
  ['мϻⅿμ', 'm'],
  ['пոռŋ', 'n'],
  ['оοօσøөѳഠ०໐۵ە0оо', 'o'],
  ['рρϱþ', 'p'],
  ['ԛզգ', 'q'],
  ['гґѓꭇ', 'r'],
  ['ѕꜱʂ5$', 's'],
  ['тτţŧт7†', 't'],
  ['υцսʋμü', 'u'],
  ['ѵνѷⅴ', 'v'],
  ['ԝωաѡɯшщ', 'w'],
  ['хχⅹ×ҳ', 'x'],
  ['уγყүўӯч', 'y'],
  ['ᴢʐżз3', 'z'],
  ['æӕ', 'ae'],
  ['œ', 'oe'],
  ['4', 'a'],
  ['8', 'b'],
  ['9', 'g'],
];

const LATIN: ReadonlyMap<string, string> = new Map(
  TAKEN_FOR.flatMap(([written, latin]) => Array.from(written, (sign) => [sign, latin] as const)).toReversed(),
);

/** Two signs that together look like another one. */
const PAIRS: readonly (readonly [pair: string, one: string])[] = [
  ['rn', 'm'],
  ['vv', 'w'],
  ['ci', 'd'],
];

/** K20: what a name looks like. Case, marks, spaces, signs and what is invisible do not count. */
export function skeletonOf(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Cf}]/gu, '');
  const latin = Array.from(plain, (sign) => LATIN.get(sign) ?? sign).join('');
  const letters = latin.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return PAIRS.reduce((text, [pair, one]) => text.replaceAll(pair, one), letters);
}

/** K20: whether one name could be taken for the other. */
export function looksLike(one: string, other: string): boolean {
  return skeletonOf(one) === skeletonOf(other);
}
