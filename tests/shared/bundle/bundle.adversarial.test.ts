import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeBody } from '../../../src-shared/bundle/body.ts';
import type { EncodedGroup } from '../../../src-shared/bundle/body.ts';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import { encodeFrame } from '../../../src-shared/bundle/frame.ts';
import { openBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { joinBytes, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import type { Sign } from '../../../src-shared/crypto/signature.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { rootOfIds } from '../../../src-shared/records/attestation.ts';
import { recordBytes } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import {
  atSouthmark,
  compress,
  dataDraft,
  eastmark,
  northmark,
  openTools,
  people,
  refusalOf,
  sealed,
  personDraft,
  southmark,
  wholeBatch,
} from '../../support/bundle-samples.ts';

/*
 * Attacks by whoever carries the file (no key), by another partner (own key) and by the issuer itself (the right key on wrong contents),
 * each with the exact code it must be refused with. SECURITY rows 10–30.
 */

const noRecalls = {
  audit: { root: 'ef'.repeat(32), size: 7 },
  pendingRecalls: [],
  recalls: { applied: 0, pending: 0, refused: 0 },
  refusedRecalls: [],
};

const records = people(3);
const whole = wholeBatch(northmark, records);
const { inner, manifest } = encodeBundle(dataDraft, [whole], { sign: northmark.sign });
const group: EncodedGroup = {
  signed: whole.signed,
  proof: [],
  entries: whole.records
    .toSorted((one, other) => one.leaf - other.leaf)
    .map(({ leaf, record }) => ({ leaf, bytes: recordBytes(record) })),
};
const body = encodeBody([group]);
const [first, second, third] = group.entries;
if (!first || !second || !third) throw new Error('three records');
const eastern = wholeBatch(eastmark, people(2, eastmark));

const refusal = (bytes: Uint8Array): string => refusalOf(() => openBundle(bytes, atSouthmark));

/** A bundle of anything, framed and signed as if it were right. */
function forged(change: object, contents: Uint8Array = body, sign: Sign = northmark.sign): Uint8Array {
  const stored = { encoding: 'none', size: contents.length, stored: contents.length, sha256: toHex(sha256(contents)) };
  return framed({ ...manifest, body: stored, ...change }, contents, sign);
}

function framed(said: object, stored: Uint8Array, sign: Sign = northmark.sign): Uint8Array {
  const bytes = canonicalBytes(said);
  return encodeFrame({ ...manifest, ...said }, bytes, sign('chirograph/bundle/v1', bytes), stored);
}

/** A body of these groups with true counts and root, so that only what is wrong inside it can be refused. */
function holding(
  groups: readonly EncodedGroup[],
  ids: readonly (typeof records)[number]['id'][] = records.map(({ id }) => id),
): Uint8Array {
  const counts = { ...manifest.counts, attestations: groups.length, records: ids.length };
  return forged({ counts, recordsRoot: rootOfIds(ids.toSorted()) }, encodeBody(groups));
}

function entriesOf(of: typeof whole): EncodedGroup {
  const entries = of.records
    .toSorted((a, b) => a.leaf - b.leaf)
    .map(({ leaf, record }) => ({ leaf, bytes: recordBytes(record) }));
  return { signed: of.signed, proof: [], entries };
}

function header(of: EncodedGroup, change: object): Uint8Array {
  return canonicalBytes({ ...of.signed, records: of.entries.length, ...change });
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

function block(bytes: Uint8Array): Uint8Array {
  return joinBytes(u32(bytes.length), bytes);
}

/** A rightly signed bundle with this body, behind no cards. */
function raw(...parts: readonly Uint8Array[]): Uint8Array {
  return forged({}, joinBytes(u32(0), ...parts));
}

/** A rightly signed bundle that says its compressed body has this size. */
function told(size: number, stored: Uint8Array): Uint8Array {
  const said = { encoding: 'zstd', size, stored: stored.length, sha256: toHex(sha256(stored)) };
  return framed({ ...manifest, body: said }, stored);
}

function text(entry: { readonly bytes: Uint8Array }): string {
  return new TextDecoder().decode(entry.bytes);
}

function replaced(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

const manifestLength = canonicalBytes(manifest).length;
const signatureStart = 8 + manifestLength + 12;
const bodyStart = 84 + manifestLength;

test('the unforged forgery opens', () => {
  expect(refusal(forged({}))).toBe('none');
  expect(refusal(holding([group]))).toBe('none');
  expect(forged({})).toEqual(inner);
});

describe('the frame', () => {
  test.each<readonly [refused: string, name: string, bytes: Uint8Array]>([
    ['bundle.malformed B1', 'nothing', new Uint8Array()],
    ['bundle.malformed B1', 'another magic', replaced(inner, 0, 0x50)],
    ['bundle.malformed B1', 'a letter for the version', replaced(inner, 3, 0x78)],
    ['bundle.newer-version', 'version 2 of the frame', replaced(inner, 3, 0x32)],
    ['bundle.malformed B2', 'the magic alone', inner.subarray(0, 4)],
    ['bundle.malformed B2', 'no manifest', inner.subarray(0, 8)],
    ['bundle.malformed B2', 'half a manifest', inner.subarray(0, 300)],
    ['bundle.malformed B2', 'no body', inner.subarray(0, bodyStart)],
    ['bundle.malformed B2', 'half a body', inner.subarray(0, bodyStart + 100)],
    ['bundle.too-large B5', 'a manifest of 4 GiB', replaced(inner, 4, 0xff, 0xff, 0xff, 0xff)],
    ['bundle.too-large B5', 'a manifest of 64 KiB and a byte', replaced(inner, 4, 0, 1, 0, 1)],
    ['bundle.malformed B2', 'a manifest longer than the file', replaced(inner, 4, 0, 0, 0xff, 0xff)],
    ['bundle.malformed J4', 'an empty manifest', encodeFrame(manifest, new Uint8Array(), new Uint8Array(64), body)],
    ['bundle.malformed B3', 'no signature', replaced(inner, 8 + manifestLength, 0, 0)],
    ['bundle.malformed B3', 'two signatures', replaced(inner, 8 + manifestLength, 0, 2)],
    ['bundle.malformed B3', 'another key id', replaced(inner, 10 + manifestLength, 0)],
    ['bundle.malformed B3', 'a signature of 65 bytes', replaced(inner, 18 + manifestLength, 0, 65)],
    ['bundle.bad-signature', 'a signature of zeros', replaced(inner, signatureStart, ...new Uint8Array(64))],
    ['bundle.malformed B4', 'a byte more', joinBytes(inner, Uint8Array.of(0))],
    ['bundle.malformed B4', 'padding of another length', joinBytes(inner, new Uint8Array(inner.length))],
    ['bundle.malformed B4', 'a byte less of padding', inner.subarray(0, inner.length - 1)],
    ['bundle.damaged B4', 'something in the padding', replaced(inner, inner.length - 1, 1)],
    ['bundle.damaged B13', 'another body of the same length', replaced(inner, bodyStart + 200, 1)],
  ])('%s: %s', (refused, _name, bytes) => {
    expect(refusal(bytes)).toBe(refused);
  });

  test('[B9] nothing of the body is looked at before the signature is verified', () => {
    const looked: number[] = [];
    const tools = { ...atSouthmark, decompress: (bytes: Uint8Array) => (looked.push(bytes.length), bytes) };
    const stored = { encoding: 'zstd', size: 5, stored: 5, sha256: toHex(sha256(toBytes('bomb!'))) };
    const unsigned = framed({ ...manifest, body: stored }, toBytes('bomb!'), southmark.sign);
    expect(refusalOf(() => openBundle(unsigned, tools))).toBe('bundle.bad-signature');
    expect(looked).toEqual([]);
  });
});

describe('keys', () => {
  test.each<readonly [refused: string, name: string, bytes: Uint8Array]>([
    ['bundle.bad-signature', 'signed by another partner', forged({}, body, southmark.sign)],
    [
      'bundle.malformed B3',
      'another key id in the manifest only',
      replaced(forged({ kid: eastmark.card.kid }), 10 + manifestLength, 0),
    ],
    ['bundle.bad-signature', 'the key id of another partner', forged({ kid: eastmark.card.kid }, body, eastmark.sign)],
    ['bundle.bad-signature', 'the right key under another key id', forged({ kid: eastmark.card.kid })],
    [
      'bundle.unknown-signer',
      'an issuer nobody knows',
      forged({ issuer: eastmark.id, kid: eastmark.card.kid }, body, eastmark.sign),
    ],
    [
      'bundle.bad-signature',
      'signed for another purpose',
      forged({}, body, (_, bytes) => northmark.sign('chirograph/card/v1', bytes)),
    ],
    [
      'bundle.bad-signature',
      'a manifest changed after signing',
      forged({}, body, (label) => northmark.sign(label, canonicalBytes(manifest).subarray(1))),
    ],
  ])('%s: %s', (refused, _name, bytes) => {
    expect(refusal(bytes)).toBe(refused);
  });

  test('[B10] what a partner got, sealed anew by it for somebody else, is not for them', () => {
    expect(refusalOf(() => openBundle(inner, openTools(eastmark, [northmark, southmark])))).toBe('bundle.not-for-us');
  });

  test('[A5] a partner that issues our or others’ words as its own is refused', () => {
    const asOwn = wholeBatch(eastmark, records);
    const said = { issuer: eastmark.id, kid: eastmark.card.kid };
    const stolen = forged(said, encodeBody([entriesOf(asOwn)]), eastmark.sign);
    expect(refusalOf(() => openBundle(stolen, openTools(southmark, [northmark, eastmark])))).toBe(
      'bundle.unproven-record A5',
    );
    const claimed = {
      ...asOwn.signed,
      attestation: { ...asOwn.signed.attestation, author: northmark.id, kid: northmark.card.kid },
    };
    const relabelled = forged(said, encodeBody([{ ...entriesOf(asOwn), signed: claimed }]), eastmark.sign);
    expect(refusalOf(() => openBundle(relabelled, openTools(southmark, [northmark, eastmark])))).toBe(
      'bundle.unproven-record A4',
    );
  });
});

describe('the manifest', () => {
  const addressee = { agency: southmark.id, sequence: 1, previous: null };
  const receipt = { manifest: 'ab'.repeat(32), sequence: 1, accepted: 0, known: 0, held: 0, refused: [], ...noRecalls };
  const toNobody = { counts: { ...manifest.counts, records: 0 }, audience: [{ ...addressee, sequence: 0 }] };
  const ack = { agency: southmark.id, epoch: 1, sequence: 1, manifest: 'ab'.repeat(32) };

  test.each<readonly [refused: string, name: string, change: object]>([
    ['bundle.malformed B6', 'an unknown field', { alg: 'none' }],
    ['bundle.malformed B6', 'version 0', { v: 0 }],
    ['bundle.malformed B6', 'a version in words', { v: '1.0' }],
    ['bundle.malformed B6', 'version 3 without files', { v: 3 }],
    ['bundle.newer-version', 'version 4', { v: 4 }],
    ['bundle.malformed B6', 'version 1 with fields of version 2', { v: 1 }],
    [
      'bundle.malformed B6',
      'data that says what was sent',
      { sent: { epoch: 1, manifest: 'ab'.repeat(32), sequence: 1 } },
    ],
    ['bundle.malformed B6', 'an id that is none', { id: 'x' }],
    ['bundle.malformed B6', 'an unknown kind', { kind: 'key' }],
    ['bundle.malformed B6', 'an audience of nobody', { audience: [] }],
    ['bundle.malformed B6', 'the audience twice', { audience: [addressee, addressee] }],
    ['bundle.malformed B6', 'the issuer as audience', { audience: [{ ...addressee, agency: northmark.id }] }],
    [
      'bundle.malformed B6',
      'an audience out of order',
      {
        audience: [addressee, { ...addressee, agency: eastmark.id }].toSorted((a, b) => (a.agency < b.agency ? 1 : -1)),
      },
    ],
    [
      'bundle.malformed B6',
      '129 recipients',
      { audience: Array.from({ length: 129 }, (_, i) => ({ ...addressee, agency: i.toString(16).padStart(64, '0') })) },
    ],
    ['bundle.malformed B6', 'sequence 2 without a previous', { audience: [{ ...addressee, sequence: 2 }] }],
    ['bundle.malformed B6', 'sequence 1 with a previous', { audience: [{ ...addressee, previous: 'ab'.repeat(32) }] }],
    ['bundle.malformed B8', 'data with sequence 0', { audience: [{ ...addressee, sequence: 0 }] }],
    [
      'bundle.malformed B6',
      'sequence 2³¹',
      { audience: [{ ...addressee, sequence: 2 ** 31, previous: 'ab'.repeat(32) }] },
    ],
    ['bundle.malformed B6', 'half a sequence', { audience: [{ ...addressee, sequence: 1.5 }] }],
    ['bundle.malformed B6', 'epoch 0', { epoch: 0 }],
    ['bundle.malformed B6', 'over before it was made', { notAfter: '2026-03-01T00:00:00.000Z' }],
    ['bundle.malformed B6', 'a time without milliseconds', { created: '2026-03-02T10:00:00Z' }],
    ['bundle.malformed B6', 'no purpose', { purpose: '' }],
    ['bundle.malformed B6', 'an unknown marking', { handling: { tlp: 'TLP:WHITE' } }],
    ['bundle.malformed B6', 'too many records', { counts: { ...manifest.counts, records: 1_000_001 } }],
    ['bundle.malformed B6', 'too many attestations', { counts: { ...manifest.counts, attestations: 8193 } }],
    [
      'bundle.malformed B6',
      'a body of 2 GiB and a byte',
      { body: { ...manifest.body, encoding: 'zstd', size: 2 ** 31 + 1 } },
    ],
    ['bundle.malformed B6', 'an unknown encoding', { body: { ...manifest.body, encoding: 'gzip' } }],
    [
      'bundle.malformed B6',
      'sizes that differ without compression',
      { body: { ...manifest.body, size: manifest.body.size + 1 } },
    ],
    ['bundle.malformed B6', 'an ack of somebody else', { acks: [{ ...ack, agency: eastmark.id }] }],
    ['bundle.malformed B6', 'an ack twice', { acks: [ack, ack] }],
    ['bundle.malformed B6', 'a receipt in data', { receipt }],
    ['bundle.malformed B6', 'a receipt without one', { kind: 'receipt', ...toNobody }],
    ['bundle.malformed B8', 'a receipt in a stream', { kind: 'receipt', receipt }],
    ['bundle.malformed B8', 'a receipt with records', { kind: 'receipt', receipt, audience: toNobody.audience }],
    [
      'bundle.malformed B8',
      'a receipt to two',
      {
        kind: 'receipt',
        receipt,
        ...toNobody,
        audience: [addressee, { ...addressee, agency: eastmark.id }]
          .map((one) => ({ ...one, sequence: 0 }))
          .toSorted((a, b) => (a.agency < b.agency ? -1 : 1)),
      },
    ],
    ['bundle.malformed B12', 'a receipt that carries a body with records', { kind: 'receipt', receipt, ...toNobody }],
    [
      'bundle.malformed B6',
      'refusals of a receipt twice',
      {
        kind: 'receipt',
        ...toNobody,
        receipt: {
          ...receipt,
          refused: [
            { rule: 'R1', count: 1 },
            { rule: 'R1', count: 2 },
          ],
        },
      },
    ],
    ['bundle.malformed B12', 'a record too many counted', { counts: { ...manifest.counts, records: 4 } }],
    ['bundle.malformed B12', 'an attestation too many counted', { counts: { ...manifest.counts, attestations: 2 } }],
    ['bundle.malformed B12', 'a withheld claim that is not', { counts: { ...manifest.counts, withheldClaims: 1 } }],
    ['bundle.malformed B16', 'another root', { recordsRoot: 'ab'.repeat(32) }],
    ['bundle.damaged B13', 'another hash of the body', { body: { ...manifest.body, sha256: 'ab'.repeat(32) } }],
    ['none', 'records withheld that nobody can count', { counts: { ...manifest.counts, withheldRecords: 7 } }],
    ['none', 'an ack', { acks: [ack] }],
  ])('%s: %s', (refused, _name, change) => {
    expect(refusal(framed({ ...manifest, ...change }, body))).toBe(refused);
  });

  test.each<readonly [refused: string, name: string, bytes: Uint8Array]>([
    ['bundle.malformed J6', 'white space', joinBytes(canonicalBytes(manifest), toBytes(' '))],
    [
      'bundle.malformed J5',
      'a forbidden key',
      toBytes(`{"__proto__":1,${new TextDecoder().decode(canonicalBytes(manifest)).slice(1)}`),
    ],
    [
      'bundle.malformed J6',
      'a duplicate key',
      toBytes(`{"acks":[],${new TextDecoder().decode(canonicalBytes(manifest)).slice(1)}`),
    ],
    ['bundle.malformed J2', 'depth', toBytes('['.repeat(60_000))],
    ['bundle.malformed J3', 'no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['bundle.malformed J4', 'no JSON', toBytes('manifest')],
  ])('%s: a manifest with %s, rightly signed', (refused, _name, bytes) => {
    const signature = northmark.sign('chirograph/bundle/v1', bytes);
    expect(refusal(encodeFrame(manifest, bytes, signature, body))).toBe(refused);
  });
});

describe('the body, rightly signed', () => {
  const otherRecord = sealed(personDraft(9, [{ property: 'name', value: 'Somebody Else' }]));

  test.each<readonly [refused: string, name: string, bytes: Uint8Array]>([
    ['bundle.malformed B2', 'nothing', forged({}, new Uint8Array())],
    ['bundle.malformed B2', 'no number of groups', raw()],
    ['bundle.too-large B19', 'four billion cards', forged({}, u32(0xff_ff_ff_ff))],
    ['bundle.too-large B19', '65 cards', forged({}, u32(65))],
    ['bundle.too-large B2', 'a card of 64 KiB and a byte', forged({}, joinBytes(u32(1), u32(65_537)))],
    ['card.malformed J4', 'a card that is none', forged({}, joinBytes(u32(1), block(toBytes('card'))))],
    ['bundle.malformed B12', 'no group', raw(u32(0))],
    ['bundle.malformed B14', 'a byte after the last group', raw(body.subarray(4), Uint8Array.of(0))],
    ['bundle.malformed B14', 'a group fewer said than there are', raw(u32(0), body.subarray(8))],
    ['bundle.malformed B2', 'a group more said than there are', raw(u32(2), body.subarray(8))],
    ['bundle.too-large B5', 'four billion groups', raw(u32(0xff_ff_ff_ff))],
    ['bundle.too-large B2', 'a header of 4 GiB', raw(u32(1), u32(0xff_ff_ff_ff))],
    [
      'bundle.malformed J6',
      'a header with white space',
      raw(u32(1), block(joinBytes(header(group, {}), toBytes(' ')))),
    ],
    ['bundle.malformed A1', 'a header with another field', raw(u32(1), block(header(group, { alg: 'none' })))],
    ['bundle.malformed A1', 'a group of no records', raw(u32(1), block(header(group, { records: 0 })))],
    [
      'bundle.malformed A1',
      'an attestation of version 2',
      raw(u32(1), block(header(group, { attestation: { ...group.signed.attestation, v: 2 } }))),
    ],
    [
      'bundle.malformed A1',
      'an attestation of no size',
      raw(u32(1), block(header(group, { attestation: { ...group.signed.attestation, size: 0 } }))),
    ],
    [
      'bundle.malformed A1',
      'a batch beyond the limit',
      raw(u32(1), block(header(group, { attestation: { ...group.signed.attestation, size: 1_000_001 } }))),
    ],
    ['bundle.malformed B2', 'four billion hashes', raw(u32(1), block(header(group, {})), u32(0xff_ff_ff_ff))],
    [
      'bundle.malformed B2',
      'records that are not there',
      raw(u32(1), block(header(group, { records: 999_999 })), u32(0)),
    ],
    [
      'bundle.too-large B2',
      'a record of 1 MiB and a byte',
      raw(u32(1), block(header(group, {})), u32(0), u32(0), u32(1_048_577)),
    ],
    ['bundle.malformed B14', 'the same group twice', holding([group, group])],
    ['bundle.unproven-record A3', 'a record dropped', holding([{ ...group, entries: [first, second] }])],
    ['bundle.unproven-record A2', 'a record twice', holding([{ ...group, entries: [first, first, second, third] }])],
    [
      'bundle.unproven-record A2',
      'records swapped',
      holding([{ ...group, entries: [{ ...first, bytes: second.bytes }, { ...second, bytes: first.bytes }, third] }]),
    ],
    [
      'bundle.unproven-record A3',
      'leaves swapped',
      holding([{ ...group, entries: [{ ...first, leaf: 1 }, { ...second, leaf: 0 }, third] }]),
    ],
    [
      'bundle.unproven-record A3',
      'a leaf beyond the batch',
      holding([{ ...group, entries: [first, second, { ...third, leaf: 3 }] }]),
    ],
    ['bundle.unproven-record A3', 'a hash that is not needed', holding([{ ...group, proof: [sha256()] }])],
    [
      'record.malformed R1',
      'a record with white space',
      holding([{ ...group, entries: [{ ...first, bytes: joinBytes(first.bytes, toBytes('\n')) }, second, third] }]),
    ],
    [
      'record.newer-version',
      'a record of version 2',
      holding([
        { ...group, entries: [{ ...first, bytes: toBytes(text(first).replace('"v":1', '"v":2')) }, second, third] },
      ]),
    ],
    [
      'record.malformed R2',
      'a record with an unknown field',
      holding([
        {
          ...group,
          entries: [{ ...first, bytes: toBytes(text(first).replace('"v":1', '"v":1,"x":1')) }, second, third],
        },
      ]),
    ],
    [
      'bundle.unproven-record A4',
      'an attestation signed by another',
      holding([{ ...group, signed: { ...group.signed, signature: eastern.signed.signature } }]),
    ],
    [
      'bundle.unproven-record A4',
      'the author’s key id changed',
      holding([
        { ...group, signed: { ...group.signed, attestation: { ...group.signed.attestation, kid: eastmark.card.kid } } },
      ]),
    ],
    [
      'bundle.unproven-record A3',
      'an unvouched record dropped',
      holding([group, { ...entriesOf(eastern), entries: entriesOf(eastern).entries.slice(1) }]),
    ],
    [
      'bundle.unproven-record A5',
      'our author under an unknown attestation',
      holding([{ ...group, signed: eastern.signed }]),
    ],
  ])('%s: %s', (refused, _name, bytes) => {
    expect(refusal(bytes)).toBe(refused);
  });

  test('[R8, B15] a disclosed value, salt, date or number of withheld claims that is changed refuses the bundle', () => {
    const edits = [
      text(first).replace('Invented Person', 'Invented Reason'),
      text(first).replace(/"salt":"./, (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`),
      text(first).replace('"property":"name"', '"property":"note"'),
      text(first).replace('2026-03-01', '2026-03-02'),
      text(otherRecord),
      text(first).replace(/"claims":\[.*?\]/, '"claims":[]'),
    ];
    for (const edit of edits) {
      expect(edit).not.toBe(text(first));
      expect(refusal(holding([{ ...group, entries: [{ ...first, bytes: toBytes(edit) }, second, third] }]))).toMatch(
        /^bundle\.unproven-record A[23]$/,
      );
    }
  });

  test('[B12] a claim withheld on the way is refused, for the issuer counted it', () => {
    const { record } = whole.records.find(({ leaf }) => leaf === 0) ?? {};
    if (record === undefined) throw new Error('a first record');
    const entries = [{ ...first, bytes: recordBytes(withhold(record, () => true)) }, second, third];
    expect(refusal(holding([{ ...group, entries }]))).toBe('bundle.malformed B12');
  });

  test('[B14] a record that is in two attestations travels once', () => {
    const again = entriesOf(wholeBatch(northmark, records.slice(0, 1)));
    expect(refusal(holding([group, again]))).toBe('bundle.malformed B14');
  });

  test('[B13] a body that decompresses to more or less than said is refused', () => {
    const bomb = compress(new Uint8Array(20_000_000));
    expect(bomb.length).toBeLessThan(20_000);
    expect(refusal(told(1000, bomb))).toBe('bundle.malformed B13');
    expect(refusal(told(20_000_001, bomb))).toBe('bundle.malformed B13');
    expect(refusal(told(body.length, compress(body)))).toBe('none');
    expect(refusal(told(body.length - 1, compress(body)))).toBe('bundle.malformed B13');
    expect(refusal(told(body.length, compress(body).subarray(0, -3)))).toBe('bundle.malformed B13');
    expect(refusal(told(1000, toBytes('not zstd')))).toBe('bundle.malformed B13');
  });
});

describe('chance and noise', () => {
  const small = encodeBundle(dataDraft, [wholeBatch(northmark, people(1))], { sign: northmark.sign, compress });
  const smallBodyStart = small.inner.length - 1;

  function flippedAt(bit: number): Uint8Array {
    const copy = small.inner.slice();
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return copy;
  }

  test('one flipped bit anywhere before the body is refused: every one', () => {
    const end = 8 * (84 + canonicalBytes(small.manifest).length);
    const accepted = Array.from({ length: end }, (_, bit) => bit).filter((bit) => refusal(flippedAt(bit)) === 'none');
    expect(end).toBeGreaterThan(6000);
    expect(accepted).toEqual([]);
  });

  test('one flipped bit anywhere in body and padding is refused', () => {
    const start = 8 * (84 + canonicalBytes(small.manifest).length);
    fc.assert(
      fc.property(fc.integer({ min: start, max: 8 * smallBodyStart + 7 }), (bit) => {
        expect(refusal(flippedAt(bit))).toMatch(/^bundle\.damaged/);
      }),
      { numRuns: 200 },
    );
  });

  test('every shorter file and every longer one is refused', () => {
    const { inner: bytes } = small;
    for (let length = 0; length < bytes.length; length += 1)
      expect(refusal(bytes.subarray(0, length))).not.toBe('none');
    for (const more of [1, 2, 3, 16, 100, 1000, 5000])
      expect(refusal(joinBytes(bytes, new Uint8Array(more)))).toBe('bundle.malformed B4');
  });

  test('any bytes, and any bytes behind the magic, give an error of ours', () => {
    const behindMagic = fc.uint8Array({ maxLength: 400 }).map((bytes) => joinBytes(toBytes('CHB1'), bytes));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), behindMagic), (bytes) => {
        expect(() => openBundle(bytes, atSouthmark)).toThrow(ChirographError);
      }),
      { numRuns: 1000 },
    );
  });

  test('any body, rightly signed, gives an error of ours', () => {
    const noise = fc
      .tuple(fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 200 }))
      .map(([cut, bytes]) => joinBytes(body.subarray(0, cut * 120), bytes));
    fc.assert(
      fc.property(noise, (bytes) => {
        expect(() => openBundle(forged({}, bytes), atSouthmark)).toThrow(ChirographError);
      }),
      { numRuns: 60 },
    );
  });

  test('an encoder refuses to make a bundle that nobody could open', () => {
    const notInIt = { ...whole, records: whole.records.map((one) => ({ ...one, leaf: (one.leaf + 1) % 3 })) };
    expect(() => encodeBundle(dataDraft, [notInIt], { sign: northmark.sign })).toThrow('does not prove them');
    const over: typeof dataDraft = { ...manifest, ...dataDraft, sent: null, purpose: '' };
    expect(refusalOf(() => encodeBundle(over, [], { sign: northmark.sign }))).toBe('bundle.malformed B6');
  });
});
