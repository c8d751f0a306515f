import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toBytes } from '../../../src-shared/crypto/hash.ts';
import type { RecordKind } from '../../../src-shared/domain/record.ts';
import { parseRecord, recordBytes } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import type { RecordDraft } from '../../../src-shared/records/seal-record.ts';
import { oneOfEach, refusalOf, sealed } from '../../support/bundle-samples.ts';
import { goldenPath, readGolden, writeGolden } from '../../support/golden.ts';

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

describe('records made from fixed salts are what they always were', () => {
  test.each(Object.entries(oneOfEach))('%s', async (kind, draft: RecordDraft & { kind: RecordKind }) => {
    const { id, bytes } = sealed(draft);
    await expect(writeGolden({ expect: 'success', id }, textOf(bytes))).toMatchFileSnapshot(
      goldenPath(`record/${kind}.txt`),
    );
  });

  test('an entity with a claim withheld', async () => {
    const { id, record } = sealed(oneOfEach.entity);
    const bytes = recordBytes(withhold(record, ({ property }) => property === 'phone'));
    await expect(writeGolden({ expect: 'success', id }, textOf(bytes))).toMatchFileSnapshot(
      goldenPath('record/entity-withheld.txt'),
    );
  });
});

describe('golden records are read as their header says', () => {
  test.each(readdirSync(goldenPath('record')))('%s', (name) => {
    const { facts, content } = readGolden(`record/${name}`);
    const bytes = toBytes(content.replace(/\n$/, ''));
    if (facts.get('expect') === 'success') expect(parseRecord(bytes).id).toBe(facts.get('id'));
    else expect(refusalOf(() => parseRecord(bytes))).toBe(facts.get('expect'));
  });
});
