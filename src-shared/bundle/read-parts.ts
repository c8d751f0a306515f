/* docs/formats/bundle.md §8.1; the layout stands in write-parts.ts. */
import { canonicalText } from '../crypto/canonical.ts';
import { portableHash } from '../crypto/hash.ts';
import type { HashInto, HashText } from '../crypto/hash.ts';
import { orderOfHashesInSteps } from '../crypto/sort-hashes.ts';
import { everyInSteps, madeInSteps } from '../crypto/steps.ts';
import { failure } from '../errors.ts';
import type { ChirographError } from '../errors.ts';
import { MAX_RECORDS, rootOfSomeInSteps } from '../records/attestation.ts';
import type { AttestedRecords } from '../records/attestation.ts';
import { areSalts, lineReader } from '../records/plain-record.ts';
import type { Lines, ReadRecord } from '../records/plain-record.ts';
import { cutHashes, HASH_LENGTH, readCards, readerOf, readHeader } from './body.ts';
import type { GroupHeader, Reader } from './body.ts';
import { MAX_ATTESTATIONS, MAX_PART_BYTES } from './limits.ts';

export type PartTools = {
  readonly hashText?: HashText | undefined;
  readonly hashInto?: HashInto | undefined;
  /** Some bytes as a text of one character a byte, where there is a fast way. */
  readonly byteText?: ((bytes: Uint8Array) => string) | undefined;
};

/** Where reading may pause: it wants a piece decompressed, or tells how many records were read. */
export type PartStep =
  | { readonly kind: 'decompress'; readonly stored: Uint8Array; readonly size: number }
  | { readonly kind: 'read'; readonly done: number }
  | { readonly kind: 'pause' };

/** So many records are read between two pauses: some milliseconds. */
const RECORDS_A_SLICE = 1024;
const NEWLINE = 0x0a;
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type Head = { readonly header: GroupHeader; readonly proof: readonly Uint8Array[]; readonly gaps: readonly number[] };
type Steps<T> = Generator<PartStep, T, Uint8Array | Error | undefined>;

/** Reads the body of `size` bytes whose stored bytes these are, one part after the other (B29–B32; A and B15 without proof). The cards are handed over first (§9). */
export function* readParts(
  stored: Uint8Array,
  size: number,
  tools: PartTools,
  takeCards: (cards: readonly Uint8Array[]) => void,
): Steps<readonly AttestedRecords[]> {
  const [first, ...pieces] = cutPieces(stored, size);
  if (first === undefined) throw malformed('B29');
  const heads = readHead(yield* unpacked(first), takeCards);
  const lines = yield* readLines(pieces, heads, tools);
  const groups: AttestedRecords[] = [];
  for (const [i, head] of heads.entries()) groups.push(yield* inLeafOrder(head, lines[i] ?? [], tools));
  return groups;
}

type Piece = { readonly stored: Uint8Array; readonly size: number };

/** B29: all lengths, before anything is decompressed. */
function cutPieces(stored: Uint8Array, size: number): readonly Piece[] {
  const reader = readerOf(stored);
  const pieces: Piece[] = [];
  let sum = 0;
  while (!reader.isAtEnd()) {
    const length = reader.number();
    const piece = { size: reader.number(), stored: reader.bytes(length) };
    if (length > piece.size || (pieces.length > 0 && piece.size > MAX_PART_BYTES)) throw malformed('B29');
    sum += piece.size;
    if (sum > size) throw malformed('B13');
    pieces.push(piece);
  }
  if (sum !== size) throw malformed('B13');
  return pieces;
}

function* unpacked({ stored, size }: Piece): Steps<Uint8Array> {
  if (stored.length === size) return stored;
  const bytes = yield { kind: 'decompress', stored, size };
  if (bytes instanceof Uint8Array && bytes.length === size) return bytes;
  throw failure('bundle.malformed', { rule: 'B13' }, bytes instanceof Error ? bytes : undefined);
}

function readHead(bytes: Uint8Array, takeCards: (cards: readonly Uint8Array[]) => void): readonly Head[] {
  const reader = readerOf(bytes);
  takeCards(readCards(reader));
  const count = reader.number();
  if (count > MAX_ATTESTATIONS) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_ATTESTATIONS });
  const heads: Head[] = [];
  let left = MAX_RECORDS;
  let last = '';
  for (let i = 0; i < count; i += 1) {
    const head = readGroupHead(reader);
    left -= head.header.records;
    if (left < 0) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_RECORDS });
    const key = canonicalText(head.header.attestation);
    if (key <= last) throw malformed('B14');
    last = key;
    heads.push(head);
  }
  if (!reader.isAtEnd()) throw malformed('B14');
  return heads;
}

function readGroupHead(reader: Reader): Head {
  const header = readHeader(reader);
  const proof = cutHashes(reader.bytes(reader.number() * HASH_LENGTH));
  const isPart = header.records < header.attestation.size;
  const gaps = isPart ? Array.from({ length: header.records }, () => reader.number()) : [];
  return { header, proof, gaps };
}

/** The records of all parts, group by group, in the order of their lines (B30). */
function* readLines(pieces: readonly Piece[], heads: readonly Head[], tools: PartTools): Steps<ReadRecord[][]> {
  const readLine = lineReader(tools.hashText ?? portableHash);
  const groups = heads.map((): ReadRecord[] => []);
  const wanted = heads.map(({ header }) => header.records);
  let at = 0;
  let done = 0;
  for (const piece of pieces) {
    const { count, lines } = openPart(yield* unpacked(piece), tools);
    let start = 0;
    for (let i = 0; i < count; i += 1) {
      while (groups[at]?.length === wanted[at] && at < groups.length) at += 1;
      const end = lines.bytes.indexOf(NEWLINE, start);
      if (end < 0 || at === groups.length) throw malformed('B30');
      groups[at]?.push(readLine(lines, start, end));
      start = end + 1;
      done += 1;
      if (done % RECORDS_A_SLICE === 0) yield { kind: 'read', done };
    }
    if (start !== lines.bytes.length) throw malformed('B30');
    if (lines.saltAt !== lines.salts.length) throw malformed('B31');
    // a part of a few long lines is as much work as one of a thousand short ones
    yield { kind: 'read', done };
  }
  if (groups.some(({ length }, i) => length !== wanted[i])) throw malformed('B30');
  return groups;
}

function openPart(bytes: Uint8Array, { byteText }: PartTools): { readonly count: number; readonly lines: Lines } {
  const reader = readerOf(bytes);
  const count = reader.number();
  if (count === 0) throw malformed('B29');
  const text = reader.bytes(reader.number());
  const salts = saltsIn(bytes.subarray(8 + text.length));
  return { count, lines: { bytes: text, text: byteText?.(text), salts, saltAt: 0 } };
}

/** B31. */
function saltsIn(bytes: Uint8Array): string {
  let salts = '';
  try {
    salts = DECODER.decode(bytes);
  } catch {
    throw malformed('B31');
  }
  if (!areSalts(salts)) throw malformed('B31');
  return salts;
}

/** B30, B32, A3: the records of a group in the order of their ids, which is that of their leaves. */
function* inLeafOrder(
  { header, proof, gaps }: Head,
  lines: readonly ReadRecord[],
  { hashInto }: PartTools,
): Steps<AttestedRecords> {
  if (!(yield* paused(everyInSteps(lines.length, (at) => isBefore(lines[at - 1], lines[at]))))) throw malformed('B30');
  const { attestation, signature } = header;
  const places = yield* paused(
    orderOfHashesInSteps(yield* paused(madeInSteps(lines.length, (at) => lineAt(lines, at).id))),
  );
  const records = yield* paused(madeInSteps(places.length, (at) => lineAt(lines, places[at] ?? -1)));
  const leaves = yield* paused(leavesOf(attestation.size, records.length, gaps));
  const ids = yield* paused(madeInSteps(records.length, (at) => lineAt(records, at).id));
  const root = yield* paused(rootOfSomeInSteps(attestation.size, leaves, ids, proof, hashInto));
  return { signed: { attestation, signature }, leaves, proof, records, root };
}

/** Work with pauses that has nothing to tell. */
function* paused<T>(work: Generator<void, T, undefined>): Steps<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield { kind: 'pause' };
  }
}

function isBefore(one: ReadRecord | undefined, other: ReadRecord | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  const [a, b] = [one.record.subject, other.record.subject];
  return a === b ? one.id < other.id : a < b;
}

function leavesOf(size: number, count: number, gaps: readonly number[]): Generator<void, number[], undefined> {
  let leaf = -1;
  return madeInSteps(count, (at) => (count === size ? at : (leaf += (gaps[at] ?? 0) + 1)));
}

function lineAt(lines: readonly ReadRecord[], at: number): ReadRecord {
  const line = lines[at];
  if (line === undefined) throw new RangeError('no such line');
  return line;
}

function malformed(rule: string): ChirographError {
  return failure('bundle.malformed', { rule });
}
