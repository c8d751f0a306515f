import type { AgencyId, BatchId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { batchRecords, findBatch, replaceBatch, whyNotUndoable } from './batches.ts';
import type { WriteDb } from './connection.ts';
import { removeRecords } from './records.ts';

/** V33: takes back a whole batch; answers how many records. Throws `store.not-found`, `batch.not-undoable`. */
export function removeBatch(
  tx: WriteDb,
  batch: BatchId,
  { at, ours }: { readonly at: string; readonly ours: AgencyId },
): number {
  const stored = findBatch(tx, batch);
  const why = whyNotUndoable(tx, stored, ours);
  if (why !== undefined) throw failure('batch.not-undoable', why);
  const ids = batchRecords(tx, batch);
  removeRecords(tx, ids);
  replaceBatch(tx, { ...stored, undone_at: at });
  return ids.length;
}
