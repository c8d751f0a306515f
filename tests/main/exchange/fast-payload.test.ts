import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { sealTo, unseal } from '../../../src-shared/bundle/seal.ts';
import type { FastPayload } from '../../../src-shared/bundle/seal.ts';
import { fastPayload } from '../../../src-main/exchange/fast-payload.ts';
import { northmark, refusalOfPromise, southmark } from '../../support/bundle-samples.ts';

/** Payloads of age by OpenSSL against the library that does all of it in JavaScript; where there is no OpenSSL the library is compared with itself. */

const CHUNK = 65_536;
const SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7];
const ways: readonly (FastPayload | undefined)[] = [undefined, fastPayload];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

test('[S1] a file sealed in one way is opened in the other, whatever its length', async () => {
  for (const size of SIZES) {
    const inner = new Uint8Array(randomBytes(size));
    for (const sealing of ways) {
      const file = await sealTo([southmark.recipient, northmark.recipient], inner, sealing);
      for (const opening of ways) {
        expect(Buffer.from(await unseal([southmark.identity], file, opening)).equals(Buffer.from(inner))).toBe(true);
      }
    }
  }
});

test('[S3] what was cut, changed, exchanged or added is refused alike', async () => {
  const file = await sealTo([southmark.recipient], new Uint8Array(randomBytes(2 * CHUNK + 100)), fastPayload);
  const start = file.length - (2 * (CHUNK + 16) + 116);
  const chunk = (number: number): Uint8Array =>
    file.subarray(start + number * (CHUNK + 16), start + (number + 1) * (CHUNK + 16));
  const flipped = (at: number): Uint8Array => file.with(at, (file[at] ?? 0) ^ 1);
  const wrong = [
    flipped(start - 1),
    flipped(start),
    flipped(start + CHUNK),
    flipped(file.length - 1),
    file.subarray(0, start),
    file.subarray(0, start - 5),
    file.subarray(0, start + CHUNK + 16),
    file.subarray(0, file.length - 116),
    file.subarray(0, file.length - 101),
    file.subarray(0, file.length - 1),
    joined(file, Uint8Array.of(0)),
    joined(file.subarray(0, start), chunk(1), chunk(0), file.subarray(start + 2 * (CHUNK + 16))),
    joined(file.subarray(0, start), chunk(0), file.subarray(start + 2 * (CHUNK + 16))),
  ];
  for (const one of wrong) {
    for (const way of ways)
      expect(await refusalOfPromise(unseal([southmark.identity], one, way))).toBe('bundle.damaged S3');
  }
});

test('[S1] no two files have a key or a nonce in common', async () => {
  const inner = new Uint8Array(100);
  const [one, other] = [
    await sealTo([southmark.recipient], inner, fastPayload),
    await sealTo([southmark.recipient], inner, fastPayload),
  ];
  expect(Buffer.from(one.slice(-132)).equals(Buffer.from(other.slice(-132)))).toBe(false);
  expect(Buffer.from(one.slice(-116)).equals(Buffer.from(other.slice(-116)))).toBe(false);
});
