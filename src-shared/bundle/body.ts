/*
 * docs/formats/bundle.md §8, decompressed; all numbers u32be
 *
 * body   = cards ‖ (length ‖ card) × cards ‖ groups ‖ group × groups     (manifest v 1: without the cards)
 * group  = headerLength ‖ header ‖ hashes ‖ 32 bytes × hashes ‖ entry × header.records
 * header = canonical JSON {"attestation", "records", "signature"}
 * entry  = leaf ‖ length ‖ record, canonical JSON
 */
import { z } from 'zod';
import { canonicalBytes, canonicalText, parseCanonical } from '../crypto/canonical.ts';
import { compareText, portableHash } from '../crypto/hash.ts';
import type { HashText } from '../crypto/hash.ts';
import { failure } from '../errors.ts';
import { MAX_RECORDS, SignedAttestation } from '../records/attestation.ts';
import type { AttestedRecords } from '../records/attestation.ts';
import { recordReader } from '../records/plain-record.ts';
import { MAX_RECORD_BYTES } from '../records/record-id.ts';
import { MAX_CARD_BYTES } from './card.ts';
import { MAX_ATTESTATIONS, MAX_BODY_BYTES, MAX_CARDS, MAX_GROUP_HEADER_BYTES } from './limits.ts';

const Header = SignedAttestation.extend({ records: z.number().int().min(1).max(MAX_RECORDS) });
export type GroupHeader = z.infer<typeof Header>;
export const HASH_LENGTH = 32;

/** What the encoder needs of a group: the bytes of its records and their place in the attestation. */
export type EncodedGroup = {
  readonly signed: SignedAttestation;
  readonly proof: readonly Uint8Array[];
  readonly entries: readonly { readonly leaf: number; readonly bytes: Uint8Array }[];
};

/** Writes the body; groups are put into the order of B14, entries must already be ascending by leaf, and cards in the order of B19. */
export function encodeBody(groups: readonly EncodedGroup[], cards: readonly Uint8Array[] = []): Uint8Array {
  const ordered = groups
    .map((group) => ({ group, key: canonicalText(group.signed.attestation) }))
    .toSorted((one, other) => compareText(one.key, other.key))
    .map(({ group }) => ({ ...group, header: canonicalBytes({ ...group.signed, records: group.entries.length }) }));
  const cardsSize = cards.reduce((sum, card) => sum + 4 + card.length, 4);
  const size = ordered.reduce((sum, group) => sum + lengthOf(group), 4 + cardsSize);
  if (size > MAX_BODY_BYTES) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_BODY_BYTES });
  const writer = writerOf(new Uint8Array(size));
  writer.number(cards.length);
  for (const card of cards) writer.block(card);
  writer.number(ordered.length);
  for (const group of ordered) {
    writer.block(group.header);
    writer.number(group.proof.length);
    for (const hash of group.proof) writer.bytes(hash);
    for (const { leaf, bytes } of group.entries) {
      writer.number(leaf);
      writer.block(bytes);
    }
  }
  return writer.written;
}

/** What a body holds: the bytes of cards (B19), and groups, each parsed only when it is asked for (B14, B15 without proof). */
export type ParsedBody = {
  readonly cards: readonly Uint8Array[];
  /** A number is how many records were read so far: who reads a large body lets others through there. */
  readonly groups: Generator<AttestedRecords | number, void, undefined>;
};

/** So many records are read between two pauses: some milliseconds. */
const RECORDS_A_SLICE = 2048;

/** Reads the body of a manifest of this version (B18): that of version 3 is that of version 2. */
export function parseBody(body: Uint8Array, version: 1 | 2 | 3, hashText: HashText = portableHash): ParsedBody {
  const reader = readerOf(body);
  const cards = version === 1 ? [] : readCards(reader);
  return { cards, groups: readGroups(reader, recordReader(hashText)) };
}

/** B19. */
export function readCards(reader: Reader): Uint8Array[] {
  const count = reader.number();
  if (count > MAX_CARDS) throw failure('bundle.too-large', { rule: 'B19', limit: MAX_CARDS });
  return Array.from({ length: count }, () => reader.block(MAX_CARD_BYTES));
}

type ReadRecord = ReturnType<typeof recordReader>;

function* readGroups(reader: Reader, readRecord: ReadRecord): ParsedBody['groups'] {
  const groups = reader.number();
  if (groups > MAX_ATTESTATIONS) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_ATTESTATIONS });
  let last = '';
  let left = MAX_RECORDS;
  for (let i = 0; i < groups; i += 1) {
    const group = yield* readGroup(reader, left, readRecord);
    left -= group.records.length;
    const key = canonicalText(group.signed.attestation);
    if (key <= last) throw failure('bundle.malformed', { rule: 'B14' });
    last = key;
    yield group;
  }
  if (!reader.isAtEnd()) throw failure('bundle.malformed', { rule: 'B14' });
}

function* readGroup(
  reader: Reader,
  maxRecords: number,
  readRecord: ReadRecord,
): Generator<number, AttestedRecords, undefined> {
  const header = readHeader(reader);
  if (header.records > maxRecords) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_RECORDS });
  const hashes = reader.number();
  const proof = cutHashes(reader.bytes(hashes * HASH_LENGTH));
  const leaves: number[] = [];
  const records: AttestedRecords['records'][number][] = [];
  for (let i = 0; i < header.records; i += 1) {
    leaves.push(reader.number());
    records.push(readRecord(reader.block(MAX_RECORD_BYTES)));
    if (records.length % RECORDS_A_SLICE === 0) yield MAX_RECORDS - maxRecords + records.length;
  }
  const { attestation, signature } = header;
  return { signed: { attestation, signature }, leaves, proof, records };
}

/** A1, J. */
export function readHeader(reader: Reader): GroupHeader {
  const bytes = reader.block(MAX_GROUP_HEADER_BYTES);
  const value = parseCanonical(bytes, MAX_GROUP_HEADER_BYTES, (rule) => failure('bundle.malformed', { rule }));
  const parsed = Header.safeParse(value);
  if (!parsed.success) throw failure('bundle.malformed', { rule: 'A1' });
  return parsed.data;
}

/** One after the other. */
export function cutHashes(hashes: Uint8Array): Uint8Array[] {
  const count = hashes.length / HASH_LENGTH;
  return Array.from({ length: count }, (_, i) => hashes.subarray(i * HASH_LENGTH, (i + 1) * HASH_LENGTH));
}

function lengthOf({ header, proof, entries }: EncodedGroup & { readonly header: Uint8Array }): number {
  const records = entries.reduce((sum, { bytes }) => sum + 8 + bytes.length, 0);
  return 8 + header.length + proof.length * HASH_LENGTH + records;
}

export type Reader = ReturnType<typeof readerOf>;

/** B2: never past the end, never longer than the limit of what is read. */
export function readerOf(body: Uint8Array) {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let at = 0;
  const bytes = (length: number): Uint8Array => {
    if (length > body.length - at) throw failure('bundle.malformed', { rule: 'B2' });
    at += length;
    return body.subarray(at - length, at);
  };
  const number = (): number => {
    bytes(4);
    return view.getUint32(at - 4);
  };
  const block = (maxLength: number): Uint8Array => {
    const length = number();
    if (length > maxLength) throw failure('bundle.too-large', { rule: 'B2', limit: maxLength });
    return bytes(length);
  };
  return { bytes, number, block, isAtEnd: () => at === body.length };
}

function writerOf(written: Uint8Array<ArrayBuffer>) {
  const view = new DataView(written.buffer);
  let at = 0;
  const bytes = (part: Uint8Array): void => {
    written.set(part, at);
    at += part.length;
  };
  const number = (value: number): void => {
    view.setUint32(at, value);
    at += 4;
  };
  const block = (part: Uint8Array): void => {
    number(part.length);
    bytes(part);
  };
  return { bytes, number, block, written };
}
