import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeComparison, headsText, openComparison } from '../../../src-shared/bundle/comparison-file.ts';
import type {
  AnsweredComparison,
  BegunComparison,
  ComparisonStatement,
} from '../../../src-shared/bundle/comparison-file.ts';
import {
  depthFor,
  differingRanges,
  digestOf,
  headsInSteps,
  rangeOf,
} from '../../../src-shared/bundle/comparison-tree.ts';
import type { Compared, Entry } from '../../../src-shared/bundle/comparison-tree.ts';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { hashHex, joinBytes, toBytes } from '../../../src-shared/crypto/hash.ts';
import { paddedLength } from '../../../src-shared/crypto/padding.ts';
import { RecordId } from '../../../src-shared/domain/ids.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { eastmark, northmark, refusalOf, southmark } from '../../support/bundle-samples.ts';

const of = '0198c0de-0000-7000-8000-000000000001' as SubjectId;
const compared: Compared = { case: of, agencies: [northmark.id, southmark.id] };
const ids = Array.from({ length: 60 }, (_, i) => RecordId.parse(hashHex(toBytes(`record ${i}`)))).toSorted();
const Sets = fc.uniqueArray(fc.record({ id: fc.constantFrom(...ids), withheld: fc.nat(3) }), {
  selector: ({ id }) => id,
});
const text = ({ id, withheld }: Entry) => `${id} ${withheld}`;
const inOrder = (entries: readonly Entry[]) => entries.toSorted((one, other) => (one.id < other.id ? -1 : 1));
const heads = (entries: readonly Entry[], depth: number, whose = compared) =>
  runThrough(headsInSteps(whose, inOrder(entries), depth));

describe('the tree', () => {
  test('[M6] [M7] gives one digest whatever the depth, equal exactly when the entries are', () => {
    fc.assert(
      fc.property(Sets, Sets, fc.nat(10), fc.nat(10), (one, other, depth, another) => {
        const digest = heads(one, depth).digest;
        expect(heads(one, another).digest).toBe(digest);
        const isEqual = JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
        expect(heads(other, another).digest === digest).toBe(isEqual);
      }),
    );
  });

  test('[M11] names exactly the ranges in which entries differ', () => {
    fc.assert(
      fc.property(Sets, Sets, fc.nat(10), (one, other, depth) => {
        const [a, b] = [new Set(one.map(text)), new Set(other.map(text))];
        const differing = [...[...a].filter((entry) => !b.has(entry)), ...[...b].filter((entry) => !a.has(entry))].map(
          (entry) => rangeOf(entry.slice(0, 64) as RecordId, depth),
        );
        const found = differingRanges(heads(one, depth).nodes, heads(other, depth).nodes);
        expect(found).toEqual([...new Set(differing)].toSorted((x, y) => x - y));
      }),
    );
  });

  test('[M11] a node differs by any of its bytes', () => {
    for (const at of [0, 31, 32, 63]) {
      const other = new Uint8Array(64);
      other[at] = 1;
      expect(differingRanges(new Uint8Array(64), other)).toEqual([at < 32 ? 0 : 1]);
    }
  });

  test('[M5] of another case or between others has no node in common', () => {
    const entries = ids.map((id) => ({ id, withheld: 0 }));
    const mine = heads(entries, 2);
    const others = [
      heads(entries, 2, { ...compared, agencies: [northmark.id, eastmark.id] }),
      heads(entries, 2, { ...compared, case: '0198c0de-0000-7000-8000-000000000002' as SubjectId }),
    ];
    for (const other of others) expect(differingRanges(mine.nodes, other.nodes)).toEqual([0, 1, 2, 3]);
    expect(heads(entries, 2, { ...compared, agencies: [southmark.id, northmark.id] }).digest).toBe(mine.digest);
  });

  test('[M10] has ranges of about sixteen entries, at most 65 536 of them', () => {
    expect([0, 1, 16, 17, 100_000, 2 ** 20, 2 ** 31].map(depthFor)).toEqual([0, 0, 0, 1, 13, 16, 16]);
  });
});

const entries = ids.map((id) => ({ id, withheld: 0 }));
const first = firstOf(entries);
const { heads: firstHeads, ...withoutHeads } = first;
const listed = ids.filter((id) => rangeOf(id, 2) === 1);
const answer: AnsweredComparison = {
  ...withoutHeads,
  round: 2,
  answers: first.digest,
  ranges: [1],
  left: 0,
  ours: listed.slice(0, 2).map((id) => [id, 0]),
  yours: listed.slice(2, 4).map((id) => [id, 1]),
};

function firstOf(some: readonly Entry[]): BegunComparison {
  const { depth, nodes, digest } = heads(some, 2);
  return {
    v: 1,
    kind: 'comparison',
    round: 1,
    issuer: northmark.id,
    kid: northmark.card.kid,
    audience: southmark.id,
    case: of,
    created: '2026-05-01T09:30:00.000Z',
    size: some.length,
    digest,
    depth,
    heads: headsText(nodes),
  };
}

const tools = (trust: 'confirmed' | 'unconfirmed' | 'revoked' = 'confirmed') => ({
  us: southmark.id,
  case: of,
  knownAgency: (id: string) => (id === northmark.id ? { card: northmark.card, trust } : undefined),
});

/** What anybody who holds the key could sign. */
const forged = (change: object, base: object = first) =>
  encodeComparison({ ...base, ...change } as ComparisonStatement, northmark.sign);
const outer = (
  statement: Uint8Array,
  signature = northmark.sign('chirograph/comparison/v1', statement),
  magic = 'CHC1',
  more = 0,
) => {
  const end = 72 + statement.length;
  const inner = new Uint8Array(paddedLength(end) + more);
  inner.set(joinBytes(toBytes(magic), new Uint8Array(4), statement, signature));
  new DataView(inner.buffer).setUint32(4, statement.length);
  return inner;
};
const bytes = canonicalBytes(first);
const good = encodeComparison(first, northmark.sign);

describe('a file', () => {
  test('[M13] [M14] opens to what was said', () => {
    expect(openComparison(good, tools())).toEqual(first);
    expect(openComparison(encodeComparison(answer, northmark.sign), tools())).toEqual(answer);
    expect(openComparison(outer(bytes), tools())).toEqual(first);
  });

  const M13 = 'compare.malformed M13';
  const M14 = 'compare.malformed M14';
  const newer = 'compare.newer-version';
  const flipped = (at: number) => good.map((byte, i) => (i === at ? byte ^ 1 : byte));
  const reworded = (change: (json: string) => string) => outer(toBytes(change(new TextDecoder().decode(bytes))));

  const HOSTILE: readonly (readonly [name: string, refusal: string, inner: Uint8Array])[] = [
    ['nothing', 'compare.not-a-comparison', new Uint8Array()],
    ['a bundle', 'compare.not-a-comparison', outer(bytes, undefined, 'CHB1')],
    ['no version', 'compare.not-a-comparison', outer(bytes, undefined, 'CHCx')],
    ['a newer frame', newer, outer(bytes, undefined, 'CHC2')],
    ['a newer statement', newer, forged({ v: 2 })],
    ['a newer statement of another form', newer, outer(canonicalBytes({ v: 7, anything: true }))],
    ['only its magic', M14, toBytes('CHC1')],
    ['a length beyond the end', M14, flipped(6)],
    ['a length beyond the limit', M13, flipped(4).map((byte, i) => (i === 4 ? 0xff : byte))],
    ['cut', M14, good.slice(0, -1)],
    ['longer', M14, outer(bytes, undefined, 'CHC1', 64)],
    ['padding that is not zero', M14, flipped(good.length - 1)],
    ['a statement that is not JSON', M13, outer(toBytes('no JSON'))],
    ['white space', M13, reworded((json) => json.replace(',', ', '))],
    ['a field twice', M13, reworded((json) => json.replace('"audience"', '"audience":"x","audience"'))],
    ['nothing of the form', M13, outer(canonicalBytes({ v: 1 }))],
    ['a field more', M13, forged({ more: 1 })],
    ['another kind', M13, forged({ kind: 'receipt' })],
    ['round 0', M13, forged({ round: 0 })],
    ['round 4', M13, forged({ round: 4 }, answer)],
    ['an answer with nodes', M13, forged({ heads: firstHeads }, answer)],
    ['a first file with a list', M13, forged({ ours: [] })],
    ['to itself', M13, forged({ audience: northmark.id })],
    ['depth 17', M13, forged({ depth: 17 })],
    ['nodes of another depth', M13, forged({ depth: 3 })],
    ['nodes in another spelling', M13, forged({ heads: `${first.heads}=` })],
    ['a case that is none', M13, forged({ case: 'all' })],
    ['ranges out of order', M13, forged({ ranges: [1, 0] }, answer)],
    ['a range twice', M13, forged({ ranges: [1, 1] }, answer)],
    ['a range beyond the depth', M13, forged({ ranges: [1, 4] }, answer)],
    ['an entry outside its ranges', M13, forged({ ranges: [2] }, answer)],
    ['entries out of order', M13, forged({ ours: answer.ours.toReversed() }, answer)],
    ['entries of the reader out of order', M13, forged({ yours: answer.yours.toReversed() }, answer)],
    ['an entry twice', M13, forged({ ours: [answer.ours[0], answer.ours[0]] }, answer)],
    ['an entry of both', M13, forged({ yours: answer.ours }, answer)],
    ['fewer than none withheld', M13, forged({ ours: [[listed[0], -1]] }, answer)],
    [
      'more entries than one file may list',
      M13,
      forged(
        {
          depth: 0,
          ranges: [0],
          yours: [],
          ours: manyFrom(0, 65_537),
        },
        answer,
      ),
    ],
    [
      'more entries of both than one file may list',
      M13,
      forged({ depth: 0, ranges: [0], ours: manyFrom(0, 32_769), yours: manyFrom(32_769, 32_768) }, answer),
    ],
    ['a date that is none', M13, forged({ created: 'yesterday' })],
    ['an issuer that nobody knows', 'bundle.unknown-signer', forged({ issuer: eastmark.id })],
    ['another signature', 'bundle.bad-signature', outer(bytes, eastmark.sign('chirograph/comparison/v1', bytes))],
    [
      'a signature for something else',
      'bundle.bad-signature',
      outer(bytes, northmark.sign('chirograph/bundle/v1', bytes)),
    ],
    ['another key id', 'bundle.bad-signature', forged({ kid: southmark.card.kid })],
    ['for somebody else', 'bundle.not-for-us', forged({ audience: eastmark.id })],
    ['of another case', 'compare.other-case', forged({ case: '0198c0de-0000-7000-8000-000000000002' })],
    ['nodes that do not give the digest', 'compare.malformed M15', forged({ heads: firstOf(entries.slice(1)).heads })],
    ['another number of entries', 'compare.malformed M15', forged({ size: 61 })],
  ];

  test.each(HOSTILE)('[§4] %s is refused as what it is', (_, refusal, inner) => {
    expect(refusalOf(() => openComparison(inner, tools()))).toBe(refusal);
  });

  test('[K9] of an agency that is not confirmed, or revoked, is refused', () => {
    expect(refusalOf(() => openComparison(good, tools('unconfirmed')))).toBe('bundle.unconfirmed-signer');
    expect(refusalOf(() => openComparison(good, tools('revoked')))).toBe('bundle.revoked-signer');
  });

  test('[§4] with any one bit turned is refused or says the same', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(7), (at, bit) => {
        const turned = good.map((byte, i) => (i === at ? byte ^ (1 << bit) : byte));
        expect(refusalOf(() => openComparison(turned, tools()))).toMatch(/^(compare|bundle)\./);
      }),
      { numRuns: 60 },
    );
  });

  test('[M15] the digest of its nodes is what it says', () => {
    expect(digestOf(compared, first.size, heads(entries, 2).nodes)).toBe(first.digest);
  });
});

function manyFrom(start: number, length: number): (readonly [string, number])[] {
  return Array.from({ length }, (_, i) => [(start + i).toString(16).padStart(64, '0'), 0]);
}
