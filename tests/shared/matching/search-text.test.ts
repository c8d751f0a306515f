import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ValueType } from '../../../src-shared/catalogue/property.ts';
import { matchExpression, searchQuery, searchTerms } from '../../../src-shared/matching/search-text.ts';
import { sharedData } from '../../support/shared-data.ts';

test.for([
  ['name', 'Петренко Іван', 'петренко'],
  ['name', 'Петренко Іван', 'petren'],
  ['name', 'Petrenko Ivan', 'Петренко'],
  ['name', 'Zoë Müller', 'zoe muller'],
  ['name', 'Zoe Mueller', 'ZOË'],
  ['name', '陳大文', '大文'],
  ['name', '陳大文', 'da wen'],
  ['name', 'さくら商店', '商店'],
  ['name', 'ガル', 'ガ'],
  ['name', 'مُحَمَّد', 'محمد'],
  ['name', 'محـــمد', 'محمد'],
  ['name', 'हिन्दी नाम', 'नाम'],
  ['name', 'สมชาย', 'ชาย'],
  ['name', 'علی‌رضا', 'علیرضا'],
  ['name', 'O’Brien', 'obrien'],
  ['name', 'O’Brien', "o'brien"],
  ['name', 'ﬁona', 'fiona'],
  ['phone', '+44 7700 900123', '07700 900 123'],
  ['phone', '+44 7700 900123', '0044 7700-900123'],
  ['phone', '+44 7700 900123', '7700 900'],
  ['identifier', '+447700900123', '07700900123'],
  ['phone', '07700 900123', '07700900123'],
  ['identifier', 'А123ВС 77', 'a123bc77'],
  ['identifier', 'A123BC77', 'А 123 ВС'],
  ['identifier', 'AB-12-345', 'ab12345'],
  ['identifier', 'AB12345', 'AB 12 345'],
  ['email', 'ida.t@example.test', 'ida.t@example.test'],
  ['email', 'ida.t@example.test', 'idat@example'],
  ['iban', 'GB33BUKB20201555555555', 'GB33 BUKB 2020'],
] as const)('%s “%s” is found by “%s”', ([valueType, value, query]) => {
  expect(finds(valueType, value, query)).toBe(true);
});

test.for([
  ['name', 'Ida Testova', 'Ana'],
  ['name', 'Ida Testova', 'Ida Petrova'],
  ['name', '陳大文', '文大'],
  ['name', 'か', 'が'],
  ['phone', '+44 7700 900123', '07700 900124'],
] as const)('%s “%s” is not found by “%s”', ([valueType, value, query]) => {
  expect(finds(valueType, value, query)).toBe(false);
});

test('a name that is Latin already is not indexed twice', () => {
  expect(searchTerms('name', 'Ida Testova')).toEqual({ original: 'ida testova', folded: '', identifier: '' });
});

test('an imported attribute is found by its value, not by the name of its column', () => {
  expect(searchTerms('attribute', { name: 'colour', value: 'royalblue' }).original).toBe('royalblue');
});

test.for([
  '',
  '   ',
  '"',
  '*',
  '-',
  'NEAR()',
  '" OR 1',
  'names:',
  '^',
  '{',
  '\0',
  '\ud800',
  'AND',
  '🦊',
  'a'.repeat(100_000),
  'a '.repeat(10_000),
])('query syntax never gets through (%#)', (text) => {
  const expression = matchExpression(text);
  expect(runs(expression)).toBe(true);
  expect((expression ?? '').length).toBeLessThan(8_000);
});

test('nothing to look for is no query', () => {
  expect(searchQuery(' "*- ')).toEqual([]);
  expect(matchExpression('…')).toBeUndefined();
});

test('any text can be a query, and any indexed name is found by each of its words', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Ёлка İstanbul', 'ǅungla ſ', 'Ⅷ ½'),
  );
  fc.assert(
    fc.property(text, (value) => {
      expect(runs(matchExpression(value))).toBe(true);
      const missed = wordsOf(value).filter((word) => !finds('name', value, word));
      expect(missed).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('letters that the tokenizer takes for marks are found too, alone and in a word', () => {
  const letters = Array.from('\u19B0\u19B7\u19C0\u19C8\u19C9\u1CF2\u1CF3');
  const missed = letters.filter(
    (letter) => !finds('name', letter, letter) || !finds('name', `ᦅ${letter}ᦅ`, `ᦅ${letter}`),
  );
  expect(missed).toEqual([]);
});

const blns = sharedData('vectors/blns/blns.json');
describe.runIf(blns !== undefined)('naughty strings', () => {
  test('each can be indexed, can be a query and is found by its words', () => {
    const strings: unknown = JSON.parse(readFileSync(blns ?? '', 'utf8'));
    const missed = (strings as string[]).filter(
      (value) =>
        !runs(matchExpression(value)) || wordsOf(value.slice(0, 200)).some((word) => !finds('name', value, word)),
    );
    expect(missed).toEqual([]);
  });
});

/** Words as a person would pick them out of a name. */
function wordsOf(text: string): readonly string[] {
  const found =
    text
      .normalize('NFKC')
      .replaceAll(/\p{Cf}/gu, '')
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  return found.filter((word) => searchQuery(word).length > 0).slice(0, 8);
}

function finds(valueType: ValueType, value: string, query: string): boolean {
  const db = indexOf(valueType, value);
  const expression = matchExpression(query);
  const found =
    expression !== undefined && db.prepare('SELECT 1 FROM texts WHERE texts MATCH ?').get(expression) !== undefined;
  db.close();
  return found;
}

function runs(expression: string | undefined): boolean {
  if (expression === undefined) return true;
  const db = indexOf('name', 'Ida');
  db.prepare('SELECT 1 FROM texts WHERE texts MATCH ?').all(expression);
  db.close();
  return true;
}

/** A full-text table like the store's. */
function indexOf(valueType: ValueType, value: string): Database.Database {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE texts USING fts5(names, identifiers, tokenize = "unicode61 remove_diacritics 2")`);
  const terms = searchTerms(valueType, value);
  db.prepare('INSERT INTO texts VALUES (?, ?)').run(`${terms.original} ${terms.folded}`, terms.identifier);
  return db;
}
