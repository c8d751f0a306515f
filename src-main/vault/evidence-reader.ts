import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { failure } from '../../src-shared/errors.ts';
import { onDisk } from '../store/sqlite-errors.ts';
import { CHUNK_LENGTH, forgetKeys, HEADER_LENGTH, layoutOf, openEvidenceChunk, openHeader } from './evidence-format.ts';
import type { FileIdentity, FileKeys, Layout } from './evidence-format.ts';
import { TAG_LENGTH } from './stream-cipher.ts';

/** A stored file, open for reading; every byte that it gives was authenticated. Close it. */
export type EvidenceReader = {
  /** Bytes of the file from `offset` on, at most `length`; none at its end. Throws `attachment.damaged`. */
  read(offset: number, length: number): Uint8Array;
  /** One chunk after the other, without the zero bytes of V114, which are read all the same. */
  chunks(): Generator<Uint8Array, void, undefined>;
  close(): void;
};

/** V113–V115: opens the stored file that should be this one. Throws `attachment.missing`, `attachment.damaged` with the rule. */
export function openEvidence(path: string, file: FileIdentity, attachmentKey: Uint8Array): EvidenceReader {
  const descriptor = openStored(path);
  try {
    const layout = layoutOf(file.size);
    if (onDisk('reading', () => fstatSync(descriptor).size) !== layout.stored) {
      throw failure('attachment.damaged', { rule: 'V114' });
    }
    const keys = openHeader(readAt(descriptor, 0, HEADER_LENGTH), attachmentKey, file);
    return readerOf(descriptor, layout, keys, file.size);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * V117: reads the whole stored file and compares the SHA-256 of what it holds. `step` is told now and then and may stop it by throwing.
 * Throws `attachment.missing`, `attachment.damaged`.
 */
export async function verifyEvidence(
  path: string,
  file: FileIdentity,
  attachmentKey: Uint8Array,
  step: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const reader = openEvidence(path, file, attachmentKey);
  try {
    const hash = createHash('sha256');
    let [done, number] = [0, 0];
    for (const plain of reader.chunks()) {
      hash.update(plain);
      done += plain.length;
      number += 1;
      if (number % CHUNKS_A_STEP === 0) await step(done, file.size);
    }
    if (hash.digest('hex') !== file.sha256) throw failure('attachment.damaged', { rule: 'V117' });
  } finally {
    reader.close();
  }
}

/** 4 MiB: some milliseconds. */
const CHUNKS_A_STEP = 64;

function readerOf(descriptor: number, layout: Layout, keys: FileKeys, size: number): EvidenceReader {
  const chunk = (number: number): Uint8Array => {
    const plain = openStoredChunk(descriptor, keys.chunks, layout, number);
    return plain.subarray(0, Math.max(0, size - number * CHUNK_LENGTH));
  };
  return {
    read: (offset, length) => {
      const end = Math.min(offset + length, size);
      if (offset >= end) return new Uint8Array();
      const first = Math.floor(offset / CHUNK_LENGTH);
      const last = Math.floor((end - 1) / CHUNK_LENGTH);
      const parts = Array.from({ length: last - first + 1 }, (_, i) => chunk(first + i));
      const start = first * CHUNK_LENGTH;
      return new Uint8Array(Buffer.concat(parts).subarray(offset - start, end - start));
    },
    chunks: function* () {
      for (let number = 0; number < layout.chunks; number += 1) yield chunk(number);
    },
    close: () => {
      forgetKeys(keys);
      closeSync(descriptor);
    },
  };
}

function openStored(path: string): number {
  if (!existsSync(path)) throw failure('attachment.missing', {});
  return onDisk('reading', () => openSync(path, 'r'));
}

function openStoredChunk(descriptor: number, key: Uint8Array, layout: Layout, number: number): Uint8Array {
  const isLast = number === layout.chunks - 1;
  const length = (isLast ? layout.lastLength : CHUNK_LENGTH) + TAG_LENGTH;
  const stored = readAt(descriptor, HEADER_LENGTH + number * (CHUNK_LENGTH + TAG_LENGTH), length);
  return openEvidenceChunk(key, number, isLast, stored);
}

/** Exactly so many bytes. Throws `attachment.damaged` where the file has fewer, as when it was cut meanwhile. */
function readAt(descriptor: number, position: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(length);
  const read = onDisk('reading', () => readSync(descriptor, bytes, 0, length, position));
  if (read !== length) throw failure('attachment.damaged', { rule: 'V114' });
  return bytes;
}
