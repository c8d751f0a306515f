import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { hexBytes, subjectBytes } from './columns.ts';
import { readOne, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { z } from 'zod';

/** The integers that stand for global ids inside one store (V24). */

const Id = z.object({ id: z.number() });

/** The integer of a subject, made when there is none yet. */
export function keepSubject(tx: WriteDb, id: SubjectId): number {
  return tx.change.numbers.get(id) ?? keep(tx, 'subjects', id, subjectBytes(id));
}

/** The integer of an agency, made when there is none yet. */
export function keepAgency(tx: WriteDb, id: AgencyId): number {
  return tx.change.numbers.get(id) ?? keep(tx, 'agencies', id, hexBytes(id));
}

/** The integer of a subject that the store has heard of; undefined for any other. */
export function findSubject(db: ReadDb, id: SubjectId): number | undefined {
  return readOne(db, Id, 'SELECT id FROM subjects WHERE uid = ?', subjectBytes(id))?.id;
}

/** The integer of an agency that the store has heard of; undefined for any other. */
export function findAgency(db: ReadDb, id: AgencyId): number | undefined {
  return readOne(db, Id, 'SELECT id FROM agencies WHERE uid = ?', hexBytes(id))?.id;
}

function keep(tx: WriteDb, table: 'subjects' | 'agencies', id: string, uid: Uint8Array): number {
  const known = readOne(tx, Id, `SELECT id FROM ${table} WHERE uid = ?`, uid)?.id;
  const number = known ?? run(tx, `INSERT INTO ${table} (uid) VALUES (?)`, uid).id;
  tx.change.numbers.set(id, number);
  return number;
}
