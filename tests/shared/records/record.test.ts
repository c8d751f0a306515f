import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { parseRecord, recordBytes } from '../../../src-shared/records/parse-record.ts';
import { countWithheld, discloseUnion, withhold } from '../../../src-shared/records/redact.ts';
import type { ClaimDraft, RecordDraft } from '../../../src-shared/records/seal-record.ts';
import { amber, oneOfEach, personDraft, recordIdOf, refusalOf, sealed, subject } from '../../support/bundle-samples.ts';

const scalar = fc.oneof(
  fc.string({ maxLength: 30, unit: 'grapheme' }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);
const propertyName = fc
  .stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/)
  .filter((name) => !['constructor', 'prototype'].includes(name));
const claim: fc.Arbitrary<ClaimDraft> = fc.record({
  property: propertyName,
  value: fc.oneof(scalar, fc.dictionary(propertyName, scalar, { maxKeys: 4, noNullPrototype: true })),
});
const claims = fc.array(claim, { maxLength: 8 });

const threeClaims: readonly ClaimDraft[] = [
  { property: 'name', value: 'Invented Person' },
  { property: 'phone', value: '+447700900123' },
  { property: 'note', value: 'drives a grey van' },
];
const person = sealed(personDraft(1, threeClaims));
const { chart } = oneOfEach;

describe('sealing', () => {
  test('[R10] a record with claims has the id of its header and claim hashes, a whole one that of its bytes', () => {
    const hashes = person.record.claims.map((one) =>
      toHex(sha256(toBytes(`chirograph/claim/v1\n${canonicalText(one)}`))),
    );
    const committed = canonicalText({ ...person.record, claims: hashes });
    expect(person.id).toBe(toHex(sha256(toBytes(`chirograph/record/v1\n${committed}`))));
    const whole = sealed(chart);
    expect(whole.id).toBe(toHex(sha256(toBytes('chirograph/record/v1\n'), whole.bytes)));
  });

  test('[R1–R12] whatever is sealed is read back the same', () => {
    fc.assert(
      fc.property(claims, fc.constantFrom('claims', 'record'), (drafts, commitment) => {
        const one = sealed({ ...personDraft(1, drafts), commitment });
        const again = parseRecord(one.bytes);
        expect(again).toEqual(one);
        expect(recordBytes(again.record)).toEqual(one.bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('[R11] the order in which claims are given changes nothing in a whole record, and doubles are said once', () => {
    fc.assert(
      fc.property(claims, (drafts) => {
        const one = sealed({ ...personDraft(1, drafts), commitment: 'record' });
        const other = sealed({ ...personDraft(1, [...drafts.toReversed(), ...drafts]), commitment: 'record' });
        expect(other).toEqual(one);
      }),
    );
  });

  test('[R7] every claim gets its own salt, and none in a whole record', () => {
    const salts = person.record.claims.map((one) => (isDisclosed(one) ? one.salt : undefined));
    expect(new Set(salts).size).toBe(3);
    expect(salts.every((salt) => salt?.length === 22)).toBe(true);
    expect(sealed(chart).record.claims.every((one) => isDisclosed(one) && one.salt === undefined)).toBe(true);
  });

  test('[R2] references are put in order and said once', () => {
    const ids = [recordIdOf(3), recordIdOf(1), recordIdOf(3)];
    const { record } = sealed({ ...personDraft(1), supersedes: ids });
    expect(record.supersedes).toEqual([recordIdOf(1), recordIdOf(3)]);
  });

  test('a draft that breaks a rule is refused with it', () => {
    const coded: RecordDraft = { ...personDraft(1), handling: { ...amber, codes: ['H3'] } };
    expect(refusalOf(() => sealed(coded))).toBe('record.malformed R6');
    expect(refusalOf(() => sealed(personDraft(1, [{ property: 'Name', value: 'x' }])))).toBe('record.malformed R7');
    expect(refusalOf(() => sealed(personDraft(1, [{ property: 'name', value: '\uD800' }])))).toBe('json.malformed J6');
  });
});

describe('withholding', () => {
  test('[R9] withholding any claims keeps the id and tells only their number', () => {
    fc.assert(
      fc.property(claims, fc.infiniteStream(fc.boolean()), (drafts, coin) => {
        const full = sealed(personDraft(1, drafts));
        const chosen = new Set(full.record.claims.filter(() => coin.next().value === true));
        const redacted = withhold(full.record, (one) => chosen.has(one));
        const again = parseRecord(recordBytes(redacted));
        expect(again.id).toBe(full.id);
        expect(countWithheld(again.record)).toBe(chosen.size);
        expect(discloseUnion(again.record, full.record)).toEqual(full.record);
      }),
    );
  });

  test('[R9] no withheld value or salt is in the bytes', () => {
    const text = new TextDecoder().decode(recordBytes(withhold(person.record, ({ property }) => property === 'phone')));
    const phone = person.record.claims.find((one) => isDisclosed(one) && one.property === 'phone');
    expect(text).toContain('grey van');
    expect(text).not.toContain('7700900123');
    expect(text).not.toContain(phone !== undefined && isDisclosed(phone) ? phone.salt : '');
  });

  test('[R13] two redacted copies together disclose what either does, in any order, and twice is once', () => {
    const noPhone = withhold(person.record, ({ property }) => property === 'phone');
    const noName = withhold(person.record, ({ property }) => property === 'name');
    expect(discloseUnion(noPhone, noName)).toEqual(person.record);
    expect(discloseUnion(noName, noPhone)).toEqual(person.record);
    expect(discloseUnion(noPhone, noPhone)).toEqual(noPhone);
  });

  test('[R9] nothing can be withheld from a record that is committed as a whole', () => {
    const { record } = sealed(chart);
    expect(refusalOf(() => withhold(record, () => true))).toBe('record.malformed R9');
    expect(withhold(record, () => false)).toEqual(record);
  });
});

describe('what a reader refuses', () => {
  const full = person.record;
  const [first, second, third] = full.claims;
  const edited = (change: object): Uint8Array => canonicalBytes({ ...full, ...change });
  const withheldOnce = withhold(full, () => true)
    .claims.slice(0, 1)
    .concat(full.claims.slice(1, 2));
  const same = sealed(oneOfEach.same).record;
  const retract = sealed(oneOfEach.retract).record;

  test.each<readonly [refusal: string, name: string, bytes: Uint8Array]>([
    ['record.malformed R1', 'not JSON', toBytes('{')],
    ['record.malformed R1', 'white space', toBytes(` ${canonicalText(full)}`)],
    ['record.malformed R1', 'a byte-order mark', toBytes(`\uFEFF${canonicalText(full)}`)],
    ['record.malformed R1', 'too long', new Uint8Array(1_048_577)],
    ['record.malformed R1', 'too deep', toBytes('['.repeat(1_000_000))],
    [
      'record.malformed R2',
      'a forbidden key',
      toBytes(canonicalText(full).replace('"author"', '"__proto__":1,"author"')),
    ],
    ['record.malformed R2', 'not an object', toBytes('[]')],
    ['record.malformed R2', 'an unknown field', edited({ id: person.id })],
    ['record.malformed R2', 'an unknown kind', edited({ kind: 'rumour' })],
    ['record.malformed R2', 'version 0', edited({ v: 0 })],
    ['record.malformed R2', 'a version in words', edited({ v: '1' })],
    ['record.malformed R2', 'no version', edited({ v: undefined })],
    ['record.newer-version', 'version 2', edited({ v: 2 })],
    ['record.malformed R2', 'a missing source', edited({ source: undefined })],
    [
      'record.malformed R2',
      'a grade of another scheme',
      edited({ source: { ...full, grade: { scheme: 'europol-4x4', source: 'Z', information: '9' } } }),
    ],
    ['record.malformed R2', 'a subject in capitals', edited({ subject: '01990000-0000-7000-8000-00000000ABCD' })],
    ['record.malformed R2', 'references out of order', edited({ supersedes: [recordIdOf(2), recordIdOf(1)] })],
    ['record.malformed R2', 'a reference twice', edited({ supersedes: [recordIdOf(1), recordIdOf(1)] })],
    [
      'record.malformed R2',
      'same in the wrong direction',
      canonicalBytes({ ...same, from: subject(2), to: subject(1) }),
    ],
    [
      'record.malformed R2',
      'targets out of order',
      canonicalBytes({ ...retract, targets: [recordIdOf(2), recordIdOf(1)] }),
    ],
    ['record.malformed R2', 'same with itself', canonicalBytes({ ...same, from: subject(1), to: subject(1) })],
    ['record.malformed R6', 'H3 without a caveat', edited({ handling: { ...amber, codes: ['H3'] } })],
    ['record.malformed R7', 'no salt', edited({ claims: [{ property: 'name', value: 'x' }] })],
    [
      'record.malformed R7',
      'a salt with spare bits',
      edited({ claims: [{ property: 'name', value: 'x', salt: `${'A'.repeat(21)}B` }] }),
    ],
    ['record.malformed R7', 'a short salt', edited({ claims: [{ property: 'name', value: 'x', salt: 'AAAA' }] })],
    ['record.malformed R7', 'a salt in a whole record', edited({ commitment: 'record' })],
    [
      'record.malformed R7',
      'a value of null',
      edited({ claims: [{ property: 'name', value: null, salt: 'A'.repeat(22) }] }),
    ],
    [
      'record.malformed R7',
      'a nested value',
      edited({ claims: [{ property: 'name', value: { a: { b: 1 } }, salt: 'A'.repeat(22) }] }),
    ],
    [
      'record.malformed R7',
      'a field beside withheld',
      edited({ claims: [{ withheld: recordIdOf(1), property: 'name' }] }),
    ],
    [
      'record.malformed R9',
      'withheld in a whole record',
      edited({ commitment: 'record', claims: [{ withheld: recordIdOf(1) }] }),
    ],
    ['record.malformed R11', 'claims in another order', edited({ claims: [second, first, third] })],
    ['record.malformed R11', 'a claim twice', edited({ claims: [first, first, second] })],
    [
      'record.malformed R11',
      'a withheld claim out of order',
      edited({ claims: [...full.claims, { withheld: recordIdOf(0) }] }),
    ],
    ['record.malformed R11', 'a claim twice, once withheld', edited({ claims: [first, ...withheldOnce, third] })],
    [
      'record.malformed R11',
      'claims of a whole record in another order',
      canonicalBytes({ ...sealed(chart).record, claims: sealed(chart).record.claims.toReversed() }),
    ],
  ])('%s: %s', (refusal, _name, bytes) => {
    expect(refusalOf(() => parseRecord(bytes))).toBe(refusal);
  });

  test('[R8] a changed value, salt, property or date makes another record', () => {
    const changes: object[] = [{ value: 'x' }, { salt: 'A'.repeat(22) }, { property: 'x' }, { validFrom: '2020' }];
    for (const change of changes) {
      const changed = canonicalBytes({ ...full, claims: [{ ...first, ...change }, second, third] });
      expect(idOrRefusal(changed)).not.toBe(person.id);
    }
  });

  test('one flipped bit is refused or makes another record', () => {
    const { bytes } = person;
    for (let at = 0; at < bytes.length; at += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(idOrRefusal(changed)).not.toBe(person.id);
      }
    }
  });

  test('any bytes and any JSON give a record or an error of ours', () => {
    const soup = fc.oneof(
      fc.uint8Array(),
      fc.jsonValue().map((value) => toBytes(canonicalize(value) ?? '')),
      fc.object().map((value) => toBytes(JSON.stringify(value))),
    );
    fc.assert(
      fc.property(soup, (bytes) => {
        expect(idOrRefusal(bytes)).toMatch(/^record\./);
      }),
      { numRuns: 500 },
    );
  });
});

/** The id, or the code of the refusal; any other error is a bug. */
function idOrRefusal(bytes: Uint8Array): string {
  try {
    return parseRecord(bytes).id;
  } catch (error) {
    if (!(error instanceof ChirographError)) throw error;
    return error.code;
  }
}
