import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { toHex } from '../../src-shared/crypto/hash.ts';
import type { BatchId, RecordId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { discloseUnion } from '../../src-shared/records/redact.ts';
import { addToBatch } from './batches.ts';
import { hexBytes } from './columns.ts';
import { readAll, readNumber, readOne, run } from './connection.ts';
import type { SqlValue, WriteDb } from './connection.ts';
import { addElement, recordElement, removeElement } from './head.ts';
import { keepAgency, keepSubject } from './identities.ts';
import { projectSubjects } from './project-subjects.ts';
import { parseBody } from './stored-record.ts';
import { insertRow } from './truth.ts';
import type { IdentifiedRecord, PutResult, RecordState } from './types.ts';

/** What one call changed and still has to settle: states, erasures, projection. */
type Unsettled = {
  /** Records whose state may have changed, by hex id. */
  readonly ids: Set<string>;
  readonly subjects: Set<number>;
  /** Records in hand, so that the projection need not parse them again. */
  readonly inHand: Map<number, AnyRecord>;
  readonly erasures: Set<number>;
};

type Outcome = 'added' | 'extended' | 'known' | 'refused';

/**
 * R13: adds records to the set, in any order, as often as you like; then brings states (R14, R15) and the projection of their subjects up to
 * date. The records must have been sealed here or verified; nothing is checked again. O(n log store).
 */
export function putRecords(tx: WriteDb, batch: BatchId, records: Iterable<IdentifiedRecord>): PutResult {
  const unsettled = nothingUnsettled();
  const counts = { added: 0, extended: 0, known: 0 };
  const refused: RecordId[] = [];
  for (const { id, record } of records) {
    const outcome = put(tx, batch, { id, record }, unsettled);
    if (outcome === 'refused') refused.push(id);
    else counts[outcome] += 1;
  }
  const erased = settle(tx, unsettled);
  addToBatch(tx, batch, { extended: counts.extended, erased });
  return { ...counts, refused };
}

/** Physically removes records as if they had never been added; the undo of a batch (V33) decides whether it may. */
export function removeRecords(tx: WriteDb, ids: readonly RecordId[]): void {
  const unsettled = nothingUnsettled();
  for (const id of ids) {
    const held = findHeld(tx, hexBytes(id));
    if (held !== undefined) drop(tx, held, unsettled);
  }
  settle(tx, unsettled);
}

const IdRow = z.object({ id: z.instanceof(Uint8Array) });
const ActionRow = z.object({ action: z.string() });
const Held = z.object({
  rid: z.number(),
  id: z.instanceof(Uint8Array),
  author: z.number(),
  subject: z.number(),
  kind: z.string(),
  state: z.string(),
  body: z.string(),
});
type Held = z.infer<typeof Held>;

function nothingUnsettled(): Unsettled {
  return { ids: new Set(), subjects: new Set(), inHand: new Map(), erasures: new Set() };
}

function put(tx: WriteDb, batch: BatchId, { id, record }: IdentifiedRecord, unsettled: Unsettled): Outcome {
  const idBytes = hexBytes(id);
  const held = findHeld(tx, idBytes);
  if (held !== undefined) return extend(tx, held, record, unsettled);
  const author = keepAgency(tx, record.author);
  const subject = keepSubject(tx, record.subject);
  const eraser = record.kind === 'retract' ? undefined : findEraser(tx, idBytes, author);
  if (eraser !== undefined) {
    bury(tx, { id: idBytes, author, subject }, eraser);
    return 'refused';
  }
  add(tx, batch, { id: idBytes, author, subject, record }, unsettled);
  return 'added';
}

function add(
  tx: WriteDb,
  batch: BatchId,
  { id, author, subject, record }: { id: Uint8Array; author: number; subject: number; record: AnyRecord },
  unsettled: Unsettled,
): void {
  const body = canonicalText(record);
  const values: SqlValue[] = [id, author, subject, record.kind, batch, ...endsOf(tx, record), body];
  const { id: rid } = run(
    tx,
    `INSERT INTO records (id, author, subject, kind, state, batch, src, dst, body) VALUES (?, ?, ?, ?, 'live', ?, ?, ?, ?)`,
    ...values,
  );
  addElement(tx.change.content, recordElement(id, 'live', body));
  unsettled.ids.add(toHex(id));
  unsettled.subjects.add(subject);
  unsettled.inHand.set(rid, record);
  addEdges(tx, rid, record, unsettled);
}

/** R13: the claims that this copy discloses and the held one does not. */
function extend(tx: WriteDb, held: Held, record: AnyRecord, unsettled: Unsettled): Outcome {
  if (canonicalText(record) === held.body) return 'known';
  const union = discloseUnion(parseBody(held.body), record);
  const body = canonicalText(union);
  if (body === held.body) return 'known';
  removeElement(tx.change.content, recordElement(held.id, held.state, held.body));
  addElement(tx.change.content, recordElement(held.id, held.state, body));
  run(tx, 'UPDATE records SET body = ? WHERE rid = ?', body, held.rid);
  unsettled.subjects.add(held.subject);
  unsettled.inHand.set(held.rid, union);
  return 'extended';
}

function addEdges(tx: WriteDb, rid: number, record: AnyRecord, unsettled: Unsettled): void {
  for (const target of record.supersedes) {
    run(tx, 'INSERT INTO supersessions (target, by) VALUES (?, ?)', hexBytes(target), rid);
    unsettled.ids.add(target);
  }
  if (record.kind !== 'retract') return;
  for (const target of record.targets) {
    run(tx, 'INSERT INTO retractions (target, by, action) VALUES (?, ?, ?)', hexBytes(target), rid, record.action);
    unsettled.ids.add(target);
  }
  if (record.action === 'erase') unsettled.erasures.add(rid);
}

/** The subjects that a record joins, as columns: ends of a link or an identity, the case of a chart. */
function endsOf(tx: WriteDb, record: AnyRecord): [number | null, number | null] {
  if (record.kind === 'link' || record.kind === 'same' || record.kind === 'not-same') {
    return [keepSubject(tx, record.from), keepSubject(tx, record.to)];
  }
  return record.kind === 'chart' ? [keepSubject(tx, record.case), null] : [null, null];
}

/** Erasures first, because an erased record has no effect on states (V31); then states; then the projection. Answers how many were erased. */
function settle(tx: WriteDb, unsettled: Unsettled): number {
  const erased = [...unsettled.erasures].reduce((count, rid) => count + erase(tx, rid, unsettled), 0);
  for (const id of unsettled.ids) updateState(tx, hexBytes(id), unsettled.subjects);
  projectSubjects(tx, unsettled.subjects, unsettled.inHand);
  return erased;
}

/** R15, V31: removes what a `retract` with `erase` names and its author said; `retract` records stay. */
function erase(tx: WriteDb, by: number, unsettled: Unsettled): number {
  const eraser = readOne(tx, IdRow, 'SELECT id FROM records WHERE rid = ?', by);
  const targets = readAll(tx, Held, ERASED_BY, by);
  for (const held of targets) {
    drop(tx, held, unsettled);
    bury(tx, held, eraser?.id ?? held.id);
  }
  if (targets.length > 0) tx.change.hasErased = true;
  return targets.length;
}

const HELD_COLUMNS = 't.rid, t.id, t.author, t.subject, t.kind, t.state, t.body';
const ERASED_BY = `SELECT ${HELD_COLUMNS} FROM retractions x CROSS JOIN records r ON r.rid = x.by CROSS JOIN records t ON t.id = x.target
  WHERE x.by = ? AND t.author = r.author AND t.kind <> 'retract'`;

const TargetRow = z.object({ target: z.instanceof(Uint8Array) });

function drop(tx: WriteDb, held: Held, unsettled: Unsettled): void {
  for (const table of ['supersessions', 'retractions']) {
    const edges = readAll(tx, TargetRow, `SELECT target FROM ${table} WHERE by = ?`, held.rid);
    for (const { target } of edges) unsettled.ids.add(toHex(target));
    run(tx, `DELETE FROM ${table} WHERE by = ?`, held.rid);
  }
  run(tx, 'DELETE FROM placements WHERE rid = ?', held.rid);
  run(tx, 'DELETE FROM records WHERE rid = ?', held.rid);
  removeElement(tx.change.content, recordElement(held.id, held.state, held.body));
  unsettled.inHand.delete(held.rid);
  unsettled.subjects.add(held.subject);
}

function bury(
  tx: WriteDb,
  { id, author, subject }: { id: Uint8Array; author: number; subject: number },
  by: Uint8Array,
): void {
  const isBuried = readNumber(tx, 'SELECT count(*) AS n FROM tombstones WHERE id = ?', id) > 0;
  if (!isBuried) insertRow(tx, 'tombstones', { id, author, subject, by });
}

/** The `retract` that makes a record of this author unwelcome; undefined when there is none. */
function findEraser(tx: WriteDb, id: Uint8Array, author: number): Uint8Array | undefined {
  return readOne(
    tx,
    IdRow,
    `SELECT r.id FROM retractions x CROSS JOIN records r ON r.rid = x.by
     WHERE x.target = ? AND x.action = 'erase' AND r.author = ? ORDER BY r.id LIMIT 1`,
    id,
    author,
  )?.id;
}

function findHeld(tx: WriteDb, id: Uint8Array): Held | undefined {
  return readOne(tx, Held, `SELECT ${HELD_COLUMNS} FROM records t WHERE t.id = ?`, id);
}

function updateState(tx: WriteDb, id: Uint8Array, subjects: Set<number>): void {
  const judged = readOne(tx, Judged, 'SELECT rid, author, subject, state FROM records WHERE id = ?', id);
  if (judged === undefined) return;
  const state = stateOf(tx, id, judged);
  if (state === judged.state) return;
  const held = findHeld(tx, id);
  if (held === undefined) return;
  removeElement(tx.change.content, recordElement(id, held.state, held.body));
  addElement(tx.change.content, recordElement(id, state, held.body));
  run(tx, 'UPDATE records SET state = ? WHERE rid = ?', state, held.rid);
  subjects.add(held.subject);
}

const Judged = z.object({ rid: z.number(), author: z.number(), subject: z.number(), state: z.string() });

/** V32, with R4: only the author's own records count, and for `supersedes` only those about the same subject. */
function stateOf(tx: WriteDb, id: Uint8Array, held: z.infer<typeof Judged>): RecordState {
  const actions = readAll(
    tx,
    ActionRow,
    'SELECT x.action FROM retractions x CROSS JOIN records r ON r.rid = x.by WHERE x.target = ? AND r.author = ?',
    id,
    held.author,
  );
  if (actions.some(({ action }) => action === 'suppress')) return 'suppressed';
  if (actions.length > 0) return 'retracted';
  const superseding = readNumber(
    tx,
    `SELECT count(*) AS n FROM supersessions x CROSS JOIN records r ON r.rid = x.by
     WHERE x.target = ? AND r.author = ? AND r.subject = ?`,
    id,
    held.author,
    held.subject,
  );
  return superseding > 0 ? 'superseded' : 'live';
}
