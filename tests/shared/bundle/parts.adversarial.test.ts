import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import type { ReleasedGroup } from '../../../src-shared/bundle/encode-bundle.ts';
import { encodeFrame, parseFrame } from '../../../src-shared/bundle/frame.ts';
import { openBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { joinBytes, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import {
  atSouthmark,
  bundleOf,
  compress,
  dataDraft,
  eastmark,
  northmark,
  oneOfEach,
  people,
  personDraft,
  refusalOf,
  sealed,
  wholeBatch,
} from '../../support/bundle-samples.ts';

/** docs/formats/bundle.md §8.1: a body in parts. The bundles here are rightly signed; only their bodies are wrong. */

const odd = sealed(personDraft(11, [{ property: 'attribute', value: { name: 'Taste', salt: '' } }]));
const likeSalt = sealed(personDraft(12, [{ property: 'attribute', value: { salt: 'AAAAAAAAAAAAAAAAAAAAAA' } }]));
const records = [...Object.values(oneOfEach).map((draft) => sealed(draft)), odd, likeSalt];
const whole = wholeBatch(northmark, records);
const { inner, manifest } = bundleOf([whole]);
const { storedBody } = parseFrame(inner);
const plain = encodeBundle(dataDraft, [whole], { sign: northmark.sign, compress: (bytes) => bytes });

type Piece = { readonly stored: Uint8Array; readonly size: number };
const pieces = piecesIn(parseFrame(plain.inner).storedBody);
const [head = raw(), part = raw()] = pieces;
const { count, lines, salts } = partIn(part.stored);

function u32(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [value >>> 24, value >>> 16, value >>> 8, value]));
}

function numberAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}

function piecesIn(stored: Uint8Array): Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < stored.length; at += 8 + numberAt(stored, at)) {
    found.push({ stored: stored.subarray(at + 8, at + 8 + numberAt(stored, at)), size: numberAt(stored, at + 4) });
  }
  return found;
}

function raw(...bytes: readonly Uint8Array[]): Piece {
  const stored = joinBytes(...bytes);
  return { stored, size: stored.length };
}

function partIn(bytes: Uint8Array) {
  const end = 8 + numberAt(bytes, 4);
  const text = new TextDecoder().decode(bytes.subarray(8, end));
  return {
    count: numberAt(bytes, 0),
    lines: text.slice(0, -1).split('\n'),
    salts: new TextDecoder().decode(bytes.subarray(end)),
  };
}

function partOf(of: readonly string[], said = salts, number = of.length): Piece {
  const text = toBytes(of.map((line) => `${line}\n`).join(''));
  return raw(u32(number, text.length), text, toBytes(said));
}

/** A bundle whose body is these pieces. */
function made(of: readonly Piece[], change: object = {}): Uint8Array {
  const stored = joinBytes(...of.flatMap((one) => [u32(one.stored.length, one.size), one.stored]));
  const size = of.reduce((sum, one) => sum + one.size, 0);
  return framed(stored, { size, ...change });
}

function framed(stored: Uint8Array, said: object): Uint8Array {
  const body = { encoding: 'parts', size: 0, stored: stored.length, sha256: toHex(sha256(stored)), ...said };
  const bytes = canonicalBytes({ ...manifest, body });
  const signature = northmark.sign('chirograph/bundle/v1', bytes);
  return encodeFrame({ ...manifest, body: body as typeof manifest.body }, bytes, signature, stored);
}

function refusal(bytes: Uint8Array, tools: object = {}): string {
  return refusalOf(() => openBundle(bytes, { ...atSouthmark, ...tools }));
}

const byteText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function some(group: ReleasedGroup, keep: (leaf: number) => boolean): ReleasedGroup {
  const records = group.records.filter(({ leaf }) => keep(leaf));
  const cut = records.map((one) => ({
    ...one,
    record: one.leaf % 2 === 0 ? withhold(one.record, () => true) : one.record,
  }));
  return { ...group, records: cut };
}

type Verifier = {
  readonly verifyBundle: (
    inner: Buffer,
    cards: readonly Buffer[],
  ) => { readonly records: readonly { readonly id: string }[] };
};
const verifier = (await import(
  fileURLToPath(new URL('../../../tools/verify/verify.mjs', import.meta.url))
)) as Verifier;

function brokenRule(bytes: Uint8Array): string {
  try {
    verifier.verifyBundle(Buffer.from(bytes), [Buffer.from(northmark.card.bytes)]);
    return 'none';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('a body in parts', () => {
  test('[B29–B32] gives every kind of record back, whichever way its text is read, and to who shares no code', () => {
    const expected = whole.records.map(({ id, record }) => ({ id, record })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const tools of [{}, { byteText }]) {
      const found = openBundle(inner, { ...atSouthmark, ...tools }).records;
      expect(found.map(({ id, record }) => ({ id, record }))).toEqual(expected);
      expect(found.map(({ leaf }) => leaf)).toEqual(expected.map((_, leaf) => leaf));
    }
    const verified = verifier.verifyBundle(Buffer.from(inner), [Buffer.from(northmark.card.bytes)]);
    expect(verified.records.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  test('[B30] of many parts and groups, some with leaves and claims that stay home, is read as it was written', () => {
    const ours = people(3000);
    const batches = [0, 1, 2].map((at) => wholeBatch(northmark, ours.slice(at * 1000, at * 1000 + 1000)));
    const theirs = wholeBatch(eastmark, people(40, eastmark));
    const groups = [
      ...batches.slice(0, 2),
      some(batches[2] ?? whole, (leaf) => leaf % 7 > 2),
      some(theirs, (leaf) => leaf !== 5),
    ];
    const bundle = encodeBundle(dataDraft, groups, { sign: northmark.sign, compress }, [eastmark.card]);
    expect(piecesIn(parseFrame(bundle.inner).storedBody).length).toBeGreaterThan(2);
    const opened = openBundle(bundle.inner, { ...atSouthmark, byteText });
    const sent = groups.flatMap((group) => group.records.map(({ id }) => id));
    expect(opened.records.map(({ id }) => id).toSorted()).toEqual(sent.toSorted());
    const cards = [Buffer.from(northmark.card.bytes)];
    expect(verifier.verifyBundle(Buffer.from(bundle.inner), cards).records).toHaveLength(sent.length);
  });

  test('[B31] a value with a field called salt keeps its line whole', () => {
    const line = lines.find((one) => one.startsWith(' '));
    expect(line).toContain('"salt":""');
    expect(lines.filter((one) => one.startsWith(' '))).toHaveLength(1);
    expect(salts).toContain('AAAAAAAAAAAAAAAAAAAAAA');
  });

  test('[B30, B31] lines are in the order of their subjects, and no salt is left in them', () => {
    const subjects = lines.map((line) => /"subject":"([^"]*)","supersedes"/.exec(line)?.[1] ?? '');
    expect(subjects).toEqual(subjects.toSorted());
    expect(lines.filter((line) => /"salt":"[^"]/.test(line) && !line.startsWith(' '))).toEqual([]);
    expect(salts.length % 22).toBe(0);
  });
});

const salted = lines.findIndex((line) => line.startsWith('{') && line.includes('"salt":""'));
const spaced = lines.findIndex((line) => line.startsWith(' '));
const before = lines.slice(0, salted).join('').split('"salt":""').length - 1;

function withLine(at: number, change: (line: string) => string): string[] {
  return lines.map((line, i) => (i === at ? change(line) : line));
}

describe('what a reader refuses of a body in parts', () => {
  test.each<[rule: string, what: string, bytes: Uint8Array]>([
    ['none', 'the same in two parts', made([head, ...inTwo()])],
    ['none', 'the same, compressed', framed(storedBody, { size: manifest.body.size })],
    ['bundle.malformed B29', 'no piece at all', framed(new Uint8Array(), { size: 0 })],
    ['bundle.malformed B2', 'half a piece', framed(storedBody.subarray(0, 6), { size: 6 })],
    ['bundle.malformed B2', 'a piece of 4 GiB', framed(u32(0xff_ff_ff_ff, 0xff_ff_ff_ff), { size: 8 })],
    [
      'bundle.malformed B13',
      'sizes that come to less than said',
      made([head, part], { size: head.size + part.size + 1 }),
    ],
    [
      'bundle.malformed B13',
      'sizes that come to more than said',
      made([head, part], { size: head.size + part.size - 1 }),
    ],
    ['bundle.malformed B29', 'a piece stored in more than its size', made([head, { ...part, size: part.size - 1 }])],
    ['bundle.malformed B13', 'a piece that is no zstd', made([head, { ...part, size: part.size + 1 }])],
    [
      'bundle.malformed B13',
      'a piece that gives less',
      made([head, { stored: compress(part.stored), size: part.size + 9 }]),
    ],
    ['bundle.malformed B13', 'a bomb', made([head, { stored: compress(new Uint8Array(2 ** 22)), size: 4096 }])],
    [
      'bundle.malformed B29',
      'a part of more than 8 MiB',
      made([head, { stored: compress(part.stored), size: 2 ** 23 + 1 }]),
    ],
    ['bundle.malformed B29', 'a part without lines', made([head, part, raw(u32(0, 0))])],
    ['bundle.malformed B2', 'a part whose text is longer than it', made([head, raw(u32(1, 9), toBytes('{}'))])],
    ['bundle.malformed B14', 'a byte behind the head', made([raw(head.stored, Uint8Array.of(0)), part])],
    ['bundle.malformed B30', 'no part', made([head])],
    [
      'bundle.malformed B30',
      'a line that is missing',
      made([head, partOf(lines.slice(0, spaced), saltsFor(lines.slice(0, spaced)))]),
    ],
    [
      'bundle.malformed B30',
      'a line too many',
      made([head, part, partOf(lines.slice(0, 1), saltsFor(lines.slice(0, 1)))]),
    ],
    ['bundle.malformed B30', 'fewer lines than said', made([head, partOf(lines, salts, count + 1)])],
    ['bundle.malformed B30', 'more lines than said', made([head, partOf(lines, salts, count - 1)])],
    ['bundle.malformed B30', 'two lines in each other’s place', made([head, swapped()])],
    ['bundle.malformed B31', 'a salt too many', made([head, partOf(lines, salts + salts.slice(0, 22))])],
    ['bundle.malformed B31', 'a salt too few', made([head, partOf(lines, salts.slice(0, -22))])],
    ['bundle.malformed B31', 'half a salt', made([head, partOf(lines, salts.slice(0, -11))])],
    [
      'bundle.malformed B31',
      'a salt with spare bits',
      made([head, partOf(lines, `${salts.slice(0, 21)}B${salts.slice(22)}`)]),
    ],
    ['bundle.malformed B31', 'a salt that is none', made([head, partOf(lines, ` ${salts.slice(1)}`)])],
    ['bundle.malformed B31', 'a salt left in its line', made([head, leftIn()])],
    ['bundle.malformed B31', 'a line kept whole without need', made([head, keptWhole()])],
    [
      'bundle.unproven-record A3',
      'two salts in each other’s place',
      made([head, partOf(lines, salts.slice(22, 44) + salts.slice(0, 22) + salts.slice(44))]),
    ],
    [
      'record.malformed R1',
      'a line that is not canonical',
      made([head, partOf(withLine(spaced, (line) => line.replace('{', '{ ')))]),
    ],
  ])('[%s] %s', (rule, _what, bytes) => {
    const found = [refusal(bytes), refusal(bytes, { byteText })];
    // which of the salts is wrong shows in the order of the claims or in the id
    const expected = rule === 'bundle.unproven-record A3' ? /A3|R11|B30/ : new RegExp(`^${rule}$`);
    for (const one of found) expect(one).toMatch(expected);
    if (rule === 'none') expect(brokenRule(bytes)).toBe('none');
    else expect(brokenRule(bytes)).not.toBe('none');
  });

  test('[B18] a manifest of version 1 knows no parts', () => {
    const { approvals: _approvals, sent: _sent, ...first } = manifest;
    const bytes = canonicalBytes({ ...first, v: 1 });
    const signature = northmark.sign('chirograph/bundle/v1', bytes);
    expect(refusal(encodeFrame(manifest, bytes, signature, storedBody))).toBe('bundle.malformed B6');
  });

  test('[B32] gaps that lead elsewhere or beyond the batch are refused', () => {
    const some = { ...whole, records: whole.records.filter(({ leaf }) => leaf !== 2) };
    const bundle = encodeBundle(dataDraft, [some], { sign: northmark.sign, compress: (bytes) => bytes });
    const [first = raw(), second = raw()] = piecesIn(parseFrame(bundle.inner).storedBody);
    const gapsAt = first.stored.length - 4 * some.records.length;
    const told = (at: number, gap: number): Uint8Array => {
      const changed = first.stored.slice();
      changed.set(u32(gap), gapsAt + 4 * at);
      const stored = joinBytes(
        u32(changed.length, first.size),
        changed,
        u32(second.stored.length, second.size),
        second.stored,
      );
      const body = {
        encoding: 'parts',
        size: bundle.manifest.body.size,
        stored: stored.length,
        sha256: toHex(sha256(stored)),
      };
      const bytes = canonicalBytes({ ...bundle.manifest, body });
      return encodeFrame(bundle.manifest, bytes, northmark.sign('chirograph/bundle/v1', bytes), stored);
    };
    expect(refusal(bundle.inner)).toBe('none');
    expect(refusal(told(0, 1))).toBe('bundle.unproven-record A3');
    expect(refusal(told(2, 0))).toBe('bundle.unproven-record A3');
    expect(refusal(told(some.records.length - 1, 0xff_ff_ff_ff))).toBe('bundle.unproven-record A3');
    expect(brokenRule(told(2, 0))).toBe('A3');
  });

  test('[B30] a group with one subject said twice is in the order of its ids', () => {
    const twice = [sealed(personDraft(1), 'one'), sealed(personDraft(1), 'two')];
    const bundle = encodeBundle(dataDraft, [wholeBatch(northmark, twice)], { sign: northmark.sign, compress });
    expect(openBundle(bundle.inner, atSouthmark).records).toHaveLength(2);
  });

  test('any body in parts, rightly signed and changed anywhere, gives an error of ours or nothing new', () => {
    const bytes = joinBytes(...pieces.flatMap((one) => [u32(one.stored.length, one.size), one.stored]));
    const size = head.size + part.size;
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        const bundle = framed(changed, { size });
        const [slow, fast] = [refusal(bundle), refusal(bundle, { byteText })];
        expect(fast).toBe(slow);
        expect(brokenRule(bundle) === 'none').toBe(slow === 'none');
        expect(slow === 'none').toBe(bytes[at] === value);
      }),
      { numRuns: 40 },
    );
  });
});

function saltsFor(of: readonly string[]): string {
  const wanted =
    of
      .filter((line) => !line.startsWith(' '))
      .join('')
      .split('"salt":""').length - 1;
  return salts.slice(0, 22 * wanted);
}

function inTwo(): Piece[] {
  const used = saltsFor(lines.slice(0, 4));
  return [partOf(lines.slice(0, 4), used), partOf(lines.slice(4), salts.slice(used.length))];
}

function swapped(): Piece {
  const bare = lines.flatMap((line, i) => (line.includes('"salt":') ? [] : [i]));
  const [one = 0, other = 0] = bare;
  return partOf(lines.map((line, i) => lines[i === one ? other : i === other ? one : i] ?? line));
}

function leftIn(): Piece {
  const salt = salts.slice(22 * before, 22 * before + 22);
  const changed = withLine(salted, (line) => line.replace('"salt":""', `"salt":"${salt}"`));
  return partOf(changed, salts.slice(0, 22 * before) + salts.slice(22 * before + 22));
}

function keptWhole(): Piece {
  const bare = lines.findIndex((line) => !line.includes('"salt":'));
  return partOf(withLine(bare, (line) => ` ${line}`));
}
