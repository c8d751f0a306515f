import { fromHex, hashFor, joinBytes, portableHashInto, toHex } from '../crypto/hash.ts';
import type { HashInto } from '../crypto/hash.ts';
import type { AgencyId, RecordId, SubjectId } from '../domain/ids.ts';

/** docs/formats/compare.md §2: the tree over what two agencies told each other in a case. */

/** M3: one record of the set. */
export type Entry = {
  readonly id: RecordId;
  /** How many of its claims are withheld. */
  readonly withheld: number;
};

/** Whose set, and in which case (M5). */
export type Compared = { readonly case: SubjectId; readonly agencies: readonly [AgencyId, AgencyId] };

/** The nodes of all ranges of ids of one depth, in order, and what follows from them. */
export type Heads = { readonly depth: number; readonly nodes: Uint8Array; readonly digest: string };

/** M10: entries that a range holds, about. */
const ENTRIES_A_RANGE = 16;
export const MAX_DEPTH = 16;
const LENGTH = 32;
/** Entries that are hashed between two pauses: some milliseconds. */
const ENTRIES_A_SLICE = 4096;

/** M10. */
export function depthFor(size: number): number {
  const depth = Math.ceil(Math.log2(Math.max(size, 1) / ENTRIES_A_RANGE));
  return Math.min(Math.max(depth, 0), MAX_DEPTH);
}

/** The number of the range of one depth that an id is in. */
export function rangeOf(id: RecordId, depth: number): number {
  return depth === 0 ? 0 : Number.parseInt(id.slice(0, 8), 16) >>> (32 - depth);
}

/** M6, M7, M10 of entries in ascending order of their ids, with pauses. O(entries). */
export function* headsInSteps(
  compared: Compared,
  entries: readonly Entry[],
  depth: number,
  hashInto: HashInto = portableHashInto,
): Generator<void, Heads, undefined> {
  const tree = treeOver(compared, hashInto);
  const nodes = new Uint8Array(LENGTH * 2 ** depth);
  for (let from = 0, paused = 0; from < entries.length;) {
    const range = rangeOf(entries[from]?.id ?? ('' as RecordId), depth);
    let to = from + 1;
    while (to < entries.length && rangeOf(entries[to]?.id ?? ('' as RecordId), depth) === range) to += 1;
    nodes.set(tree.node(entries, from, to, depth), range * LENGTH);
    if (to - paused >= ENTRIES_A_SLICE) {
      paused = to;
      yield;
    }
    from = to;
  }
  return { depth, nodes, digest: digestOf(compared, entries.length, nodes, hashInto) };
}

/** M7, from the nodes of any depth. */
export function digestOf(
  compared: Compared,
  size: number,
  nodes: Uint8Array,
  hashInto: HashInto = portableHashInto,
): string {
  const { key, join } = treeOver(compared, hashInto);
  let level = Array.from({ length: nodes.length / LENGTH }, (_, i) => nodes.subarray(i * LENGTH, (i + 1) * LENGTH));
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, i) => join(below[2 * i] ?? EMPTY, below[2 * i + 1] ?? EMPTY));
  }
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, size);
  return toHex(hashFor('chirograph/comparison-digest/v1')(key, count, level[0] ?? EMPTY));
}

/** M11: the ranges whose nodes differ, ascending. */
export function differingRanges(one: Uint8Array, other: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at < Math.max(one.length, other.length); at += LENGTH) {
    for (let i = at; i < at + LENGTH; i += 1) {
      if (one[i] === other[i]) continue;
      found.push(at / LENGTH);
      break;
    }
  }
  return found;
}

const EMPTY = new Uint8Array(LENGTH);

function treeOver({ case: of, agencies }: Compared, hashInto: HashInto) {
  const [low, high] = agencies.toSorted();
  const subject = fromHex(of.replaceAll('-', ''));
  const key = hashFor('chirograph/comparison/v1')(subject, fromHex(low ?? ''), fromHex(high ?? ''));
  const hash = (input: Uint8Array): Uint8Array => {
    const into = new Uint8Array(LENGTH);
    hashInto(input, into, 0);
    return into;
  };
  const leaf = ({ id, withheld }: Entry): Uint8Array => {
    const input = joinBytes(LEAF, key, fromHex(id), new Uint8Array(4));
    new DataView(input.buffer).setUint32(input.length - 4, withheld);
    return hash(input);
  };
  const join = (left: Uint8Array, right: Uint8Array): Uint8Array => {
    if (isEmpty(left)) return right;
    return isEmpty(right) ? left : hash(joinBytes(NODE, left, right));
  };
  /** Of the entries `from` to `to`, which agree in their first bits. */
  const node = (entries: readonly Entry[], from: number, to: number, bits: number): Uint8Array => {
    const first = entries[from];
    if (first === undefined || from >= to) return EMPTY;
    if (to - from === 1) return leaf(first);
    let middle = from;
    while (middle < to && !hasBit(entries[middle]?.id ?? '', bits)) middle += 1;
    return join(node(entries, from, middle, bits + 1), node(entries, middle, to, bits + 1));
  };
  return { key, join, node };
}

const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

function isEmpty(node: Uint8Array): boolean {
  return node.every((byte) => byte === 0);
}

/** Of the bits of a hash, highest first. */
function hasBit(hex: string, bit: number): boolean {
  return ((Number.parseInt(hex[bit >> 2] ?? '0', 16) >> (3 - (bit & 3))) & 1) === 1;
}
