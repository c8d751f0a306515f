/*
 * docs/formats/bundle.md §8.2; all numbers u32be
 *
 * files = entry × count ‖ piece × …
 * entry = SHA-256 of the file{32} ‖ size
 * piece = storedLength ‖ size ‖ zstd frame, or the bytes themselves when both are the same
 */
import { compareText, fromHex, hashHexInSteps, joinBytes, portableNewHash, toHex } from '../crypto/hash.ts';
import type { NewHash } from '../crypto/hash.ts';
import { FileHash } from '../domain/ids.ts';
import { MAX_BUNDLED_BYTES, MAX_BUNDLED_FILES } from '../domain/record.ts';
import type { AnyRecord, EvidenceFile } from '../domain/record.ts';
import { failure } from '../errors.ts';
import type { ChirographError } from '../errors.ts';
import { HASH_LENGTH, readerOf } from './body.ts';
import type { Reader } from './body.ts';
import { FILE_PIECE_BYTES } from './limits.ts';
import type { FilesFacts } from './manifest.ts';
import { numbers, pieceOf } from './write-parts.ts';

type FileIdentity = Pick<EvidenceFile, 'sha256' | 'size'>;

/** A file that leaves; its bytes are asked for once, in pieces of `FILE_PIECE_BYTES`. */
export type LeavingFile = FileIdentity & { readonly pieces: () => Iterable<Uint8Array> };

/** A file that came and was proved; its bytes are still packed. */
export type ReceivedFile = FileIdentity & { readonly pieces: readonly FilePiece[] };
type FilePiece = { readonly stored: Uint8Array; readonly size: number };

export type WrittenFiles = { readonly facts: FilesFacts; readonly stored: Uint8Array };

export type FileTools = {
  readonly newHash?: NewHash | undefined;
};

/** Where reading may pause: it wants a piece decompressed, or lets others through. */
export type FileStep =
  | { readonly kind: 'decompress'; readonly stored: Uint8Array; readonly size: number }
  | { readonly kind: 'pause' };
type Steps<T> = Generator<FileStep, T, Uint8Array | Error | undefined>;

/** Writes files in the order of B36 and pauses after each piece. Throws `bundle.too-large`, and `bundle.malformed` for bytes that are not those of the file. */
export function* writeFiles(
  files: readonly LeavingFile[],
  compress: (bytes: Uint8Array) => Uint8Array,
  { newHash = portableNewHash }: FileTools,
): Generator<void, WrittenFiles, undefined> {
  const ordered = files.toSorted((one, other) => compareText(one.sha256, other.sha256));
  const size = ordered.reduce((sum, file) => sum + file.size, 0);
  refuseTooMuch(ordered.length, size);
  const parts = ordered.map(({ sha256, size: length }) => joinBytes(fromHex(sha256), numbers([length])));
  for (const file of ordered) {
    const hash = newHash();
    const sizes = pieceSizes(file.size);
    for (const bytes of file.pieces()) {
      if (bytes.length !== sizes.shift()) throw malformed('B37');
      hash.update(bytes);
      parts.push(pieceOf(bytes, compress));
      yield;
    }
    if (sizes.length > 0) throw malformed('B37');
    if (toHex(hash.digest()) !== file.sha256) throw malformed('B39');
  }
  const stored = joinBytes(...parts);
  const sha256 = yield* hashHexInSteps(stored, newHash);
  return { stored, facts: { count: ordered.length, sha256, size, stored: stored.length } };
}

/** Reads and proves the files that come with these records (B35–B39), one piece unpacked at a time. */
export function* readFiles(
  stored: Uint8Array,
  facts: FilesFacts,
  records: Iterable<AnyRecord>,
  { newHash = portableNewHash }: FileTools,
): Steps<readonly ReceivedFile[]> {
  if ((yield* hashed(stored, newHash)) !== facts.sha256) throw failure('bundle.damaged', { rule: 'B35' });
  const reader = readerOf(stored);
  const entries = readEntries(reader, facts);
  refuseUnnamed(entries, records);
  const files = entries.map((entry) => ({ ...entry, pieces: pieceSizes(entry.size).map((size) => cut(reader, size)) }));
  if (!reader.isAtEnd()) throw malformed('B37');
  for (const file of files) {
    const hash = newHash();
    for (const piece of file.pieces) {
      hash.update(yield* unpacked(piece));
      yield { kind: 'pause' };
    }
    if (toHex(hash.digest()) !== file.sha256) throw malformed('B39');
  }
  return files;
}

/** The bytes of a file that came, piece by piece. */
export function* unpackFile(
  { pieces }: ReceivedFile,
  decompress: (stored: Uint8Array, size: number) => Uint8Array,
): Generator<Uint8Array, void, undefined> {
  for (const { stored, size } of pieces) yield stored.length === size ? stored : decompress(stored, size);
}

/** B36. */
function refuseTooMuch(count: number, size: number): void {
  if (count > MAX_BUNDLED_FILES) throw failure('bundle.too-large', { rule: 'B36', limit: MAX_BUNDLED_FILES });
  if (size > MAX_BUNDLED_BYTES) throw failure('bundle.too-large', { rule: 'B36', limit: MAX_BUNDLED_BYTES });
}

function readEntries(reader: Reader, { count, size }: FilesFacts): readonly FileIdentity[] {
  const entries: FileIdentity[] = [];
  let [last, sum] = ['', 0];
  for (let i = 0; i < count; i += 1) {
    const entry = { sha256: FileHash.parse(toHex(reader.bytes(HASH_LENGTH))), size: reader.number() };
    if (entry.sha256 <= last) throw malformed('B36');
    last = entry.sha256;
    sum += entry.size;
    if (sum > size) throw malformed('B36');
    entries.push(entry);
  }
  if (sum !== size) throw malformed('B36');
  return entries;
}

/** B38. */
function refuseUnnamed(entries: readonly FileIdentity[], records: Iterable<AnyRecord>): void {
  const sizes = new Map(entries.map(({ sha256, size }) => [sha256, size]));
  const named = new Set<FileHash>();
  for (const record of records) {
    if (record.kind !== 'attachment') continue;
    const size = sizes.get(record.file.sha256);
    if (size === undefined) continue;
    if (size !== record.file.size) throw malformed('B38');
    named.add(record.file.sha256);
  }
  if (named.size !== sizes.size) throw malformed('B38');
}

function* hashed(stored: Uint8Array, newHash: NewHash): Steps<string> {
  const hashing = hashHexInSteps(stored, newHash);
  for (;;) {
    const step = hashing.next();
    if (step.done === true) return step.value;
    yield { kind: 'pause' };
  }
}

/** B37. */
function pieceSizes(size: number): number[] {
  const count = Math.ceil(size / FILE_PIECE_BYTES);
  return Array.from({ length: count }, (_, i) => Math.min(FILE_PIECE_BYTES, size - i * FILE_PIECE_BYTES));
}

function cut(reader: Reader, expected: number): FilePiece {
  const length = reader.number();
  const size = reader.number();
  if (size !== expected || length > size) throw malformed('B37');
  return { stored: reader.bytes(length), size };
}

function* unpacked({ stored, size }: FilePiece): Steps<Uint8Array> {
  if (stored.length === size) return stored;
  const bytes = yield { kind: 'decompress', stored, size };
  if (bytes instanceof Uint8Array && bytes.length === size) return bytes;
  throw failure('bundle.malformed', { rule: 'B37' }, bytes instanceof Error ? bytes : undefined);
}

function malformed(rule: string): ChirographError {
  return failure('bundle.malformed', { rule });
}
