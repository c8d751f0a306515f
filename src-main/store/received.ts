import { z } from 'zod';
import type { BatchId, RecordId } from '../../src-shared/domain/ids.ts';
import { hexBytes, HexColumn, RecordIdRow } from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { forgetAttestation } from './attestations.ts';
import { runsOfNumbers } from './obstacles.ts';
import { deleteRows, insertRow, replaceRow } from './truth.ts';
import type { AttestationId } from './types.ts';

/** What is remembered of the batch of a received bundle, so that it can be taken back: docs/formats/vault.md V34, V35. */

export type ReceivedBatch = { readonly manifest: string; readonly attestations: readonly AttestationId[] };

/** Says of which bundle a batch is, and which attestations came with it. */
export function addReceivedBatch(tx: WriteDb, batch: BatchId, { manifest, attestations }: ReceivedBatch): void {
  insertRow(tx, 'received_batches', {
    batch,
    manifest: hexBytes(manifest),
    attestations: JSON.stringify(attestations),
  });
}

const ReceivedRow = z.object({
  manifest: HexColumn,
  attestations: z.string().transform((text) => z.array(z.number()).parse(JSON.parse(text))),
});

/** Undefined for any other batch, and for one that is undone. */
export function receivedBatch(db: ReadDb, batch: BatchId): ReceivedBatch | undefined {
  return readOne(db, ReceivedRow, 'SELECT manifest, attestations FROM received_batches WHERE batch = ?', batch);
}

const EARLIER = `SELECT r.batch, count(*) AS n FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)
  CROSS JOIN received_batches b ON b.batch = r.batch GROUP BY r.batch`;
const EarlierRow = z.object({ batch: z.number(), n: z.number() });

/** Of these records, how many each received batch was the first to bring. */
export function earlierBatches(db: ReadDb, ids: readonly RecordId[]): ReadonlyMap<number, number> {
  return new Map(readAll(db, EarlierRow, EARLIER, JSON.stringify(ids)).map(({ batch, n }) => [batch, n]));
}

/** A later bundle brought records of earlier ones again, so they cannot be taken back before it. */
export function addRepeats(tx: WriteDb, by: BatchId, repeats: ReadonlyMap<number, number>): void {
  for (const [batch, records] of repeats) insertRow(tx, 'batch_repeats', { batch, by, records });
}

/** Claims, by their places, that a batch disclosed in a record that was held before. */
export function addDisclosures(tx: WriteDb, batch: BatchId, record: Uint8Array, claims: readonly number[]): void {
  const sql = 'SELECT claims FROM batch_disclosures WHERE record = ? AND batch = ?';
  const before = readOne(tx, ClaimsRow, sql, record, batch)?.claims ?? [];
  const all = [...new Set([...before, ...claims])].toSorted((one, other) => one - other);
  replaceRow(tx, 'batch_disclosures', { record, batch }, { record, batch, claims: JSON.stringify(all) });
}

const ClaimsRow = z.object({
  claims: z.string().transform((text) => z.array(z.number()).parse(JSON.parse(text))),
});
const DisclosureRow = ClaimsRow.extend({ record: z.instanceof(Uint8Array) });
const DISCLOSURES = 'SELECT record, claims FROM batch_disclosures WHERE batch = ? ORDER BY record LIMIT ?';

/** The next records in which a batch disclosed claims. */
export function disclosuresOf(
  db: ReadDb,
  batch: BatchId,
  limit: number,
): readonly { readonly record: Uint8Array; readonly claims: readonly number[] }[] {
  return readAll(db, DisclosureRow, DISCLOSURES, batch, limit);
}

/** Nothing is left to be withheld again: the record is gone, or it was done. */
export function forgetDisclosures(tx: WriteDb, where: { readonly record: Uint8Array; readonly batch?: BatchId }): void {
  deleteRows(tx, 'batch_disclosures', where);
}

/** At the end of the undo of a received batch: its attestations that nothing needs any more, and what was remembered of it. */
export function* forgetReceived(
  tx: WriteDb,
  batch: BatchId,
  { attestations }: ReceivedBatch,
): Generator<void, void, undefined> {
  for (const id of attestations) yield* forgetAttestation(tx, id);
  deleteRows(tx, 'batch_repeats', { by: batch });
  deleteRows(tx, 'received_batches', { batch });
}

const WITHDRAWALS = `SELECT id FROM records WHERE batch = ?1 AND rid BETWEEN ?2 AND ?3 AND kind = 'retract'`;

/** The `retract` records that a batch brought, with pauses. */
export function* withdrawalsOf(db: ReadDb, batch: BatchId): Generator<void, readonly RecordId[], undefined> {
  const found: RecordId[] = [];
  for (const [from, to] of runsOfNumbers(db, batch)) {
    for (const { id } of readAll(db, RecordIdRow, WITHDRAWALS, batch, from, to)) found.push(id);
    yield;
  }
  return found;
}

/** Whether another batch is of the same bundle: one that was accepted in parts. */
export function isOfAnother(db: ReadDb, manifest: string): boolean {
  return readNumber(db, 'SELECT count(*) AS n FROM received_batches WHERE manifest = ?', hexBytes(manifest)) > 0;
}
