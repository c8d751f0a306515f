import { z } from 'zod';
import { AgencyColumn, hexBytes, HexColumn } from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { keepAgency } from './identities.ts';
import { deleteRows, replaceRow } from './truth.ts';
import type { QuarantineRow } from './types.ts';

const Listed = z.object({
  manifest: HexColumn,
  issuer: AgencyColumn,
  epoch: z.number(),
  sequence: z.number(),
  records: z.number(),
  received_at: z.string(),
});
const Full = Listed.extend({ bytes: z.instanceof(Uint8Array) });
const COLUMNS = 'q.manifest, a.uid AS issuer, q.epoch, q.sequence, q.records, q.received_at';
const FROM = 'FROM quarantine q CROSS JOIN agencies a ON a.id = q.issuer';

/** Holds a verified bundle until a person has decided, and what is in it (V103); the same bundle twice is held once. */
export function addQuarantine(tx: WriteDb, row: QuarantineRow, held: Uint8Array): void {
  const manifest = hexBytes(row.manifest);
  const { epoch, sequence, records, inner } = row;
  const issuer = keepAgency(tx, row.issuer);
  replaceRow(
    tx,
    'quarantine',
    { manifest },
    { manifest, issuer, epoch, sequence, records, received_at: row.receivedAt, bytes: inner },
  );
  replaceRow(tx, 'quarantine_contents', { manifest }, { manifest, held });
}

/** What waits, oldest first, without its bytes. */
export function quarantined(db: ReadDb): Omit<QuarantineRow, 'inner'>[] {
  return readAll(db, Listed, `SELECT ${COLUMNS} ${FROM} ORDER BY q.received_at, q.manifest`).map(listed);
}

/** One bundle with its bytes; undefined when it does not wait (any more). */
export function quarantine(db: ReadDb, manifest: string): QuarantineRow | undefined {
  const row = readOne(db, Full, `SELECT ${COLUMNS}, q.bytes ${FROM} WHERE q.manifest = ?`, hexBytes(manifest));
  return row === undefined ? undefined : { ...listed(row), inner: row.bytes };
}

/** Whether a bundle waits here; its bytes are not read. */
export function isQuarantined(db: ReadDb, manifest: string): boolean {
  return readNumber(db, 'SELECT EXISTS (SELECT 1 FROM quarantine WHERE manifest = ?) AS n', hexBytes(manifest)) === 1;
}

/** Answers how many went: one, or none. */
export function removeQuarantine(tx: WriteDb, manifest: string): number {
  deleteRows(tx, 'quarantine_contents', { manifest: hexBytes(manifest) });
  return deleteRows(tx, 'quarantine', { manifest: hexBytes(manifest) });
}

function listed({ received_at, ...row }: z.infer<typeof Listed>): Omit<QuarantineRow, 'inner'> {
  const { manifest, issuer, epoch, sequence, records } = row;
  return { manifest, issuer, epoch, sequence, records, receivedAt: received_at };
}
