import { joinBytes } from '../../../src-shared/crypto/hash.ts';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { eastmark, northmark, southmark } from '../../support/bundle-samples.ts';
import { body, bundle, frame, replaced, said, stored, three } from '../craft.ts';
import { endmark, goneFromList, unconfirmed } from '../people.ts';
import type { HostileInput } from '../input.ts';

/** Whoever carries the file, without any key, and whoever has another key: B1–B5, B9–B11. */

const good = bundle();
const length = canonicalBytes({ ...said, body: stored(body([three])) }).length;
const after = 8 + length;

function from(agency: typeof northmark, change: object = {}): Uint8Array {
  return bundle({ issuer: agency.id, kid: agency.card.kid, ...change }, body([three]), agency.sign);
}

const FRAMES: readonly (readonly [refusal: string, name: string, rows: readonly number[], bytes: Uint8Array])[] = [
  ['none', 'good', [], good],
  ['bundle.malformed B1', 'empty', [10], new Uint8Array()],
  ['bundle.malformed B1', 'zip', [10], replaced(good, 0, 0x50, 0x4b, 0x03, 0x04)],
  ['bundle.malformed B1', 'magic-letter', [20], replaced(good, 3, 0x78)],
  ['bundle.newer-version', 'magic-0', [20], replaced(good, 3, 0x30)],
  ['bundle.newer-version', 'magic-2', [20], replaced(good, 3, 0x32)],
  ['bundle.newer-version', 'magic-9', [20], replaced(good, 3, 0x39)],
  ['bundle.malformed B2', 'magic-alone', [10], good.subarray(0, 4)],
  ['bundle.malformed B2', 'length-alone', [10], good.subarray(0, 8)],
  ['bundle.malformed B2', 'half-manifest', [10], good.subarray(0, 300)],
  ['bundle.malformed B2', 'no-signature-bytes', [10], good.subarray(0, after + 20)],
  ['bundle.malformed B2', 'no-body', [10], good.subarray(0, after + 76)],
  ['bundle.malformed B2', 'half-body', [10], good.subarray(0, after + 176)],
  ['bundle.too-large B5', 'manifest-4-gib', [26], replaced(good, 4, 0xff, 0xff, 0xff, 0xff)],
  ['bundle.too-large B5', 'manifest-64-kib-1', [26], replaced(good, 4, 0, 1, 0, 1)],
  ['bundle.malformed B2', 'manifest-longer-than-file', [26], replaced(good, 4, 0, 0, 0xff, 0xff)],
  ['bundle.malformed B3', 'no-signatures', [18], replaced(good, after, 0, 0)],
  ['bundle.malformed B3', 'two-signatures', [18, 22], replaced(good, after, 0, 2)],
  ['bundle.malformed B3', 'signature-65', [18], replaced(good, after + 10, 0, 65)],
  ['bundle.malformed B3', 'key-id-outside', [18], replaced(good, after + 2, 0, 0, 0, 0, 0, 0, 0, 0)],
  ['bundle.bad-signature', 'signature-zero', [21], replaced(good, after + 12, ...new Uint8Array(64))],
  ['bundle.bad-signature', 'signature-plus-l', [21], malleable()],
  ['bundle.bad-signature', 'signature-low-order-r', [21], replaced(good, after + 12, 1, ...new Uint8Array(31))],
  ['bundle.malformed B4', 'byte-behind', [10, 16], joinBytes(good, Uint8Array.of(0))],
  ['bundle.malformed B4', 'twice-as-long', [26], joinBytes(good, new Uint8Array(good.length))],
  ['bundle.malformed B4', 'padding-cut', [10], good.subarray(0, good.length - 1)],
  ['bundle.damaged B4', 'padding-not-zero', [10], replaced(good, good.length - 1, 1)],
  ['bundle.damaged B13', 'body-changed', [10], replaced(good, after + 276, 1)],
  ['bundle.bad-signature', 'manifest-changed', [10], changedWord()],
  ['bundle.bad-signature', 'signed-by-partner', [18], bundle({}, body([three]), southmark.sign)],
  ['bundle.bad-signature', 'kid-of-partner', [18], bundle({ kid: southmark.card.kid }, body([three]), southmark.sign)],
  ['bundle.bad-signature', 'kid-of-nobody', [18], bundle({ kid: '0123456789abcdef' })],
  ['bundle.bad-signature', 'label-of-card', [18], labelled('chirograph/card/v1')],
  ['bundle.bad-signature', 'label-of-attestation', [18], labelled('chirograph/attestation/v1')],
  ['bundle.bad-signature', 'label-of-approval', [18], labelled('chirograph/approval/v1')],
  ['bundle.unknown-signer', 'issuer-unknown', [18], from(endmark)],
  ['bundle.unconfirmed-signer', 'issuer-unconfirmed', [18], from(unconfirmed)],
  ['bundle.revoked-signer', 'issuer-revoked', [24], from(goneFromList)],
  ['bundle.not-for-us', 'audience-another', [17], bundle({ audience: [{ ...said.audience[0], agency: eastmark.id }] })],
  [
    'bundle.expired',
    'expired',
    [25],
    bundle({ created: '2026-02-01T00:00:00.000Z', notAfter: '2026-03-02T07:59:59.999Z' }),
  ],
  [
    'none',
    'expired-within-a-day',
    [25],
    bundle({ created: '2026-02-01T00:00:00.000Z', notAfter: '2026-03-02T08:00:00.000Z' }),
  ],
];

/** s + L, which a lax check takes for s (RFC 8032 §8.4). */
function malleable(): Uint8Array {
  const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
  const at = after + 12 + 32;
  let sum = order;
  for (let i = 31; i >= 0; i -= 1) sum += BigInt(good[at + i] ?? 0) << BigInt(8 * i);
  return replaced(good, at, ...Array.from({ length: 32 }, (_, i) => Number((sum >> BigInt(8 * i)) & 0xffn)));
}

function changedWord(): Uint8Array {
  const text = Buffer.from(good);
  text.write('rest-basis', text.indexOf('test-basis'));
  return new Uint8Array(text);
}

function labelled(label: 'chirograph/card/v1' | 'chirograph/attestation/v1' | 'chirograph/approval/v1'): Uint8Array {
  const bytes = canonicalBytes({ ...said, body: stored(body([three])) });
  return frame(bytes, northmark.card.kid, northmark.sign(label, bytes), body([three]));
}

export const frames: readonly HostileInput[] = FRAMES.map(([refusal, name, rows, bytes]) => ({
  door: 'inner',
  name: `frame-${name}`,
  rows,
  refusal,
  bytes,
}));
