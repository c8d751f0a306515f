import { createHash } from 'node:crypto';
import { closeSync, fsync, openSync, rmSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import { FileHash } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { onDisk, translate } from '../store/sqlite-errors.ts';
import {
  CHUNK_LENGTH,
  encodeHeader,
  fileKeys,
  forgetKeys,
  HEADER_LENGTH,
  layoutOf,
  SALT_LENGTH,
} from './evidence-format.ts';
import type { FileIdentity } from './evidence-format.ts';
import { sealChunk, TAG_LENGTH } from './stream-cipher.ts';

/** A file on its way into the vault: encrypted as it comes, never whole in memory. End it with `finish` or `discard`. */
export type EvidenceWriter = {
  readonly path: string;
  /** Throws `attachment.wrong-size` for more than was announced, and what the disk throws; discard it then. */
  write(bytes: Uint8Array): void;
  /** V116: the file is complete and on the disk. Throws `attachment.wrong-size` for less than was announced. */
  finish(): Promise<FileIdentity>;
  /** Takes back whatever was written. */
  discard(): void;
};

const flush = promisify(fsync);

/** V112–V116: begins a file of this many bytes at a path where nothing is. At most one chunk is held at a time. */
export function beginEvidence(
  path: string,
  size: number,
  attachmentKey: Uint8Array,
  randomBytes: RandomBytes,
): EvidenceWriter {
  const layout = layoutOf(size);
  const salt = randomBytes(SALT_LENGTH);
  const keys = fileKeys(attachmentKey, salt);
  const hash = createHash('sha256');
  const held = Buffer.alloc(CHUNK_LENGTH);
  const descriptor = onDisk('writing', () => openSync(path, 'wx', 0o600));
  let [received, filled, number, isOpen] = [0, 0, 0, true];

  function fill(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const wanted = lengthOfChunk() - filled;
      const part = bytes.subarray(at, at + wanted);
      held.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === lengthOfChunk()) sealHeld();
    }
  }

  function lengthOfChunk(): number {
    return number === layout.chunks - 1 ? layout.lastLength : CHUNK_LENGTH;
  }

  function sealHeld(): void {
    const sealed = sealChunk(keys.chunks, number, number === layout.chunks - 1, held.subarray(0, filled));
    writeAt(descriptor, sealed, HEADER_LENGTH + number * (CHUNK_LENGTH + TAG_LENGTH));
    number += 1;
    filled = 0;
  }

  function close(): void {
    if (isOpen) closeSync(descriptor);
    isOpen = false;
    forgetKeys(keys);
    held.fill(0);
  }

  return {
    path,
    write(bytes) {
      if (received + bytes.length > size) {
        throw failure('attachment.wrong-size', { expected: size, found: received + bytes.length });
      }
      received += bytes.length;
      hash.update(bytes);
      onDisk('writing', () => fill(bytes));
    },
    async finish() {
      if (received !== size) throw failure('attachment.wrong-size', { expected: size, found: received });
      const file = { sha256: FileHash.parse(hash.digest('hex')), size };
      try {
        // the zero bytes of V114; an empty file is one empty chunk
        while (number < layout.chunks && lengthOfChunk() > 0) fill(new Uint8Array(lengthOfChunk() - filled));
        if (number < layout.chunks) sealHeld();
        writeAt(descriptor, encodeHeader(salt, keys.commitment, file), 0);
        await flush(descriptor);
      } catch (error) {
        throw translate(error);
      }
      close();
      return file;
    },
    discard() {
      close();
      onDisk('writing', () => rmSync(path, { force: true }));
    },
  };
}

/** All of it: one call may write less than it was given. */
function writeAt(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, position + at);
}
