import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import type { WriteDb } from '../store/connection.ts';
import type { Progress } from '../store/copy-rows.ts';
import { heldAttachments } from '../store/attachments.ts';
import { renewStore } from '../store/renew-store.ts';
import type { FreeSpace } from '../store/room.ts';
import { dropOfficerKey, dropSuccessions, officerKeys } from '../store/own-keys.ts';
import { saveSetting } from '../store/settings.ts';
import { openStore, write } from '../store/store.ts';
import { withoutLog } from '../store/without-log.ts';
import type { AuditNote } from '../store/types.ts';
import { evidenceFolder, reencryptEvidence } from './evidence-folder.ts';
import type { EvidencePlace } from './evidence-folder.ts';
import { writeHeader } from './header-file.ts';
import type { Header } from './header.ts';
import { USUAL_KDF } from './kdf.ts';
import type { KdfCost } from './kdf.ts';
import { vaultKey, withKey } from './keys.ts';
import { resealed } from './officer-key.ts';
import type { OfficerSeat } from './officer-key.ts';
import { GENERATION } from './header-in-force.ts';
import { closeVault, storeKeys, storePlace } from './open-vault.ts';
import type { OpenVault } from './open-vault.ts';
import { printRecoveryKey } from './recovery-key.ts';
import { decideRenewal, finishRenewal, isRenewalDecided, prepareRenewal, removeUndecided } from './renewed-files.ts';
import { makePassphraseSlot, makeRecoverySlot } from './slots.ts';
import type { SigningSecrets } from './signing-secrets.ts';
import { signingOf } from './succession.ts';
import { findUser, ourHeader, requirePassphrase } from './users.ts';

export type Rotation = {
  /** Of the officer who has the vault open: proves who asks, and opens the vault again afterwards. */
  readonly passphrase: string;
  readonly kdf?: KdfCost;
  readonly randomBytes: RandomBytes;
  readonly now: () => Date;
  readonly progress: Progress;
  readonly free?: FreeSpace;
};

export type Rotated = { readonly opened: OpenVault; readonly recoveryKey: string; readonly removed: readonly string[] };

const KEY_LENGTH = 32;

/**
 * V137: gives an open vault a new master key: a new store, new evidence files, a new recovery key, and a slot for the officer who asks; the other
 * users' slots cannot be made without their passphrases and are gone. All or nothing; `vault` is closed when it succeeds. Throws
 * `vault.needs-officer`, `vault.wrong-passphrase`, `vault.no-room`, and what `progress` throws.
 */
export async function rotateVault(vault: OpenVault, rotation: Rotation): Promise<Rotated> {
  const signing = signingOf(vault);
  if (vault.openedBy !== 'passphrase' || signing === undefined) throw failure('vault.needs-officer', {});
  const old = ourHeader(vault);
  await requirePassphrase(old, findUser(old, vault.user), rotation.passphrase);
  const masterKey = rotation.randomBytes(KEY_LENGTH);
  const recovery = rotation.randomBytes(KEY_LENGTH);
  const { header, officer } = await newHeader(vault, old, { masterKey, recovery, signing }, rotation);
  const kept = new Set(header.slots.map(({ user }) => user));
  const removed = old.slots.map(({ user }) => user).filter((user) => !kept.has(user));
  await renew(vault, { header, officer, masterKey, removed }, rotation);
  const renewed = { ...vault, masterKey, officer, signing };
  try {
    // the old store's lock is kept until the new one has its place; Windows does not rename what is open
    if (process.platform === 'win32') closeVault(vault);
    finishRenewal(vault.dir);
  } finally {
    closeVault(vault);
  }
  return { opened: open(renewed), recoveryKey: withKey(recovery, printRecoveryKey), removed };
}

type NewKeys = { readonly masterKey: Uint8Array; readonly recovery: Uint8Array; readonly signing: SigningSecrets };

async function newHeader(
  vault: OpenVault,
  old: Header,
  keys: NewKeys,
  rotation: Rotation,
): Promise<{ readonly header: Header; readonly officer: OfficerSeat }> {
  const { passphrase, randomBytes, kdf } = rotation;
  const user = { user: vault.user, role: vault.role, passphrase, cost: kdf ?? USUAL_KDF };
  const own = await makePassphraseSlot(vault.vault, user, keys, randomBytes);
  const slots = [own.slot, makeRecoverySlot(vault.vault, keys.recovery, keys, randomBytes)];
  const officer = { slot: own.slot.id, user: vault.user, key: own.officerKey };
  return { header: { ...old, generation: old.generation + 1, slots }, officer };
}

type Renewed = {
  readonly header: Header;
  readonly officer: OfficerSeat;
  readonly masterKey: Uint8Array;
  readonly removed: readonly string[];
};

async function renew(vault: OpenVault, renewed: Renewed, rotation: Rotation): Promise<void> {
  const { dir } = vault;
  const { header, masterKey, removed } = renewed;
  const keys = storeKeys(masterKey, vault.vault);
  const note = noteBy(vault, rotation, removed);
  try {
    const folder = prepareRenewal(dir, 'rotation');
    await renewStore({
      ...rotation,
      source: vault.store.sqlite,
      from: storePlace(dir, vault.vault),
      headKey: vault.store.headKey,
      to: { database: join(folder, 'store.db'), sidecar: join(folder, 'head'), vault: vault.vault },
      keys,
      note,
      finish: (store) =>
        write(store, { ...note, action: 'vault.header-seen', details: {} }, (tx) => {
          saveSetting(tx, GENERATION, header.generation);
          renewKeys(tx, vault, renewed.officer, rotation);
        }),
    });
    await renewEvidence(vault, { dir: folder, vault: vault.vault, masterKey }, rotation);
    withKey(vaultKey(masterKey, vault.vault, 'chirograph/vault-header/v1'), (key) => writeHeader(folder, header, key));
    withoutLog(vault.store.sqlite, () => decideRenewal(dir, 'rotation'));
  } catch (error) {
    // what could not be taken back counts: nothing may be written to the old store any more (V134)
    if (isRenewalDecided(dir)) closeVault(vault);
    else removeUndecided(dir);
    masterKey.fill(0);
    throw error;
  } finally {
    keys.store.fill(0);
    keys.head.fill(0);
  }
}

/** V141, V143: every slot has the secrets as they are now; other officers' own keys went with their slots. */
function renewKeys(tx: WriteDb, vault: OpenVault, officer: OfficerSeat, { randomBytes }: Rotation): void {
  const save = vault.officer === undefined ? undefined : resealed(vault.store, vault.officer, officer, randomBytes);
  for (const { slot } of officerKeys(tx)) dropOfficerKey(tx, slot);
  save?.(tx);
  dropSuccessions(tx);
}

/** V137: every file whose bytes are whole; one that is missing or damaged stays what it is, and no key would change that. */
async function renewEvidence(vault: OpenVault, to: EvidencePlace, { randomBytes, progress }: Rotation): Promise<void> {
  const held = heldAttachments(vault.store);
  if (!existsSync(evidenceFolder(vault.dir))) return;
  mkdirSync(evidenceFolder(to.dir), { mode: 0o700 });
  for (const [done, file] of held.entries()) {
    const step = (): Promise<void> => progress('files', done, held.length);
    await step();
    try {
      await reencryptEvidence(vault, to, file, { randomBytes, step });
    } catch (error) {
      if (!isUnreadable(error)) throw error;
    }
  }
}

function isUnreadable(error: unknown): boolean {
  return (
    error instanceof ChirographError && (error.code === 'attachment.missing' || error.code === 'attachment.damaged')
  );
}

function noteBy({ user, role }: OpenVault, { now }: Rotation, removed: readonly string[]): AuditNote<void> {
  return { actor: user, role, action: 'vault.rotated', at: now().toISOString(), details: { removed: [...removed] } };
}

function open(vault: OpenVault): OpenVault {
  const keys = storeKeys(vault.masterKey, vault.vault);
  return { ...vault, store: withKey(keys.store, () => openStore(storePlace(vault.dir, vault.vault), keys)) };
}
