/*
 * docs/formats/bundle.md §8.1; all numbers u32be
 *
 * stored = piece × (1 + parts)
 * piece  = storedLength ‖ size ‖ zstd frame, or the bytes themselves when both are the same
 * head   = cards ‖ (length ‖ card) × cards ‖ groups ‖ (headerLength ‖ header ‖ hashes ‖ 32 bytes × hashes ‖ gaps) × groups
 * part   = lines ‖ textLength ‖ line × lines ‖ 22 × salts
 */
import { newWriter, putText, writtenIn } from '../crypto/byte-writer.ts';
import type { ByteWriter } from '../crypto/byte-writer.ts';
import { canonicalBytes, canonicalText } from '../crypto/canonical.ts';
import { compareText, joinBytes } from '../crypto/hash.ts';
import type { RecordId } from '../domain/ids.ts';
import type { AnyRecord } from '../domain/record.ts';
import { failure } from '../errors.ts';
import type { SignedAttestation } from '../records/attestation.ts';
import { recordLine } from '../records/line-text.ts';
import { MAX_BODY_BYTES } from './limits.ts';

/** What the writer needs of a group. */
export type PartedGroup = {
  readonly signed: SignedAttestation;
  readonly proof: readonly Uint8Array[];
  /** Ascending; those of a whole batch are not written. */
  readonly leaves: ArrayLike<number>;
  /** In any order; they are put into that of B30. */
  readonly records: readonly LeavingRecord[];
};
type LeavingRecord = { readonly id: RecordId; readonly record: AnyRecord };

export type WrittenParts = { readonly stored: Uint8Array; readonly size: number };

type Compress = (bytes: Uint8Array) => Uint8Array;

/** Bytes of lines and salts after which a part ends: about a thousand records, some milliseconds of work. */
const PART_BYTES = 2 ** 20;

/** Writes a body in parts and tells after each how many records are written; never more than one part of it is held uncompressed. */
export function* writeParts(
  groups: readonly PartedGroup[],
  cards: readonly Uint8Array[],
  compress: Compress,
): Generator<number, WrittenParts, undefined> {
  const ordered = inOrder(groups);
  const pieces: Uint8Array[] = [];
  let size = 0;
  const add = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_BODY_BYTES });
    pieces.push(pieceOf(bytes, compress));
  };
  add(headOf(ordered, cards));
  const part: Part = { count: 0, lines: newWriter(), salts: newWriter() };
  let done = 0;
  for (const { records } of ordered) {
    for (const { record } of records.toSorted(bySubject)) {
      put(part, record);
      if (part.lines.length + part.salts.length < PART_BYTES) continue;
      done += part.count;
      add(takenFrom(part));
      yield done;
    }
  }
  if (part.count > 0) add(takenFrom(part));
  return { stored: joinBytes(...pieces), size };
}

function inOrder(groups: readonly PartedGroup[]): readonly PartedGroup[] {
  return groups
    .map((group) => ({ group, key: canonicalText(group.signed.attestation) }))
    .toSorted((one, other) => compareText(one.key, other.key))
    .map(({ group }) => group);
}

/** B30. A store hands its records out nearly in this order. */
function bySubject(one: LeavingRecord, other: LeavingRecord): number {
  return compareText(one.record.subject, other.record.subject) || compareText(one.id, other.id);
}

function headOf(groups: readonly PartedGroup[], cards: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [numbers([cards.length])];
  for (const card of cards) parts.push(numbers([card.length]), card);
  parts.push(numbers([groups.length]));
  for (const { signed, proof, leaves, records } of groups) {
    const header = canonicalBytes({ ...signed, records: records.length });
    parts.push(numbers([header.length]), header, numbers([proof.length]), ...proof);
    if (records.length < signed.attestation.size) parts.push(numbers(gapsOf(leaves)));
  }
  return joinBytes(...parts);
}

/** B32. */
function gapsOf(leaves: ArrayLike<number>): number[] {
  return Array.from(leaves, (leaf, i) => leaf - (leaves[i - 1] ?? -1) - 1);
}

/** What is written of the part that comes next. */
type Part = { count: number; readonly lines: ByteWriter; readonly salts: ByteWriter };

function put(part: Part, record: AnyRecord): void {
  const line = recordLine(record);
  putText(part.lines, `${line.text}\n`);
  if (line.salts !== '') putText(part.salts, line.salts);
  part.count += 1;
}

/** The bytes of the part; the next one begins. */
function takenFrom(part: Part): Uint8Array {
  const { count, lines, salts } = part;
  const bytes = joinBytes(numbers([count, lines.length]), writtenIn(lines), writtenIn(salts));
  [part.count, lines.length, salts.length] = [0, 0, 0];
  return bytes;
}

/** B29, B37: as it is where compressing does not help. */
export function pieceOf(bytes: Uint8Array, compress: Compress): Uint8Array {
  const compressed = compress(bytes);
  const stored = compressed.length < bytes.length ? compressed : bytes;
  return joinBytes(numbers([stored.length, bytes.length]), stored);
}

/** u32be, one after the other. */
export function numbers(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint32(4 * i, value);
  return bytes;
}
