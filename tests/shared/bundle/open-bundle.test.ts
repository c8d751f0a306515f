import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { OpenTools } from '../../../src-shared/bundle/open-bundle.ts';
import { paddedLength } from '../../../src-shared/crypto/padding.ts';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import type { ReleasedGroup } from '../../../src-shared/bundle/encode-bundle.ts';
import type { AnyRecord } from '../../../src-shared/domain/record.ts';
import { attest, rootOfIds } from '../../../src-shared/records/attestation.ts';
import type { VerifiedRecord } from '../../../src-shared/records/attestation.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import {
  atSouthmark,
  bundleOf,
  compress,
  dataDraft,
  eastmark,
  northmark,
  oneOfEach,
  openTools,
  people,
  recordIdOf,
  refusalOf,
  sealed,
  southmark,
  wholeBatch,
} from '../../support/bundle-samples.ts';

const ours = wholeBatch(northmark, people(9));
const eastern = wholeBatch(eastmark, people(4, eastmark));

function some(group: ReleasedGroup, indices: readonly number[]): ReleasedGroup {
  return { ...group, records: group.records.filter(({ leaf }) => indices.includes(leaf)) };
}

function redacted(group: ReleasedGroup, edit: (record: AnyRecord) => AnyRecord): ReleasedGroup {
  return { ...group, records: group.records.map((one) => ({ ...one, record: edit(one.record) })) };
}

/** What a receiver sends on: what it got, with the paths it got. */
function forwarded(records: readonly VerifiedRecord[]): ReleasedGroup[] {
  const bySignature = Map.groupBy(records, ({ signed }) => signed);
  return [...bySignature].map(([signed, list]) => ({ signed, records: list }));
}

function trusting(trust: 'confirmed' | 'unconfirmed' | 'revoked'): OpenTools {
  return {
    ...atSouthmark,
    knownAgency: (id) => (id === northmark.id ? { card: northmark.card, trust } : undefined),
  };
}

function refusalAt(inner: Uint8Array, now: string): string {
  return refusalOf(() => openBundle(inner, { ...atSouthmark, now }));
}

describe('round trip', () => {
  test('[B15] a whole batch opens to exactly the records released, proven, without a single hash of proof', () => {
    const { inner, manifest, manifestHash } = bundleOf([ours]);
    const opened = openBundle(inner, atSouthmark);
    expect(opened.manifest).toEqual(manifest);
    expect(opened.manifestHash).toBe(manifestHash);
    expect(opened.issuer).toBe(northmark.card);
    expect(opened.unvouched).toEqual([]);
    expect(opened.attestations).toEqual([{ signed: ours.signed, leaves: ours.leaves }]);
    expect(opened.cards).toEqual([]);
    const byLeaf = ours.records.toSorted((one, other) => one.leaf - other.leaf);
    expect(opened.records.map(({ id, record }) => ({ id, record }))).toEqual(
      byLeaf.map(({ id, record }) => ({ id, record })),
    );
    expect(opened.records.every(({ proof }) => proof === undefined)).toBe(true);
    expect(manifest.recordsRoot).toBe(ours.signed.attestation.root);
  });

  test('[B14] one record of each kind travels, and an empty bundle too', () => {
    const all = wholeBatch(
      northmark,
      Object.values(oneOfEach).map((draft) => sealed(draft)),
    );
    const kinds = openBundle(bundleOf([all]).inner, atSouthmark).records.map(({ record }) => record.kind);
    expect(kinds.toSorted()).toEqual(Object.keys(oneOfEach).toSorted());
    expect(openBundle(bundleOf([]).inner, atSouthmark).records).toEqual([]);
  });

  test('[A3, B12, B16] any choice of records, of claims and of order opens with true counts and root', () => {
    const choice = fc.uniqueArray(fc.nat({ max: 8 }), { minLength: 1 });
    fc.assert(
      fc.property(choice, fc.boolean(), (indices, isCompressed) => {
        const group = redacted(some(ours, indices), (record) => withhold(record, () => indices.length % 2 === 0));
        const tools = { sign: northmark.sign, ...(isCompressed ? { compress } : {}) };
        const { inner, manifest } = encodeBundle(dataDraft, [{ ...group, records: group.records.toReversed() }], tools);
        const { records } = openBundle(inner, atSouthmark);
        expect(records.map(({ leaf }) => leaf)).toEqual(indices.toSorted((a, b) => a - b));
        expect(manifest.counts.withheldClaims).toBe(indices.length % 2 === 0 ? indices.length : 0);
        expect(manifest.recordsRoot).toBe(rootOfIds(records.map(({ id }) => id).toSorted()));
        expect(manifest.body.encoding).toBe(isCompressed ? 'parts' : 'none');
      }),
      { numRuns: 20 },
    );
  });

  test('[A6] what is forwarded over three hops, less each time, is still proven to be its author’s', () => {
    const first = openBundle(bundleOf([some(ours, [0, 2, 3, 5, 8])]).inner, atSouthmark);
    const kept = first.records.filter(({ leaf }) => leaf !== 3);
    const toEast = {
      ...dataDraft,
      issuer: southmark.id,
      kid: southmark.card.kid,
      audience: [{ agency: eastmark.id, sequence: 1, previous: null }],
    };
    const second = encodeBundle(toEast, forwarded(kept), { sign: southmark.sign });
    const atEast = openBundle(second.inner, openTools(eastmark, [northmark, southmark]));
    expect(atEast.records.map(({ record, leaf }) => [record.author, leaf])).toEqual(
      [0, 2, 5, 8].map((leaf) => [northmark.id, leaf]),
    );
    const toNorth = {
      ...toEast,
      issuer: eastmark.id,
      kid: eastmark.card.kid,
      audience: [{ agency: northmark.id, sequence: 1, previous: null }],
    };
    const third = encodeBundle(toNorth, forwarded(atEast.records.slice(1, 2)), { sign: eastmark.sign });
    const home = openBundle(third.inner, openTools(northmark, [eastmark]));
    expect(home.records.map(({ id, leaf }) => [id, leaf])).toEqual(kept.slice(1, 2).map(({ id, leaf }) => [id, leaf]));
  });

  test('[B4] the file is padded to a Padmé length with zeros', () => {
    const { inner, manifest } = bundleOf([ours]);
    expect(paddedLength(inner.length)).toBe(inner.length);
    const { stored } = manifest.body;
    expect(inner.length - stored).toBeGreaterThan(84);
  });

  test('[B4] Padmé lengths: those of the paper, growing, idempotent, at most 12 % more', () => {
    // PURBs §4: L = 9 pads to 10; powers of two stay
    expect([1, 2, 8, 9, 1024, 1025, 100_000, 1_048_577].map(paddedLength)).toEqual([
      1, 2, 8, 10, 1024, 1088, 100_352, 1_081_344,
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 84, max: 2 ** 31 }), (length) => {
        const padded = paddedLength(length);
        const exponent = 31 - Math.clz32(length);
        const zeroBits = exponent - (31 - Math.clz32(exponent)) - 1;
        expect(padded).toBe(
          length === 2 ** 31
            ? length
            : Number((BigInt(length) + (1n << BigInt(zeroBits)) - 1n) >> BigInt(zeroBits)) * 2 ** zeroBits,
        );
        expect(padded).toBeLessThanOrEqual(length * 1.12);
        expect(paddedLength(padded)).toBe(padded);
      }),
    );
  });
});

describe('who is believed', () => {
  const { inner } = bundleOf([ours]);

  test('[B9] an unknown, unconfirmed or revoked issuer is refused, each for what it is', () => {
    expect(refusalOf(() => openBundle(inner, openTools(southmark, [])))).toBe('bundle.unknown-signer');
    expect(refusalOf(() => openBundle(inner, trusting('unconfirmed')))).toBe('bundle.unconfirmed-signer');
    expect(refusalOf(() => openBundle(inner, trusting('revoked')))).toBe('bundle.revoked-signer');
    expect(refusalOf(() => openBundle(inner, trusting('confirmed')))).toBe('none');
  });

  test('[B9] the card of one agency under the id of another is not believed', () => {
    const confused: OpenTools = { ...atSouthmark, knownAgency: () => ({ card: eastmark.card, trust: 'confirmed' }) };
    expect(refusalOf(() => openBundle(inner, confused))).toBe('bundle.unknown-signer');
  });

  test('[B10] a bundle for somebody else is not for us', () => {
    expect(refusalOf(() => openBundle(inner, openTools(eastmark, [northmark])))).toBe('bundle.not-for-us');
  });

  test('[B11] a bundle is imported until a day after its time, by a clock that is a date', () => {
    expect(refusalAt(inner, '2026-06-03T10:00:00.000Z')).toBe('none');
    expect(refusalAt(inner, '2026-06-03T10:00:00.001Z')).toBe('bundle.expired');
    expect(refusalAt(inner, '1999-01-01T00:00:00.000Z')).toBe('none');
    expect(refusalAt(inner, 'no date')).toBe('bundle.expired');
  });

  test('[B17] records of a third author come with its confirmed card, and are listed as unvouched without', () => {
    const mixed = bundleOf([ours, some(eastern, [1, 3])]).inner;
    const known = openBundle(mixed, openTools(southmark, [northmark, eastmark]));
    expect(known.records).toHaveLength(11);
    expect(known.unvouched).toEqual([]);
    const unknown = openBundle(mixed, atSouthmark);
    expect(unknown.records).toHaveLength(9);
    expect(unknown.attestations.map(({ signed }) => signed)).toEqual([ours.signed]);
    const listed = eastern.records.filter(({ leaf }) => leaf === 1 || leaf === 3).toSorted((a, b) => a.leaf - b.leaf);
    expect(unknown.unvouched).toEqual(
      listed.map(({ id }) => ({ id, author: eastmark.id, kind: 'entity', rule: 'B17', refusal: 'X1' })),
    );
  });

  test.each(['unconfirmed', 'revoked'] as const)(
    '[B17] a third author that is %s does not vouch for its records',
    (trust) => {
      const mixed = bundleOf([ours, eastern]).inner;
      const knownAgency: OpenTools['knownAgency'] = (id) =>
        id === eastmark.id ? { card: eastmark.card, trust } : atSouthmark.knownAgency(id);
      const opened = openBundle(mixed, { ...atSouthmark, knownAgency });
      expect(opened.records.every(({ record }) => record.author === northmark.id)).toBe(true);
      expect(opened.unvouched.map(({ author, refusal }) => [author, refusal])).toEqual(
        eastern.records.map(() => [eastmark.id, 'X2']),
      );
    },
  );

  test('[A4] the card of another agency does not vouch for a third author, nor another key id of its own', () => {
    const mixed = bundleOf([ours, eastern]).inner;
    const card = { ...eastmark.card, agencyId: northmark.id };
    const knownAgency: OpenTools['knownAgency'] = (id) =>
      id === eastmark.id ? { card, trust: 'confirmed' } : atSouthmark.knownAgency(id);
    expect(refusalOf(() => openBundle(mixed, { ...atSouthmark, knownAgency }))).toBe('bundle.unproven-record A4');
    const ids = ours.records.map(({ id }) => id);
    const { signed } = attest(ids, northmark.id, eastmark.card.kid, northmark.sign);
    expect(refusalOf(() => openBundle(bundleOf([{ ...ours, signed }]).inner, atSouthmark))).toBe(
      'bundle.unproven-record A4',
    );
  });

  test('a receipt opens, and carries what became of a bundle', () => {
    const receipt = {
      manifest: 'ab'.repeat(32),
      sequence: 3,
      accepted: 9,
      known: 1,
      held: 0,
      refused: [{ rule: 'X1', count: 2 }],
      audit: { root: 'ef'.repeat(32), size: 7 },
      pendingRecalls: [recordIdOf(1)],
      recalls: { applied: 2, pending: 1, refused: 1 },
      refusedRecalls: [{ record: recordIdOf(2), rule: 'X1' }],
    };
    const head = { epoch: 1, manifest: 'cd'.repeat(32), sequence: 4 };
    const audience = [{ agency: southmark.id, sequence: 0, previous: null }];
    const { inner: sent } = bundleOf([], { ...dataDraft, kind: 'receipt', audience, receipt, sent: head });
    const { manifest } = openBundle(sent, atSouthmark);
    expect(manifest.kind === 'receipt' && manifest.receipt).toEqual(receipt);
    expect(manifest.sent).toEqual(head);
  });
});
