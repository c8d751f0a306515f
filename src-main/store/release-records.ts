import { z } from 'zod';
import type { RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord, SameRecord } from '../../src-shared/domain/record.ts';
import { RecordIdColumn, SubjectColumn, SubjectRow } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findSubject } from './identities.ts';
import { parseBody } from './stored-record.ts';

/**
 * What a release is planned from, some hundred rows at a time: by keys, so that nothing is open between two slices, and each costs what it answers.
 * Whoever asks for several looks whether the store has changed between them.
 */

export type FoundRecord = { readonly id: RecordId; readonly record: AnyRecord };

/** A member of a case, by its number and its id. */
export type Member = { readonly number: number; readonly subject: SubjectId };

/** Where a record stands, and how large it is. */
export type SizedRecord = { readonly rid: number; readonly bytes: number };

const SizedRow = z.object({ rid: z.number(), bytes: z.number() });
const SIZED = 'r.rid, octet_length(r.body) AS bytes';

export const RECORDS_AT = `SELECT r.id, r.body FROM json_each(?) j CROSS JOIN records r ON r.rid = j.value`;
const RecordRow = z.object({ id: RecordIdColumn, body: z.string() });

/** These records themselves: as many as `bytes` says that one slice can take. */
export function recordsAt(db: ReadDb, rids: readonly number[]): FoundRecord[] {
  return readAll(db, RecordRow, RECORDS_AT, JSON.stringify(rids)).map(({ id, body }) => ({
    id,
    record: parseBody(body),
  }));
}

export const MEMBERS_FROM = `SELECT m.member AS number, s.uid FROM case_members m CROSS JOIN subjects s ON s.id = m.member
  WHERE m.case_id = ? AND m.member > ? ORDER BY m.member LIMIT ?`;
const MemberRow = z.object({ number: z.number(), uid: SubjectColumn });

/** Members of a case, held or not, in ascending order of their numbers, from the one after `after` on. */
export function membersFrom(db: ReadDb, id: SubjectId, after: number, limit: number): Member[] {
  return readAll(db, MemberRow, MEMBERS_FROM, findSubject(db, id) ?? 0, after, limit).map(({ number, uid }) => ({
    number,
    subject: uid,
  }));
}

export const CHARTS_IN = `SELECT DISTINCT s.uid FROM records r CROSS JOIN subjects s ON s.id = r.subject WHERE r.src = ? AND r.kind = 'chart'`;

/** The drawings that any record puts into a case. */
export function chartsIn(db: ReadDb, id: SubjectId): SubjectId[] {
  return readAll(db, SubjectRow, CHARTS_IN, findSubject(db, id) ?? 0).map(({ uid }) => uid);
}

export const LIVE_ABOUT = `SELECT ${SIZED} FROM json_each(?) j CROSS JOIN subjects s ON s.uid = unhex(j.value)
  CROSS JOIN records r ON r.subject = s.id WHERE r.state = 'live'`;
export const PAST_ENTITIES = `SELECT ${SIZED} FROM json_each(?) j CROSS JOIN subjects s ON s.uid = unhex(j.value)
  CROSS JOIN records r ON r.subject = s.id WHERE r.state <> 'live' AND r.kind = 'entity'`;

/** The live records about these subjects. */
export function liveAbout(db: ReadDb, subjects: readonly SubjectId[]): SizedRecord[] {
  return readAll(db, SizedRow, LIVE_ABOUT, idList(subjects));
}

/** The entity records of these subjects that are live no more, suppressed ones too: for what must not leave, never to be shown. */
export function pastEntities(db: ReadDb, subjects: readonly SubjectId[]): SizedRecord[] {
  return readAll(db, SizedRow, PAST_ENTITIES, idList(subjects));
}

export const IDENTITIES_BETWEEN = `SELECT ${SIZED} FROM json_each(?2) j CROSS JOIN records r ON r.src = j.value
  WHERE r.kind IN ('same', 'not-same') AND r.state = 'live'
    AND EXISTS (SELECT 1 FROM case_members o WHERE o.case_id = ?1 AND o.member = r.dst)`;

/** Live statements that one of these members is, or is not, the same as another member. */
export function identitiesBetween(db: ReadDb, id: SubjectId, members: readonly Member[]): SizedRecord[] {
  const numbers = JSON.stringify(members.map(({ number }) => number));
  return readAll(db, SizedRow, IDENTITIES_BETWEEN, findSubject(db, id) ?? 0, numbers);
}

export const FILES_ABOUT = `SELECT ${SIZED} FROM (
    SELECT DISTINCT x.rid FROM json_each(?) j CROSS JOIN supports x ON x.subject = unhex(j.value)
  ) f CROSS JOIN records r ON r.rid = f.rid WHERE r.state = 'live'`;

/** The live records of files that support any of these subjects. */
export function filesAbout(db: ReadDb, subjects: readonly SubjectId[]): SizedRecord[] {
  return readAll(db, SizedRow, FILES_ABOUT, idList(subjects));
}

export const RETRACTIONS_FROM = `SELECT ${SIZED} FROM (
    SELECT DISTINCT by FROM retractions WHERE by > ? ORDER BY by LIMIT ?
  ) x CROSS JOIN records r ON r.rid = x.by`;

/** Every `retract` record that is held, so many at a time, from the one after `after` on. */
export function retractionsFrom(db: ReadDb, after: number, limit: number): SizedRecord[] {
  return readAll(db, SizedRow, RETRACTIONS_FROM, after, limit);
}

export const SAME_FROM = `SELECT r.src, r.rid, r.kind = 'same' AND r.state = 'live' AS counts, r.body FROM records r INDEXED BY identities_by_src
  WHERE r.kind IN ('same', 'not-same') AND (r.src, r.rid) > (?1, ?2) ORDER BY r.src, r.rid LIMIT ?3`;
const SameRow = z.object({ src: z.number(), rid: z.number(), counts: z.number(), body: z.string() });

/** Where in the statements that two subjects are the same a slice ended. */
export type SamePlace = { readonly src: number; readonly rid: number };

/** Live statements that two subjects are the same, from among the next so many identities, and where these end; undefined behind the last. */
export function sameFrom(
  db: ReadDb,
  { src, rid }: SamePlace,
  limit: number,
): { readonly records: readonly SameRecord[]; readonly next: SamePlace | undefined } {
  const rows = readAll(db, SameRow, SAME_FROM, src, rid, limit);
  const records = rows.flatMap(({ counts, body }) => {
    const record = counts === 1 ? parseBody(body) : undefined;
    return record?.kind === 'same' ? [record] : [];
  });
  return { records, next: rows.length < limit ? undefined : rows.at(-1) };
}

export const SUBJECTS_OF_RECORDS = `SELECT DISTINCT s.uid FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)
  CROSS JOIN subjects s ON s.id = r.subject`;

/** What the held ones of these records are about. */
export function subjectsOfRecords(db: ReadDb, ids: readonly RecordId[]): SubjectId[] {
  return readAll(db, SubjectRow, SUBJECTS_OF_RECORDS, JSON.stringify(ids)).map(({ uid }) => uid);
}

export const BELONGING = `SELECT k.uid AS link, o.uid AS other FROM json_each(?1) j CROSS JOIN subjects c ON c.uid = unhex(j.value)
  CROSS JOIN links l ON l.id IN (SELECT id FROM (
    SELECT id, type FROM links WHERE src = c.id AND is_drawable = 1 UNION ALL SELECT id, type FROM links WHERE dst = c.id AND is_drawable = 1
  ) n WHERE n.type IN (SELECT value FROM json_each(?2)) LIMIT ?3)
  CROSS JOIN subjects k ON k.id = l.id CROSS JOIN subjects o ON o.id = CASE l.src WHEN c.id THEN l.dst ELSE l.src END`;
const BelongingRow = z.object({ link: SubjectColumn, other: SubjectColumn });

/** Links of these types that one of the subjects has, and what is at their other ends; of each subject at most so many. */
export function belonging(
  db: ReadDb,
  subjects: readonly SubjectId[],
  { types, limit }: { readonly types: readonly string[]; readonly limit: number },
): z.output<typeof BelongingRow>[] {
  return readAll(db, BelongingRow, BELONGING, idList(subjects), JSON.stringify(types), limit);
}

function idList(subjects: readonly SubjectId[]): string {
  return JSON.stringify(subjects.map((id) => id.replaceAll('-', '')));
}
