import { z } from 'zod';
import { fromHex, toHex, writeHex } from '../../src-shared/crypto/hash.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import { readAll, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { removeQuarantine } from './quarantine.ts';
import { setManifestVerdict } from './streams.ts';

/** What is erased while it waits, or was erased before it comes: docs/formats/vault.md V103, V104. */

export type HeldBy = { readonly id: RecordId; readonly author: AgencyId };

const ID = 32;
/** Bytes of one record in what `quarantine_contents` keeps. */
export const ENTRY = 64;

const WaitingRow = z.object({ manifest: z.instanceof(Uint8Array), held: z.instanceof(Uint8Array).nullable() });
const UidRow = z.object({ uid: z.instanceof(Uint8Array) });
const WAITING = `SELECT q.manifest, c.held FROM quarantine q LEFT JOIN quarantine_contents c ON c.manifest = q.manifest ORDER BY q.manifest`;

/**
 * V103: drops the waiting bundles that hold one of these records of this author. A bundle of which nobody knows what it holds, because an older
 * program put it there, is dropped as well.
 */
export function withdrawWaiting(tx: WriteDb, author: number, targets: readonly Uint8Array[]): void {
  const waiting = readAll(tx, WaitingRow, WAITING);
  if (waiting.length === 0 || targets.length === 0) return;
  const uid = readOne(tx, UidRow, 'SELECT uid FROM agencies WHERE id = ?', author)?.uid ?? new Uint8Array();
  const wanted = new Set(targets.map((id) => toHex(id) + toHex(uid)));
  for (const { manifest, held } of waiting) {
    if (held !== null && !holdsAny(held, wanted)) continue;
    const hash = toHex(manifest);
    removeQuarantine(tx, hash);
    setManifestVerdict(tx, 'in', hash, 'withdrawn');
    tx.change.withdrawn.push(hash);
    tx.change.hasErased = true;
  }
}

/** Contents of a bundle, or some of them, as `quarantine_contents` keeps them. */
export function encodeContents(contents: readonly HeldBy[]): Uint8Array {
  const bytes = new Uint8Array(contents.length * ENTRY);
  const authors = new Map<AgencyId, Uint8Array>();
  for (const [at, { id, author }] of contents.entries()) {
    const known = authors.get(author) ?? fromHex(author);
    authors.set(author, known);
    writeHex(id, bytes, at * ENTRY);
    bytes.set(known, at * ENTRY + ID);
  }
  return bytes;
}

const ErasureRow = z.object({ target: z.instanceof(Uint8Array), uid: z.instanceof(Uint8Array) });
const ERASURES = `SELECT x.target, a.uid FROM retractions x CROSS JOIN records r ON r.rid = x.by CROSS JOIN agencies a ON a.id = r.author
  WHERE x.action = 'erase'`;

/** V104: tells of a record whether its author has erased it, whether it was ever held here or not. Reads O(erasures), once. */
export function erasures(db: ReadDb): (one: HeldBy) => boolean {
  const erased = new Set(readAll(db, ErasureRow, ERASURES).map(({ target, uid }) => toHex(target) + toHex(uid)));
  return erased.size === 0 ? () => false : ({ id, author }) => erased.has(id + author);
}

const WithdrawnRow = ErasureRow.extend({ action: z.enum(['correct', 'suppress']) });
const WITHDRAWN = `SELECT x.target, a.uid, x.action FROM retractions x CROSS JOIN records r ON r.rid = x.by CROSS JOIN agencies a ON a.id = r.author
  WHERE x.action IN ('correct', 'suppress')`;

export type Withdrawn = z.infer<typeof WithdrawnRow>['action'];

/** Tells of a record how its author has withdrawn it without erasing it, whether it was ever held here or not. Reads O(withdrawals), once. */
export function withdrawals(db: ReadDb): (one: HeldBy) => Withdrawn | undefined {
  const withdrawn = new Map<string, Withdrawn>();
  for (const { target, uid, action } of readAll(db, WithdrawnRow, WITHDRAWN)) {
    const key = toHex(target) + toHex(uid);
    if (withdrawn.get(key) !== 'suppress') withdrawn.set(key, action);
  }
  return withdrawn.size === 0 ? () => undefined : ({ id, author }) => withdrawn.get(id + author);
}

function holdsAny(held: Uint8Array, wanted: ReadonlySet<string>): boolean {
  for (let at = 0; at + ENTRY <= held.length; at += ENTRY) {
    if (wanted.has(toHex(held.subarray(at, at + ENTRY)))) return true;
  }
  return false;
}
