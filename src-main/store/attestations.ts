import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { joinBytes, toHex } from '../../src-shared/crypto/hash.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { SignedAttestation } from '../../src-shared/records/attestation.ts';
import { eachInSteps } from '../../src-shared/crypto/steps.ts';
import type { Step } from '../../src-shared/crypto/steps.ts';
import { hexBytes, RecordIdColumn, RecordIdRow, TruthColumn } from './columns.ts';
import { readAll, readColumn, readNumber, readOne, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { keepAgency } from './identities.ts';
import { deleteRows, insertRow, nextId, replaceRow } from './truth.ts';
import { addVouching, endVouching } from './vouching.ts';
import type { AttestationId, AttestationRow, PlacedRecord, Placement } from './types.ts';

/**
 * Keeps an attestation, once. `leaves`, the ids of its whole batch in leaf order, let a proof be made later for any of them; they may come with a
 * later copy. `vouchedBy` is who passed on the card that proved it (bundle.md B21); what a confirmed card proved is never vouched for again.
 */
export function addAttestation(
  tx: WriteDb,
  signed: SignedAttestation,
  leaves?: readonly RecordId[],
  vouchedBy?: AgencyId,
): AttestationId {
  const { attestation } = signed;
  const author = keepAgency(tx, attestation.author);
  const root = hexBytes(attestation.root);
  const known = readNumber(tx, 'SELECT id AS n FROM attestations WHERE author = ? AND root = ?', author, root);
  const id = known === 0 ? nextId(tx, 'attestations') : known;
  const row = { id, author, kid: attestation.kid, size: attestation.size, root, body: canonicalText(signed) };
  if (known === 0) insertRow(tx, 'attestations', row);
  if (known === 0 && vouchedBy !== undefined) addVouching(tx, id, vouchedBy);
  if (known !== 0 && vouchedBy === undefined && endVouching(tx, id)) replaceRow(tx, 'attestations', { id }, row);
  if (leaves !== undefined && !hasLeaves(tx, id)) addLeaves(tx, id, leaves);
  return id;
}

/** Keeps an attestation that was just made of records that are held, and says where each of them stands; with pauses. */
export function* addFreshAttestation(
  tx: WriteDb,
  signed: SignedAttestation,
  leaves: readonly RecordId[],
): Generator<Step, void, undefined> {
  const id = addAttestation(tx, signed);
  const isNew = !hasLeaves(tx, id);
  yield* eachInSteps('ledger', leaves, (record, leaf) => {
    if (isNew) addLeaf(tx, id, leaf, record);
    placeRecords(tx, id, [{ id: record, leaf }], 'replaced');
    return UNITS_A_LEAF;
  });
}

/** A leaf costs as much as the judging of so many claims. */
const UNITS_A_LEAF = 4;

/**
 * Says where held records stand in an attestation. A record that has a place keeps it, unless the place it has proves it no more (A6); ids that are
 * not held are passed over.
 */
export function placeRecords(
  tx: WriteDb,
  attestation: AttestationId,
  placements: Iterable<Placement>,
  earlier: 'kept' | 'replaced' = 'kept',
): void {
  const sql = earlier === 'kept' ? PLACE : PLACE_ANEW;
  for (const { id, leaf, proof } of placements) {
    const rid = heldNumber(tx, hexBytes(id));
    if (rid === undefined) continue;
    const bytes = proof === undefined ? null : joinBytes(...proof.map(hexBytes));
    run(tx, sql, rid, attestation, leaf, bytes);
  }
}

const PLACE = 'INSERT INTO placements (rid, attestation, leaf, proof) VALUES (?, ?, ?, ?) ON CONFLICT (rid) DO NOTHING';
const PLACE_ANEW = 'INSERT OR REPLACE INTO placements (rid, attestation, leaf, proof) VALUES (?, ?, ?, ?)';

/** During a bulk change the index of ids may be put off (vault.md V73). */
function heldNumber(tx: WriteDb, id: Uint8Array): number | undefined {
  const heldIds = tx.change.deferred?.heldIds;
  if (heldIds !== undefined) return heldIds.find(id);
  const [rid] = readColumn(tx, 'SELECT rid FROM records WHERE id = ?', id);
  return typeof rid === 'number' ? rid : undefined;
}

export const UNATTESTED = `SELECT r.id FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)
  WHERE NOT EXISTS (SELECT 1 FROM placements p WHERE p.rid = r.rid) ORDER BY r.id`;

/** Those of the held records that no attestation covers yet, ascending. */
export function unattested(db: ReadDb, ids: readonly RecordId[]): RecordId[] {
  return readAll(db, RecordIdRow, UNATTESTED, JSON.stringify(ids)).map(({ id }) => id);
}

export const PLACEMENTS = `SELECT r.id, p.attestation, p.leaf, p.proof FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)
  CROSS JOIN placements p ON p.rid = r.rid ORDER BY p.attestation, p.leaf`;

const PlacementRow = z.object({
  id: RecordIdColumn,
  attestation: z.number(),
  leaf: z.number(),
  proof: z.instanceof(Uint8Array).nullable(),
});

/** Where the attested ones of these records stand, by attestation and leaf. */
export function placementsOf(db: ReadDb, ids: readonly RecordId[]): PlacedRecord[] {
  return readAll(db, PlacementRow, PLACEMENTS, JSON.stringify(ids)).map(({ proof, ...place }) => ({
    ...place,
    ...(proof !== null && { proof: hashesOf(proof) }),
  }));
}

export const PROOFS = `SELECT r.id, p.attestation, p.proof IS NULL AS isBare, coalesce(v.is_refuted, 0) AS isRefuted FROM json_each(?) j
  CROSS JOIN records r ON r.id = unhex(j.value) LEFT JOIN placements p ON p.rid = r.rid
  LEFT JOIN vouched_attestations v ON v.attestation = p.attestation`;
const ProofRow = z.object({
  id: RecordIdColumn,
  attestation: z.number().nullable(),
  isBare: TruthColumn,
  isRefuted: TruthColumn,
});
const IS_WHOLE = `SELECT a.size = 1 OR a.size = (SELECT count(*) FROM attestation_leaves l WHERE l.attestation = a.id) AS n
  FROM attestations a WHERE a.id = ?`;

/**
 * Those of the held records for which no proof can be made (docs/policy.md P31): no attestation, one that the confirmed card of its author does not
 * prove, or one that is held in part without proofs (vault.md V176). `wholes` remembers from one call to the next which attestations are held whole.
 */
export function unproven(
  db: ReadDb,
  ids: readonly RecordId[],
  wholes = new Map<AttestationId, boolean>(),
): ReadonlySet<RecordId> {
  const isWhole = (id: AttestationId): boolean => {
    const known = wholes.get(id) ?? readNumber(db, IS_WHOLE, id) === 1;
    wholes.set(id, known);
    return known;
  };
  const isProven = ({ attestation: of, isBare, isRefuted }: z.infer<typeof ProofRow>): boolean =>
    of !== null && !isRefuted && (!isBare || isWhole(of));
  return new Set(readAll(db, ProofRow, PROOFS, JSON.stringify(ids)).flatMap((row) => (isProven(row) ? [] : [row.id])));
}

/** Forgets an attestation of others that places no record any more; it may have a million leaves. */
export function* forgetAttestation(tx: WriteDb, id: AttestationId): Generator<void, void, undefined> {
  yield;
  if (readNumber(tx, 'SELECT EXISTS (SELECT 1 FROM placements WHERE attestation = ?) AS n', id) === 1) return;
  for (let last = readNumber(tx, LAST_LEAF, id); last >= 0; last -= LEAVES_AT_ONCE) {
    run(tx, 'DELETE FROM attestation_leaves WHERE attestation = ? AND leaf > ?', id, last - LEAVES_AT_ONCE);
    yield;
  }
  endVouching(tx, id);
  deleteRows(tx, 'attestations', { id });
}

/** Leaves that are deleted between two pauses. */
const LEAVES_AT_ONCE = 2048;
const LAST_LEAF = 'SELECT coalesce(max(leaf), -1) AS n FROM attestation_leaves WHERE attestation = ?';

const BodyRow = z.object({ body: z.string() });

/** An attestation, with the ids of its whole batch when the store has them. Throws `store.not-found`. */
export function attestation(db: ReadDb, id: AttestationId): AttestationRow {
  const row = readOne(db, BodyRow, 'SELECT body FROM attestations WHERE id = ?', id);
  if (row === undefined) throw failure('store.not-found', { what: 'record' });
  const sql = 'SELECT id FROM attestation_leaves WHERE attestation = ? ORDER BY leaf';
  const leaves = readAll(db, RecordIdRow, sql, id).map((leaf) => leaf.id);
  return { id, signed: SignedAttestation.parse(JSON.parse(row.body)), ...(leaves.length > 0 && { leaves }) };
}

const HASH_LENGTH = 32;

function hashesOf(proof: Uint8Array): string[] {
  return Array.from({ length: proof.length / HASH_LENGTH }, (_, i) =>
    toHex(proof.slice(i * HASH_LENGTH, (i + 1) * HASH_LENGTH)),
  );
}

function hasLeaves(db: ReadDb, id: AttestationId): boolean {
  return readNumber(db, 'SELECT EXISTS (SELECT 1 FROM attestation_leaves WHERE attestation = ?) AS n', id) === 1;
}

function addLeaves(tx: WriteDb, id: AttestationId, leaves: readonly RecordId[]): void {
  for (const [leaf, record] of leaves.entries()) addLeaf(tx, id, leaf, record);
}

function addLeaf(tx: WriteDb, id: AttestationId, leaf: number, record: RecordId): void {
  run(tx, 'INSERT INTO attestation_leaves (attestation, leaf, id) VALUES (?, ?, ?)', id, leaf, hexBytes(record));
}
