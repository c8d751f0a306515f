import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldWords, formsOf } from '../../../src-shared/matching/fold-words.ts';
import { highlightRanges } from '../../../src-shared/matching/highlight.ts';
import { storedSpellings } from '../../../src-shared/matching/identifier-spellings.ts';
import { searchQuery } from '../../../src-shared/matching/search-query.ts';

test.for([
  ['Marta Kowalska', 'kowal', ['Kowal']],
  ['Marta Kowalska', 'kow mar', ['Mar', 'Kow']],
  ['Wróbel', 'wrobel', ['Wróbel']],
  ['Straße 4', 'strasse', ['Straße']],
  ['Ødegård', 'odeg', ['Ødeg']],
  ['Наталья Ёлкина', 'natal', ['Натал']],
  ['Наталья Ёлкина', 'елк', ['Ёлк']],
  ['王小明', '小明', ['小明']],
  ['王小明', 'xiao m', ['小明']],
  ['مُحَمَّد الأحمد', 'محمد', ['مُحَمَّد']],
  ['O’Brien', 'obri', ['O’Bri']],
  ['Anna Anna', 'anna', ['Anna', 'Anna']],
  ['+44 7700 900123', '0044 7700900', ['44 7700 900']],
  ['+44 7700 900123', '07700 9001', ['7700 9001']],
  ['+44 7700 900123', '0123', ['0123']],
  ['B-XY 4711', 'bxy47', ['B-XY 47']],
  ['А123ВС 77', 'a123bc', ['А123ВС']],
  ['GB33 BUKB 2020 1555 5555 55', 'gb33bukb2020', ['GB33 BUKB 2020']],
  ['Anna', 'berg', []],
  ['مُحَİⅧ', 'İ', ['İ']],
] as const)('[V88] in “%s” what was typed as “%s” is %j', ([text, typed, expected]) => {
  expect(highlighted(text, typed)).toEqual(expected);
});

test('[V88] what is highlighted, folded, begins with a word that was typed, and the parts are apart and in order', () => {
  const piece = fc.constantFrom(
    'Wróbel',
    'ﬁona',
    'Straße',
    'Ёл',
    '小明',
    'İ',
    'مُحَ',
    'O’Neil',
    'e\u0301a',
    'Ⅷ',
    '𝒲x',
    'b',
    'हिन्दी',
    '½',
    ' ',
    '-',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, fc.nat(8), fc.integer({ min: 1, max: 5 }), (value, at, length) => {
      const query = searchQuery(
        Array.from(value)
          .slice(at, at + length)
          .join(''),
      );
      if (query === undefined) return;
      const ranges = highlightRanges(value, query);
      for (const [i, [from, to]] of ranges.entries()) {
        expect(from).toBeGreaterThanOrEqual(ranges[i - 1]?.[1] ?? 0);
        expect(to).toBeGreaterThan(from);
        expect(value.slice(from, to).isWellFormed() || !value.isWellFormed()).toBe(true);
        const forms = formsOf(foldWords(value.slice(from, to)));
        const typed = [...query.words.flat(), ...query.identifiers];
        const spellings = storedSpellings('identifier', value.slice(from, to));
        expect([...forms, ...spellings].some((form) => typed.some((word) => form.startsWith(word)))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

function highlighted(text: string, typed: string): readonly string[] {
  const query = searchQuery(typed);
  return query === undefined ? [] : highlightRanges(text, query).map(([from, to]) => text.slice(from, to));
}
