import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import { newFile, replaceFile, syncFolder } from '../store/atomic-file.ts';
import { onDisk } from '../store/sqlite-errors.ts';
import type { Role } from '../store/types.ts';
import { changed, encodeHeader, MAX_HEADER_BYTES, parseHeader } from './header.ts';
import type { Header, ReadHeader } from './header.ts';

/** The files of a vault: docs/formats/vault.md §1. */
export function vaultFiles(dir: string): {
  readonly header: string;
  readonly backup: string;
  readonly database: string;
  readonly sidecar: string;
  /** The header before a change of it, while the change is under way (V102). */
  readonly previous: string;
} {
  const header = join(dir, 'vault.json');
  return {
    header,
    backup: `${header}.bak`,
    database: join(dir, 'store.db'),
    sidecar: join(dir, 'head'),
    previous: `${header}.previous`,
  };
}

/** What everybody who sees the folder can know. */
export type VaultListing = {
  readonly vault: string;
  readonly created: string;
  readonly generation: number;
  readonly agency: {
    readonly id: AgencyId;
    readonly name: string;
    readonly country: string;
    readonly sample: boolean;
    readonly card: Uint8Array;
  };
  readonly users: readonly { readonly name: string; readonly role: Role }[];
};

/** Needs no key, and proves nothing yet. Throws what `parseHeader` throws, and `vault.not-found`. */
export function readVaultHeader(dir: string): VaultListing {
  const { header } = readHeader(dir);
  const { vault, created, generation, agency, slots } = header;
  const users = slots.filter(({ kind }) => kind === 'passphrase').map(({ user, role }) => ({ name: user, role }));
  return { vault, created, generation, agency, users };
}

/** V3–V6: the header of a vault, not yet proved by a key. Throws `vault.not-found`, `vault.newer-version`, `vault.header-changed`. */
export function readHeader(dir: string): ReadHeader {
  const files = vaultFiles(dir);
  if (!existsSync(files.header)) {
    const hasOthers = Object.values(files).some((path) => existsSync(path));
    throw hasOthers ? changed('V3') : failure('vault.not-found', {});
  }
  return parseHeader(readBounded(files.header));
}

/** V2: both copies, the one that counts last. */
export function writeHeader(dir: string, header: Header, headerKey: Uint8Array): void {
  const bytes = encodeHeader(header, headerKey);
  parseHeader(bytes);
  const files = vaultFiles(dir);
  replaceFile(files.backup, bytes);
  replaceFile(files.header, bytes);
}

/** V102: the header before a change that did not end; undefined when the last one did, or when it is no header. */
export function readPrevious(dir: string): ReadHeader | undefined {
  const { previous } = vaultFiles(dir);
  if (!existsSync(previous)) return undefined;
  try {
    return parseHeader(readBounded(previous));
  } catch (error) {
    if (error instanceof ChirographError && error.code === 'vault.header-changed') return undefined;
    throw error;
  }
}

/**
 * V102: the header that is there gives way to `header`, then `enter` notes the change in the store, which decides it. When either fails, the old
 * header is put back by a rename, which needs no room on the disk; where that fails too, it stays beside the new one.
 */
export function exchangeHeader(dir: string, header: Header, headerKey: Uint8Array, enter: () => void): void {
  const files = vaultFiles(dir);
  replaceFile(files.previous, readBounded(files.header));
  try {
    writeHeader(dir, header, headerKey);
    enter();
  } catch (error) {
    attempt(() => putBackHeader(dir));
    throw error;
  }
  attempt(() => forgetPrevious(dir));
}

/** V102: the header before the change counts again. */
export function putBackHeader(dir: string): void {
  const files = vaultFiles(dir);
  onDisk('writing', () => {
    renameSync(files.previous, files.header);
    syncFolder(dir);
  });
}

/** V102: the change counts. */
export function forgetPrevious(dir: string): void {
  onDisk('writing', () => rmSync(vaultFiles(dir).previous, { force: true }));
}

/** What the next unlock does if it cannot be done now. */
function attempt(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ChirographError)) throw error;
  }
}

/**
 * V107: takes away what a kill left behind, and makes the two copies of a header that has proved itself the same again. Only the process that has the
 * store open may do so.
 */
export function removeLeftovers(dir: string): void {
  const { header, backup, database, sidecar, previous } = vaultFiles(dir);
  onDisk('writing', () => {
    for (const path of [...[header, backup, sidecar, previous].map(newFile), previous]) rmSync(path, { force: true });
    // Taken back by then: a database that is open for one process alone only empties its journal. The log has taken its place, so nothing has it open
    rmSync(`${database}-journal`, { force: true });
  });
  const bytes = readBounded(header);
  if (!existsSync(backup) || !readBounded(backup).equals(bytes)) replaceFile(backup, bytes);
}

/** V3: puts the second copy in the place of a damaged or lost header, which is kept as `vault.json.damaged`. Throws if the copy is no better. */
export function restoreHeader(dir: string): void {
  const files = vaultFiles(dir);
  if (!existsSync(files.backup)) throw failure('vault.not-found', {});
  const bytes = readBounded(files.backup);
  parseHeader(bytes);
  onDisk('writing', () => {
    if (existsSync(files.header)) renameSync(files.header, `${files.header}.damaged`);
    syncFolder(dir);
  });
  replaceFile(files.header, bytes);
}

function readBounded(path: string): Buffer {
  return onDisk('reading', () => {
    if (statSync(path).size > MAX_HEADER_BYTES) throw changed('V4');
    return readFileSync(path);
  });
}
