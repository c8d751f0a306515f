import type { BatchId, RecordId } from '../../src-shared/domain/ids.ts';
import { addToBatch } from './batches.ts';
import { hexBytes } from './columns.ts';
import type { WriteDb } from './connection.ts';
import { projectSubjects } from './project-subjects.ts';
import { putRecord } from './put-record.ts';
import { dropRecord, findHeld, nothingUnsettled, settleStates } from './record-states.ts';
import type { Unsettled } from './record-states.ts';
import type { IdentifiedRecord, PutResult } from './types.ts';

/**
 * R13: adds records to the set, in any order, as often as you like; then brings states (R14, R15) and the projection of their subjects up to
 * date. The records must have been sealed here or verified; nothing is checked again. O(n log store).
 */
export function putRecords(tx: WriteDb, batch: BatchId, records: Iterable<IdentifiedRecord>): PutResult {
  const unsettled = nothingUnsettled();
  const counts = { added: 0, extended: 0, known: 0 };
  const refused: RecordId[] = [];
  for (const { id, record } of records) {
    const outcome = putRecord(tx, batch, { id, record }, unsettled);
    if (outcome === 'refused') refused.push(id);
    else counts[outcome] += 1;
  }
  const erased = settleStates(tx, unsettled);
  projectSubjects(tx, unsettled.subjects, unsettled.inHand);
  addToBatch(tx, batch, { extended: counts.extended, erased });
  return { ...counts, refused };
}

/** Physically removes records as if they had never been added; the undo of a batch (V33) decides whether it may. */
export function removeRecords(tx: WriteDb, ids: readonly RecordId[]): void {
  const { subjects, inHand } = dropRecords(tx, ids);
  projectSubjects(tx, subjects, inHand);
}

/** The same but for the projection of their subjects, which is left to the caller. */
export function dropRecords(tx: WriteDb, ids: readonly RecordId[]): Pick<Unsettled, 'subjects' | 'inHand'> {
  const unsettled = nothingUnsettled();
  for (const id of ids) {
    const held = findHeld(tx, hexBytes(id));
    if (held !== undefined) dropRecord(tx, held, unsettled);
  }
  settleStates(tx, unsettled);
  return unsettled;
}
