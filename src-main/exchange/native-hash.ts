import { createHash, hash } from 'node:crypto';
import type { NewHash } from '../../src-shared/crypto/hash.ts';

/** `HashText` by Node's one-shot SHA-256, which takes the text as it is. */
export function hashText(text: string): string {
  return hash('sha256', text, 'hex');
}

/** `NewHash` by Node. */
export const newHash: NewHash = () => createHash('sha256');

const LENGTH = 32;
const ANSWER = Buffer.alloc(LENGTH);

/** `HashInto` by the same. A text of one character a byte is the cheapest answer that it gives: three times as cheap as an array. */
export function hashInto(bytes: Uint8Array, into: Uint8Array, at: number): void {
  ANSWER.write(hash('sha256', bytes, 'binary'), 'latin1');
  into.set(ANSWER, at);
}

/** Some bytes as a text of one character a byte. */
export function byteText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
