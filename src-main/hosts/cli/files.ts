import { accessSync, constants, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { failure } from '../../../src-shared/errors.ts';

/** The bytes of a file. Throws `file.cannot-read`. */
export function readInput(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw failure('file.cannot-read', { reason: reasonOf(error) }, error);
  }
}

/** Refuses before anything is done whose result could then not be kept. Throws `file.cannot-write`. */
export function checkFolderOf(path: string): void {
  try {
    accessSync(dirname(resolve(path)), constants.W_OK);
  } catch (error) {
    throw failure('file.cannot-write', { reason: reasonOf(error) }, error);
  }
  refuseWhatIsNoFile(path);
}

/** Whole or not at all, and only for this person's eyes. Throws `file.cannot-write`. */
export function writeOutput(path: string, bytes: Uint8Array): void {
  refuseWhatIsNoFile(path);
  const unfinished = `${path}.part`;
  try {
    writeFileSync(unfinished, bytes, { mode: 0o600 });
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw failure('file.cannot-write', { reason: reasonOf(error) }, error);
  }
}

/** Renaming over a device or a pipe would put a file in its place. */
function refuseWhatIsNoFile(path: string): void {
  const isOther = statSync(path, { throwIfNoEntry: false })?.isFile() === false;
  if (isOther) throw failure('file.cannot-write', { reason: 'not-a-file' });
}

/** The system’s short code for a failure of a file; it names no path. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
