import type { BatchId } from '../../src-shared/domain/ids.ts';
import type { WriteDb } from './connection.ts';
import { enterBulkJournal, leaveBulkJournal } from './bulk-journal.ts';
import { putRecords } from './records.ts';
import { translate } from './sqlite-errors.ts';
import { beginChange, endChange, saveSidecar } from './store.ts';
import type { Store } from './store.ts';
import type { AuditNote, IdentifiedRecord, PutResult } from './types.ts';

export type BulkStage = 'records' | 'projection' | 'indexes' | 'search' | 'commit';

/** Told between slices of the work; other messages get through while it is awaited. What it throws takes everything back. `total` 0: not known. */
export type BulkProgress = (stage: BulkStage, done: number, total: number) => Promise<void>;

/** A record and, where the caller has them, its canonical bytes, which are then stored as they are. */
export type BulkRecord = IdentifiedRecord & { readonly bytes?: Uint8Array };

export type BulkWriter = {
  readonly tx: WriteDb;
  /** R13, as `putRecords`; answers for this call. What was put can be read by its id, but is projected only when the bulk ends. */
  put(batch: BatchId, records: readonly BulkRecord[]): PutResult;
};

/**
 * `write` for many records: the same result, all or nothing, made in slices so that other messages are answered meanwhile. Throws what `write`
 * throws, and what `progress` and `work` throw; then nothing is left of it.
 */
export async function writeInBulk<T>(
  store: Store,
  note: AuditNote<T>,
  progress: BulkProgress,
  work: (bulk: BulkWriter) => Promise<T>,
): Promise<T> {
  const tx = beginChange(store);
  enterBulkJournal(store);
  try {
    store.sqlite.exec('BEGIN IMMEDIATE');
    const bulk = writerOf(tx);
    const result = await work(bulk);
    await progress('commit', 0, 1);
    const head = endChange(tx, note, result);
    store.sqlite.exec('COMMIT');
    saveSidecar(store, head);
    return result;
  } catch (error) {
    if (store.sqlite.open && store.sqlite.inTransaction) store.sqlite.exec('ROLLBACK');
    throw translate(error);
  } finally {
    leaveBulkJournal(store);
  }
}

function writerOf(tx: WriteDb): BulkWriter {
  return { tx, put: (batch, records) => putRecords(tx, batch, records) };
}
