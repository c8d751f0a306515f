import { hash as nodeHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { fromHex, toHex } from '../../src-shared/crypto/hash.ts';
import { NO_LEAVES, rootOfTree, withLeaf } from '../../src-shared/crypto/growing-tree.ts';
import type { GrowingTree } from '../../src-shared/crypto/growing-tree.ts';
import { runThrough } from '../../src-shared/crypto/steps.ts';
import type { Step } from '../../src-shared/crypto/steps.ts';
import { failure } from '../../src-shared/errors.ts';
import { NO_AUDIT, continueChain, endOfChain } from './audit.ts';
import { HexColumn } from './columns.ts';
import { readAll, readOne } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { readHead } from './head-row.ts';
import type { AuditCheck } from './types.ts';

/** The audit log as a tree, and what partners know of it: docs/formats/vault.md V61, V62. */

export interface Checkpoint {
  readonly size: number;
  readonly root: string;
}

interface Known {
  readonly tree: GrowingTree;
  readonly hash: string;
}

/** How far the tree of an open store is known. A transaction that was rolled back may have been in it. */
const knownOf = new WeakMap<Database.Database, Known>();

const LeafRow = z.object({ seq: z.number(), hash: HexColumn });
const LEAF = 'SELECT seq, hash FROM audit WHERE seq = ?';
const LEAVES_FROM = 'SELECT seq, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT 512';

/** V61: O(new entries). Throws `vault.store-damaged` when the log does not end where the head says. */
export function treeHead(db: ReadDb): Checkpoint {
  runThrough(growTree(db));
  const known = knownOf.get(db.sqlite);
  const { audit } = readHead(db);
  if (known?.tree.size !== audit.size || known.hash !== audit.hash)
    throw failure('vault.store-damaged', { rule: 'V61' });
  return { size: audit.size, root: toHex(rootOfTree(known.tree, hashInto)) };
}

/** V61: the same work with pauses, for the first head of a long log: what was done of it stays done. */
export function* growTree(db: ReadDb): Generator<Step, void, undefined> {
  for (let known = stillKnown(db); ; known = stillKnown(db)) {
    const rows = readAll(db, LeafRow, LEAVES_FROM, known?.tree.size ?? 0);
    if (rows.length === 0) break;
    for (const { hash } of rows) known = { tree: withLeaf(known?.tree ?? NO_LEAVES, fromHex(hash), hashInto), hash };
    if (known === undefined) break;
    knownOf.set(db.sqlite, known);
    yield ['audit', known.tree.size, readHead(db).audit.size];
  }
}

/** The hash of an entry stands for all before it. */
function stillKnown(db: ReadDb): Known | undefined {
  const known = knownOf.get(db.sqlite);
  return known !== undefined && readOne(db, LeafRow, LEAF, known.tree.size)?.hash === known.hash ? known : undefined;
}

export type LogProof = AuditCheck & {
  /** Of the whole log; absent where it is broken. */
  readonly root?: string;
  /** What the log says of the checkpoint that was asked about. */
  readonly checkpoint?: 'same' | 'shorter' | 'other';
};

/** V60, V62: recomputes chain and tree from the first entry on, with pauses. What is entered meanwhile is proved too. */
export function* proveLog(db: ReadDb, checkpoint?: Checkpoint): Generator<Step, LogProof, undefined> {
  let tree = NO_LEAVES;
  let witnessed: string | undefined;
  const grow = (hash: string) => {
    tree = withLeaf(tree, fromHex(hash), hashInto);
    if (tree.size === checkpoint?.size) witnessed = toHex(rootOfTree(tree, hashInto));
  };
  let chain = NO_AUDIT;
  for (
    let further = continueChain(db, chain, grow);
    further.size > chain.size;
    further = continueChain(db, chain, grow)
  ) {
    chain = further;
    yield ['audit', chain.size, Math.max(chain.size, readHead(db).audit.size)];
  }
  const check = endOfChain(db, chain);
  return {
    ...check,
    ...(check.ok && { root: toHex(rootOfTree(tree, hashInto)) }),
    ...(checkpoint !== undefined && { checkpoint: answerTo(checkpoint, witnessed, check) }),
  };
}

/** Three times as fast as the portable one. */
function hashInto(bytes: Uint8Array, into: Uint8Array, at: number): void {
  into.set(nodeHash('sha256', bytes, 'buffer'), at);
}

function answerTo({ size, root }: Checkpoint, witnessed: string | undefined, { ok, entries }: AuditCheck) {
  if (ok && size > entries) return 'shorter';
  return witnessed === root ? 'same' : 'other';
}
