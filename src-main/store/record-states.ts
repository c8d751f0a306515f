import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { toHex } from '../../src-shared/crypto/hash.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { dropFileEdges } from './attachments.ts';
import { addMembers, removeMembers } from './case-members.ts';
import { hexBytes } from './columns.ts';
import { count } from './counts.ts';
import { readAll, readNumber, readOne, run } from './connection.ts';
import type { WriteDb } from './connection.ts';
import { addElement, recordElement, removeElement } from './head.ts';
import { forgetDisclosures } from './received.ts';
import { dropPermissionEdges } from './permissions.ts';
import { parseBody } from './stored-record.ts';
import { insertRow } from './truth.ts';
import type { RecordState } from './types.ts';
import { withdrawWaiting } from './withdrawals.ts';

/** What records do to one another: superseded, withdrawn, erased (record.md R14, R15; vault.md V31, V32). */

/** What one call changed and still has to settle: states, erasures, projection. */
export type Unsettled = {
  /** Records whose state may have changed, by hex id. */
  readonly ids: Set<string>;
  readonly subjects: Set<number>;
  /** Records in hand, so that the projection need not parse them again. */
  readonly inHand: Map<number, AnyRecord>;
  readonly erasures: Set<number>;
};

export function nothingUnsettled(): Unsettled {
  return { ids: new Set(), subjects: new Set(), inHand: new Map(), erasures: new Set() };
}

const TargetRow = z.object({ target: z.instanceof(Uint8Array) });
const Held = z.object({
  rid: z.number(),
  id: z.instanceof(Uint8Array),
  author: z.number(),
  subject: z.number(),
  kind: z.string(),
  state: z.string(),
  body: z.string(),
});
/** A record as its row has it. */
export type Held = z.infer<typeof Held>;

const HELD_COLUMNS = 'rid, id, author, subject, kind, state, body';
export const HELD_BY_ID = `SELECT ${HELD_COLUMNS} FROM records WHERE id = ?`;
export const HELD_BY_RID = `SELECT ${HELD_COLUMNS} FROM records WHERE rid = ?`;

/** The row of a record; undefined when it is not held. During a bulk change the index of ids may be put off (V73). */
export function findHeld(tx: WriteDb, id: Uint8Array): Held | undefined {
  const heldIds = tx.change.deferred?.heldIds;
  if (heldIds === undefined) return readOne(tx, Held, HELD_BY_ID, id);
  const rid = heldIds.find(id);
  return rid === undefined ? undefined : readOne(tx, Held, HELD_BY_RID, rid);
}

/** Erasures first, because an erased record has no effect on states (V31); then states. Answers how many were erased. */
export function settleStates(tx: WriteDb, unsettled: Unsettled): number {
  const erased = [...unsettled.erasures].reduce((sum, rid) => sum + erase(tx, rid, unsettled), 0);
  for (const id of unsettled.ids) updateState(tx, hexBytes(id), unsettled.subjects);
  return erased;
}

/** Removes a record with its edges; what it superseded or withdrew is unsettled again. */
export function dropRecord(tx: WriteDb, held: Held, unsettled: Unsettled): void {
  for (const table of ['supersessions', 'retractions']) {
    const edges = readAll(tx, TargetRow, `SELECT target FROM ${table} WHERE by = ?`, held.rid);
    for (const { target } of edges) unsettled.ids.add(toHex(target));
    run(tx, `DELETE FROM ${table} WHERE by = ?`, held.rid);
  }
  if (held.kind === 'attachment') dropFileEdges(tx, held.rid);
  if (held.kind === 'permission') dropPermissionEdges(tx, held.rid);
  run(tx, 'DELETE FROM placements WHERE rid = ?', held.rid);
  forgetDisclosures(tx, { record: held.id });
  run(tx, 'DELETE FROM records WHERE rid = ?', held.rid);
  if (held.state === 'live') leaveCase(tx, held);
  removeElement(tx.change.content, recordElement(held.id, held.state, held.body));
  count(tx, 'records', -1);
  unsettled.inHand.delete(held.rid);
  unsettled.subjects.add(held.subject);
}

/** V31: remembers that a record was erased. */
export function bury(
  tx: WriteDb,
  { id, author, subject }: { id: Uint8Array; author: number; subject: number },
  by: Uint8Array,
): void {
  const isBuried = readNumber(tx, 'SELECT count(*) AS n FROM tombstones WHERE id = ?', id) > 0;
  if (!isBuried) insertRow(tx, 'tombstones', { id, author, subject, by });
}

const ERASED_BY = 'SELECT target FROM retractions WHERE by = ?';

/** R15, V31: removes what a `retract` with `erase` names and its author said; `retract` records stay. */
function erase(tx: WriteDb, by: number, unsettled: Unsettled): number {
  const eraser = readOne(tx, Held, HELD_BY_RID, by);
  if (eraser === undefined) return 0;
  const named = readAll(tx, TargetRow, ERASED_BY, by).map(({ target }) => target);
  withdrawWaiting(tx, eraser.author, named);
  const targets = named
    .flatMap((target) => findHeld(tx, target) ?? [])
    .filter((held) => held.author === eraser.author && held.kind !== 'retract');
  for (const held of targets) {
    dropRecord(tx, held, unsettled);
    bury(tx, held, eraser.id);
  }
  if (targets.length > 0) forgetDerived(tx);
  return targets.length;
}

/** V100, V164: the log, and the snapshot of the graph, still say who was linked to whom. */
function forgetDerived(tx: WriteDb): void {
  tx.change.hasErased = true;
  for (const table of ['graph_state', 'graph_snapshot']) run(tx, `DELETE FROM ${table}`);
}

function updateState(tx: WriteDb, id: Uint8Array, subjects: Set<number>): void {
  const actions = readAll(tx, EdgeRow, RETRACTIONS_OF_TARGET, id);
  const superseding = readAll(tx, EdgeRow, SUPERSESSIONS_OF_TARGET, id);
  const held = findHeld(tx, id);
  if (held === undefined) return;
  const state = stateOf(held, actions, superseding);
  if (state === held.state) return;
  removeElement(tx.change.content, recordElement(id, held.state, held.body));
  addElement(tx.change.content, recordElement(id, state, held.body));
  run(tx, 'UPDATE records SET state = ? WHERE rid = ?', state, held.rid);
  if (held.state === 'live') leaveCase(tx, held);
  if (state === 'live') rejoinCase(tx, held);
  subjects.add(held.subject);
}

/** A record whose body is another than before: claims that a batch disclosed are withheld again (V34). */
export function rewriteRecord(tx: WriteDb, held: Held, record: AnyRecord, unsettled: Unsettled): void {
  const body = canonicalText(record);
  if (held.state === 'live') leaveCase(tx, held);
  removeElement(tx.change.content, recordElement(held.id, held.state, held.body));
  addElement(tx.change.content, recordElement(held.id, held.state, body));
  run(tx, 'UPDATE records SET body = ? WHERE rid = ?', body, held.rid);
  if (held.state === 'live') rejoinCase(tx, { ...held, body });
  unsettled.subjects.add(held.subject);
}

const EdgeRow = z.object({ author: z.number(), subject: z.number(), action: z.string().nullable() });
export const RETRACTIONS_OF_TARGET = `SELECT r.author, r.subject, x.action FROM retractions x CROSS JOIN records r ON r.rid = x.by
  WHERE x.target = ?`;
export const SUPERSESSIONS_OF_TARGET = `SELECT r.author, r.subject, NULL AS action FROM supersessions x CROSS JOIN records r ON r.rid = x.by
  WHERE x.target = ?`;
type Edge = z.infer<typeof EdgeRow>;

/** V32, with R4: only the author's own records count, and for `supersedes` only those about the same subject. */
function stateOf(held: Held, retractions: readonly Edge[], supersessions: readonly Edge[]): RecordState {
  const own = retractions.filter(({ author }) => author === held.author);
  if (own.some(({ action }) => action === 'suppress')) return 'suppressed';
  if (own.length > 0) return 'retracted';
  const isSuperseded = supersessions.some((by) => by.author === held.author && by.subject === held.subject);
  return isSuperseded ? 'superseded' : 'live';
}

function leaveCase(tx: WriteDb, held: Held): void {
  const record = held.kind === 'case' ? parseBody(held.body) : undefined;
  if (record?.kind === 'case') removeMembers(tx, held.subject, held.rid, record);
}

function rejoinCase(tx: WriteDb, held: Held): void {
  const record = held.kind === 'case' ? parseBody(held.body) : undefined;
  if (record?.kind === 'case') addMembers(tx, held.subject, held.rid, record);
}
