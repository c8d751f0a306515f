import type { AgencyId, BatchId } from '../../src-shared/domain/ids.ts';
import { withhold } from '../../src-shared/records/redact.ts';
import { failure } from '../../src-shared/errors.ts';
import { batchRecords, findBatch, RECORDS_IN, replaceBatch, whyNotUndoable } from './batches.ts';
import type { StoredBatch } from './batches.ts';
import { RecordIdRow } from './columns.ts';
import { readAll, readNumber } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { projectSubjects } from './project-subjects.ts';
import { disclosuresOf, forgetDisclosures, forgetReceived, isOfAnother, receivedBatch } from './received.ts';
import { findHeld, nothingUnsettled, rewriteRecord } from './record-states.ts';
import { removeRecords } from './records.ts';
import { parseBody } from './stored-record.ts';
import { setManifestVerdict } from './streams.ts';

/** Up to so many records are taken back in one piece. */
const IN_ONE_PIECE = 2000;
/** Records between two looks at whether somebody cancelled. */
const SLICE = 256;
const LAST_OF_BATCH = 'SELECT id FROM records WHERE batch = ? ORDER BY rid DESC LIMIT ?';

type Undoing = { readonly at: string; readonly ours: AgencyId };

/** V33, V34: takes back a whole batch; answers how many records. Throws `store.not-found`, `batch.not-undoable`. */
export function removeBatch(tx: WriteDb, batch: BatchId, { at, ours }: Undoing): number {
  const stored = requireUndoable(tx, batch, ours);
  const ids = batchRecords(tx, batch);
  removeRecords(tx, ids);
  for (let left = true; left;) left = withholdAgain(tx, batch, SLICE);
  forgetBundle(tx, batch);
  replaceBatch(tx, { ...stored, undone_at: at });
  return ids.length;
}

/** The same for a batch of many records, inside a bulk change: newest first, so that links go before their ends. `step` is told how far it is. */
export async function removeLargeBatch(
  tx: WriteDb,
  batch: BatchId,
  { at, ours }: Undoing,
  step: (done: number, total: number) => Promise<void>,
): Promise<number> {
  const stored = requireUndoable(tx, batch, ours);
  const total = readNumber(tx, RECORDS_IN, batch);
  for (let done = 0; done < total;) {
    const ids = readAll(tx, RecordIdRow, LAST_OF_BATCH, batch, SLICE).map(({ id }) => id);
    removeRecords(tx, ids);
    done += ids.length;
    await step(done, total);
  }
  for (let left = true; left;) {
    left = withholdAgain(tx, batch, SLICE);
    await step(total, total);
  }
  forgetBundle(tx, batch);
  replaceBatch(tx, { ...stored, undone_at: at });
  return total;
}

/** V34: claims that the batch disclosed in older records are withheld again. Answers whether there may be more. */
function withholdAgain(tx: WriteDb, batch: BatchId, limit: number): boolean {
  const disclosures = disclosuresOf(tx, batch, limit);
  const unsettled = nothingUnsettled();
  for (const { record: id, claims } of disclosures) {
    const held = findHeld(tx, id);
    if (held !== undefined) {
      const record = parseBody(held.body);
      const hidden = new Set(claims.map((at) => record.claims[at]));
      rewriteRecord(
        tx,
        held,
        withhold(record, (claim) => hidden.has(claim)),
        unsettled,
      );
    }
    forgetDisclosures(tx, { record: id, batch });
  }
  projectSubjects(tx, unsettled.subjects, unsettled.inHand);
  return disclosures.length === limit;
}

/** The stream keeps that the bundle came, as undone. */
function forgetBundle(tx: WriteDb, batch: BatchId): void {
  const received = receivedBatch(tx, batch);
  if (received === undefined) return;
  forgetReceived(tx, batch, received);
  if (!isOfAnother(tx, received.manifest)) setManifestVerdict(tx, 'in', received.manifest, 'undone');
}

/** True for a batch that would keep everybody waiting if it were taken back in one piece. */
export function isLargeBatch(db: ReadDb, batch: BatchId): boolean {
  return readNumber(db, IS_LARGE, batch, IN_ONE_PIECE) > IN_ONE_PIECE;
}

const IS_LARGE = 'SELECT count(*) AS n FROM (SELECT 1 FROM records WHERE batch = ?1 LIMIT ?2 + 1)';

/** Throws `store.not-found`, `batch.not-undoable`. */
export function requireUndoable(db: ReadDb, batch: BatchId, ours: AgencyId): StoredBatch {
  const stored = findBatch(db, batch);
  const why = whyNotUndoable(db, stored, ours);
  if (why !== undefined) throw failure('batch.not-undoable', why);
  return stored;
}
