import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBody } from '../../../src-shared/bundle/body.ts';
import { encodeCard } from '../../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../../src-shared/bundle/card.ts';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import type { ReleasedGroup } from '../../../src-shared/bundle/encode-bundle.ts';
import { encodeFrame } from '../../../src-shared/bundle/frame.ts';
import { openBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { OpenTools, VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { fromHex, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import type { AnyRecord } from '../../../src-shared/domain/record.ts';
import { attest, rootOfIds } from '../../../src-shared/records/attestation.ts';
import { parseRecord, recordBytes } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { changedCard, firstCard, listed, testKey } from '../../support/key-changes.ts';
import {
  dataDraft,
  eastmark,
  northmark,
  openTools,
  people,
  personDraft,
  refusalOf,
  sealed,
  southmark,
  wholeBatch,
} from '../../support/bundle-samples.ts';

/** Northmark said it, Southmark passes it on, Eastmark gets it: bundle.md B17–B21, B27. */

const PERSON = [
  { property: 'name', value: 'Invented Person' },
  { property: 'dateOfBirth', value: '1980-01-02' },
  { property: 'phone', value: '+447700900123' },
];
const said = Array.from({ length: 5 }, (_, i) => sealed(personDraft(i + 1, PERSON), `third ${i}`));
const batch = wholeBatch(northmark, said);
const atSouth = open(
  encodeBundle(dataDraft, [part(batch, [0, 1, 3])], { sign: northmark.sign }).inner,
  openTools(southmark, [northmark]),
);
const toEast = {
  ...dataDraft,
  issuer: southmark.id,
  kid: southmark.card.kid,
  audience: [{ agency: eastmark.id, sequence: 1, previous: null }],
};
const atEast = openTools(eastmark, [southmark]);

function open(inner: Uint8Array, tools: OpenTools): VerifiedBundle {
  return openBundle(inner, tools);
}

function part(group: ReleasedGroup, leaves: readonly number[]): ReleasedGroup {
  return { ...group, records: group.records.filter(({ leaf }) => leaves.includes(leaf)) };
}

/** What came, with the paths that came with it, some claims withheld. */
function passedOn(from: VerifiedBundle, isWithheld: (property: string) => boolean = () => false): ReleasedGroup[] {
  const bySigned = Map.groupBy(from.records, ({ signed }) => signed);
  return [...bySigned].map(([signed, records]) => ({
    signed,
    records: records.map((one) => ({ ...one, record: withhold(one.record, (claim) => isWithheld(claim.property)) })),
  }));
}

type Part = Parameters<typeof encodeBody>[0][number];

/** A group as a forwarder would have it, before anything is forged. */
function honest(): Part {
  const { inner } = encodeBundle(toEast, passedOn(atSouth), { sign: southmark.sign }, [northmark.card]);
  const opened = open(inner, atEast);
  const proof = proofHashes();
  const [signed] = opened.attestations.map((one) => one.signed);
  if (signed === undefined) throw new Error('one attestation');
  return { signed, proof, entries: opened.records.map(({ leaf, record }) => ({ leaf, bytes: recordBytes(record) })) };
}

/** Leaves 2 and 4 are not there: the hash of each. */
function proofHashes(): Uint8Array[] {
  const { leaves = [] } = batch;
  return [2, 4].map((leaf) => sha256(Uint8Array.of(0, ...fromHex(leaves[leaf] ?? ''))));
}

/** Southmark signs whatever it likes: true counts and root, its own key, any groups and cards. */
function forged(groups: readonly Part[], cards: readonly Uint8Array[] = [northmark.card.bytes]): string {
  return refusalOf(() => open(framed(groups, cards), atEast));
}

function framed(groups: readonly Part[], cards: readonly Uint8Array[]): Uint8Array {
  const body = encodeBody(groups, cards);
  const { manifest } = encodeBundle(toEast, [], { sign: southmark.sign });
  const parsed = groups.flatMap(({ entries }) => entries.map(({ bytes }) => parseRecord(bytes)));
  const changed = {
    ...manifest,
    counts: {
      attestations: groups.length,
      records: parsed.length,
      withheldClaims: parsed.reduce((sum, { record }) => sum + record.claims.filter((c) => 'withheld' in c).length, 0),
      withheldRecords: 0,
    },
    recordsRoot: rootOfIds(parsed.map(({ id }) => id).toSorted()),
    body: { encoding: 'none' as const, size: body.length, stored: body.length, sha256: toHex(sha256(body)) },
  };
  const bytes = canonicalBytes(changed);
  return encodeFrame(changed, bytes, southmark.sign('chirograph/bundle/v1', bytes), body);
}

/** The first record of the group, said otherwise, with its place kept. */
function edited(edit: (record: AnyRecord) => unknown): Part {
  const group = honest();
  return {
    ...group,
    entries: group.entries.map(({ leaf, bytes }, i) =>
      i === 0 ? { leaf, bytes: canonicalBytes(edit(parseRecord(bytes).record)) } : { leaf, bytes },
    ),
  };
}

function claimsOf({ claims }: AnyRecord): AnyRecord['claims'][number][] {
  return [...claims];
}

test('[B17, B21] an unknown author is proven by the card that came along, on the word of who passed it on', () => {
  const { inner } = encodeBundle(toEast, passedOn(atSouth), { sign: southmark.sign }, [northmark.card]);
  const opened = open(inner, atEast);
  expect(opened.unvouched).toEqual([]);
  expect(opened.records.map(({ id, vouchedBy }) => [id, vouchedBy])).toEqual(
    atSouth.records.map(({ id }) => [id, southmark.id]),
  );
  expect(opened.attestations).toEqual([{ signed: batch.signed, vouchedBy: southmark.id }]);
  expect(opened.cards.map(({ agencyId, card }) => [agencyId, card.agency.name])).toEqual([
    [northmark.id, 'Northmark Agency'],
  ]);
});

test.each(['unconfirmed', 'confirmed', 'revoked'] as const)('[B17] an author whose card is %s on our list', (trust) => {
  const { inner } = encodeBundle(toEast, passedOn(atSouth), { sign: southmark.sign }, [northmark.card]);
  const opened = open(inner, {
    ...atEast,
    knownAgency: (id) => (id === northmark.id ? { card: northmark.card, trust } : atEast.knownAgency(id)),
  });
  const expected = { confirmed: [3, 0, 0], unconfirmed: [3, 3, 0], revoked: [0, 0, 3] }[trust];
  const vouched = opened.records.filter(({ vouchedBy }) => vouchedBy !== undefined).length;
  expect([opened.records.length, vouched, opened.unvouched.length]).toEqual(expected);
  expect(opened.unvouched.every(({ refusal }) => refusal === 'X2')).toBe(true);
});

test('[B17] without a card that came along a third author needs to be known', () => {
  const { inner } = encodeBundle(toEast, passedOn(atSouth), { sign: southmark.sign });
  const opened = open(inner, atEast);
  expect(opened.records).toEqual([]);
  expect(opened.unvouched.map(({ refusal }) => refusal)).toEqual(['X1', 'X1', 'X1']);
});

test('the honest group is what it should be', () => {
  expect(forged([honest()])).toBe('none');
});

/** A whole batch whose records say that somebody else said them. */
function asOf(author: typeof northmark, whole: ReleasedGroup): Part {
  const entries = whole.records
    .toSorted((one, two) => one.leaf - two.leaf)
    .map(({ leaf, record }) => ({ leaf, bytes: recordBytes({ ...record, author: author.id }) }));
  return { signed: whole.signed, proof: [], entries };
}

function byId(one: PartnerCard, two: PartnerCard): number {
  return one.agencyId < two.agencyId ? -1 : 1;
}

describe('[B27] who passes on cannot', () => {
  const other = wholeBatch(northmark, people(2));
  const southern = wholeBatch(southmark, people(2, southmark));
  const group = honest();
  const [first, second, third] = group.entries;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three records');
  const bySouth = attest(
    group.entries.map(({ bytes }) => parseRecord(bytes).id),
    southmark.id,
    southmark.card.kid,
    southmark.sign,
  ).signed;
  const inItsName = attest(
    group.entries.map(({ bytes }) => parseRecord(bytes).id),
    northmark.id,
    northmark.card.kid,
    southmark.sign,
  ).signed;
  const withItsKey = attest(
    group.entries.map(({ bytes }) => parseRecord(bytes).id),
    northmark.id,
    southmark.card.kid,
    southmark.sign,
  ).signed;
  const whole = (signed: typeof bySouth): Part => ({
    signed,
    proof: [],
    entries: group.entries
      .toSorted((one, two) => (parseRecord(one.bytes).id < parseRecord(two.bytes).id ? -1 : 1))
      .map(({ bytes }, leaf) => ({ leaf, bytes })),
  });

  test.each<readonly [refused: string, name: string, group: Part]>([
    [
      'bundle.unproven-record A3',
      'change the header',
      edited((record) => ({ ...record, subject: record.author.slice(0, 8) + '-0000-7000-8000-000000000001' })),
    ],
    [
      'bundle.unproven-record A2',
      'drop a claim',
      edited((record) => ({ ...record, claims: claimsOf(record).slice(1) })),
    ],
    [
      'record.malformed R11',
      'put claims in another order',
      edited((record) => ({ ...record, claims: claimsOf(record).toReversed() })),
    ],
    ['bundle.unproven-record A4', 'sign in its author’s name', whole(inItsName)],
    ['bundle.unproven-record A4', 'sign with its own key in its author’s name', whole(withItsKey)],
    ['bundle.unproven-record A5', 'say that it said them itself', whole(bySouth)],
    ['bundle.unproven-record A3', 'leave a record out', { ...group, entries: [first, third] }],
    ['bundle.unproven-record A3', 'use the proof of another attestation', { ...group, proof: [] }],
    ['bundle.unproven-record A3', 'mix attestations', { ...group, signed: other.signed, proof: [] }],
    ['bundle.unproven-record A5', 'put them under its own attestation', { ...group, signed: southern.signed }],
    [
      'bundle.unproven-record A5',
      'put its own under its author’s',
      { ...asOf(southmark, batch), signed: batch.signed },
    ],
    [
      'bundle.unproven-record A2',
      'swap records',
      { ...group, entries: [{ ...first, bytes: second.bytes }, { ...second, bytes: first.bytes }, third] },
    ],
  ])('%s: %s', (refused, _name, forgery) => {
    expect(forged([forgery])).toBe(refused);
  });

  test.each([
    ['a value', (text: string) => text.replace('Invented Person', 'Invented Reason')],
    [
      'a salt',
      (text: string) => text.replace(/"salt":"./, (found) => found.slice(0, -1) + (found.endsWith('x') ? 'y' : 'x')),
    ],
    [
      'what was withheld',
      (text: string) =>
        text.replace(/"withheld":"./, (found) => found.slice(0, -1) + (found.endsWith('0') ? '1' : '0')),
    ],
    ['the time', (text: string) => text.replace('2026-03-01', '2026-03-02')],
    ['the author', (text: string) => text.replace(northmark.id, eastmark.id)],
  ])('change %s', (_name, edit) => {
    const redacted = passedOn(atSouth, (property) => property === 'phone');
    const [{ records }] = redacted as [ReleasedGroup];
    const entries = records.map(({ leaf, record }) => ({ leaf, bytes: recordBytes(record) }));
    const texts = entries.map(({ leaf, bytes }) => ({ leaf, text: edit(new TextDecoder().decode(bytes)) }));
    const forgery = { ...honest(), entries: texts.map(({ leaf, text }) => ({ leaf, bytes: toBytes(text) })) };
    expect(refusalOf(() => open(framed([{ ...honest(), entries }], [northmark.card.bytes]), atEast))).toBe('none');
    expect(refusalOf(() => open(framedLoosely([forgery]), atEast))).toMatch(
      /^(bundle\.unproven-record A[235]|record\.malformed R(7|11))$/,
    );
  });
});

/** As `framed`, for records that are none any more. */
function framedLoosely(groups: readonly Part[]): Uint8Array {
  const body = encodeBody(groups, [northmark.card.bytes]);
  const { manifest } = encodeBundle(toEast, [], { sign: southmark.sign });
  const stored = { encoding: 'none' as const, size: body.length, stored: body.length, sha256: toHex(sha256(body)) };
  const changed = { ...manifest, body: stored };
  const bytes = canonicalBytes(changed);
  return encodeFrame(changed, bytes, southmark.sign('chirograph/bundle/v1', bytes), body);
}

describe('[B19, B20] cards that come along', () => {
  const key = testKey('somebody else');
  const sameName: PartnerCard = firstCard(key, northmark.recipient, 'Northmark Agency');
  const renamed = encodeCard(
    {
      agency: { name: 'Northmark Agency, Fraud Office', country: 'NL', sample: true },
      publicKey: northmark.publicKey,
      sealing: [northmark.recipient],
    },
    northmark.sign,
  );
  const broken = northmark.card.bytes.slice();
  broken[broken.length - 20] = (broken[broken.length - 20] ?? 0) === 0x30 ? 0x31 : 0x30;
  const twice = [northmark.card.bytes, northmark.card.bytes];
  const both = [northmark.card, sameName].toSorted(byId).map(({ bytes }) => bytes);

  test.each<readonly [refused: string, name: string, cards: readonly Uint8Array[]]>([
    ['bundle.malformed B19', 'of another agency with the same name', [sameName.bytes]],
    ['bundle.malformed B19', 'of the author and of one with the same name', both],
    ['bundle.malformed B19', 'of who passes on', [southmark.card.bytes]],
    ['bundle.malformed B19', 'of somebody who said nothing here', [eastmark.card.bytes]],
    ['bundle.malformed B19', 'twice', twice],
    ['card.bad-signature', 'whose signature is broken', [broken]],
    ['none', 'none', []],
    ['none', 'that its author signed under another name', [renamed.bytes]],
  ])('%s: %s', (refused, _name, cards) => {
    expect(forged([honest()], cards)).toBe(refused);
  });

  test('[A4] an attestation by a key that is not on the card refuses the bundle', () => {
    const old = testKey('old');
    const first = firstCard(old, northmark.recipient);
    const records = people(2).map(({ record }) => ({ ...record, author: first.agencyId }));
    const parsed = records.map((record) => parseRecord(recordBytes(record)));
    const stranger = testKey('stranger');
    const { signed, leaves } = attest(
      parsed.map(({ id }) => id),
      first.agencyId,
      stranger.kid,
      stranger.sign,
    );
    const entries = leaves.map((id, leaf) => ({
      leaf,
      bytes: parsed.find((one) => one.id === id)?.bytes ?? new Uint8Array(),
    }));
    expect(forged([{ signed, proof: [], entries }], [first.bytes])).toBe('bundle.unproven-record A4');
  });

  test('[K17, K19] what old and new keys of the author said is proven by a card with its chain, and by its continuation', () => {
    const [old, fresh] = [testKey('old'), testKey('fresh')];
    const first = firstCard(old, northmark.recipient);
    const later = changedCard(first, { signing: listed(fresh), root: listed(fresh) }, [old, fresh], fresh);
    const groupBy = (by: typeof old, numbers: readonly number[]): Part => {
      const parsed = numbers.map((number) => {
        const { record } = sealed(personDraft(number, PERSON), `k ${number}`);
        return parseRecord(recordBytes({ ...record, author: first.agencyId }));
      });
      const { signed, leaves } = attest(
        parsed.map(({ id }) => id),
        first.agencyId,
        by.kid,
        by.sign,
      );
      const entries = leaves.map((id, leaf) => ({
        leaf,
        bytes: parsed.find((one) => one.id === id)?.bytes ?? new Uint8Array(),
      }));
      return { signed, proof: [], entries };
    };
    const groups = [groupBy(old, [1, 2]), groupBy(fresh, [3])];
    expect(forged(groups, [later.bytes])).toBe('none');
    expect(forged(groups, [first.bytes])).toBe('bundle.unproven-record A4');
    const knowing = (card: PartnerCard): OpenTools => ({
      ...atEast,
      knownAgency: (id) => (id === first.agencyId ? { card, trust: 'confirmed' } : atEast.knownAgency(id)),
    });
    const opened = open(framed(groups, [later.bytes]), knowing(first));
    expect(opened.records.map(({ vouchedBy }) => vouchedBy)).toEqual([undefined, undefined, undefined]);
    expect(refusalOf(() => open(framed(groups, []), knowing(first)))).toBe('bundle.unproven-record A4');
    expect(open(framed(groups, [first.bytes]), knowing(later)).records).toHaveLength(3);
    const revoked = changedCard(
      later,
      { signing: listed(testKey('newest')), revoked: [old.kid] },
      [fresh],
      testKey('newest'),
    );
    const without = open(framed(groups, []), knowing(revoked));
    expect([without.records.length, without.unvouched.map(({ refusal }) => refusal)]).toEqual([1, ['X2', 'X2']]);
    expect(open(framed(groups, []), { ...knowing(revoked), isKept: () => true }).records).toHaveLength(3);
  });
});

describe('the verifier that shares no code', () => {
  const path = fileURLToPath(new URL('../../../tools/verify/verify.mjs', import.meta.url));
  type Verified = {
    readonly records: readonly { readonly id: string; readonly proven: string; readonly withheld: readonly string[] }[];
  };
  type Verifier = { readonly verifyBundle: (inner: Buffer, cards: readonly Buffer[]) => Verified };

  async function independently(inner: Uint8Array, cards: readonly PartnerCard[]): Promise<Verified | string> {
    const verifier = (await import(pathToFileURL(path).href)) as Verifier;
    try {
      return verifier.verifyBundle(
        Buffer.from(inner),
        cards.map(({ bytes }) => Buffer.from(bytes)),
      );
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  test('[B27] says the same of what went through three hops, with more withheld each time', async () => {
    const second = encodeBundle(
      toEast,
      passedOn(atSouth, (property) => property === 'phone'),
      { sign: southmark.sign },
      [northmark.card],
    );
    const east = open(second.inner, atEast);
    const home = {
      ...toEast,
      issuer: eastmark.id,
      kid: eastmark.card.kid,
      audience: [{ agency: southmark.id, sequence: 1, previous: null }],
    };
    const third = encodeBundle(
      home,
      passedOn(east, (property) => property === 'dateOfBirth'),
      { sign: eastmark.sign },
      [northmark.card],
    );
    const atEnd = open(third.inner, openTools(southmark, [eastmark]));
    const vouched = await independently(third.inner, [eastmark.card]);
    if (typeof vouched === 'string') throw new Error(vouched);
    expect(vouched.records.map(({ id }) => id)).toEqual(atEnd.records.map(({ id }) => id));
    expect(
      vouched.records.every(
        ({ proven, withheld }) => proven === 'vouched for by Eastmark Agency' && withheld.length === 2,
      ),
    ).toBe(true);
    const known = await independently(third.inner, [eastmark.card, northmark.card]);
    expect(typeof known !== 'string' && known.records.every(({ proven }) => proven === 'verified')).toBe(true);
    expect(await independently(third.inner, [northmark.card])).toBe('B9');
  });

  test('agrees on every bundle that a forwarder makes of bytes that came, one of them changed', async () => {
    const { bytes } = { bytes: encodeBody([honest()], [northmark.card.bytes]) };
    const { manifest } = encodeBundle(toEast, passedOn(atSouth), { sign: southmark.sign }, [northmark.card]);
    const known = new Set(said.map(({ id }) => id));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const body = bytes.slice();
        body[at] = (body[at] ?? 0) ^ change;
        const stored = {
          encoding: 'none' as const,
          size: body.length,
          stored: body.length,
          sha256: toHex(sha256(body)),
        };
        const changed = { ...manifest, body: stored };
        const signed = canonicalBytes(changed);
        const inner = encodeFrame(changed, signed, southmark.sign('chirograph/bundle/v1', signed), body);
        const ours = refusalOf(() => {
          for (const { id } of open(inner, atEast).records) expect(known.has(id)).toBe(true);
        });
        const theirs = await independently(inner, [southmark.card]);
        expect([ours, typeof theirs]).toEqual([ours, ours === 'none' ? 'object' : 'string']);
      }),
      { numRuns: 300 },
    );
  }, 180_000);
});
