import { existsSync, readdirSync, rmSync } from 'node:fs';
import { failure } from '../../src-shared/errors.ts';
import type { Progress } from '../store/copy-rows.ts';
import { beginEpoch } from '../store/epoch.ts';
import { requireWhole } from '../store/prove-in-steps.ts';
import { write } from '../store/store.ts';
import { makeAside, settleAside } from './aside.ts';
import {
  fileKey,
  openBackupChunk,
  openingLength,
  parseOpening,
  PREFIX_LENGTH,
  SEALED_LENGTH,
} from './backup-format.ts';
import type { BackupSlot, Contents, Opening } from './backup-format.ts';
import { vaultKey, withKey } from './keys.ts';
import { closeVault, openWithMasterKey } from './open-vault.ts';
import type { Credentials } from './open-vault.ts';
import { slotKeyOfPassphrase } from './passphrase.ts';
import { readRecoveryKey } from './recovery-key.ts';
import { restoreInto } from './restore-sink.ts';
import type { RestoreSink } from './restore-sink.ts';
import { openSlot } from './slots.ts';

/** A vault on its way out of a backup (docs/formats/backup.md §4). End it with `finish` or `cancel`. */
export type Restore = {
  /** The next bytes of the file, after those it was begun with. Throws `backup.damaged`, `vault.disk-full`; nothing is left then. */
  append(bytes: Uint8Array): void;
  /** U21–U23: proves everything, and only then gives the vault its name. Throws what unlocking throws, and `backup.damaged`. */
  finish(progress: Progress): Promise<Restored>;
  cancel(): void;
};

export type Restored = {
  readonly agency: string;
  /** When the backup was made, and the sequence of the store in it. */
  readonly created: string;
  readonly sequence: number;
};

type State = {
  readonly dir: string;
  readonly folder: string;
  readonly opening: Opening;
  readonly slot: string;
  readonly masterKey: Uint8Array;
  readonly key: Uint8Array;
  readonly sink: RestoreSink;
  readonly now: () => Date;
  number: number;
  pending: Buffer;
};

/**
 * Begins with the first bytes of the file, which must hold its opening. Throws `backup.malformed`, `backup.newer-version`, `vault.exists`,
 * `vault.wrong-passphrase`, `vault.wrong-recovery-key`, `vault.recovery-key-typo`, `vault.kdf-out-of-range`.
 */
export async function beginRestore(
  dir: string,
  first: Uint8Array,
  credentials: Credentials,
  { now }: { readonly now: () => Date },
): Promise<Restore> {
  if (existsSync(dir) && readdirSync(dir).length > 0) throw failure('vault.exists', {});
  const end = PREFIX_LENGTH + openingLength(first.subarray(0, PREFIX_LENGTH));
  if (first.length < end) throw failure('backup.malformed', { rule: 'U2' });
  const opening = parseOpening(first.subarray(PREFIX_LENGTH, end));
  const { slot, masterKey } = await findMasterKey(opening, credentials);
  const key = withKey(vaultKey(masterKey, opening.vault, 'chirograph/vault-backup/v1'), (backupKey) =>
    fileKey(backupKey, opening.salt, first.subarray(0, end)),
  );
  const folder = makeAside(dir);
  const sink = restoreInto(folder);
  const state: State = {
    dir,
    folder,
    opening,
    slot,
    masterKey,
    key,
    sink,
    now,
    number: 0,
    pending: Buffer.alloc(0),
  };
  const restore = restoreOf(state);
  restore.append(first.subarray(end));
  return restore;
}

function restoreOf(state: State): Restore {
  const cancel = (): void => {
    state.sink.close();
    state.key.fill(0);
    state.masterKey.fill(0);
    rmSync(state.folder, { recursive: true, force: true });
  };
  return {
    append(bytes) {
      try {
        takeSealed(state, bytes);
      } catch (error) {
        cancel();
        throw error;
      }
    },
    async finish(progress) {
      try {
        state.sink.take(openBackupChunk(state.key, state.number, true, state.pending));
        return await settle(state, state.sink.finish(), progress);
      } finally {
        cancel();
      }
    },
    cancel,
  };
}

/** U5: a chunk is opened when it is known that another one follows. */
function takeSealed(state: State, bytes: Uint8Array): void {
  state.pending = Buffer.concat([state.pending, bytes]);
  let at = 0;
  while (state.pending.length - at > SEALED_LENGTH) {
    state.sink.take(openBackupChunk(state.key, state.number, false, state.pending.subarray(at, at + SEALED_LENGTH)));
    state.number += 1;
    at += SEALED_LENGTH;
  }
  state.pending = Buffer.from(state.pending.subarray(at));
}

/** U21–U23, in the folder aside; then the folder gets its name. */
async function settle(state: State, { sequence }: Contents, progress: Progress): Promise<Restored> {
  const { dir, folder, opening, slot, masterKey, now } = state;
  const { created, vault: id } = opening;
  const vault = await openWithMasterKey(folder, { id, slot, masterKey: masterKey.slice() }, { now, progress });
  try {
    await requireWhole(vault.store, 'U21', progress);
    const at = now();
    const note = { actor: vault.user, role: vault.role, action: 'vault.restored', at: at.toISOString() };
    write(vault.store, { ...note, details: { created, sequence } }, (tx) => beginEpoch(tx, at));
  } finally {
    closeVault(vault);
  }
  settleAside(folder, dir);
  return { agency: vault.agency.name, created, sequence };
}

type FoundKey = { readonly slot: string; readonly masterKey: Uint8Array };

/** U3. */
async function findMasterKey({ vault, slots }: Opening, credentials: Credentials): Promise<FoundKey> {
  for (const slot of slots) {
    const slotKey = await slotKeyFor(slot, credentials);
    if (slotKey === undefined) continue;
    const masterKey = withKey(slotKey, (key) => openSlot(vault, slot, key)?.masterKey);
    if (masterKey !== undefined) return { slot: slot.id, masterKey };
  }
  throw 'recoveryKey' in credentials ? failure('vault.wrong-recovery-key', {}) : failure('vault.wrong-passphrase', {});
}

async function slotKeyFor(slot: BackupSlot, credentials: Credentials): Promise<Uint8Array | undefined> {
  if ('recoveryKey' in credentials)
    return slot.kind === 'recovery' ? readRecoveryKey(credentials.recoveryKey) : undefined;
  return slot.kind === 'passphrase' ? slotKeyOfPassphrase(credentials.passphrase, slot.kdf) : undefined;
}
