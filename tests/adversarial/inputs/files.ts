import { zstdCompressSync } from 'node:zlib';
import { joinBytes, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { FileHash } from '../../../src-shared/domain/ids.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { northmark, oneOfEach, sealed } from '../../support/bundle-samples.ts';
import { batch, body, bundle, piece, stored, truthOf, u32 } from '../craft.ts';
import type { HostileInput } from '../input.ts';

/** Evidence files that their issuer has rightly signed and that are wrong: bundle.md §8.2, B35–B39. */

const PIECE = 2 ** 20;

type File = { readonly bytes: Uint8Array; readonly hash: Uint8Array; readonly size: number };

function fileOf(bytes: Uint8Array): File {
  return { bytes, hash: sha256(bytes), size: bytes.length };
}

/** What names a file, or one that says to be so long. */
function naming({ hash, size }: Pick<File, 'hash' | 'size'>): ParsedRecord {
  const file = { sha256: FileHash.parse(toHex(hash)), size, type: 'image/png' };
  return sealed({ ...oneOfEach.attachment, file });
}

function entry({ hash, size }: File): Uint8Array {
  return joinBytes(hash, u32(size));
}

function piecesOf({ bytes }: File): Uint8Array {
  const cuts = Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, i) =>
    bytes.subarray(i * PIECE, (i + 1) * PIECE),
  );
  return joinBytes(...cuts.map((cut) => piece(cut)));
}

function filesOf(...files: readonly File[]): Uint8Array {
  return joinBytes(...files.map(entry), ...files.map(piecesOf));
}

function facts(contents: Uint8Array, count: number, size: number): object {
  return { count, sha256: toHex(sha256(contents)), size, stored: contents.length };
}

/** A bundle of these records with these bytes behind the body, of which the manifest says what is given. */
function carrying(
  records: readonly ParsedRecord[],
  contents: Uint8Array,
  said: object,
  change: object = {},
): Uint8Array {
  const group = body([batch(northmark, records)]);
  const about = { ...truthOf(1, records), body: stored(group), files: said, v: 3, ...change };
  return bundle(about, joinBytes(group, contents));
}

const [one, two] = ['first', 'second']
  .map((name) => fileOf(toBytes(`an invented photograph, the ${name}`)))
  .toSorted((a, b) => (toHex(a.hash) < toHex(b.hash) ? -1 : 1)) as [File, File];
const empty = fileOf(new Uint8Array());
const long = fileOf(new Uint8Array(2 * PIECE + 5).map((_, i) => i % 251));
const named = naming(one);
const both = [named, naming(two)];
const sum = one.size + two.size;
const inOrder = [one, two, empty, long].toSorted((a, b) => (toHex(a.hash) < toHex(b.hash) ? -1 : 1));

function holding(contents: Uint8Array, size = one.size, count = 1): Uint8Array {
  return carrying([named], contents, facts(contents, count, size));
}

function holdingBoth(contents: Uint8Array, size = sum, count = 2): Uint8Array {
  return carrying(both, contents, facts(contents, count, size));
}

const good = filesOf(one);
const bomb = zstdCompressSync(new Uint8Array(8 * PIECE));
const zeros = fileOf(new Uint8Array(5000));
const packedAs = (packed: Uint8Array, size: number): Uint8Array => joinBytes(u32(packed.length), u32(size), packed);
const ofZeros = (pieceBytes: Uint8Array): Uint8Array => {
  const contents = joinBytes(entry(zeros), pieceBytes);
  return carrying([naming(zeros)], contents, facts(contents, 1, zeros.size));
};
const shorter = { ...one, bytes: one.bytes.subarray(0, -1), size: one.size - 1 };
const other = { ...one, bytes: two.bytes.slice(0, one.size) };
const ofLong = (...pieces: readonly Uint8Array[]): Uint8Array => {
  const contents = joinBytes(entry(long), ...pieces);
  return carrying([naming(long)], contents, facts(contents, 1, long.size));
};

const FILES: readonly (readonly [refusal: string, name: string, rows: readonly number[], bytes: Uint8Array])[] = [
  ['none', 'good', [], holding(good)],
  [
    'none',
    'four',
    [],
    carrying(inOrder.map(naming), filesOf(...inOrder), facts(filesOf(...inOrder), 4, sum + long.size)),
  ],
  ['none', 'one-of-two-named', [], carrying(both, good, facts(good, 1, one.size))],
  ['none', 'none-of-one-named', [], carrying([named], new Uint8Array(), {}, { files: undefined, v: 2 })],
  ['bundle.malformed B6', 'none-in-version-3', [16], carrying([named], new Uint8Array(), {}, { files: undefined })],
  ['bundle.malformed B6', 'in-version-2', [20], carrying([named], good, facts(good, 1, one.size), { v: 2 })],
  ['bundle.malformed B6', 'count-0', [16], carrying([named], good, facts(good, 0, one.size))],
  ['bundle.malformed B6', 'count-1025', [26], carrying([named], good, facts(good, 1025, one.size))],
  ['bundle.malformed B6', 'size-64-mib-1', [26], carrying([named], good, facts(good, 1, 64 * PIECE + 1))],
  [
    'bundle.malformed B6',
    'stored-4-gib',
    [26],
    carrying([named], good, { ...facts(good, 1, one.size), stored: 4 * 1024 * PIECE }),
  ],
  [
    'bundle.malformed B2',
    'stored-more-than-there',
    [26],
    carrying([named], good, { ...facts(good, 1, one.size), stored: 64 * PIECE }),
  ],
  [
    'bundle.damaged B35',
    'byte-changed',
    [10],
    carrying([named], good, facts(joinBytes(good.subarray(0, -1), Uint8Array.of(7)), 1, one.size)),
  ],
  ['bundle.malformed B2', 'entry-cut', [16], holding(entry(one).subarray(0, -1))],
  ['bundle.malformed B36', 'order', [16], holdingBoth(filesOf(two, one))],
  ['bundle.malformed B36', 'twice', [16], holding(filesOf(one, one), 2 * one.size, 2)],
  ['bundle.malformed B36', 'sizes-one-more', [27], holding(good, one.size + 1)],
  ['bundle.malformed B36', 'sizes-one-less', [27], holding(good, one.size - 1)],
  ['bundle.malformed B36', 'count-more-than-there', [26], holding(good, one.size, 1024)],
  ['bundle.malformed B38', 'extra', [16], carrying([named], filesOf(one, two), facts(filesOf(one, two), 2, sum))],
  [
    'bundle.malformed B38',
    'record-says-longer',
    [16, 27],
    carrying([naming({ ...one, size: one.size + 1 })], good, facts(good, 1, one.size)),
  ],
  [
    'bundle.malformed B38',
    'second-record-says-longer',
    [16, 27],
    carrying([named, naming({ ...one, size: one.size + 1 })], good, facts(good, 1, one.size)),
  ],
  ['bundle.malformed B38', 'entry-says-shorter', [16, 27], holding(filesOf(shorter), shorter.size)],
  ['bundle.malformed B2', 'piece-missing', [10], holding(entry(one))],
  ['bundle.malformed B2', 'piece-cut', [10], holding(good.subarray(0, -1))],
  [
    'bundle.malformed B37',
    'piece-says-less',
    [27],
    holding(joinBytes(entry(one), u32(one.size - 1), u32(one.size - 1), one.bytes.subarray(1))),
  ],
  ['bundle.malformed B37', 'byte-behind', [16], holding(joinBytes(good, Uint8Array.of(0)))],
  ['bundle.malformed B37', 'piece-behind', [16], holding(joinBytes(good, piece(new Uint8Array(1))))],
  [
    'bundle.malformed B37',
    'stored-longer-than-size',
    [27],
    holding(joinBytes(entry(one), packedAs(joinBytes(one.bytes, new Uint8Array(9)), one.size))),
  ],
  [
    'bundle.malformed B37',
    'empty-with-piece',
    [16],
    carrying(
      [naming(empty)],
      joinBytes(entry(empty), u32(0), u32(0)),
      facts(joinBytes(entry(empty), u32(0), u32(0)), 1, 0),
    ),
  ],
  ['bundle.malformed B37', 'one-piece-of-2-mib', [27], ofLong(packedAs(zstdCompressSync(long.bytes), long.size))],
  ['bundle.malformed B37', 'bomb', [27], ofZeros(packedAs(bomb, zeros.size))],
  ['bundle.malformed B37', 'piece-gives-less', [27], ofZeros(packedAs(zstdCompressSync(new Uint8Array(4999)), 5000))],
  ['bundle.malformed B37', 'piece-not-zstd', [27], ofZeros(packedAs(new Uint8Array(40), 5000))],
  ['bundle.malformed B39', 'wrong-hash', [10], holding(filesOf(other))],
  [
    'bundle.malformed B39',
    'pieces-swapped',
    [10],
    ofLong(
      piece(long.bytes.subarray(PIECE, 2 * PIECE)),
      piece(long.bytes.subarray(0, PIECE)),
      piece(long.bytes.subarray(2 * PIECE)),
    ),
  ],
  ['bundle.malformed B39', 'files-swapped', [10], holdingSwapped()],
];

/** Each file's bytes where the other's belong, padded to its length. */
function holdingSwapped(): Uint8Array {
  const [a, b] = [fileOf(toBytes('invented A')), fileOf(toBytes('invented B'))].toSorted((x, y) =>
    toHex(x.hash) < toHex(y.hash) ? -1 : 1,
  ) as [File, File];
  const contents = joinBytes(entry(a), entry(b), piecesOf(b), piecesOf(a));
  return carrying([naming(a), naming(b)], contents, facts(contents, 2, a.size + b.size));
}

export const files: readonly HostileInput[] = FILES.map(([refusal, name, rows, bytes]) => ({
  door: 'inner',
  name: `files-${name}`,
  rows,
  refusal,
  bytes,
}));
