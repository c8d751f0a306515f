import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { SubjectRow } from '../store/columns.ts';
import { readAll, readOne } from '../store/connection.ts';
import type { ReadDb } from '../store/connection.ts';
import { findSubject } from '../store/identities.ts';

/** What the nodes and ties of a graph are outside of this store (V24). */

export const SUBJECT_OF = 'SELECT uid FROM subjects WHERE id = ?';
export const LINKS_BETWEEN = `SELECT s.uid FROM (
    SELECT id FROM links WHERE src = ?1 AND is_drawable = 1 AND dst = ?2
    UNION ALL SELECT id FROM links WHERE src = ?2 AND is_drawable = 1 AND dst = ?1
  ) l CROSS JOIN subjects s ON s.id = l.id ORDER BY s.uid`;

/** The subject that a number of the store stands for; undefined when there is none. */
export function subjectOf(db: ReadDb, number: number): SubjectId | undefined {
  return readOne(db, SubjectRow, SUBJECT_OF, number)?.uid;
}

/** Every drawable link between two entities, whatever its direction, in the order of their ids. O(links of the two). */
export function linksBetween(db: ReadDb, one: SubjectId, other: SubjectId): SubjectId[] {
  const [src, dst] = [findSubject(db, one) ?? 0, findSubject(db, other) ?? 0];
  return readAll(db, SubjectRow, LINKS_BETWEEN, src, dst).map(({ uid }) => uid);
}
