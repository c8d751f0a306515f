import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { oneOfEach, recordIdOf, sealed, subject } from '../../support/bundle-samples.ts';
import type { HostileInput } from '../input.ts';

/** Records with a wrong field, claim or order: R2–R11, R17–R21. */

const entity = sealed(oneOfEach.entity).record;
const link = sealed(oneOfEach.link).record;
const same = sealed(oneOfEach.same).record;
const retract = sealed(oneOfEach.retract).record;
const attachment = sealed(oneOfEach.attachment).record;
const permission = sealed(oneOfEach.permission).record;
const chart = sealed(oneOfEach.chart).record;
const [claim] = entity.claims;
const [chartClaim] = chart.claims;
const many = (count: number): string[] => Array.from({ length: count }, (_, i) => recordIdOf(i + 1));

type Case = readonly [refusal: string, name: string, rows: readonly number[], value: object];

const withClaim = (change: object): object => ({ ...entity, claims: [{ ...claim, ...change }] });
const handled = (change: object): object => ({ ...entity, handling: { ...entity.handling, ...change } });
const sourced = (change: object): object => ({ ...entity, source: { reference: 'x', basis: 'fact', ...change } });

const RECORDS: readonly Case[] = [
  ['none', 'good-entity', [], entity],
  ['none', 'good-permission', [], permission],
  ['record.malformed R2', 'array', [30], []],
  ['record.malformed R2', 'no-fields', [30], {}],
  ['record.malformed R2', 'kind-unknown', [20], { ...entity, kind: 'payment' }],
  ['record.newer-version', 'kind-unknown-v-9', [20], { ...entity, kind: 'payment', v: 9 }],
  ['record.newer-version', 'v-2', [20], { ...entity, v: 2 }],
  ['record.malformed R2', 'v-0', [20], { ...entity, v: 0 }],
  ['record.malformed R2', 'v-text', [20], { ...entity, v: '1' }],
  ['record.malformed R2', 'attachment-v-1', [20], { ...attachment, v: 1 }],
  ['record.malformed R2', 'permission-v-2', [20], { ...permission, v: 2 }],
  ['record.malformed R2', 'field-more', [20], { ...entity, isVerified: true }],
  ['record.malformed R2', 'id-inside', [19], { ...entity, id: recordIdOf(7) }],
  ['record.malformed R2', 'local-row-id', [19], { ...entity, rowid: 7 }],
  ['record.malformed R2', 'subject-path', [34], { ...entity, subject: '../../vault.json' }],
  [
    'record.malformed R2',
    'subject-upper-case',
    [19],
    { ...entity, subject: entity.subject.toUpperCase().replace('0199', 'AB99') },
  ],
  ['record.malformed R2', 'subject-selector', [32], { ...entity, subject: 'a"], b' }],
  ['record.malformed R2', 'author-short', [19], { ...entity, author: 'ab' }],
  ['record.malformed R2', 'type-selector', [32], { ...entity, type: 'person"], node[label="x' }],
  ['record.malformed R2', 'type-url', [32], { ...entity, type: 'url(file:///etc/passwd)' }],
  ['record.malformed R2', 'created-in-words', [25], { ...entity, created: 'yesterday' }],
  ['record.malformed R7', 'property-proto-like', [29], withClaim({ property: '__proto__' })],
  ['record.malformed R7', 'property-markup', [31], withClaim({ property: '<img src=x>' })],
  ['record.malformed R7', 'value-deep', [28], withClaim({ value: { a: { b: 1 } } })],
  ['record.malformed R7', 'value-list', [28], withClaim({ value: ['a'] })],
  ['record.malformed R7', 'value-null', [30], withClaim({ value: null })],
  ['record.malformed R7', 'value-65537', [26], withClaim({ value: 'a'.repeat(65_537) })],
  ['record.malformed R7', 'value-key-selector', [32], withClaim({ value: { 'a"], b': 1 } })],
  ['record.malformed R7', 'no-salt', [41], withClaim({ salt: undefined })],
  ['record.malformed R7', 'salt-short', [41], withClaim({ salt: 'AAAA' })],
  ['record.malformed R7', 'salt-spare-bits', [41], withClaim({ salt: 'AAAAAAAAAAAAAAAAAAAAAB' })],
  [
    'record.malformed R7',
    'salt-in-whole',
    [41],
    { ...chart, claims: [{ ...chartClaim, salt: 'AAAAAAAAAAAAAAAAAAAAAA' }] },
  ],
  ['record.malformed R9', 'withheld-in-whole', [42], { ...chart, claims: [{ withheld: recordIdOf(1) }] }],
  ['record.malformed R7', 'withheld-and-said', [42], { ...entity, claims: [{ ...claim, withheld: recordIdOf(1) }] }],
  ['record.malformed R7', 'withheld-short', [42], { ...entity, claims: [{ withheld: 'ab' }] }],
  ['record.malformed R11', 'claims-order', [42], { ...entity, claims: entity.claims.toReversed() }],
  ['record.malformed R11', 'claim-twice', [42], { ...entity, claims: [claim, claim] }],
  [
    'record.malformed R11',
    'withheld-twice',
    [42],
    { ...entity, claims: [{ withheld: recordIdOf(1) }, { withheld: recordIdOf(1) }] },
  ],
  ['record.malformed R7', 'claims-8193', [26], { ...entity, claims: many(8193).map((withheld) => ({ withheld })) }],
  ['record.malformed R2', 'supersedes-1025', [26], { ...entity, supersedes: many(1025) }],
  ['record.malformed R2', 'supersedes-order', [22], { ...entity, supersedes: many(2).toReversed() }],
  ['record.malformed R2', 'supersedes-twice', [22], { ...entity, supersedes: [recordIdOf(1), recordIdOf(1)] }],
  ['record.malformed R2', 'marking-unknown', [39], handled({ tlp: 'TLP:WHITE' })],
  ['record.malformed R2', 'code-unknown', [39], handled({ codes: ['H9'] })],
  ['record.malformed R6', 'h3-without-caveat', [39], handled({ codes: ['H3'] })],
  ['record.malformed R6', 'c-without-caveat', [39], handled({ codes: ['C'] })],
  ['record.malformed R2', 'caveat-empty', [39], handled({ caveat: '', codes: ['H3'] })],
  ['record.malformed R2', 'basis-rumour', [39], sourced({ basis: 'rumour' })],
  ['record.malformed R2', 'reference-empty', [39], sourced({ reference: '' })],
  ['record.malformed R2', 'grade-unknown', [39], sourced({ grade: { information: '9', scheme: 'x', source: 'Z' } })],
  ['record.malformed R2', 'link-undirected-text', [30], { ...link, directed: 'no' }],
  ['record.malformed R2', 'link-to-path', [34], { ...link, to: '/etc/passwd' }],
  ['record.malformed R2', 'same-order', [22], { ...same, from: subject(3), to: subject(1) }],
  ['record.malformed R2', 'same-itself', [19], { ...same, to: subject(1) }],
  ['record.malformed R2', 'retract-nothing', [19], { ...retract, targets: [] }],
  ['record.malformed R2', 'retract-action', [19], { ...retract, action: 'destroy' }],
  ['record.malformed R2', 'retract-order', [22], { ...retract, targets: many(2).toReversed() }],
  ['record.malformed R2', 'retract-8193', [26], { ...retract, targets: many(8193) }],
  [
    'record.malformed R18',
    'file-3-gib',
    [26],
    { ...attachment, file: { sha256: 'ab'.repeat(32), size: 3 * 2 ** 30, type: 'a/b' } },
  ],
  [
    'record.malformed R18',
    'file-hash-path',
    [34],
    { ...attachment, file: { sha256: '../../x', size: 1, type: 'a/b' } },
  ],
  [
    'record.malformed R18',
    'file-type-markup',
    [35],
    { ...attachment, file: { sha256: 'ab'.repeat(32), size: 1, type: 'text/html"><script>' } },
  ],
  [
    'record.malformed R18',
    'file-path',
    [34],
    { ...attachment, file: { path: '/etc/passwd', sha256: 'ab'.repeat(32), size: 1, type: 'a/b' } },
  ],
  ['record.malformed R19', 'supports-order', [22], { ...attachment, supports: [subject(3), subject(1)] }],
  ['record.malformed R19', 'supports-nobody', [22], { ...attachment, supports: [] }],
  ['record.malformed R21', 'permission-nobody', [39], { ...permission, recipients: [] }],
  ['record.malformed R21', 'permission-129', [26], { ...permission, recipients: many(129) }],
  ['record.malformed R21', 'permission-no-day', [25], { ...permission, until: '2026-02-30' }],
  [
    'record.malformed R21',
    'permission-no-purpose',
    [39],
    { ...permission, handling: { ...permission.handling, purposes: [] } },
  ],
  ['record.malformed R21', 'permission-order', [22], { ...permission, targets: many(2).toReversed() }],
  ['record.malformed R21', 'permission-for-ever', [39], { ...permission, until: undefined }],
];

export const records: readonly HostileInput[] = RECORDS.map(([refusal, name, rows, value]) => ({
  door: 'record',
  name: `record-${name}`,
  rows,
  refusal,
  bytes: canonicalBytes(value),
}));
