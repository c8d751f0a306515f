import { z } from 'zod';
import type { BatchId } from '../../src-shared/domain/ids.ts';
import type { ErrorDetails } from '../../src-shared/errors.ts';
import { readNumber, readOne } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';

/** What forbids to take back a batch (V33, V34), looked for with pauses: a batch can have a million records. */

type Reason = ErrorDetails['batch.not-undoable']['reason'];
export type Obstacle = { readonly reason: Reason; readonly count: number };
/** Queries that count what forbids it among the records of batch ?1 with numbers from ?2 to ?3, and what they take as ?4. */
export type Obstacles = readonly (readonly [Reason, sql: string, value?: SqlValue])[];

/** Record numbers that are looked at between two pauses. */
const NUMBERS_AT_ONCE = 2048;
const NUMBERS_OF = `SELECT (SELECT min(rid) FROM records WHERE batch = ?1) AS first, (SELECT max(rid) FROM records WHERE batch = ?1) AS last`;
const NumbersRow = z.object({ first: z.number().nullable(), last: z.number().nullable() });

/** The first of these that there is. */
export function* firstObstacle(
  db: ReadDb,
  batch: BatchId,
  obstacles: Obstacles,
): Generator<void, Obstacle | undefined, undefined> {
  for (const [reason, sql, value] of obstacles) {
    const count = yield* countInBatch(db, batch, sql, value);
    if (count > 0) return { reason, count };
  }
  return undefined;
}

/** The sum of what a query counts in each run of numbers. */
export function* countInBatch(
  db: ReadDb,
  batch: BatchId,
  sql: string,
  value?: SqlValue,
): Generator<void, number, undefined> {
  let sum = 0;
  for (const [from, to] of runsOfNumbers(db, batch)) {
    sum += readNumber(db, sql, batch, from, to, ...(value === undefined ? [] : [value]));
    yield;
  }
  return sum;
}

/** The numbers of a batch, in runs that are small enough to be passed in one piece. */
export function* runsOfNumbers(db: ReadDb, batch: BatchId): Generator<readonly [from: number, to: number]> {
  const { first, last } = readOne(db, NumbersRow, NUMBERS_OF, batch) ?? { first: null, last: null };
  if (first === null || last === null) return;
  for (let from = first; from <= last; from += NUMBERS_AT_ONCE) yield [from, from + NUMBERS_AT_ONCE - 1];
}
