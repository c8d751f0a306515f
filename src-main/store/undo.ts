import { z } from 'zod';
import type { AgencyId, BatchId, RecordId } from '../../src-shared/domain/ids.ts';
import { runThrough } from '../../src-shared/crypto/steps.ts';
import { withhold } from '../../src-shared/records/redact.ts';
import { failure } from '../../src-shared/errors.ts';
import { findBatch, RECORDS_IN, replaceBatch, whyNotUndoable } from './batches.ts';
import type { BulkWriter } from './bulk.ts';
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
/** So many records, and so much of them, are taken back between two pauses. */
const SLICE = 128;
const TEXT_AT_ONCE = 131_072;
const LAST_OF_BATCH = `SELECT id, octet_length(body) AS size FROM records WHERE batch = ? ORDER BY rid DESC LIMIT ?`;
const LastRow = RecordIdRow.extend({ size: z.number() });

type Undoing = { readonly at: string; readonly ours: AgencyId };
type Step = readonly [done: number, total: number];
type Remove = (ids: readonly RecordId[]) => void;

/** V33, V34: takes back a whole batch; answers how many records. Throws `store.not-found`, `batch.not-undoable`. */
export function removeBatch(tx: WriteDb, batch: BatchId, undoing: Undoing): number {
  return runThrough(removing(tx, batch, undoing, (ids) => removeRecords(tx, ids)));
}

/** The same for a batch of many records, inside a bulk change, with pauses; tells how far it is. */
export function removeLargeBatch(
  { tx, remove }: BulkWriter,
  batch: BatchId,
  undoing: Undoing,
): Generator<Step, number, undefined> {
  return removing(tx, batch, undoing, remove);
}

/** Newest first, so that links go before their ends. */
function* removing(
  tx: WriteDb,
  batch: BatchId,
  { at, ours }: Undoing,
  remove: Remove,
): Generator<Step, number, undefined> {
  const total = readNumber(tx, RECORDS_IN, batch);
  const stored = findBatch(tx, batch);
  const obstacles = whyNotUndoable(tx, stored, ours);
  let why = obstacles.next();
  for (; why.done !== true; why = obstacles.next()) yield [0, total];
  if (why.value !== undefined) throw failure('batch.not-undoable', why.value);
  for (let done = 0; done < total; yield [done, total]) {
    const ids = lastOf(tx, batch);
    remove(ids);
    done += ids.length;
  }
  for (let left = true; left; yield [total, total]) left = withholdAgain(tx, batch, SLICE);
  const forgetting = forgetBundle(tx, batch);
  while (forgetting.next().done !== true) yield [total, total];
  replaceBatch(tx, { ...stored, undone_at: at });
  return total;
}

/** The next ones to go: a record of a case can be as large as thousands of others. */
function lastOf(tx: WriteDb, batch: BatchId): readonly RecordId[] {
  let size = 0;
  const rows = readAll(tx, LastRow, LAST_OF_BATCH, batch, SLICE);
  const isSmall = rows.map((row) => (size += row.size) <= TEXT_AT_ONCE);
  return rows.filter((_row, at) => at === 0 || isSmall[at]).map(({ id }) => id);
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
function* forgetBundle(tx: WriteDb, batch: BatchId): Generator<void, void, undefined> {
  const received = receivedBatch(tx, batch);
  if (received === undefined) return;
  yield* forgetReceived(tx, batch, received);
  if (!isOfAnother(tx, received.manifest)) setManifestVerdict(tx, 'in', received.manifest, 'undone');
}

/** True for a batch that would keep everybody waiting if it were taken back in one piece. */
export function isLargeBatch(db: ReadDb, batch: BatchId): boolean {
  return readNumber(db, IS_LARGE, batch, IN_ONE_PIECE) > IN_ONE_PIECE;
}

const IS_LARGE = 'SELECT count(*) AS n FROM (SELECT 1 FROM records WHERE batch = ?1 LIMIT ?2 + 1)';
