import { failure } from '../../src-shared/errors.ts';
import { loadArgon2id } from './argon2.ts';
import { requireCost } from './kdf.ts';
import type { Kdf } from './kdf.ts';

const LEAST_LENGTH = 8;

/** V12: throws `vault.weak-passphrase` for one that is too short to be one; it does not judge words. */
export function requireStrength(passphrase: string): void {
  const isBlank = passphrase.trim() === '';
  if (isBlank || Array.from(passphrase.normalize('NFC')).length < LEAST_LENGTH) {
    throw failure('vault.weak-passphrase', { least: LEAST_LENGTH });
  }
}

/** The slot key of a passphrase (docs/formats/vault.md §3). The caller overwrites it. */
export async function slotKeyOfPassphrase(passphrase: string, kdf: Kdf): Promise<Uint8Array> {
  requireCost(kdf);
  const secret = new TextEncoder().encode(passphrase.normalize('NFC'));
  try {
    const argon2id = await loadArgon2id();
    return await argon2id(secret, kdf);
  } finally {
    secret.fill(0);
  }
}
