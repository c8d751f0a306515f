import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { hexBytes, subjectBytes } from './columns.ts';
import { readNumber, readOne, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { z } from 'zod';

/** The integers that stand for global ids inside one store (V24). */

const Id = z.object({ id: z.number() });

/** The integer of a subject, made when there is none yet. */
export function keepSubject(tx: WriteDb, id: SubjectId): number {
  return keep(tx, 'subjects', subjectBytes(id));
}

/** The integer of an agency, made when there is none yet. */
export function keepAgency(tx: WriteDb, id: AgencyId): number {
  return keep(tx, 'agencies', hexBytes(id));
}

/** The integer of a subject that the store has heard of; undefined for any other. */
export function findSubject(db: ReadDb, id: SubjectId): number | undefined {
  return readOne(db, Id, 'SELECT id FROM subjects WHERE uid = ?', subjectBytes(id))?.id;
}

/** The integer of an agency that the store has heard of; undefined for any other. */
export function findAgency(db: ReadDb, id: AgencyId): number | undefined {
  return readOne(db, Id, 'SELECT id FROM agencies WHERE uid = ?', hexBytes(id))?.id;
}

function keep(tx: WriteDb, table: 'subjects' | 'agencies', uid: Uint8Array): number {
  const known = readNumber(tx, `SELECT id AS n FROM ${table} WHERE uid = ?`, uid);
  return known === 0 ? run(tx, `INSERT INTO ${table} (uid) VALUES (?)`, uid).id : known;
}
