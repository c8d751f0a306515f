import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder } from '../store/atomic-file.ts';
import { onDisk } from '../store/sqlite-errors.ts';
import { syncTree } from './renewed-files.ts';

/** V1: a folder that is built beside its final place and renamed when it is whole, so that a half-made one does not exist. */

/** Builds `dir`, which is missing or empty. What a killed process left of the same attempt goes first (V107). */
export function buildAside(dir: string, build: (folder: string) => void): void {
  const folder = makeAside(dir);
  try {
    build(folder);
    settleAside(folder, dir);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** An empty folder beside the final one, for what takes longer. Whoever asks settles or removes it. */
export function makeAside(dir: string): string {
  return onDisk('writing', () => {
    mkdirSync(dirname(dir), { recursive: true });
    removeAbandoned(dirname(dir));
    return mkdtempSync(join(dirname(dir), `.${basename(dir)}${MARK}${process.pid}-`));
  });
}

/** It is whole and its store is closed: it gets its name once it is on the disk. */
export function settleAside(folder: string, dir: string): void {
  onDisk('writing', () => {
    syncTree(folder);
    if (existsSync(dir)) rmdirSync(dir);
    renameSync(folder, dir);
    syncFolder(dirname(dir));
  });
}

const MARK = '-new-';
const ABANDONED = new RegExp(`^\\..+${MARK}(\\d+)-[^-]+$`);

/** Half-made folders whose process has ended. Nobody has got their recovery key; they only take room. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = ABANDONED.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
