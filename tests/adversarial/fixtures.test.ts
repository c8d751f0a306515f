import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sha256, toHex } from '../../src-shared/crypto/hash.ts';
import { expected, files, readFixture } from './fixtures.ts';
import { refusalAt } from './read.ts';
import { disagreement, independentBundle, independentCard } from './verifier.ts';

/** Rows 10 to 43 of the threat model that are not about a file which is refused, and where they are looked at. */
const ELSEWHERE: { readonly [row: number]: string } = {
  11: 'tests/main/app/streams.test.ts',
  14: 'tests/main/app/streams.test.ts',
  33: 'tests/shared/convert/csv.test.ts',
  36: 'tests/shared/matching/look-alike.test.ts',
  37: 'tests/shared/matching/search-query.test.ts',
  38: 'tests/main/app/undo-received.test.ts',
  40: 'tests/shared/bundle/seal.test.ts',
};
/** No agency asks another whether it knows somebody: there is nothing to enumerate. */
const NOT_BUILT = [43];

const table = expected();

test('every file is in the table, and the table in files', () => {
  expect(table.map(({ file }) => file)).toEqual(files());
  expect(new Set(table.map(({ file }) => file)).size).toBe(table.length);
});

test('at least 150 are refused, no two are the same, and every row of the threat model has one or is looked at elsewhere', () => {
  expect(table.filter(({ refusal }) => refusal !== 'none').length).toBeGreaterThanOrEqual(500);
  const hashes = table.map(({ file, door }) => `${door} ${toHex(sha256(readFixture(file)))}`);
  expect(hashes.filter((one, at) => hashes.indexOf(one) !== at)).toEqual([]);
  const met = new Set(table.flatMap(({ refusal, rows }) => (refusal === 'none' ? [] : rows)));
  const missing = Array.from({ length: 34 }, (_, i) => i + 10).filter((row) => !met.has(row));
  expect(missing.filter((row) => ELSEWHERE[row] === undefined)).toEqual(NOT_BUILT);
  const places = Object.values(ELSEWHERE).map((path) => new URL(`../../${path}`, import.meta.url));
  expect(places.filter((path) => !existsSync(path) || readFileSync(path, 'utf8').length === 0)).toEqual([]);
});

describe('each is refused with its code and rule', () => {
  test.each(table)('$file: $refusal', async ({ file, door, refusal }) => {
    expect(await refusalAt(door, readFixture(file))).toBe(refusal);
  });
});

describe('the verifier that shares no code says the same', () => {
  const both = table.filter(({ door }) => door === 'inner' || door === 'card');
  test.each(both)('$file', ({ file, door, refusal }) => {
    const bytes = readFixture(file);
    const verdict = door === 'card' ? independentCard(bytes) : independentBundle(bytes);
    expect(disagreement(refusal, verdict)).toBeUndefined();
  });
});
