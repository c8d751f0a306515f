import { createCipheriv, createDecipheriv, getCiphers, randomBytes } from 'node:crypto';
import type { FastPayload } from '../../src-shared/bundle/seal.ts';

const CIPHER = 'chacha20-poly1305';
const TAG_LENGTH = 16;
const OPTIONS = { authTagLength: TAG_LENGTH };
const CHUNK = 65_536;
const SEALED_CHUNK = CHUNK + TAG_LENGTH;
/** So many chunks between two pauses: 4 MiB, a few milliseconds. */
const CHUNKS_A_SLICE = 64;

/**
 * The payload of an age file by OpenSSL, thirty times as fast as in JavaScript; undefined where Node was built on a library without the cipher
 * (Electron's BoringSSL): there the portable one does it.
 */
export const fastPayload: FastPayload | undefined = getCiphers().includes(CIPHER)
  ? { randomBytes: (length) => new Uint8Array(randomBytes(length)), seal, open }
  : undefined;

function* seal(key: Uint8Array, plain: Uint8Array): Generator<void, Uint8Array, undefined> {
  const chunks = Math.max(1, Math.ceil(plain.length / CHUNK));
  const sealed = new Uint8Array(plain.length + chunks * TAG_LENGTH);
  for (let i = 0; i < chunks; i += 1) {
    const cipher = createCipheriv(CIPHER, key, nonceOf(i, i === chunks - 1), OPTIONS);
    const chunk = plain.subarray(i * CHUNK, (i + 1) * CHUNK);
    sealed.set(cipher.update(chunk), i * SEALED_CHUNK);
    cipher.final();
    sealed.set(cipher.getAuthTag(), i * SEALED_CHUNK + chunk.length);
    if (i % CHUNKS_A_SLICE === CHUNKS_A_SLICE - 1) yield;
  }
  return sealed;
}

function* open(key: Uint8Array, sealed: Uint8Array): Generator<void, Uint8Array, undefined> {
  const chunks = Math.ceil(sealed.length / SEALED_CHUNK);
  const last = sealed.length - (chunks - 1) * SEALED_CHUNK - TAG_LENGTH;
  if (chunks === 0 || last < 0 || (last === 0 && chunks > 1)) throw new RangeError('not the length of a payload');
  const plain = new Uint8Array(sealed.length - chunks * TAG_LENGTH);
  for (let i = 0; i < chunks; i += 1) {
    const chunk = sealed.subarray(i * SEALED_CHUNK, (i + 1) * SEALED_CHUNK);
    const end = chunk.length - TAG_LENGTH;
    const decipher = createDecipheriv(CIPHER, key, nonceOf(i, i === chunks - 1), OPTIONS);
    decipher.setAuthTag(chunk.subarray(end));
    plain.set(decipher.update(chunk.subarray(0, end)), i * CHUNK);
    decipher.final();
    if (i % CHUNKS_A_SLICE === CHUNKS_A_SLICE - 1) yield;
  }
  return plain;
}

/** u88be number of the chunk ‖ 1 in the last chunk, else 0. */
function nonceOf(number: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
