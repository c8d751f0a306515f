import { resourceUsage } from 'node:process';
import { zstdCompressSync } from 'node:zlib';
import { joinBytes, toBytes } from '../../src-shared/crypto/hash.ts';
import { northmark } from '../support/bundle-samples.ts';
import { block, body, bundle, frame, header, stored, three, u32 } from './craft.ts';
import { expected, readFixture } from './fixtures.ts';
import type { Door } from './input.ts';
import { refusalAt } from './read.ts';

/**
 * A process of its own that reads every hostile file, and some that are too large to keep, and says how much memory it came to need for that: one line of JSON
 * with `grown` in KiB over what the program itself and every good one needed.
 */

const LARGE = 1_048_576;
const manifest = (bytes: Uint8Array): Uint8Array =>
  frame(bytes, northmark.card.kid, northmark.sign('chirograph/bundle/v1', bytes), body([three]));
const record = (bytes: Uint8Array): Uint8Array => {
  const contents = joinBytes(u32(0), u32(1), block(header(three)), u32(0), u32(0), block(bytes));
  return bundle({ body: stored(contents) }, contents);
};
const bomb = (length: number): Uint8Array => new Uint8Array(zstdCompressSync(new Uint8Array(length)));

/** Made one at a time: what making them needs is not what reading them needs. */
const LARGE_ONES: readonly (readonly [door: Door, refusal: string, make: () => Uint8Array])[] = [
  ['inner', 'bundle.malformed J2', () => manifest(toBytes('['.repeat(65_536)))],
  ['inner', 'record.malformed R1', () => record(toBytes('['.repeat(LARGE)))],
  ['inner', 'record.malformed R1', () => record(toBytes('{"a":'.repeat(200_000)))],
  ['inner', 'record.malformed R1', () => record(toBytes(`[${'1,'.repeat(500_000)}`))],
  ['card', 'card.malformed J1', () => toBytes('['.repeat(5_000_000))],
  ['record', 'record.malformed R1', () => toBytes('"'.repeat(LARGE + 1))],
  ['sealed', 'bundle.too-large S2', () => toBytes(`age-encryption.org/v1\n${'-> x\n'.repeat(600_000)}`)],
  ['import', 'import.unreadable I3', () => bomb(400_000_000)],
  ['inner', 'bundle.malformed B13', () => told(bomb(1_000_000_000), 1000)],
  ['inner', 'bundle.malformed B13', () => told(bomb(1_000_000_000), 8 * LARGE)],
];

function told(packed: Uint8Array, size: number): Uint8Array {
  return bundle({ body: stored(packed, 'zstd', size) }, packed);
}

const wrong: string[] = [];
async function read(door: Door, refusal: string, bytes: Uint8Array, name: string): Promise<void> {
  const found = await refusalAt(door, bytes);
  if (found !== refusal) wrong.push(`${name}: ${found}`);
}

/** A body of the older form is as long as its issuer, a confirmed partner, signed it to be: 200 MiB here. In parts none is above 8 MiB (B29). */
const AS_LONG_AS_SIGNED = 'body-bomb-said-too-small.zst';
const kept = expected().filter(({ file }) => file.replace(/\.bin$/, '.zst') !== AS_LONG_AS_SIGNED);
const files = kept.map((row) => ({ ...row, bytes: readFixture(row.file) }));
const large = LARGE_ONES.map(([door, refusal, make], at) => ({ door, refusal, bytes: make(), file: `large ${at}` }));
for (const { door, refusal, bytes, file } of files.filter((one) => one.refusal === 'none'))
  await read(door, refusal, bytes, file);
const before = resourceUsage().maxRSS;
for (const { door, refusal, bytes, file } of [...files, ...large]) await read(door, refusal, bytes, file);
process.stdout.write(
  `${JSON.stringify({ grown: resourceUsage().maxRSS - before, read: files.length + large.length, wrong })}\n`,
);
