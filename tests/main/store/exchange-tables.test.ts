import { expect, test } from 'vitest';
import { KeyId } from '../../../src-shared/domain/ids.ts';
import type { AgencyId, RecordId } from '../../../src-shared/domain/ids.ts';
import { attest, proofFor } from '../../../src-shared/records/attestation.ts';
import {
  addAttestation,
  attestation,
  placementsOf,
  placeRecords,
  unattested,
} from '../../../src-main/store/attestations.ts';
import type { WriteDb } from '../../../src-main/store/connection.ts';
import { findRecord } from '../../../src-main/store/history.ts';
import { addReceipt, addRelease, disclosures, holders, receipts } from '../../../src-main/store/ledger.ts';
import { partner, partners, savePartner } from '../../../src-main/store/partners.ts';
import { addQuarantine, quarantine, quarantined, removeQuarantine } from '../../../src-main/store/quarantine.ts';
import { removeRecords } from '../../../src-main/store/records.ts';
import { saveSetting, setting } from '../../../src-main/store/settings.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import {
  addManifest,
  findManifests,
  manifests,
  saveStream,
  setManifestVerdict,
  stream,
} from '../../../src-main/store/streams.ts';
import type { ManifestRow, PartnerRow } from '../../../src-main/store/types.ts';
import {
  agencyId,
  AT,
  emptyStore,
  NORTHMARK,
  note,
  person,
  put,
  SOUTHVALE,
  storeWith,
  subjectId,
} from '../../support/store-builders.ts';

const HASH = 'ab'.repeat(32);
const OTHER_HASH = 'cd'.repeat(32);
const change = <T>(store: Store, work: (tx: WriteDb) => T): T => write(store, note('test'), work);

test('a partner is kept as it is now', () => {
  const store = emptyStore();
  const row: PartnerRow = {
    agency: SOUTHVALE,
    name: 'Southvale Agency',
    country: 'XS',
    kind: 'police',
    isSample: true,
    card: Uint8Array.of(1, 2),
    state: 'unverified',
    addedAt: AT,
  };
  change(store, (tx) => savePartner(tx, row));
  expect(partners(store)).toEqual([{ ...row, card: Buffer.from(row.card) }]);
  const confirmed = { by: 'Olga', with: 'Bert', channel: 'phone', at: AT };
  change(store, (tx) => savePartner(tx, { ...row, state: 'confirmed', confirmed }));
  expect(partner(store, SOUTHVALE)).toMatchObject({ state: 'confirmed', confirmed });
  expect(partner(store, NORTHMARK)).toBeUndefined();
  expect(verifyHead(store).ok).toBe(true);
});

test('streams have one position a direction and partner; every manifest stays with its verdict', () => {
  const store = emptyStore();
  const manifest: ManifestRow = {
    direction: 'in',
    agency: SOUTHVALE,
    epoch: 1,
    sequence: 1,
    manifest: HASH,
    bundle: 'b1',
    verdict: 'quarantined',
    at: AT,
  };
  change(store, (tx) => {
    saveStream(tx, 'in', { agency: SOUTHVALE, epoch: 1, sequence: 1, manifest: HASH });
    saveStream(tx, 'in', { agency: SOUTHVALE, epoch: 1, sequence: 2, manifest: OTHER_HASH });
    addManifest(tx, manifest);
    addManifest(tx, { ...manifest, sequence: 2, manifest: OTHER_HASH, bundle: 'b2' });
    setManifestVerdict(tx, 'in', HASH, 'applied');
  });
  expect(stream(store, 'in', SOUTHVALE)).toEqual({ agency: SOUTHVALE, epoch: 1, sequence: 2, manifest: OTHER_HASH });
  expect(stream(store, 'out', SOUTHVALE)).toBeUndefined();
  expect(
    manifests(store, { direction: 'in', agency: SOUTHVALE }).map(({ sequence, verdict }) => [sequence, verdict]),
  ).toEqual([
    [1, 'applied'],
    [2, 'quarantined'],
  ]);
  expect(manifests(store, { agency: agencyId('Nobody') })).toEqual([]);
  expect(findManifests(store, 'in', HASH)).toEqual([{ ...manifest, verdict: 'applied' }]);
  expect(() => change(store, (tx) => setManifestVerdict(tx, 'out', HASH, 'sent'))).toThrow('store.not-found');
  expect(verifyHead(store).ok).toBe(true);
});

test('a quarantined bundle waits with its bytes until it is removed', () => {
  const store = emptyStore();
  const row = {
    manifest: HASH,
    issuer: SOUTHVALE,
    epoch: 1,
    sequence: 3,
    records: 12,
    receivedAt: AT,
    inner: Uint8Array.of(9, 9),
  };
  change(store, (tx) => addQuarantine(tx, row, new Uint8Array(64)));
  change(store, (tx) => addQuarantine(tx, row, new Uint8Array(64)));
  const { inner, ...listed } = row;
  expect(quarantined(store)).toEqual([listed]);
  expect(quarantine(store, HASH)).toEqual({ ...listed, inner: Buffer.from(inner) });
  expect(change(store, (tx) => removeQuarantine(tx, HASH))).toBe(1);
  expect(change(store, (tx) => removeQuarantine(tx, HASH))).toBe(0);
  expect(quarantine(store, HASH)).toBeUndefined();
  expect(verifyHead(store).ok).toBe(true);
});

test('the ledger answers who holds what, on what basis, since when, and whether a receipt came back', () => {
  const [ada, again, bo] = [person('Ada'), person('Ada', [['alias', 'Sparrow']]), person('Bo')];
  const store = storeWith(ada, again, bo);
  const item = (
    { id, record }: typeof ada,
    withheldClaims: number,
  ): { subject: typeof record.subject; record: RecordId; withheldClaims: number; author: AgencyId } => ({
    subject: record.subject,
    record: id,
    withheldClaims,
    author: record.author,
  });
  change(store, (tx) =>
    addRelease(tx, {
      bundle: 'b1',
      manifest: HASH,
      purpose: 'joint operation',
      legalBases: ['led-35'],
      at: AT,
      actor: 'Olga',
      terms: { purposeCode: 'investigation', answers: ['P20 of something'], kept: 3, classes: [] },
      to: [
        { agency: SOUTHVALE, sequence: 4, items: [item(ada, 1), item(again, 2), item(bo, 0)] },
        { agency: agencyId('Third Agency'), sequence: 1, items: [item(bo, 0)] },
      ],
    }),
  );
  expect(disclosures(store, { subject: subjectId('Ada') })).toEqual([
    {
      partner: SOUTHVALE,
      subject: subjectId('Ada'),
      records: 2,
      withheldClaims: 3,
      legalBases: ['led-35'],
      purpose: 'joint operation',
      purposeCode: 'investigation',
      releasedAt: AT,
      releasedBy: 'Olga',
      answers: 1,
      kept: 3,
      bundle: 'b1',
      manifest: HASH,
      sequence: 4,
      isConfirmed: false,
      isLeft: false,
    },
  ]);
  expect(disclosures(store, { partner: agencyId('Third Agency') })).toHaveLength(1);
  expect(disclosures(store, {})).toHaveLength(3);
  const pages = [0, 1, 2].flatMap((from) => disclosures(store, { from, limit: 1 }));
  expect(pages).toEqual(disclosures(store, {}));
  expect(disclosures(store, { subject: subjectId('Ada'), partner: agencyId('Third Agency') })).toEqual([]);
  expect(holders(store, [ada.id, bo.id]).get(bo.id)?.toSorted()).toEqual(
    [SOUTHVALE, agencyId('Third Agency')].toSorted(),
  );

  const receipt = {
    manifest: HASH,
    partner: SOUTHVALE,
    sequence: 4,
    accepted: 2,
    known: 0,
    held: 1,
    refused: [{ rule: 'A5', count: 1 }],
    at: AT,
  };
  const answer = { receipt: OTHER_HASH, saidAt: AT, recalls: null, pendingRecalls: [], refusedRecalls: [] };
  expect(change(store, (tx) => addReceipt(tx, receipt, answer))).toBe(true);
  const earlier = { ...answer, saidAt: '2026-02-01T09:30:00.000Z' };
  expect(change(store, (tx) => addReceipt(tx, { ...receipt, accepted: 0 }, earlier))).toBe(false);
  expect(receipts(store, SOUTHVALE)).toEqual([receipt]);
  expect(disclosures(store, { subject: subjectId('Ada') })[0]?.isConfirmed).toBe(true);
  expect(verifyHead(store).ok).toBe(true);
});

test('attested records know their place; proofs can be made from the kept leaves, or are kept themselves', () => {
  const records = [person('Ada'), person('Bo'), person('Cy')];
  const store = storeWith(...records);
  const ids = records.map(({ id }) => id).toSorted();
  const [first, second] = ids;
  if (first === undefined || second === undefined) throw new Error('three records');
  expect(unattested(store, ids)).toEqual(ids);
  const { signed, leaves } = attest(ids, NORTHMARK, KeyId.parse('0'.repeat(16)), () => new Uint8Array(64));
  const id = change(store, (tx) => {
    const made = addAttestation(tx, signed, leaves);
    placeRecords(tx, made, [{ id: first, leaf: 0 }]);
    return made;
  });
  expect(attestation(store, id)).toEqual({ id, signed, leaves });
  expect(change(store, (tx) => addAttestation(tx, signed))).toBe(id);
  expect(unattested(store, ids)).toEqual(ids.slice(1));
  const alone = proofFor(leaves, second);
  change(store, (tx) => placeRecords(tx, id, [{ id: second, leaf: 1, proof: alone?.proof ?? [] }]));
  expect(placementsOf(store, ids)).toEqual([
    { id: ids[0], attestation: id, leaf: 0 },
    { id: ids[1], attestation: id, leaf: 1, proof: alone?.proof },
  ]);
  expect(findRecord(store, second)?.isAttested).toBe(true);
  expect(verifyHead(store).ok).toBe(true);
});

test('an attestation that came without its batch learns its leaves later', () => {
  const ada = person('Ada');
  const store = storeWith(ada);
  const { signed, leaves } = attest([ada.id], NORTHMARK, KeyId.parse('0'.repeat(16)), () => new Uint8Array(64));
  const id = change(store, (tx) => addAttestation(tx, signed));
  expect(attestation(store, id).leaves).toBeUndefined();
  change(store, (tx) => addAttestation(tx, signed, leaves));
  expect(attestation(store, id).leaves).toEqual(leaves);
});

test('the place of a removed record is not inherited by the next one', () => {
  const ada = person('Ada');
  const store = storeWith(person('Bo'), ada);
  const { signed, leaves } = attest([ada.id], NORTHMARK, KeyId.parse('0'.repeat(16)), () => new Uint8Array(64));
  change(store, (tx) => placeRecords(tx, addAttestation(tx, signed, leaves), [{ id: ada.id, leaf: 0 }]));
  change(store, (tx) => removeRecords(tx, [ada.id]));
  const next = person('Cy');
  put(store, [next]);
  expect(unattested(store, [next.id])).toEqual([next.id]);
});

test('a setting is a plain value under a name', () => {
  const store = emptyStore();
  expect(setting(store, 'autoLock')).toBeUndefined();
  change(store, (tx) => saveSetting(tx, 'autoLock', { minutes: 10 }));
  change(store, (tx) => saveSetting(tx, 'autoLock', { minutes: 5 }));
  expect(setting(store, 'autoLock')).toEqual({ minutes: 5 });
});
