import { areEqual, portableHashInto, sha256, toHex, writeHex } from './hash.ts';
import type { HashInto } from './hash.ts';
import { runThrough } from './steps.ts';

const LENGTH = 32;

/**
 * The Merkle tree of RFC 6962 §2.1 over SHA-256: `leaf = H(0x00 ‖ data)`, `node = H(0x01 ‖ left ‖ right)`, split at the largest power of
 * two below the size. docs/formats/bundle.md A2, A3. A lone leaf climbs unchanged, so pairing level by level gives the same tree.
 */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  return rootOf(
    leaves.map((leaf) => leafHash(leaf)),
    portableHashInto,
  );
}

/**
 * A2: the root, in hex, over leaves that are hashes themselves, in hex: the same tree, each level written over the one below it. O(n), and 32
 * bytes a leaf.
 */
export function rootOfHashes(hashes: readonly string[], hashInto: HashInto = portableHashInto): string {
  return runThrough(rootOfHashesInSteps(hashes, hashInto));
}

/** So many hashes are made between two pauses: some milliseconds. */
const HASHES_A_SLICE = 8192;

/** `rootOfHashes` with pauses. */
export function* rootOfHashesInSteps(
  hashes: readonly string[],
  hashInto: HashInto = portableHashInto,
): Generator<void, string, undefined> {
  if (hashes.length === 0) return toHex(sha256());
  const level = new Uint8Array(hashes.length * LENGTH);
  const leaf = new Uint8Array(1 + LENGTH);
  const node = new Uint8Array(1 + 2 * LENGTH);
  node[0] = 1;
  for (let i = 0; i < hashes.length; i += 1) {
    writeHex(hashes[i] ?? '', leaf, 1);
    hashInto(leaf, level, i * LENGTH);
    if (i % HASHES_A_SLICE === HASHES_A_SLICE - 1) yield;
  }
  for (let size = hashes.length; size > 1; size = Math.ceil(size / 2)) {
    for (let i = 0; i + 1 < size; i += 2) {
      const at = i * LENGTH;
      for (let k = 0; k < 2 * LENGTH; k += 1) node[1 + k] = level[at + k] ?? 0;
      hashInto(node, level, (i / 2) * LENGTH);
      if (i % (2 * HASHES_A_SLICE) === 2 * HASHES_A_SLICE - 2) yield;
    }
    if (size % 2 === 1) level.copyWithin(((size - 1) / 2) * LENGTH, (size - 1) * LENGTH, size * LENGTH);
  }
  return toHex(level.subarray(0, LENGTH));
}

/** Audit path of one leaf, leaf to root (RFC 6962 §2.1.1). O(n). */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let level = leaves.map((leaf) => leafHash(leaf));
  for (let at = index; level.length > 1; at = Math.floor(at / 2)) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    if (sibling !== undefined) path.push(sibling);
    level = pairUp(level, portableHashInto);
  }
  return path;
}

/** RFC 9162 §2.1.3.2. */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let hash = leafHash(leaf);
  for (const sibling of path) {
    if (last === 0 || sibling.length !== 32) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && areEqual(hash, root);
}

/** A3: hashes of the largest subtrees without any of these leaves, left to right. `indices` ascending and distinct. O(n). */
export function subsetProof(
  leaves: readonly Uint8Array[],
  indices: readonly number[],
  hashInto: HashInto = portableHashInto,
): Uint8Array[] {
  const hashes = leaves.map((leaf) => leafHash(leaf, hashInto));
  const proof: Uint8Array[] = [];
  const walk = (start: number, size: number, from: number, to: number): void => {
    if (from === to) proof.push(rootOf(hashes.slice(start, start + size), hashInto));
    else if (to - from < size) {
      const [left, middle] = halves(indices, start, size, from, to);
      walk(start, left, from, middle);
      walk(start + left, size - left, middle, to);
    }
  };
  walk(0, leaves.length, 0, indices.length);
  return proof;
}

/** A3 from audit paths, for who holds some leaves but not all: `paths[i]` is that of leaf `indices[i]`. O(k log n). */
export function subsetProofFromPaths(
  size: number,
  indices: readonly number[],
  paths: readonly (readonly Uint8Array[])[],
): Uint8Array[] {
  const proof: Uint8Array[] = [];
  // the sibling of a subtree at some depth is on the path of every leaf of that subtree, counted from the root
  const takeSibling = (position: number, depth: number): void => {
    const hash = paths[position]?.at(-1 - depth);
    if (hash !== undefined) proof.push(hash);
  };
  const walk = (start: number, length: number, from: number, to: number, depth: number): void => {
    if (length === 1) return;
    const [left, middle] = halves(indices, start, length, from, to);
    if (middle === from) takeSibling(from, depth);
    else walk(start, left, from, middle, depth + 1);
    if (middle === to) takeSibling(from, depth);
    else walk(start + left, length - left, middle, to, depth + 1);
  };
  walk(0, size, 0, indices.length, 0);
  return proof;
}

/** A3 checked: the root, or undefined when leaves, numbers and hashes do not fit together. O(k log n). */
export function rootOfSubset(
  size: number,
  indices: readonly number[],
  leaves: readonly Uint8Array[],
  proof: readonly Uint8Array[],
  hashInto: HashInto = portableHashInto,
): Uint8Array | undefined {
  return foldSubset({ size, indices, leaves, proof, hashInto }, () => undefined);
}

/** The audit path (A3) of each of these leaves, leaf to root; call it only with a proof that gave the right root. O(k log n). */
export function pathsOfSubset(
  size: number,
  indices: readonly number[],
  leaves: readonly Uint8Array[],
  proof: readonly Uint8Array[],
  hashInto: HashInto = portableHashInto,
): Uint8Array[][] {
  const paths = indices.map((): Uint8Array[] => []);
  foldSubset({ size, indices, leaves, proof, hashInto }, (from, to, sibling) => {
    for (let position = from; position < to; position += 1) paths[position]?.push(sibling);
  });
  return paths;
}

type Subset = {
  readonly size: number;
  readonly indices: readonly number[];
  readonly leaves: readonly Uint8Array[];
  readonly proof: readonly Uint8Array[];
  readonly hashInto: HashInto;
};

function foldSubset(
  { size, indices, leaves, proof, hashInto }: Subset,
  onSibling: (from: number, to: number, sibling: Uint8Array) => void,
): Uint8Array | undefined {
  if (!areLeafNumbers(indices, size) || indices.length !== leaves.length) return undefined;
  let used = 0;
  const walk = (start: number, length: number, from: number, to: number): Uint8Array | undefined => {
    if (from === to) {
      used += 1;
      return proof[used - 1];
    }
    const leaf = length === 1 ? leaves[from] : undefined;
    if (leaf !== undefined) return leafHash(leaf, hashInto);
    const [leftLength, middle] = halves(indices, start, length, from, to);
    const left = walk(start, leftLength, from, middle);
    const right = walk(start + leftLength, length - leftLength, middle, to);
    if (left === undefined || right === undefined) return undefined;
    onSibling(from, middle, right);
    onSibling(middle, to, left);
    return nodeHash(left, right, hashInto);
  };
  const root = walk(0, size, 0, indices.length);
  return used === proof.length ? root : undefined;
}

function areLeafNumbers(indices: readonly number[], size: number): boolean {
  if (indices.length === 0) return false;
  return indices.every((index, i) => Number.isSafeInteger(index) && index < size && index > (indices[i - 1] ?? -1));
}

/** Length of the left half of a subtree, and the position of the first leaf number in its right half. */
function halves(
  indices: readonly number[],
  start: number,
  length: number,
  from: number,
  to: number,
): readonly [left: number, middle: number] {
  const left = 2 ** (31 - Math.clz32(length - 1));
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((indices[middle] ?? Number.POSITIVE_INFINITY) < start + left) low = middle + 1;
    else high = middle;
  }
  return [left, low];
}

function rootOf(hashes: readonly Uint8Array[], hashInto: HashInto): Uint8Array {
  let level = hashes;
  while (level.length > 1) level = pairUp(level, hashInto);
  const [root] = level;
  if (root === undefined) throw new Error('a subtree has at least one leaf');
  return root;
}

function pairUp(level: readonly Uint8Array[], hashInto: HashInto): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i];
    const right = level[i + 1];
    if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right, hashInto));
  }
  return above;
}

/** A2. */
export function leafHash(data: Uint8Array, hashInto: HashInto = portableHashInto): Uint8Array {
  const input = new Uint8Array(1 + data.length);
  input.set(data, 1);
  return hashOf(input, hashInto);
}

/** A2. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hashInto: HashInto = portableHashInto): Uint8Array {
  const input = new Uint8Array(1 + 2 * LENGTH);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + LENGTH);
  return hashOf(input, hashInto);
}

function hashOf(input: Uint8Array, hashInto: HashInto): Uint8Array {
  const hash = new Uint8Array(LENGTH);
  hashInto(input, hash, 0);
  return hash;
}
