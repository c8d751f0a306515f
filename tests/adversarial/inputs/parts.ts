import { zstdCompressSync } from 'node:zlib';
import { joinBytes, toBytes } from '../../../src-shared/crypto/hash.ts';
import { northmark, people } from '../../support/bundle-samples.ts';
import { batch, block, bundle, header, piece, records, stored, textOf, three, truthOf, u32 } from '../craft.ts';
import type { HostileInput } from '../input.ts';

/** A body in parts that its issuer has rightly signed and that is wrong: §8.1, B29–B32. */

const SALT = /"salt":"([A-Za-z0-9_-]{22})"/g;

type Line = { readonly text: string; readonly salts: string };

function lineOf(record: Uint8Array): Line {
  const text = textOf(record);
  const salts = [...text.matchAll(SALT)].map(([, salt]) => salt).join('');
  return { text: text.replaceAll(SALT, '"salt":""'), salts };
}

const lines: readonly Line[] = records.map(({ bytes }) => lineOf(bytes));
const all = lines.map(({ salts }) => salts).join('');
const [one, two, last] = lines as readonly [Line, Line, Line];

function head(change: object = {}, ...gaps: readonly number[]): Uint8Array {
  return joinBytes(u32(0), u32(1), block(header(three, change)), u32(0), ...gaps.map(u32));
}

function part(of: readonly Line[], change: { count?: number; text?: string; salts?: string } = {}): Uint8Array {
  const { count = of.length, text = of.map((line) => `${line.text}\n`).join('') } = change;
  const { salts = of.map((line) => line.salts).join('') } = change;
  return joinBytes(u32(count), block(toBytes(text)), toBytes(salts));
}

/** Pieces as they are stored, and how long they say to be together. */
function parted(size: number, ...pieces: readonly Uint8Array[]): Uint8Array {
  const contents = joinBytes(...pieces);
  return bundle({ body: stored(contents, 'parts', size) }, contents);
}

function holding(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = [head(), ...parts];
  return parted(
    whole.reduce((sum, bytes) => sum + bytes.length, 0),
    ...whole.map((bytes) => piece(bytes)),
  );
}

const good = part(lines);
const goodSize = head().length + good.length;
const bomb = zstdCompressSync(new Uint8Array(8 * 1024 * 1024));
const packedAs = (packed: Uint8Array, size: number): Uint8Array => joinBytes(u32(packed.length), u32(size), packed);
const more = people(4);
const batchOfFour = batch(northmark, more);

/** Three of four records, without the hash that would prove them. */
function ofFour(...gaps: readonly number[]): Uint8Array {
  const entries = batchOfFour.entries.slice(0, 3);
  const some = entries.map(({ bytes }) => bytes);
  const inOrder = more.filter(({ bytes }) => some.includes(bytes));
  const top = joinBytes(u32(0), u32(1), block(header({ ...batchOfFour, entries })), u32(0), ...gaps.map(u32));
  const rest = part(inOrder.map(({ bytes }) => lineOf(bytes)));
  const contents = joinBytes(piece(top), piece(rest));
  return bundle({ ...truthOf(1, inOrder), body: stored(contents, 'parts', top.length + rest.length) }, contents);
}

const PARTS: readonly (readonly [refusal: string, name: string, rows: readonly number[], bytes: Uint8Array])[] = [
  ['none', 'good', [], holding(good)],
  ['none', 'one-line-each', [], holding(part([one]), part([two]), part([last]))],
  [
    'bundle.malformed B6',
    'in-version-1',
    [20],
    bundle(
      { approvals: undefined, body: stored(new Uint8Array(8), 'parts'), sent: undefined, v: 1 },
      new Uint8Array(8),
    ),
  ],
  ['bundle.malformed B29', 'no-pieces', [10], parted(0)],
  ['bundle.malformed B2', 'piece-4-gib', [26], parted(goodSize, u32(0xff_ff_ff_ff), u32(0xff_ff_ff_ff))],
  ['bundle.malformed B2', 'piece-cut', [10], parted(goodSize, piece(head()), piece(good).subarray(0, -1))],
  ['bundle.malformed B13', 'size-one-more', [27], parted(goodSize + 1, piece(head()), piece(good))],
  ['bundle.malformed B13', 'size-one-less', [27], parted(goodSize - 1, piece(head()), piece(good))],
  [
    'bundle.malformed B13',
    'piece-says-less',
    [27],
    parted(head().length + bomb.length + 1, piece(head()), packedAs(bomb, bomb.length + 1)),
  ],
  [
    'bundle.malformed B13',
    'piece-says-more',
    [27],
    parted(head().length + good.length + 9, piece(head()), packedAs(zstdCompressSync(good), good.length + 9)),
  ],
  ['bundle.malformed B13', 'bomb', [27], parted(head().length + 5000, piece(head()), packedAs(bomb, 5000))],
  [
    'bundle.malformed B29',
    'part-8-mib-1',
    [26, 27],
    parted(head().length + 8 * 1024 * 1024 + 1, piece(head()), packedAs(bomb, 8 * 1024 * 1024 + 1)),
  ],
  [
    'bundle.malformed B29',
    'stored-longer-than-size',
    [27],
    parted(goodSize, piece(head()), packedAs(joinBytes(good, new Uint8Array(9)), good.length)),
  ],
  ['bundle.malformed B29', 'part-of-no-lines', [16], holding(good, part([]))],
  ['bundle.malformed B30', 'line-dropped', [16, 42], holding(part([one, two]))],
  ['bundle.malformed B30', 'line-more', [16], holding(part([...lines, last]))],
  [
    'bundle.malformed B30',
    'line-without-end',
    [16],
    holding(part(lines, { text: lines.map(({ text }) => text).join('\n') })),
  ],
  ['bundle.malformed B30', 'text-behind', [16], holding(part(lines, { count: 2 }), part([last]))],
  ['bundle.malformed B30', 'lines-order', [16], holding(part([two, one, last]))],
  ['bundle.malformed B30', 'line-twice', [16], holding(part([one, one, two]))],
  ['bundle.malformed B31', 'salt-missing', [41, 42], holding(part(lines, { salts: all.slice(22) }))],
  ['bundle.malformed B31', 'salt-more', [41], holding(part(lines, { salts: all + all.slice(0, 22) }))],
  ['bundle.malformed B31', 'salts-cut', [41], holding(part(lines, { salts: all.slice(0, -1) }))],
  ['bundle.malformed B31', 'salt-quote', [41], holding(part(lines, { salts: `"${all.slice(1)}` }))],
  [
    'bundle.malformed B31',
    'salt-kept',
    [41],
    holding(part([{ text: textOf(records[0]?.bytes ?? new Uint8Array()), salts: '' }, two, last])),
  ],
  [
    'bundle.malformed B31',
    'salt-kept-by-space',
    [41],
    holding(part([{ text: ` ${textOf(records[0]?.bytes ?? new Uint8Array())}`, salts: '' }, two, last])),
  ],
  [
    'bundle.unproven-record A3',
    'salts-swapped',
    [41, 42],
    holding(part(lines, { salts: all.slice(22, 44) + all.slice(0, 22) + all.slice(44) })),
  ],
  [
    'bundle.malformed B14',
    'head-byte-behind',
    [16],
    parted(goodSize + 1, piece(joinBytes(head(), Uint8Array.of(0))), piece(good)),
  ],
  [
    'bundle.malformed B14',
    'gaps-of-whole',
    [16],
    parted(head({}, 0, 0, 0).length + good.length, piece(head({}, 0, 0, 0)), piece(good)),
  ],
  ['bundle.unproven-record A3', 'gaps-no-proof', [16], ofFour(0, 0, 0)],
  ['bundle.unproven-record A3', 'gaps-beyond', [16], ofFour(0, 0, 9)],
  ['bundle.malformed B2', 'gaps-missing', [16], ofFour(0, 0)],
];

export const parts: readonly HostileInput[] = PARTS.map(([refusal, name, rows, bytes]) => ({
  door: 'inner',
  name: `parts-${name}`,
  rows,
  refusal,
  bytes,
}));
