import { z } from 'zod';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import { AgencyColumn, RecordIdColumn, SubjectColumn, TruthColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findAgency, findSubject } from './identities.ts';
import { membersOf } from './projection.ts';
import { parseBody } from './stored-record.ts';

/** What two agencies told each other: docs/formats/compare.md §1. */

/** Between whom, and in which case. */
export type Between = { readonly case: SubjectId; readonly us: AgencyId; readonly them: AgencyId };
/** M3. */
export type ToldEntry = { readonly id: RecordId; readonly withheld: number; readonly isOurs: boolean };

const IS_TOLD = `(r.author = ?3 OR (r.author = ?2 AND EXISTS (SELECT 1 FROM release_items i WHERE i.record = r.id AND i.partner = ?3)))`;
export const TOLD_CASE_RECORDS = `SELECT r.body FROM records r WHERE r.subject = ?1 AND r.kind = 'case' AND ${IS_TOLD}`;
/** The body only where something is withheld in it. */
export const TOLD_LIVE_RECORDS = `SELECT r.id, r.author = ?2 AS isOurs,
    CASE WHEN r.author = ?2 THEN (SELECT min(i.withheld) FROM release_items i WHERE i.record = r.id AND i.partner = ?3) END AS released,
    CASE WHEN r.author = ?3 AND instr(r.body, '{"withheld":"') > 0 THEN r.body END AS body
  FROM json_each(?1) j CROSS JOIN subjects s ON s.uid = unhex(j.value) CROSS JOIN records r ON r.subject = s.id
  WHERE r.state = 'live' AND r.kind IN ('entity', 'link', 'case') AND r.author IN (?2, ?3)`;

const BodyRow = z.object({ body: z.string() });
const LiveRow = z.object({
  id: RecordIdColumn,
  isOurs: TruthColumn,
  released: z.number().nullable(),
  body: z.string().nullable(),
});

/** Subjects that are looked at between two pauses. */
const SUBJECTS_A_SLICE = 1024;

/** M1–M3, in ascending order of the ids, with pauses that say how many members were looked at. O(members of the case and their records). */
export function* toldEntriesInSteps(
  db: ReadDb,
  { case: of, us, them }: Between,
): Generator<{ readonly done: number; readonly total: number }, ToldEntry[], undefined> {
  const agencies = [findAgency(db, us) ?? 0, findAgency(db, them) ?? 0] as const;
  const subjects = new Set<SubjectId>([of]);
  for (const { body } of readAll(db, BodyRow, TOLD_CASE_RECORDS, findSubject(db, of) ?? 0, ...agencies)) {
    const record = parseBody(body);
    if (record.kind === 'case') for (const member of membersOf(record)) subjects.add(member);
  }
  const entries: ToldEntry[] = [];
  const all = [...subjects];
  for (let at = 0; at < all.length; at += SUBJECTS_A_SLICE) {
    const some = all.slice(at, at + SUBJECTS_A_SLICE).map((subject) => subject.replaceAll('-', ''));
    for (const { id, isOurs, released, body } of readAll(
      db,
      LiveRow,
      TOLD_LIVE_RECORDS,
      JSON.stringify(some),
      ...agencies,
    )) {
      if (isOurs && released === null) continue;
      entries.push({ id, isOurs, withheld: isOurs ? (released ?? 0) : withheldIn(body) });
    }
    yield { done: Math.min(at + SUBJECTS_A_SLICE, all.length), total: all.length };
  }
  return entries.sort((one, other) => (one.id < other.id ? -1 : 1));
}

function withheldIn(body: string | null): number {
  return body === null ? 0 : parseBody(body).claims.filter((claim) => !isDisclosed(claim)).length;
}

export const KNOWN_RECORDS = `SELECT r.id, a.uid AS author, r.state, s.uid AS subject, r.kind,
    EXISTS (SELECT 1 FROM release_items i WHERE i.record = r.id AND i.partner = ?2) AS isReleased
  FROM json_each(?1) j CROSS JOIN records r ON r.id = unhex(j.value)
  CROSS JOIN subjects s ON s.id = r.subject CROSS JOIN agencies a ON a.id = r.author`;
const KnownRow = z.object({
  id: RecordIdColumn,
  author: AgencyColumn,
  state: z.enum(['live', 'superseded', 'retracted', 'suppressed']),
  subject: SubjectColumn,
  kind: z.string(),
  isReleased: TruthColumn,
});
export type KnownRecord = z.infer<typeof KnownRow>;

/** What the store knows of these records, and whether they were released to a partner; those that it does not hold are absent. */
export function knownRecords(
  db: ReadDb,
  ids: readonly RecordId[],
  partner: AgencyId,
): ReadonlyMap<RecordId, KnownRecord> {
  const rows = readAll(db, KnownRow, KNOWN_RECORDS, JSON.stringify(ids), findAgency(db, partner) ?? 0);
  return new Map(rows.map((row) => [row.id, row]));
}
