import { portableHashInto, sha256 } from './hash.ts';
import type { HashInto } from './hash.ts';
import { leafHash, nodeHash } from './merkle.ts';

/**
 * A tree of RFC 6962 §2.1 to which leaves are added at the end: the roots of the whole subtrees that it consists of, largest first, one for each
 * binary digit of its size that is 1. docs/formats/vault.md V61.
 */
export interface GrowingTree {
  readonly size: number;
  readonly subtrees: readonly Uint8Array[];
}

export const NO_LEAVES: GrowingTree = { size: 0, subtrees: [] };

/** With one leaf more. Two hashes on average. */
export function withLeaf(
  { size, subtrees }: GrowingTree,
  data: Uint8Array,
  hashInto: HashInto = portableHashInto,
): GrowingTree {
  const left = [...subtrees];
  let right = leafHash(data, hashInto);
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const before = left.pop();
    if (before !== undefined) right = nodeHash(before, right, hashInto);
  }
  return { size: size + 1, subtrees: [...left, right] };
}

/** The root of A2 over all leaves so far. O(log n). */
export function rootOfTree({ subtrees }: GrowingTree, hashInto: HashInto = portableHashInto): Uint8Array {
  const [last, ...before] = subtrees.toReversed();
  if (last === undefined) return sha256();
  return before.reduce((right, left) => nodeHash(left, right, hashInto), last);
}
