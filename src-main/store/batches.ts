import { z } from 'zod';
import { runThrough } from '../../src-shared/crypto/steps.ts';
import { BatchId } from '../../src-shared/domain/ids.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { hexBytes, optional } from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, SqlValue, WriteDb } from './connection.ts';
import { receivedBatch } from './received.ts';
import { countInBatch, firstObstacle } from './obstacles.ts';
import type { Obstacle, Obstacles } from './obstacles.ts';
import { countRepeats, receivedObstacles } from './received-obstacles.ts';
import { insertRow, nextId, replaceRow } from './truth.ts';
import type { BatchRow, NewBatch } from './types.ts';

const Kind = z.enum(['import', 'edit', 'chart', 'receive', 'recall', 'sample']);
const Stored = z.object({
  id: BatchId,
  kind: Kind,
  at: z.string(),
  actor: z.string(),
  extended: z.number(),
  erased: z.number(),
  undone_at: z.string().nullable(),
});
export type StoredBatch = z.infer<typeof Stored>;

/** Starts a batch: the unit of undo. Its records follow with `putRecords`. */
export function newBatch(tx: WriteDb, batch: NewBatch): BatchId {
  const id = nextId(tx, 'batches');
  insertRow(tx, 'batches', {
    id,
    kind: batch.kind,
    at: batch.at,
    actor: batch.actor,
    extended: 0,
    erased: 0,
    undone_at: null,
  });
  return BatchId.parse(id);
}

/** What `putRecords` did beside adding; either makes a batch impossible to undo (V33). */
export function addToBatch(
  tx: WriteDb,
  batch: BatchId,
  more: { readonly extended: number; readonly erased: number },
): void {
  if (more.extended === 0 && more.erased === 0) return;
  const stored = findBatch(tx, batch);
  replaceBatch(tx, { ...stored, extended: stored.extended + more.extended, erased: stored.erased + more.erased });
}

/** Newest first. `ours` is this store's agency: only its own records can be undone. */
export function batches(db: ReadDb, { limit, ours }: { readonly limit: number; readonly ours: AgencyId }): BatchRow[] {
  return readAll(db, Stored, 'SELECT * FROM batches ORDER BY id DESC LIMIT ?', limit).map((stored) => ({
    id: stored.id,
    kind: stored.kind,
    at: stored.at,
    actor: stored.actor,
    ...sizeOf(db, stored, ours),
    ...optional('undoneAt', stored.undone_at),
  }));
}

/** How many batches there are, undone ones too. */
export function countBatches(db: ReadDb): number {
  return count(db, 'SELECT count(*) AS n FROM batches');
}

export const RECORDS_IN = 'SELECT count(*) AS n FROM records WHERE batch = ?';
const RECORDS_UP_TO = 'SELECT count(*) AS n FROM (SELECT 1 FROM records WHERE batch = ?1 LIMIT ?2)';
/** Beyond this the size of a batch is that of the run of its numbers, which also counts what was erased of it since. */
const MOST_EXACT = 100_000;
const NUMBERS_OF =
  'SELECT (SELECT max(rid) FROM records WHERE batch = ?1) - (SELECT min(rid) FROM records WHERE batch = ?1) + 1 AS n';

/** Batches that only ever hold what our own author has just sealed. */
const OURS_BY_MAKING: ReadonlySet<string> = new Set(['import', 'edit', 'chart', 'recall']);
const MOST_COUNTED = 20_000;
/** Up to so many records a batch is looked at record by record. */
const FEW = 1000;

const NUMBERS = `(SELECT min(rid) FROM records WHERE batch = ?1) AND (SELECT max(rid) FROM records WHERE batch = ?1)`;
/** What was released was attested before (record.md): whatever the size of the batch, only attested records are looked at. */
export const RELEASED_OF = `SELECT count(*) AS n FROM (SELECT 1 FROM placements p CROSS JOIN records r ON r.rid = p.rid
  WHERE p.rid BETWEEN ${NUMBERS} AND r.batch = ?1 AND EXISTS (SELECT 1 FROM release_items i WHERE i.record = r.id) LIMIT ?2)`;
export const IS_ATTESTED = `SELECT count(*) AS n FROM (SELECT 1 FROM placements p CROSS JOIN records r ON r.rid = p.rid
  WHERE p.rid BETWEEN ${NUMBERS} AND r.batch = ?1 LIMIT 1)`;
const IS_FOREIGN = `SELECT count(*) AS n FROM (SELECT 1 FROM records r
  WHERE r.batch = ?1 AND r.author IS NOT (SELECT a.id FROM agencies a WHERE a.uid = ?2) LIMIT 1)`;

function sizeOf(db: ReadDb, stored: StoredBatch, ours: AgencyId): Pick<BatchRow, 'records' | 'released' | 'canUndo'> {
  const counted = count(db, RECORDS_UP_TO, stored.id, MOST_EXACT + 1);
  const records = counted > MOST_EXACT ? count(db, NUMBERS_OF, stored.id) : counted;
  return { records, ...outsideOf(db, stored, ours, records) };
}

/**
 * What was released of a batch, and whether it could be undone. A small one is looked at record by record; of a large one, so that a list never
 * costs what its batches hold, only what is attested is looked at, and what was released is counted up to `MOST_COUNTED`.
 */
function outsideOf(
  db: ReadDb,
  stored: StoredBatch,
  ours: AgencyId,
  records: number,
): Pick<BatchRow, 'released' | 'canUndo'> {
  if (records <= FEW) {
    return {
      released: runThrough(countInBatch(db, stored.id, RELEASED)),
      canUndo: runThrough(whyNotUndoable(db, stored, ours)) === undefined,
    };
  }
  const isAttested = count(db, IS_ATTESTED, stored.id) > 0;
  if (stored.kind === 'receive' && receivedBatch(db, stored.id) !== undefined) {
    // why it cannot be, where it cannot, is looked for when somebody asks for it
    return {
      released: count(db, RELEASED_OF, stored.id, MOST_COUNTED),
      canUndo: stored.undone_at === null && stored.erased === 0,
    };
  }
  const isFree = stored.undone_at === null && stored.extended === 0 && stored.erased === 0 && !isAttested;
  const isOurs = (): boolean =>
    OURS_BY_MAKING.has(stored.kind) || count(db, IS_FOREIGN, stored.id, hexBytes(ours)) === 0;
  return {
    released: isAttested ? count(db, RELEASED_OF, stored.id, MOST_COUNTED) : 0,
    canUndo: isFree && isOurs(),
  };
}

const RELEASED = `SELECT count(*) AS n FROM records r WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND EXISTS (SELECT 1 FROM release_items i WHERE i.record = r.id)`;
const ATTESTED = `SELECT count(*) AS n FROM records r CROSS JOIN placements p ON p.rid = r.rid WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3`;
const FOREIGN = `SELECT count(*) AS n FROM records r
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND r.author IS NOT (SELECT a.id FROM agencies a WHERE a.uid = ?4)`;

/** V33, V34: the first reason for which a batch cannot be undone; undefined when it can. */
export function* whyNotUndoable(
  db: ReadDb,
  stored: StoredBatch,
  ours: AgencyId,
): Generator<void, Obstacle | undefined, undefined> {
  if (stored.kind === 'receive' && receivedBatch(db, stored.id) !== undefined) {
    const why = yield* firstObstacle(db, stored.id, receivedObstacles(ours));
    return why ?? firstOf([{ reason: 'repeated', count: countRepeats(db, stored.id) }]);
  }
  const why = firstOf([
    { reason: 'undone', count: stored.undone_at === null ? 0 : 1 },
    { reason: 'extended', count: stored.extended },
    { reason: 'erased', count: stored.erased },
  ]);
  return why ?? (yield* firstObstacle(db, stored.id, obstaclesOfOurs(ours)));
}

function firstOf(obstacles: readonly Obstacle[]): Obstacle | undefined {
  return obstacles.find(({ count: found }) => found > 0);
}

function obstaclesOfOurs(ours: AgencyId): Obstacles {
  return [
    ['received', FOREIGN, hexBytes(ours)],
    ['released', RELEASED],
    ['attested', ATTESTED],
  ];
}

/** How many records of others a batch brought. */
export function countForeign(db: ReadDb, batch: BatchId, ours: AgencyId): Generator<void, number, undefined> {
  return countInBatch(db, batch, FOREIGN, hexBytes(ours));
}

/** The batch as it is stored; throws `store.not-found`. */
export function findBatch(db: ReadDb, batch: BatchId): StoredBatch {
  const stored = readOne(db, Stored, 'SELECT * FROM batches WHERE id = ?', batch);
  if (stored === undefined) throw failure('store.not-found', { what: 'batch' });
  return stored;
}

/** Puts the batch in the place of what is stored of it. */
export function replaceBatch(tx: WriteDb, stored: StoredBatch): void {
  replaceRow(tx, 'batches', { id: stored.id }, stored);
}

function count(db: ReadDb, sql: string, ...values: readonly SqlValue[]): number {
  return readNumber(db, sql, ...values);
}
