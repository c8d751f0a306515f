import { existsSync, statfsSync, statSync } from 'node:fs';
import { failure } from '../../src-shared/errors.ts';
import { onDisk } from './sqlite-errors.ts';

/** Free bytes on the disk of a folder. */
export type FreeSpace = (folder: string) => number;

/** What remains besides the copy: the log of the last steps, and what others write meanwhile. */
const MARGIN = 16 * 1024 * 1024;

function freeSpace(folder: string): number {
  return onDisk('reading', () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  });
}

/** V131: throws `vault.no-room` when `bytes` do not fit, before anything is written. */
export function requireRoom(folder: string, bytes: number, free: FreeSpace = freeSpace): void {
  const found = free(folder);
  const needed = Math.ceil(bytes) + MARGIN;
  if (found < needed) throw failure('vault.no-room', { needed, free: found });
}

/** Bytes of a database with its log. */
export function sizeOnDisk(database: string): number {
  const paths = [database, `${database}-wal`].filter((path) => existsSync(path));
  return onDisk('reading', () => paths.reduce((sum, path) => sum + statSync(path).size, 0));
}
