import { z } from 'zod';
import { readEach } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { addElement, contentWith, newContentSum, recordElement, ZERO_HASH } from './head.ts';
import type { ContentSum } from './head.ts';
import { isOutdated } from './migrate.ts';
import { addOlderTruth, addTruth } from './truth.ts';

/** Sums over all rows of a database that nobody else uses yet; others get through while `pause` is awaited. */
type Pause = () => Promise<void>;

const ROWS_A_SLICE = 4000;

/** V51, by today's rule over the tables that the schema has. O(store). */
export async function contentInSteps(db: ReadDb, headKey: Uint8Array, pause: Pause): Promise<string> {
  const sum = await sumOfRecords(db, headKey, pause);
  if (isOutdated(db.sqlite)) addOlderTruth(db, sum);
  else addTruth(db, sum);
  return contentWith(ZERO_HASH, sum);
}

/** V132: every record with its state and its bytes, whatever their order. O(store). */
export async function recordsDigest(db: ReadDb, pause: Pause): Promise<string> {
  return contentWith(ZERO_HASH, await sumOfRecords(db, new Uint8Array(32), pause));
}

const RecordRow = z.object({ id: z.instanceof(Uint8Array), state: z.string(), body: z.string() });

async function sumOfRecords(db: ReadDb, key: Uint8Array, pause: Pause): Promise<ContentSum> {
  const sum = newContentSum(key);
  let rows = 0;
  for (const { id, state, body } of readEach(db, RecordRow, 'SELECT id, state, body FROM records')) {
    addElement(sum, recordElement(id, state, body));
    rows += 1;
    if (rows % ROWS_A_SLICE === 0) await pause();
  }
  return sum;
}
