import { z } from 'zod';
import { FileHash } from '../../src-shared/domain/ids.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { hexBytes, HexColumn, optional, subjectBytes } from './columns.ts';
import { readAll, readNumber, readOne, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { insertRow, replaceRow } from './truth.ts';
import type { Row } from './truth.ts';

/** Evidence files as the store knows them (docs/formats/vault.md V119–V123); their bytes lie in the vault's folder. */

export type AttachmentRow = {
  readonly sha256: FileHash;
  readonly size: number;
  /** What its first bytes tell it to be. */
  readonly sniffed?: string;
  readonly state: 'held' | 'erasing' | 'erased';
};

const HashColumn = HexColumn.transform((hex) => FileHash.parse(hex));
const HashRow = z.object({ sha256: HashColumn });
const Stored = z
  .object({
    sha256: HashColumn,
    size: z.number(),
    sniffed: z.string().nullable(),
    state: z.enum(['held', 'erasing', 'erased']),
  })
  .transform(({ sniffed, ...row }): AttachmentRow => ({ ...row, ...optional('sniffed', sniffed) }));

/** The file, held or erased; undefined when the store never had it. */
export function findAttachment(db: ReadDb, sha256: FileHash): AttachmentRow | undefined {
  return readOne(db, Stored, 'SELECT * FROM attachments WHERE sha256 = ?', hexBytes(sha256));
}

/** V119: the store holds the file (again). */
export function holdAttachment(tx: WriteDb, file: Omit<AttachmentRow, 'state'>): void {
  saveAttachment(tx, { ...file, state: 'held' });
}

/** Every file whose bytes should be there: for a backup, a new key, an open after a crash. */
export function heldAttachments(db: ReadDb): AttachmentRow[] {
  return readAll(db, Stored, `SELECT * FROM attachments WHERE state = 'held' ORDER BY sha256`);
}

export const ERASING = `SELECT sha256 FROM attachments WHERE state = 'erasing'`;

/** V122: files whose erasure was decided and whose bytes may still be there. Usually none: asked after every change. */
export function erasingAttachments(db: ReadDb): FileHash[] {
  return readAll(db, HashRow, ERASING).map(({ sha256 }) => sha256);
}

/** V122: the bytes are gone. The notes of its custody go with them: a reason may say whom a file was about. */
export function buryAttachment(
  tx: WriteDb,
  sha256: FileHash,
  by: { readonly at: string; readonly actor: string },
): void {
  const row = findAttachment(tx, sha256);
  if (row === undefined) return;
  saveAttachment(tx, { ...row, state: 'erased' });
  const noted = readAll(
    tx,
    CustodyRow,
    'SELECT * FROM custody WHERE sha256 = ? AND note IS NOT NULL',
    hexBytes(sha256),
  );
  for (const event of noted)
    replaceRow(tx, 'custody', { id: event.id }, { ...event, sha256: hexBytes(sha256), note: null });
  addCustody(tx, sha256, { ...by, event: 'erased' });
  // the log still has the notes
  tx.change.hasErased = true;
}

export type CustodyEvent = 'added' | 'exported' | 'verified' | 'damaged' | 'erased';
export type Custody = {
  readonly event: CustodyEvent;
  readonly at: string;
  readonly actor: string;
  /** Why it was exported. */
  readonly note?: string;
};

/** V123: who did what with a file. */
export function addCustody(tx: WriteDb, sha256: FileHash, { event, at, actor, note }: Custody): void {
  insertRow(tx, 'custody', { id: null, sha256: hexBytes(sha256), event, at, actor, note: note ?? null });
}

const CustodyRow = z.object({
  id: z.number(),
  sha256: HashColumn,
  event: z.enum(['added', 'exported', 'verified', 'damaged', 'erased']),
  at: z.string(),
  actor: z.string(),
  note: z.string().nullable(),
});

export const CUSTODY = 'SELECT * FROM custody WHERE sha256 = ? ORDER BY id DESC LIMIT ?';

/** Newest first. */
export function custodyOf(db: ReadDb, sha256: FileHash, limit: number): Custody[] {
  return readAll(db, CustodyRow, CUSTODY, hexBytes(sha256), limit).map(({ event, at, actor, note }) => ({
    event,
    at,
    actor,
    ...optional('note', note),
  }));
}

export const LAST_PROOF = `SELECT event FROM custody WHERE sha256 = ? AND event IN ('added', 'verified', 'damaged') ORDER BY id DESC LIMIT 1`;

/** V121: whether the last that was found out about the bytes is that they are damaged. Adding the file again heals it. */
export function wasFoundDamaged(db: ReadDb, sha256: FileHash): boolean {
  return readOne(db, z.object({ event: z.string() }), LAST_PROOF, hexBytes(sha256))?.event === 'damaged';
}

/** Which file a record names and which subjects it supports: what `putRecords` keeps beside every record of the kind. */
export function addFileEdges(tx: WriteDb, rid: number, record: AnyRecord): void {
  if (record.kind !== 'attachment') return;
  run(tx, 'INSERT INTO attachment_records (sha256, rid) VALUES (?, ?)', hexBytes(record.file.sha256), rid);
  for (const subject of record.supports) {
    run(tx, 'INSERT INTO supports (subject, rid) VALUES (?, ?)', subjectBytes(subject), rid);
  }
}

/** V122: takes the edges away; a file that no record names any more is to be erased. */
export function dropFileEdges(tx: WriteDb, rid: number): void {
  const named = readOne(tx, HashRow, 'SELECT sha256 FROM attachment_records WHERE rid = ?', rid);
  run(tx, 'DELETE FROM supports WHERE rid = ?', rid);
  run(tx, 'DELETE FROM attachment_records WHERE rid = ?', rid);
  const row = named && findAttachment(tx, named.sha256);
  if (row?.state === 'held' && !isNamed(tx, row.sha256)) saveAttachment(tx, { ...row, state: 'erasing' });
}

function isNamed(db: ReadDb, sha256: FileHash): boolean {
  return readNumber(db, 'SELECT count(*) AS n FROM attachment_records WHERE sha256 = ?', hexBytes(sha256)) > 0;
}

export const SUPPORTING = `SELECT count(*) AS n FROM supports x CROSS JOIN records r ON r.rid = x.rid WHERE x.subject = ? AND r.state = 'live'`;

/** How many live records say that a file supports this subject. */
export function countAttachments(db: ReadDb, subject: SubjectId): number {
  return readNumber(db, SUPPORTING, subjectBytes(subject));
}

function saveAttachment(tx: WriteDb, { sha256, size, sniffed, state }: AttachmentRow): void {
  const key = { sha256: hexBytes(sha256) };
  const row: Row<'attachments'> = { ...key, size, sniffed: sniffed ?? null, state };
  replaceRow(tx, 'attachments', key, row);
}
