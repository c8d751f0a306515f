import { expect, test } from 'vitest';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { parseRecord } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { northmark, oneOfEach, recordIdOf, refusalOf, sealed, southmark } from '../../support/bundle-samples.ts';

const { permission, entity } = oneOfEach;
const { record, id } = sealed(permission);

/** What reading the permission says when some of its fields are others. */
function read(changed: object): string {
  return refusalOf(() => parseRecord(canonicalBytes({ ...record, ...changed })));
}

test('[R21] a permission names its records, its recipients, a last day and purposes', () => {
  expect(record).toMatchObject({
    v: 3,
    targets: [recordIdOf(1), recordIdOf(2)],
    recipients: [southmark.id],
    until: '2026-12-31',
    commitment: 'claims',
  });
  expect(read({})).toBe('none');
  const many = Array.from({ length: 4097 }, (_, i) => recordIdOf(i + 1));
  expect(read({ targets: many.slice(1) })).toBe('none');
  for (const targets of [[], many, many.slice(0, 2).toReversed(), [recordIdOf(1), recordIdOf(1)], ['x'], 'x'])
    expect([targets.length, read({ targets })]).toEqual([targets.length, 'record.malformed R21']);
  const agencies = Array.from({ length: 129 }, (_, i) => recordIdOf(i + 1));
  expect(read({ recipients: agencies.slice(1) })).toBe('none');
  const two = [northmark.id, southmark.id].toSorted();
  expect(read({ recipients: two })).toBe('none');
  for (const recipients of [[], agencies, two.toReversed(), [two[0], two[0]], ['x']])
    expect(read({ recipients })).toBe('record.malformed R21');
});

test('[R21] the last day is one of the calendar, without which there is no permission', () => {
  expect(read({ until: '2028-02-29' })).toBe('none');
  for (const until of ['2026-02-29', '2026-13-01', '2026-12', '2026-12-31T00:00Z', '31.12.2026', '', '2026-12-31~'])
    expect([until, read({ until })]).toEqual([until, 'record.malformed R21']);
});

test('[R21] a permission is for something, and its reason can be withheld', () => {
  expect(read({ handling: { ...permission.handling, purposes: [] } })).toBe('record.malformed R21');
  expect(read({ commitment: 'record', claims: [] })).toBe('record.malformed R21');
  const kept = parseRecord(canonicalBytes(withhold(record, () => true)));
  expect(kept.id).toBe(id);
  expect(kept.record.claims.every((claim) => 'withheld' in claim)).toBe(true);
});

test('[R2] a permission has no source, and no other record has recipients or a last day', () => {
  expect(read({ source: { reference: 'x', basis: 'fact' } })).toBe('record.malformed R2');
  expect(read({ action: 'erase' })).toBe('record.malformed R2');
  const person = sealed(entity).record;
  expect(refusalOf(() => parseRecord(canonicalBytes({ ...person, until: '2026-12-31' })))).toBe('record.malformed R2');
});

test('[R17] a permission of another version is newer or malformed, never taken', () => {
  expect(read({ v: 4 })).toBe('record.newer-version');
  for (const v of [1, 2, '3']) expect(read({ v })).toBe('record.malformed R2');
});
