import { z } from 'zod';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { hexBytes, subjectBytes } from './columns.ts';
import { readColumn, readNumber, readOne, run, runRows } from './connection.ts';
import type { ReadDb, SqlValue, WriteDb } from './connection.ts';

/** The integers that stand for global ids inside one store (V24). */

const Id = z.object({ id: z.number() });

/** Numbers that a change remembers; beyond that they are looked up again, so that memory stays bounded. */
const REMEMBERED = 20_000;
/** Holds the place of an id that is being looked up; no row has this number. */
const TO_BE_TOLD = 0;
/** Ids that one statement looks up. */
const LOOKED_UP_AT_ONCE = 64;

/** The integer of a subject, made when there is none yet. */
export function keepSubject(tx: WriteDb, id: SubjectId): number {
  return tx.change.numbers.get(id) ?? keep(tx, 'subjects', id, subjectBytes(id));
}

/** The integer of an agency, made when there is none yet. */
export function keepAgency(tx: WriteDb, id: AgencyId): number {
  return tx.change.numbers.get(id) ?? keep(tx, 'agencies', id, hexBytes(id));
}

/** Learns the integers of many subjects at a fifth of the cost of one by one; `keepSubject` then answers from memory. */
export function keepSubjects(tx: WriteDb, ids: Iterable<SubjectId>): void {
  const { numbers } = tx.change;
  if (numbers.size > REMEMBERED) numbers.clear();
  const unknown: SubjectId[] = [];
  for (const id of ids) {
    if (numbers.has(id)) continue;
    numbers.set(id, TO_BE_TOLD);
    unknown.push(id);
  }
  const whole = unknown.length - (unknown.length % LOOKED_UP_AT_ONCE);
  const missing: SubjectId[] = [];
  for (let at = 0; at < whole; at += LOOKED_UP_AT_ONCE) lookUp(tx, unknown.slice(at, at + LOOKED_UP_AT_ONCE), missing);
  addSubjects(tx, missing);
  for (const id of unknown.slice(whole)) keep(tx, 'subjects', id, subjectBytes(id));
}

function lookUp(tx: WriteDb, asked: readonly SubjectId[], missing: SubjectId[]): void {
  const found = readColumn(tx, SUBJECT_NUMBERS, ...asked.map(subjectBytes));
  for (const [i, id] of asked.entries()) {
    const number = found[i];
    if (typeof number === 'number') tx.change.numbers.set(id, number);
    else missing.push(id);
  }
}

/** One number (or null) for each id, in the order of the ids. */
export const SUBJECT_NUMBERS = `SELECT s.id FROM (VALUES ${questions(LOOKED_UP_AT_ONCE, 1)}) v LEFT JOIN subjects s ON s.uid = v.column1`;

/** The highest integer of a subject so far: whatever is above is new. */
export function lastSubject(db: ReadDb): number {
  return readNumber(db, 'SELECT coalesce(max(id), 0) AS n FROM subjects');
}

/** The integer of a subject that the store has heard of; undefined for any other. */
export function findSubject(db: ReadDb, id: SubjectId): number | undefined {
  return readOne(db, Id, 'SELECT id FROM subjects WHERE uid = ?', subjectBytes(id))?.id;
}

/** The integer of an agency that the store has heard of; undefined for any other. */
export function findAgency(db: ReadDb, id: AgencyId): number | undefined {
  return readOne(db, Id, 'SELECT id FROM agencies WHERE uid = ?', hexBytes(id))?.id;
}

/** `(?, ?), (?, ?)`: rows of placeholders. */
export function questions(rows: number, columns: number): string {
  const row = `(${'?, '.repeat(columns - 1)}?)`;
  return `${`${row}, `.repeat(rows - 1)}${row}`;
}

function keep(tx: WriteDb, table: 'subjects' | 'agencies', id: string, uid: Uint8Array): number {
  const known = readOne(tx, Id, `SELECT id FROM ${table} WHERE uid = ?`, uid)?.id;
  const number = known ?? run(tx, `INSERT INTO ${table} (uid) VALUES (?)`, uid).id;
  if (tx.change.numbers.size > REMEMBERED) tx.change.numbers.clear();
  tx.change.numbers.set(id, number);
  return number;
}

/** Ids that the store has never heard of, each once. */
function addSubjects(tx: WriteDb, ids: readonly SubjectId[]): void {
  if (ids.length === 0) return;
  let number = lastSubject(tx);
  for (let at = 0; at < ids.length; at += LOOKED_UP_AT_ONCE) {
    const added = ids.slice(at, at + LOOKED_UP_AT_ONCE);
    const values: SqlValue[] = [];
    for (const id of added) {
      number += 1;
      tx.change.numbers.set(id, number);
      values.push(number, subjectBytes(id));
    }
    runRows(tx, `INSERT INTO subjects (id, uid) VALUES ${questions(added.length, 2)}`, values);
  }
}
