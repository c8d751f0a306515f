import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { joinBytes } from '../../../src-shared/crypto/hash.ts';
import { eastmark, northmark, southmark } from '../../support/bundle-samples.ts';
import { body, bundle, frame, records, said, stored, three, truthOf, u32 } from '../craft.ts';
import type { HostileInput } from '../input.ts';

/** The issuer itself, with the right key, on wrong contents: B6, B8, B12, B16, B18, B25, B26. */

const contents = body([three]);
const whole = { ...said, body: stored(contents) };
const hash = 'ab'.repeat(32);
const to = { agency: southmark.id, previous: null, sequence: 1 };
const others = [to, { ...to, agency: eastmark.id }].toSorted((one, other) => (one.agency < other.agency ? -1 : 1));
const ack = { agency: southmark.id, epoch: 1, manifest: hash, sequence: 1 };
const place = { epoch: 1, manifest: hash, sequence: 1 };
const nothing = joinBytes(u32(0), u32(0));
const receipt = {
  audit: { root: hash, size: 7 },
  accepted: 0,
  held: 0,
  known: 0,
  manifest: hash,
  pendingRecalls: [],
  refused: [],
  refusedRecalls: [],
  sequence: 1,
  recalls: { applied: 0, pending: 0, refused: 0 },
};
const asReceipt = {
  ...truthOf(0, []),
  audience: [{ ...to, sequence: 0 }],
  body: stored(nothing),
  kind: 'receipt',
  receipt,
};
const { audit: _a, pendingRecalls: _p, refusedRecalls: _r, recalls: _c, ...firstReceipt } = receipt;

type Case = readonly [refusal: string, name: string, rows: readonly number[], change: object];

const DATA: readonly Case[] = [
  ['bundle.malformed B6', 'alg-field', [20], { alg: 'none' }],
  ['bundle.malformed B6', 'proto-like-field', [29], { _proto_: 1 }],
  ['bundle.malformed B6', 'field-of-every-object', [29], { toString: 1 }],
  ['bundle.malformed B6', 'v-0', [20], { v: 0 }],
  ['bundle.malformed B6', 'v-text', [20], { v: '2' }],
  ['bundle.malformed B6', 'v-half', [20], { v: 2.5 }],
  ['bundle.malformed B6', 'v-missing', [20], { v: undefined }],
  ['bundle.malformed B6', 'v-1-with-fields-of-2', [20], { v: 1 }],
  ['bundle.malformed B6', 'v-3', [20], { v: 3 }],
  ['bundle.newer-version', 'v-4', [20], { v: 4 }],
  ['bundle.newer-version', 'v-huge', [20], { v: 9_007_199_254_740_991 }],
  ['bundle.malformed B6', 'sent-in-data', [13], { sent: place }],
  ['bundle.malformed B6', 'receipt-in-data', [13], { receipt }],
  ['bundle.malformed B6', 'approvals-missing', [39], { approvals: undefined }],
  ['bundle.malformed B6', 'id-none', [34], { id: '../../etc/passwd' }],
  ['bundle.malformed B6', 'kind-key', [18], { kind: 'key' }],
  ['bundle.malformed B6', 'issuer-short', [18], { issuer: 'ab' }],
  ['bundle.malformed B6', 'issuer-upper-case', [18], { issuer: northmark.id.toUpperCase() }],
  ['bundle.malformed B6', 'audience-nobody', [17], { audience: [] }],
  ['bundle.malformed B6', 'audience-twice', [22], { audience: [to, to] }],
  ['bundle.malformed B6', 'audience-issuer', [17], { audience: [{ ...to, agency: northmark.id }] }],
  ['bundle.malformed B6', 'audience-order', [17], { audience: others.toReversed() }],
  ['bundle.malformed B6', 'audience-129', [26], { audience: many(129) }],
  ['bundle.not-for-us', 'audience-128-others', [17], { audience: many(128) }],
  ['bundle.malformed B6', 'sequence-2-without-previous', [12], { audience: [{ ...to, sequence: 2 }] }],
  ['bundle.malformed B6', 'sequence-1-with-previous', [12], { audience: [{ ...to, previous: hash }] }],
  ['bundle.malformed B6', 'sequence-2-31', [15], { audience: [{ ...to, previous: hash, sequence: 2 ** 31 }] }],
  ['bundle.malformed B6', 'sequence-2-53', [15], { audience: [{ ...to, previous: hash, sequence: 2 ** 53 - 1 }] }],
  ['bundle.malformed B6', 'sequence-half', [15], { audience: [{ ...to, sequence: 1.5 }] }],
  ['bundle.malformed B6', 'sequence-negative', [15], { audience: [{ ...to, sequence: -1 }] }],
  ['bundle.malformed B8', 'sequence-0', [12], { audience: [{ ...to, sequence: 0 }] }],
  ['bundle.malformed B6', 'epoch-0', [15], { epoch: 0 }],
  ['bundle.malformed B6', 'epoch-2-31', [15], { epoch: 2 ** 31 }],
  ['bundle.malformed B6', 'over-before-made', [25], { notAfter: '2026-03-01T00:00:00.000Z' }],
  ['bundle.malformed B6', 'time-without-milliseconds', [25], { created: '2026-03-02T10:00:00Z' }],
  ['bundle.malformed B6', 'time-with-offset', [25], { created: '2026-03-02T10:00:00.000+01:00' }],
  ['bundle.malformed B6', 'created-never', [25], { created: '2026-02-30T10:00:00.000Z' }],
  ['bundle.malformed B6', 'created-no-date', [25], { created: '0000-99-99T99:99:99.999Z' }],
  ['bundle.malformed B6', 'not-after-no-date', [25], { notAfter: '9999-99-99T99:99:99.999Z' }],
  ['bundle.malformed B6', 'leap-second', [25], { notAfter: '2026-06-30T23:59:60.000Z' }],
  ['bundle.malformed B6', 'purpose-empty', [39], { purpose: '' }],
  ['bundle.malformed B6', 'purpose-513', [26], { purpose: 'a'.repeat(513) }],
  ['bundle.malformed B6', 'legal-bases-17', [26], { legalBases: Array.from({ length: 17 }, () => 'test-basis') }],
  ['bundle.malformed B6', 'marking-unknown', [39], { handling: { tlp: 'TLP:WHITE' } }],
  ['bundle.malformed B6', 'marking-more', [39], { handling: { pap: 'PAP:RED', tlp: 'TLP:RED' } }],
  ['bundle.malformed B6', 'records-1000001', [26], { counts: { ...said.counts, records: 1_000_001 } }],
  ['bundle.malformed B6', 'attestations-8193', [26], { counts: { ...said.counts, attestations: 8193 } }],
  ['bundle.malformed B6', 'counts-negative', [42], { counts: { ...said.counts, withheldClaims: -1 } }],
  ['bundle.malformed B6', 'body-2-gib-1', [26], { body: { ...stored(contents, 'zstd'), size: 2 ** 31 + 1 } }],
  ['bundle.malformed B6', 'body-gzip', [20], { body: stored(contents, 'gzip') }],
  ['bundle.malformed B6', 'body-sizes-differ', [27], { body: { ...stored(contents), size: contents.length + 1 } }],
  [
    'bundle.malformed B2',
    'body-longer-than-file',
    [26],
    { body: { ...stored(contents), size: 2 ** 30, stored: 2 ** 30 } },
  ],
  ['bundle.malformed B6', 'ack-of-another', [13], { acks: [{ ...ack, agency: eastmark.id }] }],
  ['bundle.malformed B6', 'ack-twice', [13], { acks: [ack, ack] }],
  ['bundle.malformed B6', 'ack-of-0', [13], { acks: [{ ...ack, sequence: 0 }] }],
  ['bundle.malformed B6', 'approval-short', [22], { approvals: [{ kid: northmark.card.kid, signature: 'ab' }] }],
  ['bundle.malformed B6', 'approval-twice', [22], { approvals: Array.from({ length: 2 }, () => approval(0)) }],
  ['bundle.malformed B6', 'approvals-9', [26], { approvals: Array.from({ length: 9 }, (_, i) => approval(i)) }],
  ['bundle.bad-approval', 'approval-by-nobody', [39], { approvals: [approval(0)] }],
  ['bundle.malformed B12', 'records-one-more', [42], { counts: { ...said.counts, records: 4 } }],
  ['bundle.malformed B12', 'records-one-less', [42], { counts: { ...said.counts, records: 2 } }],
  ['bundle.malformed B12', 'attestations-one-more', [42], { counts: { ...said.counts, attestations: 2 } }],
  ['bundle.malformed B12', 'withheld-one-more', [42], { counts: { ...said.counts, withheldClaims: 1 } }],
  ['bundle.malformed B16', 'root-another', [16], { recordsRoot: hash }],
  ['bundle.malformed B16', 'root-of-two', [16], { recordsRoot: rootOfTwo() }],
  ['bundle.damaged B13', 'body-hash-another', [16], { body: { ...stored(contents), sha256: hash } }],
  ['none', 'withheld-records-said', [42], { counts: { ...said.counts, withheldRecords: 7 } }],
  ['none', 'version-1', [], { approvals: undefined, sent: undefined, v: 1, body: stored(contents.subarray(4)) }],
];

const RECEIPTS: readonly Case[] = [
  ['none', 'good', [], {}],
  ['bundle.malformed B6', 'without-receipt', [13], { receipt: undefined }],
  ['bundle.malformed B8', 'in-a-stream', [13], { audience: [to] }],
  ['bundle.malformed B8', 'with-records', [13], truthOf(1, records)],
  ['bundle.malformed B8', 'to-two', [13], { audience: others.map((one) => ({ ...one, sequence: 0 })) }],
  ['bundle.malformed B12', 'with-body', [13], { body: stored(contents) }],
  ['bundle.malformed B6', 'refused-twice', [13], { receipt: { ...receipt, refused: [rule('R1'), rule('R1')] } }],
  ['bundle.malformed B6', 'refused-order', [13], { receipt: { ...receipt, refused: [rule('R2'), rule('R1')] } }],
  ['bundle.malformed B6', 'refused-none-of-it', [13], { receipt: { ...receipt, refused: [{ count: 0, rule: 'R1' }] } }],
  ['bundle.malformed B6', 'refused-in-words', [13], { receipt: { ...receipt, refused: [rule('x'.repeat(33))] } }],
  [
    'bundle.malformed B6',
    'refused-65',
    [26],
    { receipt: { ...receipt, refused: Array.from({ length: 65 }, (_, i) => rule(`R${100 + i}`)) } },
  ],
  ['bundle.malformed B6', 'sequence-0', [13], { receipt: { ...receipt, sequence: 0 } }],
  ['bundle.malformed B6', 'recalls-257', [26], { receipt: { ...receipt, pendingRecalls: hashes(257) } }],
  ['bundle.malformed B6', 'recalls-order', [13], { receipt: { ...receipt, pendingRecalls: hashes(2).toReversed() } }],
  [
    'bundle.malformed B6',
    'recalls-negative',
    [13],
    { receipt: { ...receipt, recalls: { ...receipt.recalls, applied: -1 } } },
  ],
  ['bundle.malformed B6', 'without-audit', [13], { receipt: { ...receipt, audit: undefined } }],
  ['bundle.malformed B6', 'audit-of-0', [13], { receipt: { ...receipt, audit: { root: hash, size: 0 } } }],
  ['bundle.malformed B6', 'audit-no-root', [13], { receipt: { ...receipt, audit: { root: 'ab', size: 7 } } }],
  [
    'bundle.malformed B6',
    'audit-entries',
    [13],
    { receipt: { ...receipt, audit: { entries: [], root: hash, size: 7 } } },
  ],
  ['bundle.malformed B6', 'sent-of-0', [13], { sent: { ...place, sequence: 0 } }],
  [
    'bundle.malformed B6',
    'of-version-1',
    [20],
    { approvals: undefined, sent: undefined, v: 1, body: stored(nothing.subarray(4)) },
  ],
  [
    'none',
    'version-1',
    [],
    { approvals: undefined, receipt: firstReceipt, sent: undefined, v: 1, body: stored(nothing.subarray(4)) },
  ],
];

function many(count: number): object[] {
  return Array.from({ length: count }, (_, i) => ({ ...to, agency: i.toString(16).padStart(64, '0') }));
}

function hashes(count: number): string[] {
  return Array.from({ length: count }, (_, i) => i.toString(16).padStart(64, '0'));
}

function rule(name: string): object {
  return { count: 1, rule: name };
}

function approval(number: number): object {
  return { kid: number.toString(16).padStart(16, '0'), signature: 'cd'.repeat(64) };
}

function rootOfTwo(): unknown {
  return 'recordsRoot' in truthOf(1, []) ? Reflect.get(truthOf(1, records.slice(0, 2)), 'recordsRoot') : undefined;
}

/** Of version 1 the body has no cards. */
function bodyFor(change: object, usual: Uint8Array): Uint8Array {
  return 'v' in change && change.v === 1 && !('alg' in change) && 'body' in change ? usual.subarray(4) : usual;
}

function signed(manifest: object, behind: Uint8Array): Uint8Array {
  const bytes = canonicalBytes(manifest);
  return frame(bytes, northmark.card.kid, northmark.sign('chirograph/bundle/v1', bytes), behind);
}

export const manifests: readonly HostileInput[] = [
  ...DATA.map(([refusal, name, rows, change]) => ({
    door: 'inner' as const,
    name: `manifest-${name}`,
    rows,
    refusal,
    bytes: signed({ ...whole, ...change }, bodyFor(change, contents)),
  })),
  ...RECEIPTS.map(([refusal, name, rows, change]) => ({
    door: 'inner' as const,
    name: `receipt-${name}`,
    rows,
    refusal,
    bytes: bundle({ ...asReceipt, ...change }, name === 'with-body' ? contents : bodyFor(change, nothing)),
  })),
];
