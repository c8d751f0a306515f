import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from '../../../src-shared/crypto/hash.ts';
import { subsetProof } from '../../../src-shared/crypto/merkle.ts';
import { attest, isProvenAlone, proofFor, verifyAttested } from '../../../src-shared/records/attestation.ts';
import type { AttestedRecords } from '../../../src-shared/records/attestation.ts';
import { parseRecord, recordBytes } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { northmark, people, recordIdOf, refusalOf, southmark } from '../../support/bundle-samples.ts';

const records = people(7).toSorted((one, other) => (one.id < other.id ? -1 : 1));
const { signed, leaves } = attest(
  records.map(({ id }) => id),
  northmark.id,
  northmark.card.kid,
  northmark.sign,
);

function chosen(indices: readonly number[]): AttestedRecords {
  const some = records.filter((_, i) => indices.includes(i));
  return { signed, leaves: indices, proof: subsetProof(leaves.map(fromHex), indices), records: some };
}

test('[A2] the leaves are the record ids, ascending, whatever order they came in', () => {
  const ids = records.map(({ id }) => id);
  expect(leaves).toEqual(ids);
  expect(attest([...ids.toReversed(), ...ids], northmark.id, northmark.card.kid, northmark.sign).signed).toEqual(
    signed,
  );
});

test('[A1] an empty batch cannot be attested', () => {
  expect(() => attest([], northmark.id, northmark.card.kid, northmark.sign)).toThrow('a batch is');
});

test('[A3] any choice of records is proven, with the path of each unless all are there', () => {
  const subset = fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1 }).map((list) => list.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(subset, (indices) => {
      const verified = verifyAttested(chosen(indices), northmark.publicKey);
      expect(verified.map(({ id }) => id)).toEqual(indices.map((i) => leaves[i]));
      expect(verified.map(({ leaf }) => leaf)).toEqual(indices);
      for (const { id, proof } of verified) {
        expect(proof).toEqual(indices.length === 7 ? undefined : proofFor(leaves, id)?.proof);
      }
    }),
    { numRuns: 20 },
  );
});

test('[A3–A5] a record that travels alone is proven by its path, and only at its place', () => {
  const [, , third] = records;
  if (third === undefined) throw new Error('seven records');
  const place = proofFor(leaves, third.id);
  if (place === undefined) throw new Error('it is in the batch');
  expect(isProvenAlone(third, { signed, ...place }, northmark.publicKey)).toBe(true);
  expect(isProvenAlone(third, { signed, ...place, leaf: 3 }, northmark.publicKey)).toBe(false);
  expect(isProvenAlone(third, { signed, ...place }, southmark.publicKey)).toBe(false);
  expect(proofFor(leaves, recordIdOf(1))).toBeUndefined();
});

test('[A5] what another agency said cannot be attested as one’s own', () => {
  const [foreign] = people(1, southmark);
  if (foreign === undefined) throw new Error('one record');
  const claimed = attest([foreign.id], northmark.id, northmark.card.kid, northmark.sign);
  const place = { signed: claimed.signed, leaf: 0, proof: [] };
  expect(isProvenAlone(foreign, place, northmark.publicKey)).toBe(false);
});

test('[A6] a record with withheld claims is proven by the same proof', () => {
  const group = chosen([1, 4]);
  const redacted = group.records.map(({ record }) => parseRecord(recordBytes(withhold(record, () => true))));
  expect(verifyAttested({ ...group, records: redacted }, northmark.publicKey)).toHaveLength(2);
});

test('[A3–A5] what does not fit is refused with its rule', () => {
  const group = chosen([1, 4]);
  const [one, four] = group.records;
  const [zero] = records;
  const [foreign] = people(1, southmark);
  if (!one || !four || !zero || !foreign) throw new Error('records');
  const refusal = (change: Partial<AttestedRecords>, key = northmark.publicKey): string =>
    refusalOf(() => verifyAttested({ ...group, ...change }, key));
  const attested = (change: object): Partial<AttestedRecords> => ({
    signed: { ...signed, attestation: { ...signed.attestation, ...change } },
  });
  expect(refusal({})).toBe('none');
  expect(refusal({}, southmark.publicKey)).toBe('bundle.unproven-record A4');
  expect(refusal(attested({ author: southmark.id }))).toBe('bundle.unproven-record A4');
  expect(refusal(attested({ size: 8 }))).toBe('bundle.unproven-record A4');
  expect(refusal({ signed: { ...signed, signature: toHex(new Uint8Array(64)) } })).toBe('bundle.unproven-record A4');
  expect(refusal({ records: [foreign, four] })).toBe('bundle.unproven-record A5');
  expect(refusal({ records: [zero, four] })).toBe('bundle.unproven-record A3');
  expect(refusal({ leaves: [2, 4] })).toBe('bundle.unproven-record A3');
  expect(refusal({ leaves: [4, 1], records: [four, one] })).toBe('bundle.unproven-record A2');
  expect(refusal({ leaves: [1, 1], records: [one, one] })).toBe('bundle.unproven-record A2');
  expect(refusal({ records: [one] })).toBe('bundle.unproven-record A3');
  expect(refusal({ records: [], leaves: [] })).toBe('bundle.unproven-record A3');
  expect(refusal({ proof: [] })).toBe('bundle.unproven-record A3');
});
