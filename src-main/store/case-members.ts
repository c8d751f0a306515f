import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { CaseRecord } from '../../src-shared/domain/record.ts';
import { z } from 'zod';
import { readColumn, readOne, run, runRows } from './connection.ts';
import type { SqlValue, WriteDb } from './connection.ts';
import { keepSubject, keepSubjects, questions } from './identities.ts';
import { membersOf, withoutMembers } from './projection.ts';

/**
 * docs/formats/vault.md V76: who is a member of a case. Each live record of the case counts its own members up and, when it goes, down, so that one more record costs
 * what that record holds, however large the case is.
 */
const ROWS_AT_ONCE = 64;

/** A case record became live. */
export function addMembers(tx: WriteDb, caseNumber: number, rid: number, record: CaseRecord): void {
  saveStatement(tx, rid, record);
  stateMembers(tx, caseNumber, membersOf(record));
}

/** A live case record discloses more than before. */
export function extendMembers(
  tx: WriteDb,
  caseNumber: number,
  rid: number,
  { before, after }: { readonly before: CaseRecord; readonly after: CaseRecord },
): void {
  saveStatement(tx, rid, after);
  stateMembers(tx, caseNumber, without(membersOf(after), membersOf(before)));
}

/** A case record is live no more. */
export function removeMembers(tx: WriteDb, caseNumber: number, rid: number, record: CaseRecord): void {
  run(tx, 'DELETE FROM case_statements WHERE rid = ?', rid);
  const members = membersOf(record);
  keepSubjects(tx, members);
  const some = JSON.stringify([...members].map((member) => keepSubject(tx, member)));
  run(tx, UNSTATE, caseNumber, some);
  const gone = readColumn(tx, FORGET_UNSTATED, caseNumber, some).map(Number);
  countMembers(tx, caseNumber, gone, -1);
}

export const UNSTATE = `UPDATE case_members SET stated = stated - 1
  WHERE case_id = ? AND member IN (SELECT value FROM json_each(?))`;
export const FORGET_UNSTATED = `DELETE FROM case_members
  WHERE case_id = ? AND member IN (SELECT value FROM json_each(?)) AND stated = 0 RETURNING member`;

/** An entity came or went, or a link can be drawn or no longer: the cases that it is a member of count it. */
export function countInCases(tx: WriteDb, member: number, what: 'entities' | 'links', more: 1 | -1): void {
  run(
    tx,
    `UPDATE cases SET ${what} = ${what} + ? WHERE id IN (SELECT case_id FROM case_members WHERE member = ?)`,
    more,
    member,
  );
}

const CountsRow = z.object({ entities: z.number(), links: z.number() });

export const CASE_COUNTS = `SELECT
  (SELECT count(*) FROM case_members m CROSS JOIN entities e ON e.id = m.member WHERE m.case_id = ?1) AS entities,
  (SELECT count(*) FROM case_members m CROSS JOIN links l ON l.id = m.member WHERE m.case_id = ?1 AND l.is_drawable = 1) AS links`;

/** Counts a case from nothing: when it is new, and after a bulk change. O(its members). */
export function recountCase(tx: WriteDb, caseNumber: number): void {
  const counted = readOne(tx, CountsRow, CASE_COUNTS, caseNumber);
  run(
    tx,
    'UPDATE cases SET entities = ?, links = ? WHERE id = ?',
    counted?.entities ?? 0,
    counted?.links ?? 0,
    caseNumber,
  );
}

function saveStatement(tx: WriteDb, rid: number, record: CaseRecord): void {
  run(
    tx,
    'INSERT INTO case_statements (rid, body) VALUES (?1, ?2) ON CONFLICT (rid) DO UPDATE SET body = excluded.body',
    rid,
    canonicalText(withoutMembers(record)),
  );
}

function stateMembers(tx: WriteDb, caseNumber: number, members: ReadonlySet<SubjectId>): void {
  keepSubjects(tx, members);
  const numbers = [...members].map((member) => keepSubject(tx, member));
  if (tx.change.deferred !== undefined) {
    insertMembers(tx, caseNumber, numbers);
    return;
  }
  const fresh = numbers.filter((number) => !isMember(tx, caseNumber, number));
  insertMembers(tx, caseNumber, numbers);
  countMembers(tx, caseNumber, fresh, 1);
}

function without(members: ReadonlySet<SubjectId>, others: ReadonlySet<SubjectId>): ReadonlySet<SubjectId> {
  return new Set([...members].filter((member) => !others.has(member)));
}

function insertMembers(tx: WriteDb, caseNumber: number, numbers: readonly number[]): void {
  for (let at = 0; at < numbers.length; at += ROWS_AT_ONCE) {
    const rows = numbers.slice(at, at + ROWS_AT_ONCE);
    const values: SqlValue[] = rows.flatMap((number) => [caseNumber, number, 1]);
    runRows(
      tx,
      `INSERT INTO case_members (case_id, member, stated) VALUES ${questions(rows.length, 3)}
       ON CONFLICT (case_id, member) DO UPDATE SET stated = stated + 1`,
      values,
    );
  }
}

const OneRow = z.object({ n: z.number() });
const IS_MEMBER = 'SELECT 1 AS n FROM case_members WHERE case_id = ? AND member = ?';

function isMember(tx: WriteDb, caseNumber: number, number: number): boolean {
  return readOne(tx, OneRow, IS_MEMBER, caseNumber, number) !== undefined;
}

export const COUNTED = `SELECT EXISTS (SELECT 1 FROM entities WHERE id = ?1) AS entities,
  EXISTS (SELECT 1 FROM links WHERE id = ?1 AND is_drawable = 1) AS links`;

/** Members came or went: the case has so many entities and links more or fewer. */
function countMembers(tx: WriteDb, caseNumber: number, numbers: readonly number[], more: 1 | -1): void {
  if (tx.change.deferred !== undefined) return;
  let [entities, links] = [0, 0];
  for (const number of numbers) {
    const counted = readOne(tx, CountsRow, COUNTED, number);
    entities += counted?.entities ?? 0;
    links += counted?.links ?? 0;
  }
  if (entities + links === 0) return;
  run(
    tx,
    'UPDATE cases SET entities = entities + ?, links = links + ? WHERE id = ?',
    more * entities,
    more * links,
    caseNumber,
  );
}
