import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { failure } from '../../src-shared/errors.ts';
import { onDisk } from '../store/sqlite-errors.ts';
import { encodeContents } from './backup-format.ts';

/** What the chunks of a backup hold, one after the other: docs/formats/backup.md §2. */

/** A file of the vault: its bytes, or where they are read. */
export type BackupFile = {
  readonly name: string;
  readonly size: number;
  readonly source: { readonly bytes: Uint8Array } | { readonly path: string } | { readonly descriptor: number };
};

/** Windows keeps what SQLite locks from being read; the page that holds this byte never holds data (sqlite.org/fileformat2.html, 1.4). */
const LOCK_BYTES = { start: 0x4000_0000, end: 0x4000_0200 };

/** The plain text of a backup in pieces of any size up to `length`. Throws `backup.disturbed` when a file is not what it was. */
export function* plainParts(
  files: readonly BackupFile[],
  sequence: number,
  length: number,
): Generator<Uint8Array, void, undefined> {
  const contents = { v: 1, sequence, files: files.map(({ name, size }) => ({ name, size })) } as const;
  yield encodeContents(contents);
  const hashes: Uint8Array[] = [];
  for (const file of files) {
    const hash = createHash('sha256');
    for (const piece of piecesOf(file, length)) {
      hash.update(piece);
      yield piece;
    }
    hashes.push(digestOf(hash));
  }
  yield Buffer.concat(hashes);
}

function digestOf(hash: Hash): Uint8Array {
  return new Uint8Array(hash.digest());
}

function* piecesOf({ size, source }: BackupFile, length: number): Generator<Uint8Array, void, undefined> {
  if ('bytes' in source) yield source.bytes;
  else if ('descriptor' in source) yield* piecesRead(source.descriptor, size, length);
  else yield* piecesAt(source.path, size, length);
}

function* piecesAt(path: string, size: number, length: number): Generator<Uint8Array, void, undefined> {
  const descriptor = opened(path);
  try {
    if (fstatSync(descriptor).size !== size) throw failure('backup.disturbed', {});
    yield* piecesRead(descriptor, size, length);
  } finally {
    closeSync(descriptor);
  }
}

/** An evidence file that was erased meanwhile is not there. */
function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw failure('backup.disturbed', {}, error);
  }
}

function* piecesRead(descriptor: number, size: number, length: number): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < size; at += length) {
    const piece = Buffer.alloc(Math.min(length, size - at));
    onDisk('reading', () => readAround(descriptor, piece, at));
    yield piece;
  }
}

function readAround(descriptor: number, piece: Buffer, at: number): void {
  const from = Math.min(Math.max(LOCK_BYTES.start - at, 0), piece.length);
  const to = Math.min(Math.max(LOCK_BYTES.end - at, 0), piece.length);
  readWhole(descriptor, piece.subarray(0, from), at);
  readWhole(descriptor, piece.subarray(to), at + to);
}

function readWhole(descriptor: number, into: Buffer, at: number): void {
  for (let read = 0; read < into.length;) {
    const more = readSync(descriptor, into, read, into.length - read, at + read);
    if (more === 0) throw failure('backup.disturbed', {});
    read += more;
  }
}
