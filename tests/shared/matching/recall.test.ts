import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ValueType } from '../../../src-shared/catalogue/property.ts';
import { searchKeys, searchWords } from '../../../src-shared/matching/search-keys.ts';
import { answersQuery, keyPrefixes, searchQuery } from '../../../src-shared/matching/search-query.ts';
import { sharedData } from '../../support/shared-data.ts';

/** How much of outside data is found. The numbers are what was measured; a change that finds less fails. Search is exact: it folds, it does not guess. */

const phones = sharedData('phone/libphonenumber_examples.csv');
const names = sharedData('rigour-names/sample_names.csv');
const spellings = sharedData('interscript-translit/pairs.csv');
const pairs = sharedData('opensanctions-namebench/cases.csv');

describe.runIf(phones !== undefined)('[V84] one number of every region and type', () => {
  const rows = rowsOf(phones).map((row) => ({
    international: row['e164_if_no_leading_zero_rule'] ?? '',
    national: row['example_national_significant_number'] ?? '',
    prefix: row['national_prefix'] ?? '',
  }));
  test.each([
    ['as it is stored', (row: Phone) => row.international, 1],
    ['with 00', (row: Phone) => row.international.replace('+', '00'), 1],
    ['in groups', (row: Phone) => row.international.replaceAll(/(\d{3})(?=\d)/g, '$1 '), 1],
    ['within the country', (row: Phone) => row.prefix + row.national, 0.99],
    ['without the country', (row: Phone) => row.national, 1],
    ['by its last four digits', (row: Phone) => row.international.slice(-4), 1],
  ])('is found %s', (_, typed, expected) => {
    const found = rows.map((row) => isFound('phone', row.international, typed(row)));
    expect(share(found)).toBeGreaterThanOrEqual(expected);
  });
});
type Phone = { readonly international: string; readonly national: string; readonly prefix: string };

describe.runIf(names !== undefined)('names that agencies meet', () => {
  const rows = rowsOf(names).map((row) => row['name'] ?? '');
  test('[V83] every name is found by each beginning of it, and by its last word first', () => {
    const missed = rows.filter((name) => {
      const words = name.split(' ');
      const typed = Array.from(name, (_, i) =>
        Array.from(name)
          .slice(0, i + 1)
          .join(''),
      );
      return ![...typed, [words.at(-1), ...words.slice(0, -1)].join(' ')].every(
        (text) => searchQuery(text) === undefined || isFound('name', name, text),
      );
    });
    expect(missed).toEqual([]);
  });
});

describe.runIf(spellings !== undefined)(
  '[V81] names in other scripts by the first word of their official spelling in Latin letters',
  () => {
    const rows = rowsOf(spellings);
    test.each([
      ['rus', 0.59],
      ['ukr', 0.42],
      ['bul', 0.75],
      ['bel', 0.31],
      ['ell', 0.72],
      ['ara', 0.39],
      ['zho', 0.04],
      ['kor', 0.06],
    ])('%s', (language, expected) => {
      const found = rows
        .filter(({ lang, source }) => lang === language && source !== undefined && searchQuery(source) !== undefined)
        .map(({ source = '', romanised = '' }) => isFound('name', source, romanised.split(' ')[0] ?? ''));
      expect(share(found)).toBeGreaterThanOrEqual(expected);
    });
  },
);

describe.runIf(pairs !== undefined)('pairs of names', () => {
  test('names that are not the same are rarely found by one another', () => {
    const rows = rowsOf(pairs).filter(({ schema }) => schema === 'Person');
    const same = rows.filter((row) => row['is_match'] === 'true');
    const others = rows.filter((row) => row['is_match'] === 'false');
    const foundIn = (of: typeof rows): number =>
      share(of.map((row) => isFound('name', row['name1'] ?? '', row['name2'] ?? '')));
    expect(foundIn(same)).toBeGreaterThanOrEqual(0.27);
    expect(foundIn(others)).toBeLessThanOrEqual(0.05);
  });
});

function isFound(valueType: ValueType, value: string, typed: string): boolean {
  const query = searchQuery(typed);
  if (query === undefined) return false;
  const keys = searchKeys('', [{ where: valueType === 'name' ? 'names' : 'identifiers', valueType, value }]);
  const prefixes = keyPrefixes(query).flatMap((rank) => rank.prefixes);
  return (
    prefixes.some((prefix) => keys.some((key) => key.startsWith(prefix))) ||
    answersQuery(searchWords({ valueType, value }), query)
  );
}

function share(found: readonly boolean[]): number {
  const rate = found.filter(Boolean).length / found.length;
  process.stdout.write(
    `  ${expect.getState().currentTestName ?? ''}: ${(rate * 100).toFixed(1)} % of ${found.length}\n`,
  );
  return rate;
}

function rowsOf(path: string | undefined): readonly Readonly<Record<string, string>>[] {
  if (path === undefined) return [];
  return z.array(z.record(z.string(), z.string())).parse(parse(readFileSync(path), { columns: true }));
}
