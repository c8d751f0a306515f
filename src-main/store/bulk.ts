import type { BatchId, RecordId } from '../../src-shared/domain/ids.ts';
import { enterBulkJournal, leaveBulkJournal } from './bulk-journal.ts';
import { finishInSteps } from './bulk-finish.ts';
import type { BulkStage } from './bulk-finish.ts';
import { BULK_LIMITS, newBulkState, projectGathered, putInBulk, removeInBulk } from './bulk-records.ts';
import type { BulkLimits, BulkRecord } from './bulk-records.ts';
import { commit, rollBack } from './commit.ts';
import type { Deferred, WriteDb } from './connection.ts';
import { translate } from './sqlite-errors.ts';
import { beginChange, endChange, saveSidecar } from './store.ts';
import type { Store } from './store.ts';
import type { AuditNote, PutResult } from './types.ts';

/** Told between slices of the work; other messages get through while it is awaited. What it throws takes everything back. `total` 0: not known. */
export type BulkProgress = (stage: BulkStage, done: number, total: number) => Promise<void>;

export type BulkWriter = {
  readonly tx: WriteDb;
  /**
   * R13, as `putRecords`; answers for this call. Nothing yields meanwhile: a few hundred records a call, fewer where they are large. It is projected by
   * the end; a query by record id may read the whole table until then (V73), and `removeRecords` must not follow a `put` in one bulk change.
   */
  put(batch: BatchId, records: readonly BulkRecord[]): PutResult;
  /** As `removeRecords`; each subject is projected once, at the end. Not in one bulk change with `put`. */
  remove(ids: readonly RecordId[]): void;
};

/**
 * `write` for many records: the same result, all or nothing, made in slices so that other messages are answered meanwhile. Throws what `write`
 * throws, and what `progress` and `work` throw; then nothing is left of it.
 */
export function writeInBulk<T>(
  store: Store,
  note: AuditNote<T>,
  progress: BulkProgress,
  work: (bulk: BulkWriter) => Promise<T>,
  limits: BulkLimits = BULK_LIMITS,
): Promise<T> {
  return changeInBulk(store, note, async (tx, deferred) => {
    const state = newBulkState(tx, deferred, limits);
    const result = await work({
      tx,
      put: (batch, records) => putInBulk(state, batch, records),
      remove: (ids) => removeInBulk(state, ids),
    });
    projectGathered(state, 'all');
    for (const [stage, done, total] of finishInSteps(tx, state)) await progress(stage, done, total);
    await progress('commit', 0, 1);
    return result;
  });
}

/** One transaction under a rollback journal that lasts over many turns of the event loop; nobody else writes meanwhile. */
export async function changeInBulk<T>(
  store: Store,
  note: AuditNote<T>,
  work: (tx: WriteDb, deferred: Deferred) => Promise<T>,
): Promise<T> {
  const deferred: Deferred = { heldIds: undefined, vanished: new Set(), cases: new Set() };
  const tx = beginChange(store, deferred);
  try {
    enterBulkJournal(store);
    store.sqlite.exec('BEGIN IMMEDIATE');
    const result = await work(tx, deferred);
    const head = endChange(tx, note, result);
    commit(store, head);
    saveSidecar(store, head);
    return result;
  } catch (error) {
    rollBack(store);
    throw translate(error);
  } finally {
    leaveBulkJournal(store);
  }
}
