import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import type { BatchId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { addToBatch } from './batches.ts';
import { putOffIndexes } from './bulk-indexes.ts';
import type { PutOff } from './bulk-indexes.ts';
import { addMembers } from './case-members.ts';
import { hexBytes } from './columns.ts';
import { readColumn, readNumber } from './connection.ts';
import type { Deferred, WriteDb } from './connection.ts';
import { count } from './counts.ts';
import { addLiveRecord } from './head.ts';
import { keepAgency, keepSubject, keepSubjects, lastSubject } from './identities.ts';
import { addNumber, hasNumber, newNumberSet } from './number-set.ts';
import type { NumberSet } from './number-set.ts';
import { flushFresh, newFreshProjection, projectFresh } from './project-fresh.ts';
import type { FreshProjection } from './project-fresh.ts';
import { endsOf, putRecord } from './put-record.ts';
import type { Outcome } from './put-record.ts';
import { nothingUnsettled, settleStates } from './record-states.ts';
import type { Unsettled } from './record-states.ts';
import { dropRecords } from './records.ts';
import { addRow, flushRows, newRowBuffer } from './row-buffer.ts';
import type { RowBuffer } from './row-buffer.ts';
import type { IdentifiedRecord, PutResult } from './types.ts';

/** A record and, where the caller has it, its canonical form as text or bytes, which is then stored as it is. */
export type BulkRecord = IdentifiedRecord & { readonly text?: string; readonly bytes?: Uint8Array };

/** What a bulk change knows of itself while it runs (docs/formats/vault.md §9). */
export type BulkState = {
  readonly tx: WriteDb;
  readonly limits: BulkLimits;
  readonly deferred: Deferred;
  readonly rows: RowBuffer;
  /** Ids of the records that are on their way into the table. */
  readonly onTheWay: Set<RecordId>;
  readonly fresh: FreshProjection;
  /** Fresh subjects whose records are gathered to be projected together. */
  readonly gathered: Map<number, Gathered>;
  gatheredRecords: number;
  /** Fresh subjects that are projected already. */
  readonly projected: NumberSet;
  /** Subjects that are projected at the end, from their rows. */
  readonly dirty: NumberSet;
  readonly heldBefore: number;
  nextRid: number;
  put: number;
  /** Some record supersedes or withdraws others, so one that arrives may not be live. */
  hasEdges: boolean;
  putOff: PutOff | undefined;
};

type Gathered = { readonly id: SubjectId; readonly live: IdentifiedRecord[] };

const RECORD_COLUMNS = ['rid', 'id', 'author', 'subject', 'kind', 'state', 'batch', 'src', 'dst', 'body'];
/** Records whose subjects are looked up together. */
const SLICE = 256;
/** When a bulk change does what; tests ask for the same earlier. */
export type BulkLimits = {
  /** So many records are gathered before their subjects are projected. */
  readonly gathered: number;
  /** V73: indexes are put off from so many records on, if there are not four times as many already. */
  readonly putOff: number;
};
export const BULK_LIMITS: BulkLimits = { gathered: 512, putOff: 10_000 };
const SHARE_OF_HELD = 4;

/** At the beginning of a bulk change. */
export function newBulkState(tx: WriteDb, deferred: Deferred, limits: BulkLimits): BulkState {
  return {
    tx,
    limits,
    deferred,
    // CAST: bytes become the text that they are, without a string in between
    rows: newRowBuffer('records', RECORD_COLUMNS, `(?, ?, ?, ?, ?, 'live', ?, ?, ?, CAST(? AS TEXT))`),
    onTheWay: new Set(),
    fresh: newFreshProjection(lastSubject(tx) + 1),
    gathered: new Map(),
    gatheredRecords: 0,
    projected: newNumberSet(),
    dirty: newNumberSet(),
    heldBefore: readNumber(tx, `SELECT n FROM counts WHERE name = 'records'`),
    nextRid: readNumber(tx, 'SELECT coalesce(max(rid), 0) AS n FROM records') + 1,
    put: 0,
    hasEdges: readNumber(tx, HAS_EDGES) === 1,
    putOff: undefined,
  };
}

export const HAS_EDGES = 'SELECT EXISTS (SELECT 1 FROM supersessions) OR EXISTS (SELECT 1 FROM retractions) AS n';

/** R13 for many: the same as `putRecords` but that subjects are projected later. */
export function putInBulk(state: BulkState, batch: BatchId, records: readonly BulkRecord[]): PutResult {
  const unsettled = nothingUnsettled();
  const counts = { added: 0, extended: 0, known: 0 };
  const refused: RecordId[] = [];
  for (let at = 0; at < records.length; at += SLICE) {
    const slice = records.slice(at, at + SLICE);
    keepSubjects(state.tx, subjectsOf(slice));
    for (const each of slice) {
      const outcome = putOne(state, batch, each, unsettled);
      if (outcome === 'refused') refused.push(each.id);
      else counts[outcome] += 1;
    }
  }
  flushRecords(state);
  const erased = settleStates(state.tx, unsettled);
  for (const subject of unsettled.subjects) spoil(state, subject);
  addToBatch(state.tx, batch, { extended: counts.extended, erased });
  state.put += records.length;
  if (state.gatheredRecords >= state.limits.gathered) projectGathered(state, 'but the last');
  if (isWorthPuttingOff(state)) putOff(state);
  return { ...counts, refused };
}

/** The undo of many (V33, V34): the same as `removeRecords` but that subjects are projected later, each once. */
export function removeInBulk(state: BulkState, ids: readonly RecordId[]): void {
  for (const subject of dropRecords(state.tx, ids).subjects) addNumber(state.dirty, subject);
}

/** Projects what was gathered. The last subject may still get records: those of one subject usually come together. */
export function projectGathered(state: BulkState, which: 'all' | 'but the last'): void {
  const last = which === 'all' ? undefined : [...state.gathered.keys()].at(-1);
  const waiting = last === undefined ? undefined : state.gathered.get(last);
  for (const [number, { id, live }] of state.gathered) {
    if (number === last) continue;
    projectFresh(state.tx, state.fresh, { number, id, live });
    addNumber(state.projected, number);
  }
  flushFresh(state.tx, state.fresh);
  state.gathered.clear();
  state.gatheredRecords = 0;
  if (last === undefined || waiting === undefined) return;
  state.gathered.set(last, waiting);
  state.gatheredRecords = waiting.live.length;
}

function subjectsOf(records: readonly BulkRecord[]): readonly SubjectId[] {
  const subjects: SubjectId[] = [];
  for (const { record } of records) {
    subjects.push(record.subject);
    if ('from' in record) subjects.push(record.from, record.to);
  }
  return subjects;
}

function putOne(state: BulkState, batch: BatchId, each: BulkRecord, unsettled: Unsettled): Outcome {
  const id = hexBytes(each.id);
  if (isPlain(each.record) && !isHeld(state, each.id, id) && !(state.hasEdges && isNamed(state, id))) {
    addPlain(state, batch, each, id);
    return 'added';
  }
  flushRecords(state);
  const outcome = putRecord(state.tx, batch, each, unsettled);
  state.nextRid = readNumber(state.tx, 'SELECT coalesce(max(rid), 0) AS n FROM records') + 1;
  state.hasEdges ||= !isPlain(each.record);
  return outcome;
}

/** It does nothing to other records, and none of its edges is kept beside it. */
function isPlain({ kind, supersedes }: AnyRecord): boolean {
  return kind !== 'retract' && kind !== 'permission' && kind !== 'attachment' && supersedes.length === 0;
}

function isHeld(state: BulkState, id: RecordId, bytes: Uint8Array): boolean {
  if (state.onTheWay.has(id)) return true;
  const { heldIds } = state.deferred;
  if (heldIds !== undefined) return heldIds.find(bytes) !== undefined;
  return readColumn(state.tx, 'SELECT rid FROM records WHERE id = ?', bytes).length > 0;
}

export const IS_NAMED =
  'SELECT EXISTS (SELECT 1 FROM supersessions WHERE target = ?1) OR EXISTS (SELECT 1 FROM retractions WHERE target = ?1) AS n';

/** Some record supersedes or withdraws it, so it may not be live. */
function isNamed(state: BulkState, id: Uint8Array): boolean {
  return readNumber(state.tx, IS_NAMED, id) === 1;
}

/** A record that is new, live, and does nothing to others. */
function addPlain(
  state: BulkState,
  batch: BatchId,
  { id, record, text, bytes }: BulkRecord,
  idBytes: Uint8Array,
): void {
  const { tx } = state;
  const rid = state.nextRid;
  state.nextRid += 1;
  const body = text ?? bytes ?? canonicalText(record);
  const subject = keepSubject(tx, record.subject);
  const ends = endsOf(tx, record);
  addRow(tx, state.rows, [rid, idBytes, keepAgency(tx, record.author), subject, record.kind, batch, ...ends, body]);
  state.onTheWay.add(id);
  state.deferred.heldIds?.add(idBytes, rid);
  addLiveRecord(tx.change.content, idBytes, body);
  count(tx, 'records', 1);
  if (record.kind === 'case') addMembers(tx, subject, rid, record);
  if (record.kind === 'entity' || record.kind === 'link') gather(state, subject, { id, record });
  else spoil(state, subject);
}

function gather(state: BulkState, subject: number, record: IdentifiedRecord): void {
  if (subject < state.fresh.firstFresh || hasNumber(state.dirty, subject) || hasNumber(state.projected, subject)) {
    addNumber(state.dirty, subject);
    return;
  }
  const gathered = state.gathered.get(subject);
  if (gathered === undefined) state.gathered.set(subject, { id: record.record.subject, live: [record] });
  else gathered.live.push(record);
  state.gatheredRecords += 1;
}

/** The records of this subject are not, or not all, in hand: it is projected at the end, from its rows. */
function spoil(state: BulkState, subject: number): void {
  addNumber(state.dirty, subject);
  state.gatheredRecords -= state.gathered.get(subject)?.live.length ?? 0;
  state.gathered.delete(subject);
}

function flushRecords(state: BulkState): void {
  flushRows(state.tx, state.rows);
  state.onTheWay.clear();
}

function isWorthPuttingOff({ putOff, put, heldBefore, limits }: BulkState): boolean {
  return putOff === undefined && put >= limits.putOff && put * SHARE_OF_HELD >= heldBefore;
}

function putOff(state: BulkState): void {
  state.putOff = putOffIndexes(state.tx, state.deferred, 'all');
  state.fresh.areKeysPutOff = true;
}
