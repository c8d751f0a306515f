import nacl from 'tweetnacl';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import type { Role } from '../store/types.ts';
import type { Box, PassphraseSlot, Slot } from './header.ts';
import { requireCost } from './kdf.ts';
import type { KdfCost } from './kdf.ts';
import { slotBoxKey, withKey } from './keys.ts';
import { requireStrength, slotKeyOfPassphrase } from './passphrase.ts';
import { readSigning, writeSigning } from './signing-secrets.ts';
import type { SigningSecrets } from './signing-secrets.ts';

/** Boxes of docs/formats/vault.md V8–V11: the master key and, for officers, what signs for the agency. */

export type Secrets = { readonly masterKey: Uint8Array; readonly signing?: SigningSecrets };

/** A slot as a header or (without `signing`) a backup has it. */
export type SlotBoxes = { readonly id: string; readonly store: Box; readonly signing?: Box | undefined };

const ID_LENGTH = 16;

export type NewUser = {
  readonly user: string;
  readonly role: Role;
  readonly passphrase: string;
  readonly cost: KdfCost;
};

/** A slot that was just made, and the key of its officer's own box (V143), which only its passphrase makes again. */
export type MadeSlot = { readonly slot: PassphraseSlot; readonly officerKey: Uint8Array };

/** Throws `vault.weak-passphrase`, `vault.kdf-out-of-range`. An officer's slot needs the signing secrets to be given. */
export async function makePassphraseSlot(
  vault: string,
  { user, role, passphrase, cost }: NewUser,
  secrets: Secrets,
  randomBytes: RandomBytes,
): Promise<MadeSlot> {
  requireStrength(passphrase);
  requireCost(cost);
  const kdf = { ...cost, salt: randomBytes(ID_LENGTH) };
  const id = hexId(randomBytes);
  const slotKey = await slotKeyOfPassphrase(passphrase, kdf);
  return withKey(slotKey, (key) => {
    const held = role === 'officer' ? secrets : { masterKey: secrets.masterKey };
    const boxes = sealBoxes(key, vault, id, held, randomBytes);
    const slot = { id, kind: 'passphrase', user, role, kdf, ...boxes } as const;
    return { slot, officerKey: slotBoxKey(key, vault, id, 'chirograph/slot-officer/v1') };
  });
}

/** V8: the agency's own slot. */
export function makeRecoverySlot(
  vault: string,
  key: Uint8Array,
  secrets: Required<Secrets>,
  randomBytes: RandomBytes,
): Slot {
  const id = hexId(randomBytes);
  const { store, signing } = sealBoxes(key, vault, id, secrets, randomBytes);
  if (signing === undefined) throw new Error('recovery belongs to the agency');
  return { id, kind: 'recovery', user: 'recovery', role: 'officer', store, signing };
}

/** What a slot holds; undefined when the slot key is not its own. */
export function openSlot(vault: string, slot: SlotBoxes, slotKey: Uint8Array): Secrets | undefined {
  const masterKey = openBox(slot.store, slotBoxKey(slotKey, vault, slot.id, 'chirograph/slot-store/v1'));
  if (masterKey === undefined) return undefined;
  if (slot.signing === undefined) return { masterKey };
  const secret = openBox(slot.signing, slotBoxKey(slotKey, vault, slot.id, 'chirograph/slot-signing/v1'));
  if (secret === undefined) return undefined;
  return { masterKey, signing: withKey(secret, readSigning) };
}

function sealBoxes(
  slotKey: Uint8Array,
  vault: string,
  id: string,
  { masterKey, signing }: Secrets,
  randomBytes: RandomBytes,
): { store: Box; signing?: Box } {
  const store = sealBox(masterKey, slotBoxKey(slotKey, vault, id, 'chirograph/slot-store/v1'), randomBytes);
  if (signing === undefined) return { store };
  const key = slotBoxKey(slotKey, vault, id, 'chirograph/slot-signing/v1');
  return { store, signing: withKey(writeSigning(signing), (bytes) => sealBox(bytes, key, randomBytes)) };
}

/** V10. The key is overwritten. */
export function sealBox(secret: Uint8Array, boxKey: Uint8Array, randomBytes: RandomBytes): Box {
  const nonce = randomBytes(nacl.secretbox.nonceLength);
  return withKey(boxKey, (key) => ({ nonce, box: nacl.secretbox(new Uint8Array(secret), nonce, key) }));
}

/** V10: undefined when the key is another. The key is overwritten. */
export function openBox({ nonce, box }: Box, boxKey: Uint8Array): Uint8Array | undefined {
  if (nonce.length !== nacl.secretbox.nonceLength) return undefined;
  return withKey(boxKey, (key) => nacl.secretbox.open(box, nonce, key) ?? undefined);
}

function hexId(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(ID_LENGTH)).toString('hex');
}
