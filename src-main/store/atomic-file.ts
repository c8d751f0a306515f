import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { onDisk } from './sqlite-errors.ts';

/** V2: after this the file holds the new bytes or the old ones, whatever happens to the power. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  onDisk('writing', () => {
    const temporary = newFile(path);
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  });
}

/** What a kill between the two steps of `replaceFile` leaves behind (V107). */
export function newFile(path: string): string {
  return `${path}.new`;
}

/** Makes a rename in this folder durable. Windows has no such call and does not need it (NTFS journals the rename). */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
