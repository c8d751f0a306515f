import { hkdfSync } from 'node:crypto';

/** docs/formats/vault.md §3. Every key is 32 bytes; whoever asks for one overwrites it. */

const KEY_LENGTH = 32;

type SlotLabel = 'chirograph/slot-store/v1' | 'chirograph/slot-signing/v1' | 'chirograph/slot-officer/v1';
type VaultLabel =
  | 'chirograph/vault-store/v1'
  | 'chirograph/vault-header/v1'
  | 'chirograph/vault-head/v1'
  | 'chirograph/vault-attachment/v1'
  | 'chirograph/vault-backup/v1'
  | 'chirograph/vault-salvage/v1';

/** V11: the key of one box of one slot of one vault. */
export function slotBoxKey(slotKey: Uint8Array, vault: string, slot: string, label: SlotLabel): Uint8Array {
  return derive(slotKey, vault, Buffer.concat([Buffer.from(`${label}\n`), Buffer.from(slot, 'hex')]));
}

/** A key of the vault itself. */
export function vaultKey(masterKey: Uint8Array, vault: string, label: VaultLabel): Uint8Array {
  return derive(masterKey, vault, Buffer.from(label));
}

/** V141: what opens the secrets of a version for whoever has those of the version before, and the vault. */
export function successionKey(seed: Uint8Array, masterKey: Uint8Array, vault: string, version: number): Uint8Array {
  const info = Buffer.concat([Buffer.from('chirograph/vault-succession/v1\n'), Buffer.alloc(4)]);
  info.writeUInt32BE(version, info.length - 4);
  return withKey(Buffer.concat([seed, masterKey]), (secret) => derive(secret, vault, info));
}

/** Runs `work` with a key and overwrites it afterwards. */
export function withKey<T>(key: Uint8Array, work: (key: Uint8Array) => T): T {
  try {
    return work(key);
  } finally {
    key.fill(0);
  }
}

function derive(secret: Uint8Array, vault: string, info: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, Buffer.from(vault, 'hex'), info, KEY_LENGTH));
}
