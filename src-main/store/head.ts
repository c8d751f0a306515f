import { hash } from 'node:crypto';
import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';
import { toHex } from '../../src-shared/crypto/hash.ts';
import type { Head } from './types.ts';

/** docs/formats/vault.md §7: a head is what tells an old page, file or log from the newest. */

const LANES = 8;
/** A lane sums numbers below 2^32; folded long before 2^53. */
const FOLD_AFTER = 1_000_000;
const MODULUS = 1n << 256n;

/** A sum modulo 2^256 in the making: lanes of 32 bits, and what was folded from them. */
export type ContentSum = { readonly key: Uint8Array; readonly lanes: Float64Array; pending: number; total: bigint };

export function newContentSum(key: Uint8Array): ContentSum {
  return { key, lanes: new Float64Array(LANES), pending: 0, total: 0n };
}

/** V51: the element of a record: what it is, what we may see of it, and whether it is live. */
export function recordElement(id: Uint8Array, state: string, body: string): Uint8Array {
  return sha256(Uint8Array.of(0), id, sha256(Buffer.from(body)), Buffer.from(state));
}

/** V51: the element of a row of another table that is not projection. */
export function rowElement(table: string, values: readonly unknown[]): Uint8Array {
  return sha256(Uint8Array.of(1), canonicalBytes([table, ...values]));
}

export function addElement(sum: ContentSum, element: Uint8Array): void {
  accumulate(sum, element, 1);
}

export function removeElement(sum: ContentSum, element: Uint8Array): void {
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
  return toHex(sha256(canonicalBytes(head)));
}

export const ZERO_HASH = '0'.repeat(64);
export const EMPTY_HEAD: Head = {
  sequence: 0,
  content: ZERO_HASH,
  audit: { size: 0, hash: ZERO_HASH },
  previous: ZERO_HASH,
};

/** One-shot hashing: seven times as fast as an HMAC a row, and safe because every input is exactly 64 bytes (SECURITY.md 3.10). */
function accumulate(sum: ContentSum, element: Uint8Array, sign: 1 | -1): void {
  const keyed = sha256(sum.key, element);
  const view = new DataView(keyed.buffer, keyed.byteOffset, keyed.byteLength);
  for (let lane = 0; lane < LANES; lane += 1) {
    sum.lanes[lane] = (sum.lanes[lane] ?? 0) + sign * view.getUint32(lane * 4);
  }
  sum.pending += 1;
  if (sum.pending === FOLD_AFTER) fold(sum);
}

function fold(sum: ContentSum): void {
  let value = 0n;
  for (const lane of sum.lanes) value = (value << 32n) + BigInt(lane);
  sum.total = (sum.total + value) % MODULUS;
  sum.lanes.fill(0);
  sum.pending = 0;
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return hash('sha256', parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts), 'buffer');
}
