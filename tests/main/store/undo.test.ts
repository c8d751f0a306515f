import { expect, test } from 'vitest';
import { attest } from '../../../src-shared/records/attestation.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { KeyId } from '../../../src-shared/domain/ids.ts';
import type { BatchId } from '../../../src-shared/domain/ids.ts';
import { addAttestation, placeRecords } from '../../../src-main/store/attestations.ts';
import { batches } from '../../../src-main/store/batches.ts';
import { fingerprint } from '../../../src-main/store/fingerprint.ts';
import { findRecord } from '../../../src-main/store/history.ts';
import { addRelease } from '../../../src-main/store/ledger.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { removeBatch } from '../../../src-main/store/undo.ts';
import {
  AT,
  caseOf,
  emptyStore,
  link,
  NORTHMARK,
  note,
  person,
  put,
  retract,
  SOUTHVALE,
  storeWith,
} from '../../support/store-builders.ts';

const undo = (store: Store, batch: BatchId): number =>
  write(store, note('batch.undo'), (tx) => removeBatch(tx, batch, { at: AT, ours: NORTHMARK }));
const canUndo = (store: Store): boolean | undefined => batches(store, { limit: 1, ours: NORTHMARK })[0]?.canUndo;

test('[V33] an undone import is as if it had never been', () => {
  const store = storeWith(person('Ada'), caseOf('Operation Example', ['Ada']));
  const before = fingerprint(store);
  const { batch } = put(store, [
    person('Bo'),
    link('l', 'called', ['Ada', 'Bo']),
    person('Ada', [['alias', 'Sparrow']]),
  ]);
  expect(batches(store, { limit: 1, ours: NORTHMARK })).toEqual([
    { id: batch, kind: 'import', at: AT, actor: 'Ana', records: 3, released: 0, canUndo: true },
  ]);
  expect(undo(store, batch)).toBe(3);
  expect(fingerprint(store)).toBe(before);
  expect(verifyHead(store).ok).toBe(true);
  expect(batches(store, { limit: 1, ours: NORTHMARK })).toMatchObject([{ records: 0, undoneAt: AT, canUndo: false }]);
});

test('[V33] what an undone record superseded or retracted is live again', () => {
  const ada = person('Ada');
  const store = storeWith(ada);
  const { batch } = put(store, [
    retract([ada], 'correct'),
    person('Ada', [['name', 'Ada B']], { supersedes: [ada.id] }),
  ]);
  expect(statusCounts(store).entities).toBe(1);
  undo(store, batch);
  expect(statusCounts(store)).toMatchObject({ entities: 1, records: 1 });
});

test('[V33] nothing of an undone record is left for the next one that takes its place in the table', () => {
  const ada = person('Ada');
  const store = storeWith(ada);
  const { batch } = put(store, [person('Ada', [['name', 'Ada B']], { supersedes: [ada.id] })]);
  undo(store, batch);
  put(store, [person('Ada', [['name', 'Ada C']])]);
  put(store, [retract([ada], 'correct', { author: SOUTHVALE })]);
  expect(statusCounts(store)).toMatchObject({ records: 3, entities: 1 });
  expect(findRecord(store, ada.id)?.state).toBe('live');
});

test('[V33] an undone import can be imported again', () => {
  const store = emptyStore();
  const { batch } = put(store, [person('Ada')]);
  undo(store, batch);
  expect(put(store, [person('Ada')])).toMatchObject({ added: 1 });
});

test('[V33] twice is refused', () => {
  const store = emptyStore();
  const { batch } = put(store, [person('Ada')]);
  undo(store, batch);
  expect(() => undo(store, batch)).toThrow(
    expect.objectContaining({ code: 'batch.not-undoable', details: { reason: 'undone', count: 1 } }),
  );
});

test('[V33] what was released, attested, received, filled in or erased stays', () => {
  const ada = person('Ada');
  const reasons = {
    released: () => {
      const store = emptyStore();
      const { batch } = put(store, [ada]);
      const item = { subject: ada.record.subject, record: ada.id, withheldClaims: 0, author: ada.record.author };
      const to = [{ agency: SOUTHVALE, sequence: 1, items: [item] }];
      const release = {
        bundle: 'b1',
        manifest: 'ab'.repeat(32),
        purpose: 'test',
        legalBases: [],
        at: AT,
        actor: 'Olga',
        terms: { purposeCode: 'investigation', answers: [], kept: 0, classes: [] },
        to,
      };
      write(store, note('release'), (tx) => addRelease(tx, release));
      return { store, batch };
    },
    attested: () => {
      const store = emptyStore();
      const { batch } = put(store, [ada]);
      const { signed, leaves } = attest([ada.id], NORTHMARK, KeyId.parse('0'.repeat(16)), () => new Uint8Array(64));
      write(store, note('attest'), (tx) =>
        placeRecords(tx, addAttestation(tx, signed, leaves), [{ id: ada.id, leaf: 0 }]),
      );
      return { store, batch };
    },
    received: () => {
      const store = emptyStore();
      return { store, ...put(store, [person('Bo', [['name', 'Bo']], { author: SOUTHVALE })], 'receive') };
    },
    extended: () => {
      const store = storeWith({ id: ada.id, record: withhold(ada.record, () => true) });
      return { store, ...put(store, [ada, person('Bo')]) };
    },
    erased: () => {
      const store = storeWith(ada);
      return { store, ...put(store, [retract([ada], 'erase')]) };
    },
  };
  for (const [reason, make] of Object.entries(reasons)) {
    const { store, batch } = make();
    expect([reason, canUndo(store)]).toEqual([reason, false]);
    expect(() => undo(store, batch)).toThrow(
      expect.objectContaining({ code: 'batch.not-undoable', details: { reason, count: 1 } }),
    );
  }
});

test('a batch that never was is not found', () => {
  expect(() => undo(emptyStore(), 7 as BatchId)).toThrow(expect.objectContaining({ code: 'store.not-found' }));
});
