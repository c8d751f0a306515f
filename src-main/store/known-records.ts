import { z } from 'zod';
import type { RecordId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { RecordIdColumn, RecordIdRow } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { parseBody } from './stored-record.ts';

/** What a review asks of many records at once. */

export const BODIES_OF = 'SELECT r.id, r.body FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)';
export const TOMBSTONES_AMONG = 'SELECT t.id FROM json_each(?) j CROSS JOIN tombstones t ON t.id = unhex(j.value)';

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
