import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { failure } from '../../../src-shared/errors.ts';
import { checkFolderOf, reasonOf } from './files.ts';

/** Files that are never whole in memory. */

/** What a call of the contract carries at most of a file. */
const PIECE = 4_194_304;

/** An input file, read piece by piece. Throws `file.cannot-read`. Close it. */
export interface InputPieces {
  readonly size: number;
  pieces(): Generator<Uint8Array<ArrayBuffer>, void, undefined>;
  close(): void;
}

/** Throws `file.cannot-read`. */
export function openInput(path: string): InputPieces {
  const file = reading(() => openSync(path, 'r'));
  const status = reading(() => fstatSync(file));
  if (!status.isFile()) {
    closeSync(file);
    throw failure('file.cannot-read', { reason: 'not-a-file' });
  }
  return {
    size: status.size,
    pieces: function* () {
      for (;;) {
        const piece = new Uint8Array(PIECE);
        const length = reading(() => readSync(file, piece));
        if (length === 0) return;
        yield piece.subarray(0, length);
      }
    },
    close: () => closeSync(file),
  };
}

/** An output file that appears whole or not at all. Throws `file.cannot-write`. End it with `finish` or `discard`. */
export interface OutputPieces {
  write(bytes: Uint8Array): void;
  finish(): void;
  discard(): void;
}

/** Writes beside the final name until it is finished. */
export function openOutput(path: string): OutputPieces {
  checkFolderOf(path);
  const unfinished = `${path}.part`;
  const file = writing(() => openSync(unfinished, 'w', 0o600));
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    write: (bytes) =>
      writing(() => {
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      }),
    finish: () => {
      writing(() => fsyncSync(file));
      close();
      writing(() => renameSync(unfinished, path));
    },
    discard: () => {
      close();
      rmSync(unfinished, { force: true });
    },
  };
}

function reading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failure('file.cannot-read', { reason: reasonOf(error) }, error);
  }
}

function writing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failure('file.cannot-write', { reason: reasonOf(error) }, error);
  }
}
