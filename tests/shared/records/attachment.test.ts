import { expect, test } from 'vitest';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { MAX_FILE_BYTES, RECORD_VERSIONS } from '../../../src-shared/domain/record.ts';
import { parseRecord } from '../../../src-shared/records/parse-record.ts';
import { oneOfEach, refusalOf, sealed, subject } from '../../support/bundle-samples.ts';

const { attachment, entity } = oneOfEach;
const { record } = sealed(attachment);

/** What reading the record says when some of its fields are others. */
function read(changed: object, from: object = record): string {
  return refusalOf(() => parseRecord(canonicalBytes({ ...from, ...changed })));
}

test('[R17] every kind has the version in which it came, and says it', () => {
  const later: Readonly<Record<string, number>> = { attachment: 2, permission: 3 };
  for (const [kind, draft] of Object.entries(oneOfEach)) {
    expect([kind, sealed(draft).record.v]).toEqual([kind, later[kind] ?? 1]);
  }
  expect(Object.keys(RECORD_VERSIONS).toSorted()).toEqual(Object.keys(oneOfEach).toSorted());
});

test('[R17] a version that a kind never had is malformed, one that it may have some day is newer', () => {
  const person = sealed(entity).record;
  expect(read({ v: 1 })).toBe('record.malformed R2');
  expect(read({ v: 3 })).toBe('record.newer-version');
  expect(read({ v: 2 }, person)).toBe('record.newer-version');
  expect(read({ kind: 'rumour', v: 3 })).toBe('record.malformed R2');
  expect(read({ kind: 'rumour', v: 4 })).toBe('record.newer-version');
});

test('[R18] a file is a hash, a size up to 2 GiB and a media type', () => {
  const { file } = attachment;
  expect(read({ file: { ...file, size: MAX_FILE_BYTES } })).toBe('none');
  expect(read({ file: { ...file, size: 0, type: 'application/vnd.ms-excel' } })).toBe('none');
  for (const wrong of [
    { size: MAX_FILE_BYTES + 1 },
    { size: -1 },
    { size: 0.5 },
    { sha256: 'AB'.repeat(32) },
    { sha256: 'ab'.repeat(31) },
    { type: 'pdf' },
    { type: 'Application/pdf' },
    { type: 'text/html; charset=utf-8' },
    { type: '' },
    { path: '/etc/hosts' },
  ])
    expect([wrong, read({ file: { ...file, ...wrong } })]).toEqual([wrong, 'record.malformed R18']);
});

test('[R19] a file supports 1 to 64 subjects in ascending order, and is committed claim by claim', () => {
  expect(record).toMatchObject({ supports: [subject(1), subject(3)], commitment: 'claims' });
  const many = Array.from({ length: 65 }, (_, i) => subject(i + 1));
  expect(read({ supports: many.slice(1) })).toBe('none');
  for (const supports of [[], many, [subject(3), subject(1)], [subject(1), subject(1)], ['x']])
    expect(read({ supports })).toBe('record.malformed R19');
  const claims = attachment.claims.toSorted((one, other) => (one.property < other.property ? -1 : 1));
  expect(read({ commitment: 'record', claims })).toBe('record.malformed R2');
});
