import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../store/atomic-file.ts';
import { onDisk } from '../store/sqlite-errors.ts';
import { evidenceFolder } from './evidence-folder.ts';
import { vaultFiles } from './header-file.ts';

/**
 * How the files of a vault give way to new ones, all or none (docs/formats/vault.md, V130, V134–V136). The new ones are made in a folder inside the
 * vault; renaming that folder is the decision; what follows are renames that anybody can finish, without a key.
 */
export type RenewalKind = 'update' | 'rotation';

const FOLDERS: { readonly [K in RenewalKind]: { readonly prepared: string; readonly decided: string } } = {
  update: { prepared: 'updating', decided: 'updated' },
  rotation: { prepared: 'rotating', decided: 'rotated' },
};
const KINDS: readonly RenewalKind[] = ['update', 'rotation'];
const REPLACED = 'replaced-';

/** An empty folder for the new files. Only the process that has the store open may ask for it. */
export function prepareRenewal(dir: string, kind: RenewalKind): string {
  const folder = join(dir, FOLDERS[kind].prepared);
  onDisk('writing', () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
  });
  return folder;
}

/** V134: from here on the new files count. Everything in the folder is on the disk before its name changes; one that fails is none. */
export function decideRenewal(dir: string, kind: RenewalKind): void {
  const { prepared, decided } = FOLDERS[kind];
  onDisk('writing', () => {
    syncTree(join(dir, prepared));
    renameSync(join(dir, prepared), join(dir, decided));
    try {
      syncFolder(dir);
    } catch (error) {
      renameSync(join(dir, decided), join(dir, prepared));
      throw error;
    }
  });
}

/** V135: whether a decision waits to be finished. */
export function isRenewalDecided(dir: string): boolean {
  return KINDS.some((kind) => existsSync(join(dir, FOLDERS[kind].decided)));
}

/** V135: puts decided files in place. Done again after a kill it goes on where it was; without a decision it does nothing. */
export function finishRenewal(dir: string): void {
  for (const kind of KINDS) {
    const folder = join(dir, FOLDERS[kind].decided);
    if (!existsSync(folder)) continue;
    onDisk('writing', () => {
      for (const [name, path] of replaceable(dir)) replace(folder, name, path);
      syncFolder(dir);
      if (kind === 'rotation') shredAll(folder);
      rmSync(folder, { recursive: true, force: true });
      syncFolder(dir);
    });
  }
}

/** V136: takes away what was never decided. Only the process that has the store open may do so. */
export function removeUndecided(dir: string): void {
  onDisk('writing', () => {
    for (const kind of KINDS) rmSync(join(dir, FOLDERS[kind].prepared), { recursive: true, force: true });
  });
}

/** The store first: what opens with the old header and the new store is refused, never mixed. */
function replaceable(dir: string): readonly (readonly [name: string, path: string])[] {
  const { database, sidecar, backup, header } = vaultFiles(dir);
  return [
    ['store.db', database],
    ['head', sidecar],
    ['attachments', evidenceFolder(dir)],
    ['vault.json.bak', backup],
    ['vault.json', header],
  ];
}

function replace(folder: string, name: string, path: string): void {
  const made = join(folder, name);
  if (!existsSync(made)) return;
  // a log of the old database must never meet the new one
  if (name === 'store.db') for (const rest of ['-wal', '-journal']) rmSync(`${path}${rest}`, { force: true });
  const old = join(folder, `${REPLACED}${name}`);
  if (existsSync(path) && !existsSync(old)) renameSync(path, old);
  renameSync(made, path);
}

const BLOCK = Buffer.alloc(1024 * 1024);

/** V138: overwrites what the old key opens. On a disk that moves what is written (every SSD) copies can remain; the old boxes are gone first. */
function shredAll(folder: string): void {
  const files = filesIn(folder).toSorted((one, other) => statSync(one).size - statSync(other).size);
  for (const path of files) {
    const file = openSync(path, 'r+');
    try {
      const { size } = statSync(path);
      for (let at = 0; at < size; at += BLOCK.length) writeSync(file, BLOCK, 0, Math.min(BLOCK.length, size - at), at);
      fsyncSync(file);
      ftruncateSync(file);
    } finally {
      closeSync(file);
    }
    rmSync(path);
  }
}

/** Everything in a folder that holds files of a vault is on the disk. Nobody may have a lock on any of them: closing a descriptor takes it (POSIX fcntl). */
export function syncTree(folder: string): void {
  for (const path of filesIn(folder)) {
    const file = openSync(path, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
  if (existsSync(evidenceFolder(folder))) syncFolder(evidenceFolder(folder));
  syncFolder(folder);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
