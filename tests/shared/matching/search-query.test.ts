import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ValueType } from '../../../src-shared/catalogue/property.ts';
import { searchKeys, searchWords } from '../../../src-shared/matching/search-keys.ts';
import type { KeyedValue } from '../../../src-shared/matching/search-keys.ts';
import {
  fullTextExpression,
  keyPrefixes,
  answersQuery,
  searchQuery,
} from '../../../src-shared/matching/search-query.ts';
import { sharedData } from '../../support/shared-data.ts';

test.for([
  ['name', 'Петренко Іван', 'петренко'],
  ['name', 'Петренко Іван', 'petren'],
  ['name', 'Petrenko Ivan', 'Петренко'],
  ['name', 'Zoë Müller', 'zoe muller'],
  ['name', 'Zoë Müller', 'muller z'],
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
  ['name', 'محمد الأحمد', 'muhammad al-ahmad'],
  ['name', 'محمد الأحمد', 'Mohamed'],
  ['name', 'محمد الأحمد', 'ahmad moha'],
  ['name', 'يوسف', 'yusuf'],
  ['name', 'דוד כהן', 'david'],
  ['name', 'O’Brien', 'obrien'],
  ['name', 'O’Brien', "o'brien"],
  ['name', 'ﬁona', 'fiona'],
  ['phone', '+44 7700 900123', '07700 900 123'],
  ['phone', '+44 7700 900123', '0044 7700-900123'],
  ['phone', '+44 7700 900123', '7700 900'],
  ['phone', '+44 7700 900123', '0123'],
  ['phone', '+44 7700 900123', '900-123'],
  ['phone', '+44 (0)7700 900123', '+447700900123'],
  ['identifier', '+447700900123', '07700900123'],
  ['phone', '07700 900123', '07700900123'],
  ['phone', '07700 900123', '+44 7700 900123'],
  ['phone', '+7 495 000-00-00', '8 495 000 00 00'],
  ['phone', '+1 202 555 0100', '2025550100'],
  ['phone', '+39 06 5555 0100', '06 5555'],
  ['identifier', 'А123ВС 77', 'a123bc77'],
  ['identifier', 'A123BC77', 'А 123 ВС'],
  ['identifier', 'B-XY 4711', '4711'],
  ['identifier', 'AB-12-345', 'ab12345'],
  ['identifier', 'AB12345', 'AB 12 345'],
  ['email', 'ida.t@example.test', 'ida.t@example.test'],
  ['email', 'ida.t@example.test', 'idat@example'],
  ['iban', 'GB33BUKB20201555555555', 'GB33 BUKB 2020'],
  ['iban', 'GB33BUKB20201555555555', '5555 5555'],
] as const)('[V84] %s “%s” is found by its keys as “%s”', ([valueType, value, query]) => {
  expect(findsByKey(valueType, value, query)).toBe(true);
});

test.for([
  ['name', 'Ida Testova', 'Ana'],
  ['name', 'Ida Testova', 'Ida Petrova'],
  ['name', '陳大文', '文大'],
  ['name', 'か', 'が'],
  ['name', 'محمد', 'mahdi'],
  ['phone', '+44 7700 900123', '07700 900124'],
  ['phone', '+44 7700 900123', '012'],
] as const)('%s “%s” is not found by “%s”', ([valueType, value, query]) => {
  expect(findsByKey(valueType, value, query)).toBe(false);
  expect(findsByText(valueType, value, query)).toBe(false);
});

test('[V82] the keys of a label are ranked before those of names, aliases and identifiers, and no text has two', () => {
  const values: readonly KeyedValue[] = [
    { where: 'names', valueType: 'name', value: 'Ida Testova' },
    { where: 'aliases', valueType: 'name', value: 'Testova' },
    { where: 'identifiers', valueType: 'identifier', value: 'AB-12' },
    { where: 'texts', valueType: 'longText', value: 'seen at the harbour' },
  ];
  expect(searchKeys('Ida Testova', values)).toEqual(['0ida testova', '1testova ida', '2testova', '3ab12', '421ba']);
});

test('a name that is Latin already has no second form', () => {
  expect(searchWords({ valueType: 'name', value: 'Ida Testova' })).toBe('ida testova');
});

test('an imported attribute is found by its value, not by the name of its column', () => {
  expect(searchWords({ valueType: 'attribute', value: { name: 'colour', value: 'royalblue' } })).toBe('royalblue');
});

test('keys are short and not many, whatever an entity is called', () => {
  const long = Array.from({ length: 4000 }, (_, i) => `𝒲ort${i}`).join(' ');
  const values = Array.from({ length: 300 }, (_, i): KeyedValue => ({
    where: 'aliases',
    valueType: 'name',
    value: `${long} ${i}`,
  }));
  const keys = searchKeys(long, values);
  expect(keys.length).toBeLessThanOrEqual(128);
  expect(keys.every((key) => key.length <= 49 && key.isWellFormed())).toBe(true);
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
  'abc '.repeat(10_000),
])('[V89] query syntax never gets through (%#)', (text) => {
  const expression = expressionOf(text);
  expect(runs(expression)).toBe(true);
  expect((expression ?? '').length).toBeLessThan(8_000);
});

test('nothing to look for is no query', () => {
  expect(searchQuery(' "*- ')).toBeUndefined();
  expect(searchQuery('…')).toBeUndefined();
});

test('[V83] beginnings of words of one or two letters are not looked up in the full text, only compared', () => {
  expect(expressionOf('an')).toBeUndefined();
  expect(expressionOf('ann b')).toBe('(("ann"*)) OR ("annb"*)');
  expect(expressionOf('明')).toContain('"明"*');
});

test('any text can be a query, and any indexed name is found by each of its words', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('Ёлка İstanbul', 'ǅungla ſ', 'Ⅷ ½'),
  );
  fc.assert(
    fc.property(text, (value) => {
      expect(runs(expressionOf(value))).toBe(true);
      expect(wordsOf(value).filter((word) => !isFound('name', value, word))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('what the full text finds is what the words say', () => {
  const word = fc.constantFrom('anna', 'ann', 'berg', 'bergman', 'o’neil', 'ёлкина', '小明', '9001', 'x');
  const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const isSo = fc.check(
    fc.property(text, text, (value, typed) => {
      const query = searchQuery(typed);
      if (query === undefined) return true;
      const isSaid = answersQuery(searchWords({ valueType: 'name', value }), query);
      const isShort = query.words.some((forms) => forms.some((form) => /^[a-z]{1,2}$/.test(form)));
      // with short words the full text finds more, which is compared afterwards
      return (!isSaid && isShort) || findsByText('name', value, typed) === isSaid;
    }),
    { numRuns: 200 },
  );
  expect(isSo.counterexample).toBeNull();
});

test('letters that the tokenizer takes for marks are found too, alone and in a word', () => {
  const letters = Array.from('\u19B0\u19B7\u19C0\u19C8\u19C9\u1CF2\u1CF3');
  const missed = letters.filter(
    (letter) => !isFound('name', letter, letter) || !isFound('name', `ᦅ${letter}ᦅ`, `ᦅ${letter}`),
  );
  expect(missed).toEqual([]);
});

const blns = sharedData('vectors/blns/blns.json');
describe.runIf(blns !== undefined)('naughty strings', () => {
  test('each can be indexed, can be a query and is found by its words', () => {
    const strings: unknown = JSON.parse(readFileSync(blns ?? '', 'utf8'));
    const missed = (strings as string[]).filter(
      (value) =>
        !runs(expressionOf(value)) || wordsOf(value.slice(0, 200)).some((word) => !isFound('name', value, word)),
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
  return found.filter((word) => searchQuery(word) !== undefined).slice(0, 8);
}

function isFound(valueType: ValueType, value: string, query: string): boolean {
  return findsByKey(valueType, value, query) || findsByText(valueType, value, query);
}

function findsByKey(valueType: ValueType, value: string, typed: string): boolean {
  const where = valueType === 'name' ? 'names' : 'identifiers';
  const keys = searchKeys('', [{ where, valueType, value }]);
  const query = searchQuery(typed);
  if (query === undefined) return false;
  return keyPrefixes(query).some(({ prefixes }) =>
    prefixes.some((prefix) => keys.some((key) => key.startsWith(prefix))),
  );
}

function findsByText(valueType: ValueType, value: string, typed: string): boolean {
  const expression = expressionOf(typed);
  const db = indexOf(valueType, value);
  const found = expression !== undefined && db.prepare('SELECT 1 FROM texts WHERE texts MATCH ?').get(expression);
  db.close();
  return found !== false && found !== undefined;
}

function expressionOf(text: string): string | undefined {
  const query = searchQuery(text);
  return query === undefined ? undefined : fullTextExpression(query);
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
  db.exec(`CREATE VIRTUAL TABLE texts USING fts5(words, tokenize = "unicode61 remove_diacritics 2")`);
  db.prepare('INSERT INTO texts VALUES (?)').run(searchWords({ valueType, value }));
  return db;
}
