import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveRecords as liveByRule } from '../../../src-shared/records/liveness.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { findRecord } from '../../../src-main/store/history.ts';
import { fingerprint } from '../../../src-main/store/fingerprint.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import type { IdentifiedRecord } from '../../../src-main/store/types.ts';
import { randomRecords, waysToCome } from '../../support/random-records.ts';
import { emptyStore, person, put, subjectId } from '../../support/store-builders.ts';

/** The laws of DESIGN §2 over random sets of records: few subjects and agencies, so that everything meets everything. */

function storeOf(batches: readonly (readonly IdentifiedRecord[])[]): Store {
  const store = emptyStore();
  for (const batch of batches) put(store, batch);
  return store;
}

const runs = { numRuns: process.env['SLOW'] === '1' ? 500 : 60 };

test('[R13] [V48] any order, any batches, duplicates, redacted before or after in full: one fingerprint', () => {
  const twoWays = randomRecords.chain((all) => fc.tuple(fc.constant(all), waysToCome(all), waysToCome(all)));
  fc.assert(
    fc.property(twoWays, ([all, one, other]) => {
      const expected = fingerprint(storeOf([all]));
      expect(fingerprint(storeOf(one))).toBe(expected);
      expect(fingerprint(storeOf(other))).toBe(expected);
    }),
    runs,
  );
});

test('[V51] the head is that of the rows, however they came', () => {
  fc.assert(
    fc.property(randomRecords.chain(waysToCome), (batches) => {
      expect(verifyHead(storeOf(batches)).ok).toBe(true);
    }),
    runs,
  );
});

test('[R14] the store and the rule on plain headers agree on what is live', () => {
  fc.assert(
    fc.property(randomRecords, (all) => {
      const store = storeOf([all]);
      const held = all.filter(({ id }) => findRecord(store, id) !== undefined);
      const live = liveByRule(
        held.map(({ id, record }) => ({ id, ...record, ...('targets' in record && { targets: record.targets }) })),
      );
      for (const { id } of held) expect(findRecord(store, id)?.state === 'live').toBe(live.has(id));
    }),
    runs,
  );
});

test('a different claim, or one withheld claim, is another fingerprint', () => {
  const ada = person('Ada');
  const store = storeOf([[ada]]);
  expect(fingerprint(storeOf([[person('Ada', [['name', 'Ada B']])]]))).not.toBe(fingerprint(store));
  const half = { id: ada.id, record: withhold(ada.record, () => true) };
  expect(fingerprint(storeOf([[half]]))).not.toBe(fingerprint(store));
  expect(subjectId('Ada')).toBe(ada.record.subject);
});
