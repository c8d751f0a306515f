import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onDisk } from '../store/sqlite-errors.ts';
import { contentsLength, damaged, parseContents } from './backup-format.ts';
import type { Contents } from './backup-format.ts';

/** Where the plain text of a backup goes: contents, files, hashes (docs/formats/backup.md §2), in pieces of any size. */
export type RestoreSink = {
  /** Throws `backup.damaged`, `vault.disk-full`. */
  take(plain: Uint8Array): void;
  /** U21: everything came, and nothing more. Throws `backup.damaged`. */
  finish(): Contents;
  close(): void;
};

const HASH_LENGTH = 32;
type Writing = { readonly descriptor: number; readonly hash: Hash; left: number };

/** Writes the files into a folder that nobody else knows. */
export function restoreInto(folder: string): RestoreSink {
  let head = Buffer.alloc(0);
  let contents: Contents | undefined;
  let next = 0;
  let writing: Writing | undefined;
  let hashes = Buffer.alloc(0);
  const digests: Uint8Array[] = [];

  /** Collects the beginning until the contents are whole; answers what is left of the piece. */
  function takeContents(plain: Uint8Array): Uint8Array {
    head = Buffer.concat([head, plain]);
    if (head.length < 4) return new Uint8Array();
    const length = 4 + contentsLength(head.subarray(0, 4));
    if (head.length < length) return new Uint8Array();
    contents = parseContents(new Uint8Array(head.subarray(4, length)));
    return head.subarray(length);
  }

  function begin(name: string, size: number): Writing {
    const path = join(folder, ...name.split('/'));
    return onDisk('writing', () => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      return { descriptor: openSync(path, 'wx', 0o600), hash: createHash('sha256'), left: size };
    });
  }

  function end({ descriptor, hash }: Writing): void {
    writing = undefined;
    try {
      onDisk('writing', () => fsyncSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
    digests.push(new Uint8Array(hash.digest()));
  }

  function takeFile(files: Contents['files'], plain: Uint8Array): Uint8Array {
    const file = files[next];
    if (file === undefined) return plain;
    writing ??= begin(file.name, file.size);
    const piece = plain.subarray(0, writing.left);
    writing.hash.update(piece);
    const { descriptor } = writing;
    onDisk('writing', () => writeWhole(descriptor, piece));
    writing.left -= piece.length;
    if (writing.left === 0) {
      end(writing);
      next += 1;
    }
    return plain.subarray(piece.length);
  }

  return {
    take(plain) {
      let rest = contents === undefined ? takeContents(plain) : plain;
      if (contents === undefined) return;
      while (next < contents.files.length && (rest.length > 0 || isEmptyFile(contents, next))) {
        rest = takeFile(contents.files, rest);
      }
      hashes = Buffer.concat([hashes, rest]);
      if (hashes.length > contents.files.length * HASH_LENGTH) throw damaged('U6');
    },
    finish() {
      if (contents === undefined || next < contents.files.length) throw damaged('U6');
      if (!Buffer.concat(digests).equals(hashes)) throw damaged('U21');
      return contents;
    },
    close() {
      if (writing !== undefined) closeSync(writing.descriptor);
      writing = undefined;
    },
  };
}

function isEmptyFile({ files }: Contents, next: number): boolean {
  return files[next]?.size === 0;
}

function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at);
}
