import type { RandomBytes } from '../../src-shared/crypto/hash.ts';

const POOL = 8192;

/**
 * The same random bytes, drawn many at a time: a call of the generator costs more than a salt is long. Each byte is handed out once, as a view
 * that the taker must not keep; for salts and ids, never for keys.
 */
export function pooled(randomBytes: RandomBytes): RandomBytes {
  let pool: Uint8Array = new Uint8Array();
  let used = 0;
  return (length) => {
    if (length > POOL) return randomBytes(length);
    if (used + length > pool.length) {
      pool = randomBytes(POOL);
      used = 0;
    }
    used += length;
    return pool.subarray(used - length, used);
  };
}
