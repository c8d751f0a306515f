import { createHmac, timingSafeEqual } from 'node:crypto';
import { vaultKey, withKey } from './keys.ts';

/** docs/formats/salvage.md W12: only who can open the vault can have written a salvage file of it; sealing it takes no more than the agency's card. */

type Of = { readonly vault: string; readonly masterKey: Uint8Array };

/** The code for a file whose lines have this digest (W8). */
export function salvageMac({ vault, masterKey }: Of, digest: string): string {
  return withKey(vaultKey(masterKey, vault, 'chirograph/vault-salvage/v1'), (key) =>
    createHmac('sha256', key).update(digest).digest('hex'),
  );
}

export function isSalvageMac(of: Of, digest: string, mac: string): boolean {
  const [wanted, found] = [Buffer.from(salvageMac(of, digest)), Buffer.from(mac)];
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}
