import { zstdCompressSync } from 'node:zlib';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { joinBytes, sha256, toBytes } from '../../../src-shared/crypto/hash.ts';
import { parseRecord, recordBytes } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { eastmark, northmark, people, southmark } from '../../support/bundle-samples.ts';
import { batch, block, body, bundle, header, records, stored, textOf, three, truthOf, u32 } from '../craft.ts';
import type { Group } from '../craft.ts';
import type { HostileInput } from '../input.ts';

type Entry = Group['entries'][number];

/** A body that its issuer has rightly signed and that is wrong: §8, A1–A6, B13–B19. */

const [first, second, third] = three.entries as readonly [Entry, Entry, Entry];
const eastern = people(2, eastmark);
const ofEast = batch(eastmark, eastern);
const contents = body([three]);

/** A body of these groups, with a manifest that is true of them. */
function holding(groups: readonly Group[], of = records, cards: readonly Uint8Array[] = []): Uint8Array {
  const bytes = body(groups, cards);
  return bundle({ ...truthOf(groups.length, of), body: stored(bytes) }, bytes);
}

/** The same with one group that has other entries. */
function entries(...list: Group['entries']): Uint8Array {
  return holding([{ ...three, entries: list }]);
}

/** The first record said otherwise. */
function edited(edit: (text: string) => string): Uint8Array {
  const text = edit(textOf(first.bytes));
  if (text === textOf(first.bytes)) throw new Error('nothing was edited');
  return entries({ ...first, bytes: toBytes(text) }, second, third);
}

/** Any bytes as a body. */
function raw(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = joinBytes(...parts);
  return bundle({ body: stored(bytes) }, bytes);
}

/** A compressed body that says its size. */
function packed(bytes: Uint8Array, size: number): Uint8Array {
  return bundle({ body: stored(bytes, 'zstd', size) }, bytes);
}

function attested(change: object): Uint8Array {
  return raw(u32(0), u32(1), block(header(three, { attestation: { ...three.signed.attestation, ...change } })));
}

function other(change: Partial<Group['signed']>): Uint8Array {
  return holding([{ ...three, signed: { ...three.signed, ...change } }]);
}

const bomb = zstdCompressSync(new Uint8Array(200 * 1024 * 1024));
const withheldFirst = recordBytes(withhold(parseRecord(first.bytes).record, () => true));
const asOwn = batch(eastmark, records);
const twice = batch(northmark, records.slice(0, 1));
const sorted = [three, twice].toSorted((one, two) =>
  textOf(canonicalBytes(one.signed.attestation)) < textOf(canonicalBytes(two.signed.attestation)) ? -1 : 1,
);
const both = [three, ofEast].toSorted((one, two) =>
  textOf(canonicalBytes(one.signed.attestation)) < textOf(canonicalBytes(two.signed.attestation)) ? -1 : 1,
);

const BODIES: readonly (readonly [refusal: string, name: string, rows: readonly number[], bytes: Uint8Array])[] = [
  ['none', 'zstd', [], packed(zstdCompressSync(contents), contents.length)],
  ['none', 'of-third-unknown', [], holding(both, [...records, ...eastern])],
  ['none', 'of-third-with-card', [], holding(both, [...records, ...eastern], [eastmark.card.bytes])],
  ['bundle.malformed B2', 'nothing', [10], raw()],
  ['bundle.malformed B2', 'no-groups', [10], raw(u32(0))],
  ['bundle.too-large B19', 'cards-4-billion', [26], raw(u32(0xff_ff_ff_ff))],
  ['bundle.too-large B19', 'cards-65', [26], raw(u32(65))],
  ['bundle.too-large B2', 'card-64-kib-1', [26], raw(u32(1), u32(65_537))],
  ['card.malformed J4', 'card-none', [18], raw(u32(1), block(toBytes('card')))],
  ['bundle.malformed B19', 'card-of-issuer', [18], holding([three], records, [northmark.card.bytes])],
  ['bundle.malformed B19', 'card-of-stranger', [18], holding([three], records, [eastmark.card.bytes])],
  [
    'bundle.malformed B19',
    'card-twice',
    [22],
    holding(both, [...records, ...eastern], [eastmark.card.bytes, eastmark.card.bytes]),
  ],
  ['bundle.malformed B12', 'groups-0', [42], raw(u32(0), u32(0))],
  ['bundle.too-large B5', 'groups-4-billion', [26], raw(u32(0), u32(0xff_ff_ff_ff))],
  ['bundle.malformed B14', 'byte-behind', [10, 16], raw(contents, Uint8Array.of(0))],
  ['bundle.malformed B14', 'group-fewer-said', [42], raw(u32(0), u32(0), contents.subarray(8))],
  ['bundle.malformed B2', 'group-more-said', [42], raw(u32(0), u32(2), contents.subarray(8))],
  ['bundle.too-large B2', 'header-4-gib', [26], raw(u32(0), u32(1), u32(0xff_ff_ff_ff))],
  ['bundle.too-large B2', 'header-4097', [26], raw(u32(0), u32(1), block(new Uint8Array(4097)))],
  ['bundle.malformed A1', 'header-more', [20], raw(u32(0), u32(1), block(header(three, { alg: 'none' })))],
  ['bundle.malformed A1', 'header-records-0', [42], raw(u32(0), u32(1), block(header(three, { records: 0 })))],
  [
    'bundle.malformed A1',
    'header-records-1000001',
    [26],
    raw(u32(0), u32(1), block(header(three, { records: 1_000_001 }))),
  ],
  ['bundle.malformed A1', 'header-array', [30], raw(u32(0), u32(1), block(toBytes('[]')))],
  ['bundle.malformed A1', 'header-null', [30], raw(u32(0), u32(1), block(toBytes('null')))],
  ['bundle.malformed A1', 'attestation-v-2', [20], attested({ v: 2 })],
  ['bundle.malformed A1', 'attestation-size-0', [42], attested({ size: 0 })],
  ['bundle.malformed A1', 'attestation-size-1000001', [26], attested({ size: 1_000_001 })],
  ['bundle.malformed A1', 'attestation-names-somebody', [40], attested({ audience: southmark.id })],
  ['bundle.malformed B2', 'hashes-4-billion', [26], raw(u32(0), u32(1), block(header(three)), u32(0xff_ff_ff_ff))],
  [
    'bundle.malformed B2',
    'records-not-there',
    [26],
    raw(u32(0), u32(1), block(header(three, { records: 999_999 })), u32(0)),
  ],
  [
    'bundle.too-large B2',
    'record-1-mib-1',
    [26],
    raw(u32(0), u32(1), block(header(three)), u32(0), u32(0), u32(1_048_577)),
  ],
  ['bundle.malformed B2', 'record-cut', [10], raw(contents.subarray(0, -1))],
  ['bundle.malformed B14', 'group-twice', [16], holding([three, three], [...records])],
  ['bundle.malformed B14', 'groups-order', [16], holding(both.toReversed(), [...records, ...eastern])],
  ['bundle.malformed B14', 'record-in-two-groups', [16], holding(sorted, records)],
  ['bundle.unproven-record A3', 'record-dropped', [16, 42], entries(first, second)],
  ['bundle.unproven-record A2', 'record-twice', [16], entries(first, first, second, third)],
  [
    'bundle.unproven-record A2',
    'records-swapped',
    [16],
    entries({ ...first, bytes: second.bytes }, { ...second, bytes: first.bytes }, third),
  ],
  [
    'bundle.unproven-record A2',
    'records-reversed',
    [16],
    entries({ ...first, bytes: third.bytes }, second, { ...third, bytes: first.bytes }),
  ],
  ['bundle.unproven-record A3', 'leaves-swapped', [16], entries({ ...first, leaf: 1 }, { ...second, leaf: 0 }, third)],
  ['bundle.unproven-record A3', 'leaf-beyond', [16], entries(first, second, { ...third, leaf: 3 })],
  ['bundle.unproven-record A3', 'leaf-huge', [16, 26], entries(first, second, { ...third, leaf: 0xff_ff_ff_ff })],
  ['bundle.unproven-record A3', 'hash-not-needed', [16], holding([{ ...three, hashes: [sha256()] }])],
  ['bundle.unproven-record A4', 'batch-larger', [16], other({ attestation: sized(4) })],
  ['bundle.unproven-record A4', 'signature-of-another', [18], other({ signature: ofEast.signed.signature })],
  [
    'bundle.unproven-record A4',
    'kid-of-another',
    [18],
    other({ attestation: { ...three.signed.attestation, kid: eastmark.card.kid } }),
  ],
  ['bundle.unproven-record A5', 'attested-by-forwarder', [18, 19], holding([asOwn])],
  ['bundle.unproven-record A5', 'under-anothers-attestation', [18, 19], holding([{ ...three, signed: ofEast.signed }])],
  ['bundle.unproven-record A4', 'in-our-name', [18, 19], inOurName()],
  [
    'bundle.malformed B12',
    'claim-withheld-on-the-way',
    [42],
    entries({ ...first, bytes: withheldFirst }, second, third),
  ],
  [
    'bundle.unproven-record A5',
    'record-of-another-batch',
    [16],
    entries({ ...first, bytes: eastern[0]?.bytes ?? first.bytes }, second, third),
  ],
  ['record.malformed R1', 'record-white-space', [30], edited((text) => `${text}\n`)],
  ['record.newer-version', 'record-v-2', [20], edited((text) => text.replace('"v":1', '"v":2'))],
  ['record.malformed R2', 'record-more', [20], edited((text) => text.replace('"v":1', '"v":1,"x":1'))],
  ['bundle.unproven-record A3', 'value-changed', [42], editedSame('Invented Person', 'Invented Reason')],
  ['bundle.unproven-record A2', 'date-changed', [42], editedSame('2026-03-01', '2026-03-02')],
  ['bundle.unproven-record A2', 'marking-changed', [39, 42], editedSame('TLP:AMBER', 'TLP:GREEN')],
  [
    'bundle.unproven-record A2',
    'claims-dropped',
    [42],
    edited((text) => text.replace(/"claims":\[.*?\]/, '"claims":[]')),
  ],
  ['bundle.malformed B13', 'bomb', [27], packed(bomb, 1000)],
  ['bundle.malformed B13', 'bomb-said-too-small', [27], packed(bomb, 200 * 1024 * 1024 - 1)],
  ['bundle.malformed B13', 'zstd-longer', [27], packed(zstdCompressSync(contents), contents.length - 1)],
  ['bundle.malformed B13', 'zstd-shorter', [27], packed(zstdCompressSync(contents), contents.length + 1)],
  ['bundle.malformed B13', 'zstd-cut', [10, 27], packed(zstdCompressSync(contents).subarray(0, -3), contents.length)],
  ['bundle.malformed B13', 'zstd-none', [27], packed(toBytes('not zstd at all'), 1000)],
  ['bundle.malformed B13', 'zstd-empty', [27], packed(new Uint8Array(), 1000)],
];

function sized(size: number): Group['signed']['attestation'] {
  return { ...three.signed.attestation, size };
}

/** Some record, said otherwise: where its id then stands among the others is chance, and the same in every run. */
function editedSame(from: string, to: string): Uint8Array {
  return edited((text) => text.replace(from, to));
}

/** Northmark says that Southmark said something. */
function inOurName(): Uint8Array {
  const ours = people(2, southmark);
  return holding([batch({ ...southmark, sign: northmark.sign }, ours)], ours);
}

export const bodies: readonly HostileInput[] = BODIES.map(([refusal, name, rows, bytes]) => ({
  door: 'inner',
  name: `body-${name}`,
  rows,
  refusal,
  bytes,
}));
