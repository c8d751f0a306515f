import type { Kdf } from './kdf.ts';

/** Argon2id version 0x13 (RFC 9106) by native code, or by WebAssembly where that cannot be loaded; both give the same bytes (tested). */

export type Argon2id = (secret: Uint8Array, kdf: Kdf) => Promise<Uint8Array>;

const KEY_LENGTH = 32;

/** The fastest implementation that this machine can load. */
export async function loadArgon2id(): Promise<Argon2id> {
  return (await loadNative()) ?? loadWasm();
}

/** @node-rs/argon2; undefined on a platform for which it has no binary. */
export async function loadNative(): Promise<Argon2id | undefined> {
  try {
    const { hashRaw } = await import('@node-rs/argon2');
    // its defaults are Argon2id and version 0x13; its enums are erased types and cannot be named here
    return async (secret, { m, t, p, salt }) =>
      hashRaw(secret, { memoryCost: m, timeCost: t, parallelism: p, salt, outputLen: KEY_LENGTH });
  } catch {
    return undefined;
  }
}

/** hash-wasm: four times slower, runs everywhere. */
export async function loadWasm(): Promise<Argon2id> {
  const { argon2id } = await import('hash-wasm');
  return async (secret, { m, t, p, salt }) =>
    argon2id({
      password: secret,
      salt,
      memorySize: m,
      iterations: t,
      parallelism: p,
      hashLength: KEY_LENGTH,
      outputType: 'binary',
    });
}
