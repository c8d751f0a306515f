import { z } from 'zod';
import type { RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { RecordIdColumn, RecordIdRow, TruthColumn } from './columns.ts';
import { readAll, readNumber } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { parseBody } from './stored-record.ts';

/** What a review asks of many records at once. */

export const BODIES_OF = 'SELECT r.id, r.body FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)';
export const TOMBSTONES_AMONG = 'SELECT t.id FROM json_each(?) j CROSS JOIN tombstones t ON t.id = unhex(j.value)';

/** `{"withheld":"` stands in canonical JSON only where a claim is withheld: in a text its quotation marks have a backslash before them. */
export const COPIES_AMONG = `SELECT j.key AS at, instr(r.body, '{"withheld":"') = 0 AS is_whole FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)`;
const NAMED = 'json_each(?) j CROSS JOIN subjects s ON s.uid = unhex(j.value)';
export const ENTITY_LABELS = `SELECT j.key AS at, e.label AS text FROM ${NAMED} CROSS JOIN entities e ON e.id = s.id`;
export const LINK_TYPES = `SELECT j.key AS at, l.type AS text FROM ${NAMED} CROSS JOIN links l ON l.id = s.id`;

const BodyRow = z.object({ id: RecordIdColumn, body: z.string() });

/** Our copies of those of these records that are held. */
export function recordsAmong(db: ReadDb, ids: readonly RecordId[]): ReadonlyMap<RecordId, AnyRecord> {
  const rows = readAll(db, BodyRow, BODIES_OF, JSON.stringify(ids));
  return new Map(rows.map(({ id, body }) => [id, parseBody(body)]));
}

/** Those of these records that were held here and erased. */
export function tombstonesAmong(db: ReadDb, ids: readonly RecordId[]): readonly RecordId[] {
  return readAll(db, RecordIdRow, TOMBSTONES_AMONG, JSON.stringify(ids)).map(({ id }) => id);
}

const CopyRow = z.object({ at: z.number(), is_whole: TruthColumn });

/** Those of these records that are held, by their places in the list, and whether our copy says every claim. No body is parsed. */
export function copiesAmong(
  db: ReadDb,
  ids: readonly RecordId[],
): readonly { readonly at: number; readonly isWhole: boolean }[] {
  return readAll(db, CopyRow, COPIES_AMONG, JSON.stringify(ids)).map(({ at, is_whole }) => ({ at, isWhole: is_whole }));
}

const TextRow = z.object({ at: z.number(), text: z.string() });
type Placed = z.infer<typeof TextRow>;

/** What those of these subjects that are entities are called, by their places in the list. */
export function entityLabels(db: ReadDb, subjects: readonly SubjectId[]): readonly Placed[] {
  return readAll(db, TextRow, ENTITY_LABELS, hexList(subjects));
}

/** The types of those of these subjects that are links, by their places in the list. */
export function linkTypes(db: ReadDb, subjects: readonly SubjectId[]): readonly Placed[] {
  return readAll(db, TextRow, LINK_TYPES, hexList(subjects));
}

/** False for a store in which no question about records needs to be asked. */
export function isAnythingHeld(db: ReadDb): boolean {
  return readNumber(db, 'SELECT EXISTS (SELECT 1 FROM records) AS n') === 1;
}

export function isAnythingErased(db: ReadDb): boolean {
  return readNumber(db, 'SELECT EXISTS (SELECT 1 FROM tombstones) AS n') === 1;
}

function hexList(subjects: readonly SubjectId[]): string {
  return JSON.stringify(subjects.map((id) => id.replaceAll('-', '')));
}
