import { webcrypto } from 'node:crypto';
import { Encrypter } from 'age-encryption';
import { joinBytes, toBytes } from '../../../src-shared/crypto/hash.ts';
import { eastmark, northmark, seededBytes, southmark } from '../../support/bundle-samples.ts';
import { bundle, replaced, textOf } from '../craft.ts';
import type { HostileInput } from '../input.ts';

/** What the courier can do to a sealed file: S1–S3. */

/** age takes its randomness from the platform; here it is the same in every run, so that the files can be made anew. */
async function seal(inner: Uint8Array, ...recipients: readonly string[]): Promise<Uint8Array> {
  const next = seededBytes(`sealed ${recipients.length}`);
  const { getRandomValues } = webcrypto;
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  Reflect.set(globalThis.crypto, 'getRandomValues', (into: Uint8Array) => (into.set(next(into.length)), into));
  try {
    return await encrypter.encrypt(inner);
  } finally {
    Reflect.set(globalThis.crypto, 'getRandomValues', getRandomValues);
  }
}

export async function sealedFiles(): Promise<readonly HostileInput[]> {
  const inner = bundle();
  const good = await seal(inner, southmark.recipient);
  const text = Buffer.from(good).toString('latin1');
  const end = text.indexOf('--- ');
  const payload = text.indexOf('\n', end) + 1;
  const header = text.slice(0, payload);
  const stanza = header.slice(header.indexOf('-> '), end);
  const behind = good.subarray(payload);
  const headed = (start: string): Uint8Array => joinBytes(Uint8Array.from(Buffer.from(start, 'latin1')), behind);
  const flipped = (at: number): Uint8Array => replaced(good, at, (good[at] ?? 0) ^ 1);
  const armoured = toBytes(
    `-----BEGIN AGE ENCRYPTED FILE-----\n${Buffer.from(good).toString('base64')}\n-----END AGE ENCRYPTED FILE-----\n`,
  );
  const files: readonly (readonly [refusal: string, name: string, rows: readonly number[], bytes: Uint8Array])[] = [
    ['none', 'good', [], good],
    ['none', 'to-two', [], await seal(inner, eastmark.recipient, southmark.recipient)],
    ['bundle.not-for-us', 'to-another', [17], await seal(inner, eastmark.recipient)],
    [
      'bundle.not-for-us',
      'audience-another',
      [17],
      await seal(bundle({ audience: [{ agency: eastmark.id, previous: null, sequence: 1 }] }), southmark.recipient),
    ],
    ['bundle.malformed S1', 'nothing', [10], new Uint8Array()],
    ['bundle.malformed S1', 'inner-bytes', [18], inner],
    ['bundle.malformed S1', 'armoured', [20], armoured],
    ['bundle.newer-version', 'age-v2', [20], headed(header.replace('/v1\n', '/v2\n'))],
    ['bundle.malformed S1', 'age-v-none', [20], headed(header.replace('/v1\n', '/v1.0\n'))],
    ['bundle.malformed S1', 'age-crlf', [30], headed(header.replaceAll('\n', '\r\n'))],
    ['bundle.malformed S2', 'no-stanza', [26], headed(header.replace(stanza, ''))],
    ['bundle.too-large S2', '129-stanzas', [26], headed(header.replace(stanza, stanza.repeat(129)))],
    ['bundle.damaged S2', 'header-cut', [10], good.subarray(0, end - 5)],
    ['bundle.too-large S2', 'header-endless', [26], toBytes(`age-encryption.org/v1\n${'-> x\n'.repeat(52_450)}`)],
    ['bundle.damaged S3', 'mac-changed', [10], replaced(good, end + 6, (good[end + 6] ?? 0) === 0x41 ? 0x42 : 0x41)],
    [
      'bundle.not-for-us',
      'stanza-changed',
      [10],
      replaced(good, end - 10, (good[end - 10] ?? 0) === 0x41 ? 0x42 : 0x41),
    ],
    ['bundle.damaged S3', 'nonce-flipped', [10], flipped(payload)],
    ['bundle.damaged S3', 'chunk-flipped', [10], flipped(payload + 40)],
    ['bundle.damaged S3', 'tag-flipped', [10], flipped(good.length - 1)],
    ['bundle.damaged S3', 'chunk-cut', [10], good.subarray(0, -1)],
    ['bundle.damaged S3', 'payload-gone', [10], good.subarray(0, payload)],
    ['bundle.damaged S3', 'byte-behind', [10], joinBytes(good, Uint8Array.of(0))],
    ['bundle.damaged S3', 'chunk-behind', [10, 16], joinBytes(good, behind.subarray(16))],
    ['bundle.damaged S3', 'stanza-more', [10], headed(header.replace(stanza, stanza + '-> grease x\nAAAA\n'))],
    ['bundle.not-for-us', 'plugin', [34], headed(header.replace('-> X25519', '-> ../../bin/sh'))],
    ['bundle.malformed B1', 'of-nothing', [10], await seal(new Uint8Array(), southmark.recipient)],
    [
      'bundle.malformed B1',
      'of-a-picture',
      [35],
      await seal(Uint8Array.of(0x89, 0x50, 0x4e, 0x47), southmark.recipient),
    ],
    ['bundle.malformed B1', 'of-sealed', [17], await seal(good, southmark.recipient)],
    ['bundle.malformed B1', 'of-card', [18], await seal(northmark.card.bytes, southmark.recipient)],
  ];
  if (textOf(good.subarray(0, 3)) !== 'age') throw new Error('not sealed');
  return files.map(([refusal, name, rows, bytes]) => ({
    door: 'sealed',
    name: `sealed-${name}`,
    rows,
    refusal,
    bytes,
  }));
}
