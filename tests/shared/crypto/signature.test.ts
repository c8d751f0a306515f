import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import nacl from 'tweetnacl';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fromHex, joinBytes, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import {
  isAcceptablePublicKey,
  isSignedBy,
  isStrictlyValid,
  keyIdOf,
  sign,
  signingKeys,
} from '../../../src-shared/crypto/signature.ts';
import { sharedData } from '../../support/shared-data.ts';

const keys = signingKeys(sha256(toBytes('test key')));
const other = signingKeys(sha256(toBytes('another test key')));

test('[K2] what is signed is the DSSE encoding with the payload type of the label', () => {
  const body = toBytes('{"v":1}');
  const signature = sign('chirograph/bundle/v1', body, keys.secretKey);
  const message = toBytes('DSSEv1 41 application/vnd.chirograph.bundle.v1+json 7 {"v":1}');
  expect(nacl.sign.detached.verify(message, signature, keys.publicKey)).toBe(true);
});

test('[K2] a signature made for one purpose is none for another', () => {
  const body = toBytes('{}');
  const signature = sign('chirograph/card/v1', body, keys.secretKey);
  expect(isSignedBy('chirograph/card/v1', body, signature, keys.publicKey)).toBe(true);
  expect(isSignedBy('chirograph/bundle/v1', body, signature, keys.publicKey)).toBe(false);
  expect(isSignedBy('chirograph/attestation/v1', body, signature, keys.publicKey)).toBe(false);
});

test('[K3] one flipped bit in body, signature or key is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(), (body, seed) => {
      const parts = [body, sign('chirograph/bundle/v1', body, keys.secretKey), keys.publicKey];
      const [one, two, three] = flipped(parts, seed);
      expect(isSignedBy('chirograph/bundle/v1', one, two, three)).toBe(false);
    }),
    { numRuns: 40 },
  );
});

test('[K3] another key, an empty signature or a cut one is refused', () => {
  const body = toBytes('{}');
  const signature = sign('chirograph/bundle/v1', body, keys.secretKey);
  expect(isSignedBy('chirograph/bundle/v1', body, signature, other.publicKey)).toBe(false);
  for (const length of [0, 32, 63, 65]) {
    const cut = joinBytes(signature, Uint8Array.of(0)).subarray(0, length);
    expect(isSignedBy('chirograph/bundle/v1', body, cut, keys.publicKey)).toBe(false);
  }
  expect(isSignedBy('chirograph/bundle/v1', body, signature, keys.publicKey.subarray(1))).toBe(false);
});

test('[K4] a key id is the beginning of the hash of the key', () => {
  expect(keyIdOf(keys.publicKey)).toBe(toHex(sha256(keys.publicKey)).slice(0, 16));
});

test('[K5] keys of low order, with a low-order part, or not canonical are refused', () => {
  expect(isAcceptablePublicKey(keys.publicKey)).toBe(true);
  expect(isAcceptablePublicKey(keys.publicKey.subarray(1))).toBe(false);
  const bad = [
    '0100000000000000000000000000000000000000000000000000000000000000', // the identity
    '0000000000000000000000000000000000000000000000000000000000000000', // order 4
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 2
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', // order 8
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // y = p + 1
    '0100000000000000000000000000000000000000000000000000000000000080', // x = 0 with a sign
    '0200000000000000000000000000000000000000000000000000000000000000', // not on the curve
  ];
  expect(bad.filter((hex) => isAcceptablePublicKey(fromHex(hex)))).toEqual([]);
});

const Wycheproof = z.object({
  testGroups: z.array(
    z.object({
      publicKey: z.object({ pk: z.string() }),
      tests: z.array(
        z.object({ tcId: z.number(), msg: z.string(), sig: z.string(), result: z.enum(['valid', 'invalid']) }),
      ),
    }),
  ),
});

const wycheproof = sharedData('vectors/wycheproof/testvectors_v1/ed25519_test.json');
describe.runIf(wycheproof !== undefined)('Wycheproof Ed25519', () => {
  test('[K3] all 151 verdicts are theirs', () => {
    const { testGroups } = Wycheproof.parse(JSON.parse(readFileSync(wycheproof ?? '', 'utf8')));
    const cases = testGroups.flatMap(({ publicKey, tests }) =>
      tests.map((one) => ({ ...one, key: fromHex(publicKey.pk) })),
    );
    const wrong = cases.filter(
      ({ msg, sig, key, result }) => isStrictlyValid(fromHex(msg), fromHex(sig), key) !== (result === 'valid'),
    );
    expect(cases).toHaveLength(151);
    expect(wrong.map(({ tcId }) => tcId)).toEqual([]);
  });
});

const Cctv = z.array(
  z.object({
    number: z.number(),
    key: z.string(),
    sig: z.string(),
    msg: z.string(),
    flags: z.array(z.string()).nullable(),
  }),
);
/** What RFC 8032 read strictly and without cofactor refuses. */
const REFUSED = ['low_order_A', 'low_order_residue', 'non_canonical_A', 'non_canonical_R'];

const cctv = sharedData('vectors/cctv/ed25519/ed25519vectors.json');
describe.runIf(cctv !== undefined)('CCTV Ed25519', () => {
  const cases = cctv === undefined ? [] : Cctv.parse(JSON.parse(readFileSync(cctv, 'utf8')));

  test('[K3] all 914 verdicts are those of the strict intersection', () => {
    const wrong = cases.filter(({ key, sig, msg, flags }) => {
      const isValid = isStrictlyValid(toBytes(msg), fromHex(sig), fromHex(key));
      return isValid === (flags ?? []).some((flag) => REFUSED.includes(flag));
    });
    expect(cases).toHaveLength(914);
    expect(wrong.map(({ number }) => number)).toEqual([]);
  });

  test('[K5] every key with a low-order part is refused when a card is read, and only those', () => {
    const wrong = cases.filter(({ key, flags }) => {
      const isWeak = (flags ?? []).some((flag) => flag === 'low_order_A' || flag === 'low_order_component_A');
      return isAcceptablePublicKey(fromHex(key)) === isWeak;
    });
    expect(wrong.map(({ number }) => number)).toEqual([]);
  });
});

/** The three parts with one bit of one of them flipped. */
function flipped(parts: readonly Uint8Array[], seed: number): [Uint8Array, Uint8Array, Uint8Array] {
  const copies = parts.map((part) => part.slice());
  const at = seed % copies.reduce((sum, part) => sum + part.length, 0);
  let start = 0;
  for (const copy of copies) {
    if (at >= start && at < start + copy.length) copy[at - start] = (copy[at - start] ?? 0) ^ (1 << (seed % 8));
    start += copy.length;
  }
  const [one = parts[0], two = parts[1], three = parts[2]] = copies;
  if (one === undefined || two === undefined || three === undefined) throw new Error('three parts');
  return [one, two, three];
}
