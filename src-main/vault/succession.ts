import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import { successionsAfter } from '../store/own-keys.ts';
import type { BoxRow } from '../store/own-keys.ts';
import { isDamage } from '../store/prove.ts';
import type { Store } from '../store/store.ts';
import { changed } from './header.ts';
import { successionKey, withKey } from './keys.ts';
import { readSigning, writeSigning } from './signing-secrets.ts';
import type { SigningSecrets } from './signing-secrets.ts';
import { openBox, sealBox } from './slots.ts';

/** How officers come by the agency's new keys, whoever changed them: docs/formats/vault.md V141. */

export type VaultKeys = { readonly vault: string; readonly masterKey: Uint8Array };

/** What signs and unseals for the agency now, as a copy that the caller overwrites; undefined where whoever is here cannot sign. */
export function signingOf({ signing, store, ...keys }: SigningVault): SigningSecrets | undefined {
  if (signing === undefined) return undefined;
  return currentSecrets(store, { ...signing, seed: signing.seed.slice() }, keys);
}

type SigningVault = VaultKeys & { readonly signing?: SigningSecrets; readonly store: Store };

/** The secrets as they are now, from those that a slot held; these are overwritten where there are newer ones. */
export function currentSecrets(store: Store, held: SigningSecrets, keys: VaultKeys): SigningSecrets {
  let secrets = held;
  for (const { version, nonce, box } of readable(store, held.version)) {
    const next = openSuccession({ nonce, box }, secrets, keys);
    if (next === undefined || next.version !== version) throw changed('V141');
    secrets.seed.fill(0);
    secrets = next;
  }
  return secrets;
}

/** V141: the secrets of the next version, for whoever has the ones before and the vault. */
export function sealSuccession(
  next: SigningSecrets,
  before: SigningSecrets,
  { vault, masterKey }: VaultKeys,
  randomBytes: RandomBytes,
): BoxRow {
  const key = successionKey(before.seed, masterKey, vault, next.version);
  return withKey(writeSigning(next), (secret) => sealBox(secret, key, randomBytes));
}

/** What `sealSuccession` sealed; undefined when it was for other keys. */
export function openSuccession(
  row: BoxRow,
  before: SigningSecrets,
  { vault, masterKey }: VaultKeys,
): SigningSecrets | undefined {
  const secret = openBox(row, successionKey(before.seed, masterKey, vault, before.version + 1));
  return secret === undefined ? undefined : withKey(secret, readSigning);
}

/** A store that is opened for reading because it is damaged may have none that can be read. */
function readable(store: Store, version: number): ReturnType<typeof successionsAfter> {
  if (!store.isReadOnly) return successionsAfter(store, version);
  try {
    return successionsAfter(store, version);
  } catch (error) {
    if (isDamage(error)) return [];
    throw error;
  }
}
