import { expect, test } from 'vitest';
import { looksLike, skeletonOf } from '../../../src-shared/matching/look-alike.ts';

test.each([
  ['the same name', 'Northmark Agency', 'Northmark Agency'],
  ['other case and spaces', 'Northmark Agency', 'NORTHMARK  agency'],
  ['Cyrillic letters among Latin ones', 'Northmark Agency', 'N\u043Erthm\u0430rk \u0410g\u0435n\u0441y'],
  ['Greek letters', 'Northmark Agency', 'N\u03BFrthmark Agency'],
  ['full-width letters', 'Northmark Agency', '\uFF2Eorthmark Agency'],
  ['rn for m', 'Northmark Agency', 'Northrnark Agency'],
  ['one for l, zero for o', 'Gold Police', 'G01d Po1ice'],
  ['capital I for l', 'Polis Unit', 'PoIis Unit'],
  ['marks', 'Suedhafen Office', 'Suedh\u00E0fen Office'],
  ['an invisible sign', 'Northmark Agency', 'North\u200Bmark Agency'],
  ['a hyphen', 'Northmark Agency', 'North-mark Agency'],
])('[K20] %s: one could be taken for the other', (_name, one, other) => {
  expect(looksLike(one, other)).toBe(true);
});

test.each([
  ['Northmark Agency', 'Southmark Agency'],
  ['Northmark Agency', 'Northmark Agency Two'],
  ['\u041F\u043E\u043B\u0438\u0446\u0438\u044F', '\u041C\u0438\u043B\u0438\u0446\u0438\u044F'],
])('[K20] %s is not taken for %s', (one, other) => {
  expect(looksLike(one, other)).toBe(false);
});

test('[K20] a name in another script has a skeleton of its own', () => {
  expect(skeletonOf('\u0634\u0631\u0637\u0629')).not.toBe('');
});
