import { hash as nodeHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { fromHex, toHex } from '../../src-shared/crypto/hash.ts';
import { NO_LEAVES, rootOfTree, withLeaf } from '../../src-shared/crypto/growing-tree.ts';
import type { GrowingTree } from '../../src-shared/crypto/growing-tree.ts';
import { failure } from '../../src-shared/errors.ts';
import { verifyAudit } from './audit.ts';
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
const LEAVES_FROM = 'SELECT seq, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT 1024';

/** V61: O(new entries). Throws `vault.store-damaged` when the log does not end where the head says. */
export function treeHead(db: ReadDb): Checkpoint {
  let known = stillKnown(db);
  for (;;) {
    const rows = readAll(db, LeafRow, LEAVES_FROM, known?.tree.size ?? 0);
    if (rows.length === 0) break;
    for (const { hash } of rows) known = { tree: withLeaf(known?.tree ?? NO_LEAVES, fromHex(hash), hashInto), hash };
  }
  const { audit } = readHead(db);
  if (known?.tree.size !== audit.size || known.hash !== audit.hash)
    throw failure('vault.store-damaged', { rule: 'V61' });
  knownOf.set(db.sqlite, known);
  return { size: audit.size, root: toHex(rootOfTree(known.tree, hashInto)) };
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

/** V60, V62: recomputes chain and tree from the first entry on. */
export function proveLog(db: ReadDb, checkpoint?: Checkpoint): LogProof {
  let tree = NO_LEAVES;
  let witnessed: string | undefined;
  const check = verifyAudit(db, (hash) => {
    tree = withLeaf(tree, fromHex(hash), hashInto);
    if (tree.size === checkpoint?.size) witnessed = toHex(rootOfTree(tree, hashInto));
  });
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
