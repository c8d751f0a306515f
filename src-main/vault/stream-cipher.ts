import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * The STREAM construction over AES-256-GCM, as in age: Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance", CRYPTO 2015. Evidence files (vault.md V115) and backups (backup.md U5) are made of its chunks; no two share a key.
 */
export const TAG_LENGTH = 16;
const CIPHER = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_LENGTH };

/** Ciphertext ‖ tag. */
export function sealChunk(key: Uint8Array, number: number, isLast: boolean, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(CIPHER, key, nonceOf(number, isLast), OPTIONS);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when it is not this chunk of this key; nothing of it is handed out before its tag was compared. */
export function openChunk(
  key: Uint8Array,
  number: number,
  isLast: boolean,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const end = sealed.length - TAG_LENGTH;
  if (end < 0) return undefined;
  const decipher = createDecipheriv(CIPHER, key, nonceOf(number, isLast), OPTIONS);
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}

/** u88be number of the chunk ‖ 1 in the last chunk, else 0. */
function nonceOf(number: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
