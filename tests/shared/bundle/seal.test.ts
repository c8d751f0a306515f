import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { inspectSealed, sealTo, unseal } from '../../../src-shared/bundle/seal.ts';
import { joinBytes, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import {
  atSouthmark,
  bundleOf,
  eastmark,
  northmark,
  people,
  refusalOf,
  refusalOfPromise,
  southmark,
  wholeBatch,
} from '../../support/bundle-samples.ts';
import { sharedData } from '../../support/shared-data.ts';

const { inner } = bundleOf([wholeBatch(northmark, people(2))]);
const file = await sealTo([southmark.recipient, eastmark.recipient], inner);

test('[S1] every recipient unseals the same bytes, and they open', async () => {
  expect(await unseal([southmark.identity], file)).toEqual(inner);
  expect(await unseal([northmark.identity, eastmark.identity], file)).toEqual(inner);
  expect(openBundle(await unseal([southmark.identity], file), atSouthmark).records).toHaveLength(2);
});

test('[S1] what is sealed twice differs, and a recipient named twice counts once', async () => {
  const again = await sealTo([southmark.recipient, southmark.recipient], inner);
  expect(toHex(again)).not.toBe(toHex(await sealTo([southmark.recipient], inner)));
  expect(inspectSealed(again).recipients).toBe(1);
});

test('[S2] what a file shows without a key is its size, its digest and how many may open it', () => {
  const facts = { format: 'age', version: 1, size: file.length, recipients: 2, digest: toHex(sha256(file)) };
  expect(inspectSealed(file)).toEqual(facts);
});

test('[S3] a file for somebody else is not for us', async () => {
  expect(await refusalOfPromise(unseal([northmark.identity], file))).toBe('bundle.not-for-us');
  expect(await refusalOfPromise(unseal([], file))).toBe('bundle.not-for-us');
});

test('[S1] recipients that age does not know are refused by their place in the list', async () => {
  for (const recipient of [
    '',
    'age1',
    northmark.identity,
    'ssh-ed25519 AAAA',
    'age1pq1qqqq',
    northmark.recipient.toUpperCase(),
  ]) {
    expect(await refusalOfPromise(sealTo([southmark.recipient, recipient], inner))).toBe('bundle.unusable-recipient');
  }
  expect(await refusalOfPromise(sealTo([], inner))).toBe('bundle.unusable-recipient');
});

test('[S3] thousands of changes: one flipped bit anywhere in the sealed file is refused', async () => {
  const body = fc.nat({ max: file.length * 8 - 1 });
  await fc.assert(
    fc.asyncProperty(body, async (bit) => {
      const changed = file.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await refusalOfPromise(unseal([southmark.identity], changed))).toMatch(
        /^bundle\.(damaged|not-for-us|malformed|newer-version)/,
      );
    }),
    { numRuns: 1500 },
  );
});

test('[S3] a file cut anywhere or with something added is refused', async () => {
  for (let length = 0; length < file.length; length += 23) {
    expect(await refusalOfPromise(unseal([southmark.identity], file.subarray(0, length)))).toMatch(
      /^bundle\.(damaged|malformed)/,
    );
  }
  for (const more of [1, 16, 17, 65_536]) {
    const longer = joinBytes(file, new Uint8Array(more));
    expect(await refusalOfPromise(unseal([southmark.identity], longer))).toBe('bundle.damaged S3');
  }
});

const stanza = `-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n`;

test.each<readonly [refused: string, name: string, bytes: Uint8Array]>([
  ['bundle.malformed S1', 'nothing', new Uint8Array()],
  ['bundle.malformed S1', 'a ZIP', toBytes('PK\u0003\u0004')],
  ['bundle.malformed S1', 'an unsealed bundle', inner],
  ['bundle.malformed S1', 'an armoured file', toBytes('-----BEGIN AGE ENCRYPTED FILE-----\n')],
  ['bundle.newer-version', 'age v2', toBytes(`age-encryption.org/v2\n${stanza}--- A\n`)],
  ['bundle.newer-version', 'age v10', toBytes(`age-encryption.org/v10\n${stanza}--- A\n`)],
  ['bundle.malformed S2', 'no stanza', toBytes('age-encryption.org/v1\n--- A\n')],
  ['bundle.damaged S2', 'a header without end', toBytes(`age-encryption.org/v1\n${stanza}`)],
  ['bundle.too-large S2', '129 stanzas', toBytes(`age-encryption.org/v1\n${stanza.repeat(129)}--- A\n`)],
  [
    'bundle.too-large S2',
    'a header of more than 256 KiB',
    toBytes(`age-encryption.org/v1\n${'A\n'.repeat(140_000)}--- A\n`),
  ],
  [
    'bundle.too-large S2',
    'a line of more than 256 KiB',
    toBytes(`age-encryption.org/v1\n-> ${'A'.repeat(300_000)}\n--- A\n`),
  ],
])('%s: %s', async (refused, _name, bytes) => {
  expect(await refusalOfPromise(unseal([southmark.identity], bytes))).toBe(refused);
  expect(refusalOf(() => inspectSealed(bytes))).toBe(refused);
});

const age = ageVersion();
describe.runIf(age !== undefined)('the age of this machine', () => {
  test(`[S1] opens what we seal, and we open what it seals (age ${age})`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chirograph-age-'));
    try {
      const at = (name: string): string => join(folder, name);
      writeFileSync(at('identity'), `${southmark.identity}\n`, { mode: 0o600 });
      writeFileSync(at('inner'), inner);
      writeFileSync(at('bundle.chiro'), file);
      expect(new Uint8Array(execFileSync('age', ['-d', '-i', at('identity'), at('bundle.chiro')]))).toEqual(inner);
      const theirs = new Uint8Array(execFileSync('age', ['-r', southmark.recipient, at('inner')]));
      expect(await unseal([southmark.identity], theirs)).toEqual(inner);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const vectors = sharedData('vectors/cctv/age/testdata/');
describe.runIf(vectors !== undefined)('CCTV age test kit', () => {
  const kit =
    vectors === undefined
      ? []
      : readdirSync(vectors).map((name) => readVector(name, readFileSync(`${vectors}${name}`)));
  const usable = kit.filter(({ armored, passphrase, identity }) => !armored && !passphrase && isX25519(identity));

  test('[S3] every binary X25519 file has the verdict of the kit', async () => {
    expect(usable.length).toBeGreaterThan(40);
    const wrong: string[] = [];
    for (const one of usable) {
      const verdict = await verdictOf(one);
      if (!verdict.endsWith(one.expect)) wrong.push(`${one.name}: ${verdict}, not ${one.expect}`);
    }
    expect(wrong).toEqual([]);
  });
});

type Vector = {
  readonly name: string;
  readonly expect: string;
  readonly payload: string;
  readonly identity: string;
  readonly passphrase: boolean;
  readonly armored: boolean;
  readonly sealed: Uint8Array;
};

function readVector(name: string, bytes: Buffer): Vector {
  const end = bytes.indexOf('\n\n');
  const lines = bytes.subarray(0, end).toString('latin1').split('\n');
  const field = (key: string): string => lines.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2) ?? '';
  const rest = bytes.subarray(end + 2);
  return {
    name,
    expect: field('expect'),
    payload: field('payload'),
    identity: field('identity'),
    passphrase: field('passphrase') !== '',
    armored: field('armored') !== '',
    sealed: new Uint8Array(field('compressed') === 'zlib' ? inflateSync(rest) : rest),
  };
}

function isX25519(identity: string): boolean {
  return identity.startsWith('AGE-SECRET-KEY-1');
}

/** Ours in the words of the kit: a refused file is a header, HMAC or payload failure alike, or no match. */
async function verdictOf({ identity, sealed, payload, expect: expected }: Vector): Promise<string> {
  const refused = await refusalOfPromise(unseal([identity], sealed));
  if (refused === 'none')
    return toHex(sha256(await unseal([identity], sealed))) === payload ? 'success' : 'another payload';
  if (refused === 'bundle.not-for-us') return 'no match';
  return expected.endsWith('failure') ? expected : refused;
}

function ageVersion(): string | undefined {
  try {
    return execFileSync('age', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    process.stderr.write('age is not installed here, the test with it does not run\n');
    return undefined;
  }
}
