import { hash } from 'node:crypto';
import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';
import { toHex } from '../../src-shared/crypto/hash.ts';
import type { Head } from './types.ts';

/** docs/formats/vault.md §7: a head is what tells an old page, file or log from the newest. */

const LANES = 8;
/** A lane sums numbers below 2^32; folded long before 2^53. */
const FOLD_AFTER = 1_000_000;
const MODULUS = 1n << 256n;
/** Of SHA-256; the key fills the first block, and stands at the beginning of the last. */
const BLOCK = 64;
const KEY_LENGTH = 32;
const END_OF_ELEMENT = 0x80;

/**
 * A sum modulo 2^256 in the making: lanes of 32 bits, and what was folded from them. `scratch` begins with the key; the input of each hash is
 * written behind it, because one call on one buffer costs a third of joining parts.
 */
export type ContentSum = {
  readonly key: Uint8Array;
  readonly lanes: Float64Array;
  scratch: Buffer;
  pending: number;
  total: bigint;
};

/** One thing that the content holds: a record or a row. */
export type Element = { readonly head: Uint8Array; readonly body: Uint8Array | string };

/** The sum of nothing. */
export function newContentSum(key: Uint8Array): ContentSum {
  return { key, lanes: new Float64Array(LANES), scratch: newScratch(key, 4096), pending: 0, total: 0n };
}

const STATES: ReadonlyMap<string, number> = new Map([
  ['live', 0],
  ['superseded', 1],
  ['retracted', 2],
  ['suppressed', 3],
]);

/** V51: the element of a record: what it is, whether it is live, and what we may see of it. */
export function recordElement(id: Uint8Array, state: string, body: Uint8Array | string): Element {
  const head = new Uint8Array(2 + id.length);
  head[1] = STATES.get(state) ?? 0xff;
  head.set(id, 2);
  return { head, body };
}

/** V51: the element of a row of another table that is not projection. */
export function rowElement(table: string, values: readonly unknown[]): Element {
  return { head: ROW, body: canonicalBytes([table, ...values]) };
}

const ROW = Uint8Array.of(1);

/** `addElement` of a live record, without making the element first: an import does this for every record. */
export function addLiveRecord(sum: ContentSum, id: Uint8Array, body: Uint8Array | string): void {
  const { scratch } = sum;
  scratch[BLOCK] = 0;
  scratch[BLOCK + 1] = 0;
  scratch.set(id, BLOCK + 2);
  add(sum, hash('sha256', closed(sum, BLOCK + 2 + id.length, body), 'binary'), 1);
}

/** Something came into the content. */
export function addElement(sum: ContentSum, element: Element): void {
  accumulate(sum, element, 1);
}

/** Something went out of the content. */
export function removeElement(sum: ContentSum, element: Element): void {
  accumulate(sum, element, -1);
}

/** The sum of a content (hex) and what changed in it. */
export function contentWith(content: string, sum: ContentSum): string {
  fold(sum);
  const total = (((BigInt(`0x${content}`) + sum.total) % MODULUS) + MODULUS) % MODULUS;
  return total.toString(16).padStart(64, '0');
}

/** SHA-256 of a head as JCS: what the next head names as `previous` (V50). */
export function headHash(head: Head): string {
  return toHex(hash('sha256', canonicalBytes(head), 'buffer'));
}

export const ZERO_HASH = '0'.repeat(64);
export const EMPTY_HEAD: Head = {
  sequence: 0,
  content: ZERO_HASH,
  audit: { size: 0, hash: ZERO_HASH },
  previous: ZERO_HASH,
};

/**
 * V51: SHA-256(key block ‖ element ‖ padding ‖ key). One hash an element; the key in blocks of its own at both ends makes it a message authentication code for
 * inputs of any length (K. Yasuda, "Sandwich" is indeed secure, ACISP 2007).
 */
function accumulate(sum: ContentSum, { head, body }: Element, sign: 1 | -1): void {
  sum.scratch.set(head, BLOCK);
  add(sum, hash('sha256', closed(sum, BLOCK + head.length, body), 'binary'), sign);
}

function add(sum: ContentSum, digest: string, sign: 1 | -1): void {
  for (let lane = 0, at = 0; lane < LANES; lane += 1, at += 4) {
    const high = digest.charCodeAt(at) * 0x1000000 + (digest.charCodeAt(at + 1) << 16);
    const value = high + (digest.charCodeAt(at + 2) << 8) + digest.charCodeAt(at + 3);
    sum.lanes[lane] = (sum.lanes[lane] ?? 0) + sign * value;
  }
  sum.pending += 1;
  if (sum.pending === FOLD_AFTER) fold(sum);
}

/** What is in the scratch up to `start`, the body, the padding and the key. */
function closed(sum: ContentSum, start: number, body: Uint8Array | string): Buffer {
  // a UTF-16 code unit is at most three bytes of UTF-8
  const needed = start + (typeof body === 'string' ? body.length * 3 : body.length) + 2 * BLOCK;
  if (needed > sum.scratch.length) {
    const larger = newScratch(sum.key, needed * 2);
    larger.set(sum.scratch.subarray(0, start));
    sum.scratch = larger;
  }
  const { scratch } = sum;
  let end = start;
  if (typeof body === 'string') end += scratch.write(body, start, 'utf8');
  else {
    scratch.set(body, start);
    end += body.length;
  }
  const last = Math.ceil((end + 1) / BLOCK) * BLOCK;
  scratch[end] = END_OF_ELEMENT;
  scratch.fill(0, end + 1, last);
  scratch.set(sum.key, last);
  return scratch.subarray(0, last + KEY_LENGTH);
}

/** Begins with the key in a block of its own. */
function newScratch(key: Uint8Array, length: number): Buffer {
  const scratch = Buffer.alloc(length);
  scratch.set(key);
  return scratch;
}

function fold(sum: ContentSum): void {
  let value = 0n;
  for (const lane of sum.lanes) value = (value << 32n) + BigInt(lane);
  sum.total = (sum.total + value) % MODULUS;
  sum.lanes.fill(0);
  sum.pending = 0;
}
