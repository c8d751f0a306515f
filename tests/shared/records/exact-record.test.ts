import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { compareUtf8, portableHash, toBytes } from '../../../src-shared/crypto/hash.ts';
import { AnyRecord, RECORD_VERSIONS } from '../../../src-shared/domain/record.ts';
import { exactRecord } from '../../../src-shared/records/exact-record.ts';
import { parseRecord } from '../../../src-shared/records/parse-record.ts';
import { isExactRecord } from '../../../src-shared/records/record-fields.ts';
import { recordId } from '../../../src-shared/records/record-id.ts';
import { sealRecord, sealText } from '../../../src-shared/records/seal-record.ts';
import type { ClaimDraft, RecordDraft } from '../../../src-shared/records/seal-record.ts';
import { oneOfEach, personDraft, refusalOf, sealed, seededBytes } from '../../support/bundle-samples.ts';

/** The quick way of the ordinary record against the general code, which is the definition. */

const propertyName = fc
  .stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/)
  .filter((name) => name !== 'constructor' && name !== 'prototype');
const scalar = fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);
const claim: fc.Arbitrary<ClaimDraft> = fc.record({
  property: propertyName,
  value: fc.oneof(scalar, fc.dictionary(propertyName, scalar, { maxKeys: 4, noNullPrototype: true })),
});
const drafts: fc.Arbitrary<RecordDraft> = fc
  .tuple(
    fc.constantFrom(...Object.values(oneOfEach)),
    fc.array(claim, { maxLength: 6 }),
    fc.constantFrom('claims', 'record'),
  )
  .map(([draft, claims, commitment]) =>
    draft.kind === 'attachment' || draft.kind === 'permission'
      ? { ...draft, claims }
      : { ...draft, claims, commitment },
  );

function isOfVersionOne({ kind }: { readonly kind: keyof typeof RECORD_VERSIONS }): boolean {
  return RECORD_VERSIONS[kind] === 1;
}

/** What nobody meant to write, put at a place of a record. */
const oddity = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    '',
    ' ',
    'A',
    'x'.repeat(65_537),
    [],
    {},
    'H3',
    'C',
    'E',
    '2026-02-30',
    '2026-03-01',
  ),
  fc.constantFrom<unknown>(['H3'], ['H0', 'H9'], [''], ['x'.repeat(257)], {
    scheme: 'europol-4x4',
    source: 'F',
    information: '1',
  }),
  fc.constantFrom<unknown>(
    { name: 1 },
    { Name: 1 },
    { name: null },
    { name: { deep: 1 } },
    { constructor: 1 },
    'f'.repeat(64),
    'g'.repeat(64),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Replaces, adds or removes one thing somewhere in plain data. */
function altered(value: unknown, steps: readonly number[], change: unknown, isRemoved: boolean): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== 'object' || value === null) return change;
  if (Array.isArray(value)) {
    const at = value.length === 0 ? 0 : step % (value.length + 1);
    const item = altered(value[at], rest, change, isRemoved);
    return value.toSpliced(at, 1, item);
  }
  const names = [...Object.keys(value), 'caveat', 'grade', 'salt', 'extra'];
  const name = names[step % names.length] ?? 'extra';
  const part: unknown = Reflect.get(value, name);
  if (isRemoved && rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  return { ...value, [name]: altered(part, rest, change, isRemoved) };
}

function bySchema(value: unknown): boolean {
  const isForbidden = /"(__proto__|constructor|prototype)":/.test(JSON.stringify(value));
  return AnyRecord.safeParse(value).success && !isForbidden;
}

describe('the tests of fields', () => {
  test('[R2] say of any altered record what the schema says', () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        drafts.filter(isOfVersionOne),
        fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
        oddity,
        fc.boolean(),
        (draft, steps, change, isRemoved) => {
          const value = inOrder(altered(sealed(draft).record, steps, change, isRemoved));
          if (bySchema(value)) accepted += 1;
          expect(isExactRecord(value)).toBe(bySchema(value) && isVersionOne(value));
        },
      ),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('[R1] want the fields in canonical order, everywhere', () => {
    const { record } = sealed(oneOfEach.entity);
    expect(isExactRecord(record)).toBe(true);
    expect(isExactRecord(reversed(record))).toBe(false);
    expect(isExactRecord({ ...record, handling: reversed(record.handling) })).toBe(false);
    const claims = [{ property: 'position', salt: 'A'.repeat(22), value: { y: 1, x: 1 } }];
    expect(isExactRecord({ ...record, claims })).toBe(false);
  });
});

describe('the quick way', () => {
  test('[R1–R12] seals every draft as the general code reads it, with either hash', () => {
    fc.assert(
      fc.property(drafts, (draft) => {
        const one = sealText(draft, { randomBytes: seededBytes('salt') });
        const { id, record, bytes } = sealRecord(draft, { randomBytes: seededBytes('salt'), hashText: nativeHash });
        expect({ id, record }).toEqual({ id: one.id, record: one.record });
        expect(bytes).toEqual(toBytes(one.text));
        expect(one.text).toBe(canonicalize(one.record));
        expect(Object.entries(one.record)).toEqual(Object.entries(parseRecord(bytes).record));
        expect(idByRules(one.record)).toBe(one.id);
      }),
      { numRuns: 300 },
    );
  });

  test('is taken by ordinary records of every kind of version 1', () => {
    for (const draft of Object.values(oneOfEach)) {
      const { text, record, id } = sealText(draft, { randomBytes: seededBytes('salt') });
      const exact = exactRecord(text, JSON.parse(text), portableHash);
      expect(exact).toEqual(isOfVersionOne(draft) ? { id, record } : undefined);
    }
  });

  test('[R1–R12] reads an altered text as the general code does: the same id or the same refusal', () => {
    fc.assert(
      fc.property(drafts, fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }), oddity, (draft, steps, change) => {
        const text = canonicalize(altered(sealed(draft).record, steps, change, false)) ?? '';
        const read = (): unknown => parseRecord(toBytes(text)).id;
        const exact = exactRecord(text, JSON.parse(text), portableHash);
        if (exact === undefined) return;
        // what comes after both ways is the same code, so only the id can differ
        expect(idByRules(exact.record)).toBe(exact.id);
        expect([undefined, exact.id]).toContain(idOrNothing(read));
      }),
      { numRuns: 1000 },
    );
  });

  test('[R2] a field that no record has is refused, and a salt that somebody brings', () => {
    const extra = { ...personDraft(1), invented: true };
    expect(refusalOf(() => sealRecord(extra, { randomBytes: seededBytes('salt') }))).toBe('record.malformed R2');
    const salt = { property: 'name', value: 'x', salt: 'A'.repeat(22) };
    expect(sealed({ ...personDraft(1, [salt]), commitment: 'claims' }).record.claims).not.toContainEqual(salt);
  });

  test('[R1] a lone surrogate and [R11] claims in another order are left to the general code', () => {
    for (const commitment of ['claims', 'record'] as const) {
      const { record } = sealed({ ...oneOfEach.entity, commitment });
      const swapped = { ...record, claims: record.claims.toReversed() };
      expect(exactRecord(JSON.stringify(swapped), swapped, portableHash)).toBeUndefined();
      const halved = { ...record, source: { basis: 'fact', reference: '\uD800' } };
      expect(isExactRecord(halved)).toBe(true);
      expect(exactRecord(JSON.stringify(halved), halved, portableHash)).toBeUndefined();
    }
  });

  test('a text that says a lone surrogate in words is a text like any other', () => {
    const one = sealed(personDraft(1, [{ property: 'note', value: String.raw`\ud800 in words` }]));
    expect(parseRecord(one.bytes)).toEqual(one);
  });
});

test('[R11] texts are compared as their UTF-8 bytes are', () => {
  const text = fc.string({ unit: 'binary', maxLength: 6 });
  fc.assert(
    fc.property(text, text, text, (start, one, other) => {
      const expected = Buffer.compare(Buffer.from(start + one), Buffer.from(start + other));
      expect(Math.sign(compareUtf8(start + one, start + other))).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

function reversed(value: object): object {
  return Object.fromEntries(Object.entries(value).toReversed());
}

function nativeHash(text: string): string {
  return hash('sha256', text, 'hex');
}

function inOrder(value: unknown): unknown {
  return JSON.parse(canonicalize(value) ?? 'null');
}

function isVersionOne(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === 1;
}

function idByRules(record: AnyRecord): string {
  const hashes = record.claims.map((one) =>
    'withheld' in one ? one.withheld : portableHash(`chirograph/claim/v1\n${canonicalText(one)}`),
  );
  return recordId(record, hashes as never, canonicalText(record));
}

function idOrNothing(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
