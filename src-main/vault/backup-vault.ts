import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import { failure } from '../../src-shared/errors.ts';
import { readHead } from '../store/head-row.ts';
import { onDisk, translated } from '../store/sqlite-errors.ts';
import { CHUNK_LENGTH, encodeContents, encodeOpening, fileKey, SEALED_LENGTH } from './backup-format.ts';
import { plainParts } from './backup-parts.ts';
import type { BackupFile } from './backup-parts.ts';
import { evidenceFolder } from './evidence-folder.ts';
import { vaultFiles } from './header-file.ts';
import { vaultKey, withKey } from './keys.ts';
import type { OpenVault } from './open-vault.ts';
import { sealChunk } from './stream-cipher.ts';
import { ourHeader } from './users.ts';

/** A backup that is being read (docs/formats/backup.md §3). End it whatever happens. */
export type Backup = {
  readonly created: string;
  /** The store's sequence that it holds. */
  readonly sequence: number;
  /** Bytes of the whole file. */
  readonly size: number;
  /** The next bytes: the opening, then chunk by chunk; undefined after the last. Throws `backup.disturbed` (U7). */
  next(): Uint8Array | undefined;
  /** Lets the log flow into the store again. */
  end(): void;
};

/**
 * Of one open vault. The descriptor on the store is kept until the store is closed: closing any descriptor of a file takes the locks of
 * the whole process from it (POSIX fcntl), and SQLite's with them.
 */
export type BackupSource = {
  /** Throws `backup.too-many-files`. */
  begin(circumstances: Circumstances): Backup;
  /** After the store was closed. */
  close(): void;
};

type Circumstances = { readonly randomBytes: RandomBytes; readonly now: () => Date };

const AUTOMATIC_CHECKPOINT = 1000;

/** Of one open vault; nothing is opened before `begin`. */
export function backupSource(vault: OpenVault): BackupSource {
  let descriptor: number | undefined;
  return {
    begin(circumstances) {
      descriptor ??= onDisk('reading', () => openSync(vaultFiles(vault.dir).database, 'r'));
      return beginBackup(vault, descriptor, circumstances);
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

function beginBackup(vault: OpenVault, descriptor: number, circumstances: Circumstances): Backup {
  holdLog(vault);
  try {
    return backupOf(vault, descriptor, circumstances);
  } catch (error) {
    releaseLog(vault);
    throw error;
  }
}

/** While the log is held. */
function backupOf(vault: OpenVault, descriptor: number, { randomBytes, now }: Circumstances): Backup {
  const { sequence } = readHead(vault.store);
  const created = now().toISOString();
  const salt = randomBytes(32);
  const opening = encodeOpening(ourHeader(vault), created, salt);
  const key = withKey(vaultKey(vault.masterKey, vault.vault, 'chirograph/vault-backup/v1'), (backupKey) =>
    fileKey(backupKey, salt, opening),
  );
  const files = filesOf(vault.dir, descriptor);
  const state = stateOf(descriptor);
  const sealed = sealedChunks(files, sequence, key);
  let isOpened = false;
  return {
    created,
    sequence,
    size: opening.length + sealedSize(files, sequence),
    next() {
      if (!isOpened) {
        isOpened = true;
        return opening;
      }
      const { value } = sealed.next();
      if (stateOf(descriptor) !== state) throw failure('backup.disturbed', {});
      return value ?? undefined;
    },
    end() {
      sealed.return();
      key.fill(0);
      releaseLog(vault);
    },
  };
}

/** U7: the log flows into the store, and from now on stays beside it. */
function holdLog({ store: { sqlite } }: OpenVault): void {
  translated(() => {
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.pragma('wal_autocheckpoint=0');
  });
}

function releaseLog({ store: { sqlite } }: OpenVault): void {
  if (sqlite.open) sqlite.pragma(`wal_autocheckpoint=${AUTOMATIC_CHECKPOINT}`);
}

/** U7: whoever writes into the file changes these. */
function stateOf(descriptor: number): string {
  const { size, mtimeNs } = fstatSync(descriptor, { bigint: true });
  return `${size} ${mtimeNs}`;
}

/** U6. */
function filesOf(dir: string, descriptor: number): readonly BackupFile[] {
  const { header, sidecar } = vaultFiles(dir);
  const small = [
    { name: 'vault.json', path: header },
    { name: 'head', path: sidecar },
  ].map(({ name, path }) => {
    const bytes = onDisk('reading', () => readFileSync(path));
    return { name, size: bytes.length, source: { bytes } };
  });
  const store = { name: 'store.db', size: fstatSync(descriptor).size, source: { descriptor } };
  return [...small, store, ...evidenceOf(evidenceFolder(dir))];
}

function evidenceOf(folder: string): readonly BackupFile[] {
  if (!existsSync(folder)) return [];
  return onDisk('reading', () => readdirSync(folder))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      return { name: `attachments/${name}`, size: onDisk('reading', () => statSync(path).size), source: { path } };
    });
}

function plainSize(files: readonly BackupFile[], sequence: number): number {
  const contents = encodeContents({ v: 1, sequence, files: files.map(({ name, size }) => ({ name, size })) });
  return contents.length + files.reduce((sum, { size }) => sum + size + 32, 0);
}

function sealedSize(files: readonly BackupFile[], sequence: number): number {
  const plain = plainSize(files, sequence);
  return plain + Math.ceil(plain / CHUNK_LENGTH) * (SEALED_LENGTH - CHUNK_LENGTH);
}

/** U5: one chunk is held back until it is known whether it is the last. */
function* sealedChunks(
  files: readonly BackupFile[],
  sequence: number,
  key: Uint8Array,
): Generator<Uint8Array, void, undefined> {
  const held = Buffer.alloc(CHUNK_LENGTH);
  let [filled, number] = [0, 0];
  for (const part of plainParts(files, sequence, CHUNK_LENGTH)) {
    for (let at = 0; at < part.length;) {
      if (filled === CHUNK_LENGTH) {
        yield sealChunk(key, number, false, held);
        number += 1;
        filled = 0;
      }
      const piece = part.subarray(at, at + CHUNK_LENGTH - filled);
      held.set(piece, filled);
      filled += piece.length;
      at += piece.length;
    }
  }
  yield sealChunk(key, number, true, held.subarray(0, filled));
}
