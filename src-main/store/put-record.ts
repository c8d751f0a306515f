import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { toHex } from '../../src-shared/crypto/hash.ts';
import type { BatchId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { discloseUnion } from '../../src-shared/records/redact.ts';
import { addFileEdges } from './attachments.ts';
import { addMembers, extendMembers } from './case-members.ts';
import { hexBytes } from './columns.ts';
import { count } from './counts.ts';
import { readOne, run } from './connection.ts';
import type { SqlValue, WriteDb } from './connection.ts';
import { addElement, recordElement, removeElement } from './head.ts';
import { keepAgency, keepSubject } from './identities.ts';
import { addDisclosures } from './received.ts';
import { addPermissionEdges } from './permissions.ts';
import { bury, findHeld } from './record-states.ts';
import type { Held, Unsettled } from './record-states.ts';
import { parseBody } from './stored-record.ts';
import type { IdentifiedRecord } from './types.ts';

export type Outcome = 'added' | 'extended' | 'known' | 'refused';

/** Adds one record to the set (R13); what follows from it is left in `unsettled`. */
export function putRecord(
  tx: WriteDb,
  batch: BatchId,
  { id, record }: IdentifiedRecord,
  unsettled: Unsettled,
): Outcome {
  const idBytes = hexBytes(id);
  const held = findHeld(tx, idBytes);
  if (held !== undefined) return extend(tx, batch, held, record, unsettled);
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

/** The subjects that a record joins, as columns: ends of a link or an identity, the case of a chart. */
export function endsOf(tx: WriteDb, record: AnyRecord): [number | null, number | null] {
  if (record.kind === 'link' || record.kind === 'same' || record.kind === 'not-same') {
    return [keepSubject(tx, record.from), keepSubject(tx, record.to)];
  }
  return record.kind === 'chart' ? [keepSubject(tx, record.case), null] : [null, null];
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
  tx.change.deferred?.heldIds?.add(id, rid);
  addElement(tx.change.content, recordElement(id, 'live', body));
  count(tx, 'records', 1);
  unsettled.ids.add(toHex(id));
  unsettled.subjects.add(subject);
  unsettled.inHand.set(rid, record);
  if (record.kind === 'case') addMembers(tx, subject, rid, record);
  addEdges(tx, rid, record, unsettled);
}

/** R13: the claims that this copy discloses and the held one does not. */
function extend(tx: WriteDb, batch: BatchId, held: Held, record: AnyRecord, unsettled: Unsettled): Outcome {
  if (canonicalText(record) === held.body) return 'known';
  const before = parseBody(held.body);
  const union = discloseUnion(before, record);
  const body = canonicalText(union);
  if (body === held.body) return 'known';
  removeElement(tx.change.content, recordElement(held.id, held.state, held.body));
  addElement(tx.change.content, recordElement(held.id, held.state, body));
  run(tx, 'UPDATE records SET body = ? WHERE rid = ?', body, held.rid);
  addDisclosures(tx, batch, held.id, disclosedBy(before, union));
  if (held.state === 'live' && before.kind === 'case' && union.kind === 'case') {
    extendMembers(tx, held.subject, held.rid, { before, after: union });
  }
  unsettled.subjects.add(held.subject);
  unsettled.inHand.set(held.rid, union);
  return 'extended';
}

/** Places of the claims that the second copy discloses and the first one does not. */
function disclosedBy(before: AnyRecord, after: AnyRecord): number[] {
  return after.claims.flatMap((claim, at) => {
    const was = before.claims[at];
    return isDisclosed(claim) && was !== undefined && !isDisclosed(was) ? [at] : [];
  });
}

function addEdges(tx: WriteDb, rid: number, record: AnyRecord, unsettled: Unsettled): void {
  addFileEdges(tx, rid, record);
  for (const target of record.supersedes) {
    run(tx, 'INSERT INTO supersessions (target, by) VALUES (?, ?)', hexBytes(target), rid);
    unsettled.ids.add(target);
  }
  if (record.kind === 'permission') addPermissionEdges(tx, rid, record);
  if (record.kind !== 'retract') return;
  for (const target of record.targets) {
    run(tx, 'INSERT INTO retractions (target, by, action) VALUES (?, ?, ?)', hexBytes(target), rid, record.action);
    unsettled.ids.add(target);
  }
  if (record.action === 'erase') unsettled.erasures.add(rid);
}

const IdRow = z.object({ id: z.instanceof(Uint8Array) });

export const ERASER = `SELECT r.id FROM retractions x CROSS JOIN records r ON r.rid = x.by
  WHERE x.target = ? AND x.action = 'erase' AND r.author = ? ORDER BY r.id LIMIT 1`;

/** The `retract` that makes a record of this author unwelcome; undefined when there is none. */
function findEraser(tx: WriteDb, id: Uint8Array, author: number): Uint8Array | undefined {
  return readOne(tx, IdRow, ERASER, id, author)?.id;
}
