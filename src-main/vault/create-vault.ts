import { existsSync, readdirSync } from 'node:fs';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import { failure } from '../../src-shared/errors.ts';
import { saveSetting } from '../store/settings.ts';
import { closeStore, createStore, openStore, write } from '../store/store.ts';
import { buildAside } from './aside.ts';
import { writeHeader } from './header-file.ts';
import type { Header, VaultAgency } from './header.ts';
import { USUAL_KDF } from './kdf.ts';
import type { KdfCost } from './kdf.ts';
import { vaultKey, withKey } from './keys.ts';
import type { OfficerSeat } from './officer-key.ts';
import { GENERATION } from './header-in-force.ts';
import { storeKeys, storePlace } from './open-vault.ts';
import type { OpenVault } from './open-vault.ts';
import { requireStrength } from './passphrase.ts';
import { printRecoveryKey } from './recovery-key.ts';
import { makePassphraseSlot, makeRecoverySlot } from './slots.ts';
import type { SigningSecrets } from './signing-secrets.ts';

export type NewVault = {
  /** The agency as its card says (opaque here), and what signs and unseals for it. */
  readonly agency: VaultAgency;
  readonly secrets: SigningSecrets;
  /** The first user, an exchange officer. */
  readonly user: string;
  readonly passphrase: string;
  readonly kdf?: KdfCost;
  readonly randomBytes: RandomBytes;
  readonly now: () => Date;
};

const KEY_LENGTH = 32;

/**
 * Makes a vault in a missing or empty folder (V1) and opens it. `recoveryKey` is shown once and never again. Throws `vault.exists`,
 * `vault.weak-passphrase`, `vault.disk-full`, `vault.read-only`.
 */
export async function createVault(
  dir: string,
  settings: NewVault,
): Promise<{ readonly recoveryKey: string; readonly opened: OpenVault }> {
  requireStrength(settings.passphrase);
  requireNothingAt(dir);
  const { randomBytes, user } = settings;
  const { card, ...agency } = settings.agency;
  const masterKey = randomBytes(KEY_LENGTH);
  const recovery = randomBytes(KEY_LENGTH);
  const signing = { ...settings.secrets, seed: settings.secrets.seed.slice() };
  const { header, officer } = await newHeader(settings, { masterKey, recovery, signing });
  buildAside(dir, (folder) => fill(folder, header, masterKey));
  const keys = storeKeys(masterKey, header.vault);
  const store = withKey(keys.store, () => openStore(storePlace(dir, header.vault), keys));
  const opened = {
    dir,
    vault: header.vault,
    agency,
    card,
    user,
    role: 'officer',
    openedBy: 'passphrase',
    signing,
    officer,
    masterKey,
    store,
  } as const;
  return { recoveryKey: withKey(recovery, printRecoveryKey), opened };
}

type NewKeys = {
  readonly masterKey: Uint8Array;
  readonly recovery: Uint8Array;
  readonly signing: SigningSecrets;
};

async function newHeader(
  settings: NewVault,
  { masterKey, recovery, signing }: NewKeys,
): Promise<{ readonly header: Header; readonly officer: OfficerSeat }> {
  const { agency, user, passphrase, randomBytes, now } = settings;
  const vault = Buffer.from(randomBytes(16)).toString('hex');
  const secrets = { masterKey, signing };
  const newUser = { user, role: 'officer', passphrase, cost: settings.kdf ?? USUAL_KDF } as const;
  const own = await makePassphraseSlot(vault, newUser, secrets, randomBytes);
  const slots = [own.slot, makeRecoverySlot(vault, recovery, secrets, randomBytes)];
  const header = { v: 1, vault, created: now().toISOString(), generation: 1, agency, slots } as const;
  return { header, officer: { slot: own.slot.id, user, key: own.officerKey } };
}

function fill(folder: string, header: Header, masterKey: Uint8Array): void {
  const keys = storeKeys(masterKey, header.vault);
  const [own] = header.slots;
  const note = {
    actor: own?.user ?? '',
    role: 'officer',
    action: 'vault.created',
    at: header.created,
    details: {},
  } as const;
  const store = withKey(keys.store, () => createStore(storePlace(folder, header.vault), keys, note));
  write(store, { ...note, action: 'vault.header-seen' }, (tx) => saveSetting(tx, GENERATION, header.generation));
  closeStore(store);
  withKey(vaultKey(masterKey, header.vault, 'chirograph/vault-header/v1'), (key) => writeHeader(folder, header, key));
}

function requireNothingAt(dir: string): void {
  if (existsSync(dir) && readdirSync(dir).length > 0) throw failure('vault.exists', {});
}
