import { z } from 'zod';
import { BatchId } from '../../src-shared/domain/ids.ts';
import type { FileHash, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import { countAttachments } from './attachments.ts';
import {
  AgencyColumn,
  hexBytes,
  RecordIdColumn,
  RecordIdRow,
  subjectBytes,
  SubjectColumn,
  TruthColumn,
} from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { findSubject } from './identities.ts';
import { parseBody } from './stored-record.ts';
import type { HeldRecord, IdentityRow, Tombstone } from './types.ts';

/** Records themselves, parsed, with where they stand. For one subject or one case at a time; lists read the projection instead. */

const HELD = `r.rid, r.id, r.state, r.batch, r.body, b.at AS received_at, EXISTS (SELECT 1 FROM placements p WHERE p.rid = r.rid) AS is_attested`;
const BATCH = 'CROSS JOIN batches b ON b.id = r.batch';
const EraserRow = z.object({ by: RecordIdColumn });
const HeldRow = z.object({
  rid: z.number(),
  id: RecordIdColumn,
  state: z.enum(['live', 'superseded', 'retracted', 'suppressed']),
  batch: BatchId,
  body: z.string(),
  received_at: z.string(),
  is_attested: TruthColumn,
});

export const RECORDS_OF = `SELECT ${HELD} FROM records r ${BATCH} WHERE r.subject = ? ORDER BY r.id`;

/** Nothing but members, or positions: text between quotes cannot hold a bare quote, so no value looks like a property. */
const IS_LIST = `r.kind IN ('case', 'chart') AND length(r.body) > 65536 AND instr(r.body, '"hash":"') = 0 AND instr(replace(
  r.body, CASE r.kind WHEN 'case' THEN '"property":"member"' ELSE '"property":"position"' END, ''), '"property":"') = 0`;
/** The same record with an empty list: canonical JSON has its keys in order, and `commitment` follows `claims` (V30, R1). */
const WITHOUT_LIST = `substr(r.body, 1, instr(r.body, '"claims":[') + 9) || substr(r.body, instr(r.body, '],"commitment":"'))`;
export const SAID_OF = `SELECT r.rid, r.id, r.state, r.batch, b.at AS received_at,
    CASE WHEN ${IS_LIST} THEN ${WITHOUT_LIST} ELSE r.body END AS body,
    EXISTS (SELECT 1 FROM placements p WHERE p.rid = r.rid) AS is_attested
  FROM records r ${BATCH} WHERE r.subject = ? ORDER BY r.rid DESC LIMIT ?`;
const RECORDS_OF_TOTAL = 'SELECT count(*) AS n FROM records WHERE subject = ?';
export const RECORD = `SELECT ${HELD} FROM records r ${BATCH} WHERE r.id = ?`;

/** Every record about a subject, live or not, and why not. Claims of suppressed ones are left out (R15). */
export function subjectRecords(db: ReadDb, subject: SubjectId): HeldRecord[] {
  return held(db, RECORDS_OF, findSubject(db, subject) ?? 0).map(withoutSuppressed);
}

/**
 * The records about a subject as `subjectRecords` tells them, those that came last first and only so many, and how many there are. Long lists of
 * members or positions come without them: a case of a million members is told in as many words as one of ten.
 */
export function saidOf(db: ReadDb, subject: SubjectId, limit: number): { records: HeldRecord[]; total: number } {
  const number = findSubject(db, subject) ?? 0;
  const records = held(db, SAID_OF, number, limit).map(withoutSuppressed);
  const total = records.length < limit ? records.length : readNumber(db, RECORDS_OF_TOTAL, number);
  return { records, total };
}

const FILES = `${HELD} FROM attachment_records a CROSS JOIN records r ON r.rid = a.rid ${BATCH}`;
export const NAMING = `SELECT ${FILES} WHERE a.sha256 = ? AND r.state = 'live' ORDER BY r.id`;
export const ALL_FILES = `SELECT ${HELD} FROM attachment_records a INDEXED BY attachment_records_by_rid CROSS JOIN records r ON r.rid = a.rid ${BATCH}
  WHERE r.state = 'live' ORDER BY a.rid DESC LIMIT ? OFFSET ?`;
export const FILES_OF = `SELECT ${HELD} FROM supports x CROSS JOIN records r ON r.rid = x.rid ${BATCH}
  WHERE x.subject = ? AND r.state = 'live' ORDER BY x.rid DESC LIMIT ? OFFSET ?`;
const FILES_TOTAL = `SELECT count(*) AS n FROM attachment_records a CROSS JOIN records r ON r.rid = a.rid WHERE r.state = 'live'`;

/** The live records that name a file, in ascending order of their ids. */
export function recordsNaming(db: ReadDb, sha256: FileHash): HeldRecord[] {
  return held(db, NAMING, hexBytes(sha256));
}

/** The live records that say that a file supports a subject (or anything), those that came last first, and how many there are. */
export function recordsSupporting(
  db: ReadDb,
  page: { readonly subject?: SubjectId | undefined; readonly limit: number; readonly offset: number },
): { records: HeldRecord[]; total: number } {
  const { subject, limit, offset } = page;
  if (subject === undefined) {
    return { records: held(db, ALL_FILES, limit, offset), total: readNumber(db, FILES_TOTAL) };
  }
  const records = held(db, FILES_OF, subjectBytes(subject), limit, offset);
  return { records, total: countAttachments(db, subject) };
}

export const CHARTS_OF = `SELECT ${HELD} FROM records r ${BATCH} WHERE r.src = ? AND r.kind = 'chart' AND r.state = 'live' ORDER BY r.id`;

/** The live drawings of a case, in ascending order of their ids. */
export function chartRecords(db: ReadDb, id: SubjectId): HeldRecord[] {
  return held(db, CHARTS_OF, findSubject(db, id) ?? 0);
}

/** One record; undefined when it is not held (it may be a tombstone). */
export function findRecord(db: ReadDb, id: RecordId): HeldRecord | undefined {
  return held(db, RECORD, hexBytes(id)).map(withoutSuppressed)[0];
}

/** What the store has of each of these ids: the record, in full, or that it was erased. Ids that it never had are absent. */
export function knownRecords(db: ReadDb, ids: readonly RecordId[]): ReadonlyMap<RecordId, HeldRecord | 'erased'> {
  const known = new Map<RecordId, HeldRecord | 'erased'>();
  for (const id of ids) {
    const found = held(db, RECORD, hexBytes(id))[0] ?? (isErased(db, id) ? 'erased' : undefined);
    if (found !== undefined) known.set(id, found);
  }
  return known;
}

export const LIVE_OF = `SELECT ${HELD} FROM json_each(?) j CROSS JOIN subjects s ON s.uid = unhex(j.value)
  CROSS JOIN records r ON r.subject = s.id ${BATCH} WHERE r.state = 'live' ORDER BY r.id`;

/** The live records about these subjects, in ascending order of their ids. */
export function liveRecords(db: ReadDb, subjects: readonly SubjectId[]): HeldRecord[] {
  return held(db, LIVE_OF, JSON.stringify(subjects.map((id) => id.replaceAll('-', ''))));
}

export const CASE_RECORDS = `SELECT ${HELD} FROM (
    SELECT ?1 AS subject UNION SELECT member FROM case_members WHERE case_id = ?1
    UNION SELECT subject FROM records WHERE src = ?1 AND kind = 'chart'
  ) m CROSS JOIN records r ON r.subject = m.subject ${BATCH} WHERE r.state = 'live'
  UNION SELECT ${HELD} FROM case_members m CROSS JOIN records r ON r.src = m.member ${BATCH}
  WHERE m.case_id = ?1 AND r.kind IN ('same', 'not-same') AND r.state = 'live'
    AND EXISTS (SELECT 1 FROM case_members o WHERE o.case_id = ?1 AND o.member = r.dst)
  ORDER BY 2`;

/** The live records of a case: its own, its charts', its members' and the identities between members, in ascending order of their ids. */
export function caseRecords(db: ReadDb, id: SubjectId): HeldRecord[] {
  return held(db, CASE_RECORDS, findSubject(db, id) ?? 0);
}

export const RETRACTIONS_OF = `SELECT DISTINCT ${HELD} FROM json_each(?) j CROSS JOIN retractions x ON x.target = unhex(j.value)
  CROSS JOIN records r ON r.rid = x.by ${BATCH} WHERE r.author = coalesce(
    (SELECT t.author FROM records t WHERE t.id = x.target), (SELECT t.author FROM tombstones t WHERE t.id = x.target)) ORDER BY r.id`;

/** The `retract` records that withdraw any of these records, held or erased. */
export function retractionsOf(db: ReadDb, ids: readonly RecordId[]): HeldRecord[] {
  return held(db, RETRACTIONS_OF, JSON.stringify(ids));
}

const TombstoneRow = z.object({ id: RecordIdColumn, author: AgencyColumn, subject: SubjectColumn, by: RecordIdColumn });

/** What was erased about a subject. */
export function tombstones(db: ReadDb, subject: SubjectId): Tombstone[] {
  const sql = `SELECT t.id, a.uid AS author, s.uid AS subject, t.by FROM tombstones t
    CROSS JOIN agencies a ON a.id = t.author CROSS JOIN subjects s ON s.id = t.subject WHERE t.subject = ? ORDER BY t.id`;
  return readAll(db, TombstoneRow, sql, findSubject(db, subject) ?? 0);
}

export const IDENTITIES = `SELECT ${HELD} FROM records r ${BATCH} WHERE r.src = ?1 AND r.kind IN ('same', 'not-same') AND r.state = 'live'
  UNION SELECT ${HELD} FROM records r ${BATCH} WHERE r.dst = ?1 AND r.kind IN ('same', 'not-same') AND r.state = 'live' ORDER BY 2`;

/** Live statements that a subject is, or is not, the same as another. */
export function identities(db: ReadDb, subject: SubjectId): IdentityRow[] {
  return held(db, IDENTITIES, findSubject(db, subject) ?? 0).flatMap(({ id, record }) => {
    if (record.kind !== 'same' && record.kind !== 'not-same') return [];
    const reason = record.claims.filter(isDisclosed).find((claim) => claim.property === 'reason')?.value;
    const other = record.from === subject ? record.to : record.from;
    return [{ id, kind: record.kind, other, author: record.author, reason: typeof reason === 'string' ? reason : '' }];
  });
}

function held(db: ReadDb, sql: string, ...values: readonly SqlValue[]): HeldRecord[] {
  return readAll(db, HeldRow, sql, ...values).map((row) => ({
    id: row.id,
    record: parseBody(row.body),
    state: row.state,
    by: row.state === 'live' ? [] : removersOf(db, row.rid),
    batch: row.batch,
    receivedAt: row.received_at,
    isAttested: row.is_attested,
  }));
}

/** R4, V32. */
function removersOf(db: ReadDb, rid: number): RecordId[] {
  const sql = `SELECT r.id FROM records t CROSS JOIN retractions x ON x.target = t.id CROSS JOIN records r ON r.rid = x.by
      WHERE t.rid = ?1 AND r.author = t.author
    UNION SELECT r.id FROM records t CROSS JOIN supersessions x ON x.target = t.id CROSS JOIN records r ON r.rid = x.by
      WHERE t.rid = ?1 AND r.author = t.author AND r.subject = t.subject ORDER BY 1`;
  return readAll(db, RecordIdRow, sql, rid).map(({ id }) => id);
}

function withoutSuppressed(found: HeldRecord): HeldRecord {
  return found.state === 'suppressed' ? { ...found, record: { ...found.record, claims: [] } } : found;
}

function isErased(db: ReadDb, id: RecordId): boolean {
  return readOne(db, EraserRow, 'SELECT by FROM tombstones WHERE id = ?', hexBytes(id)) !== undefined;
}
