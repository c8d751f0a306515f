import { nextCard } from '../../../src-shared/bundle/card.ts';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { fromHex, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { keyIdOf } from '../../../src-shared/crypto/signature.ts';
import { eastmark, northmark, southmark } from '../../support/bundle-samples.ts';
import { changedCard, firstCard, following, listed, signedBy, testKey } from '../../support/key-changes.ts';
import type { TestKey } from '../../support/key-changes.ts';
import type { HostileInput } from '../input.ts';

/** Cards, key sets and their chains: K4–K8, K11–K18. */

const [first, second, third, ada, ben, cyd] = ['one', 'two', 'three', 'ada', 'ben', 'cyd'].map((word) =>
  testKey(`adversarial ${word}`),
) as [TestKey, TestKey, TestKey, TestKey, TestKey, TestKey];
const one = firstCard(first, northmark.recipient);
const { signature: _, ...unsignedOne } = one.card as {
  readonly signature: string;
  readonly agency: object;
  readonly keySet: object;
};
const officers = { approving: listed(ada, ben, cyd), root: listed(ada, ben, cyd), threshold: 2 };
const toTwo = following(one.keySet, { signing: listed(second), ...officers });
const two = nextCard(one, signedBy(toTwo, first, ada, ben), { approvals: 2 });
const fillers = Array.from({ length: 17 }, (_each, i) => testKey(`adversarial filler ${i}`));

/** Ed25519 encodings that no key may have: the eight points of low order, other spellings, and points with a part of low order. */
const WEAK: readonly (readonly [name: string, hex: string])[] = [
  ['identity', `01${'00'.repeat(31)}`],
  ['order-2', `ec${'ff'.repeat(30)}7f`],
  ['order-4', '00'.repeat(32)],
  ['order-4-signed', `${'00'.repeat(31)}80`],
  ['order-8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['order-8-signed', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
  ['order-8-other', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
  ['identity-signed', `01${'00'.repeat(30)}80`],
  ['identity-plus-p', `ee${'ff'.repeat(30)}7f`],
  ['zero-plus-p', `ed${'ff'.repeat(30)}7f`],
  ['all-ones', 'ff'.repeat(32)],
  ['not-on-curve', `02${'00'.repeat(31)}`],
];

/** A first card with anything in it, signed by its key as if it were right. */
function forgedFirst(change: object): Uint8Array {
  const unsigned = { ...unsignedOne, ...change };
  return canonicalBytes({ ...unsigned, signature: toHex(first.sign('chirograph/card/v1', canonicalBytes(unsigned))) });
}

function byKid(a: { readonly kid: string }, b: { readonly kid: string }): number {
  return a.kid < b.kid ? -1 : 1;
}

function signaturesOf(
  label: 'chirograph/card/v2' | 'chirograph/keyset/v1',
  of: object,
  keys: readonly TestKey[],
): object[] {
  const bytes = canonicalBytes(of);
  return keys.map(({ kid, sign }) => ({ kid, signature: toHex(sign(label, bytes)) })).toSorted(byKid);
}

function forged(unsigned: object, ...signers: readonly TestKey[]): Uint8Array {
  return canonicalBytes({ ...unsigned, signatures: signaturesOf('chirograph/card/v2', unsigned, signers) });
}

/** Version 2 with these changes of its key set, signed by everybody. */
function withKeySet(change: object): Uint8Array {
  const keySet = { ...toTwo, ...change };
  const signatures = signaturesOf('chirograph/keyset/v1', keySet, [first, ada, ben, cyd]);
  return forged({ ...two, history: [{ keySet, signatures }], keySet }, second);
}

function signedAs(...keys: readonly TestKey[]): Uint8Array {
  return forged({ ...two, history: [signedBy(toTwo, ...keys)] }, second);
}

function keySetOf(change: object): Uint8Array {
  return forgedFirst({ keySet: { ...unsignedOne.keySet, ...change } });
}

function named(name: string): Uint8Array {
  return forgedFirst({ agency: { ...unsignedOne.agency, name } });
}

function weak(hex: string) {
  return { kid: keyIdOf(fromHex(hex)), publicKey: hex };
}

const twoCard = changedCard(one, { signing: listed(second), ...officers }, [first, ada, ben], second, { approvals: 2 });
const toThree = following(twoCard.keySet, { signing: listed(third) });
const three = nextCard(twoCard, signedBy(toThree, ada, ben));
const revoking = following(twoCard.keySet, { revoked: [second.kid], signing: listed(third) });
const goodRevoking = nextCard(twoCard, signedBy(revoking, ada, ben));
const changedName = Buffer.from(northmark.card.bytes);
changedName.write('Southmark', changedName.indexOf('Northmark'));

const NAMES: readonly (readonly [name: string, text: string])[] = [
  ['bidi-override', 'North\u202Ekram'],
  ['bidi-embedding', 'North\u202Amark'],
  ['bidi-isolate', 'North\u2066mark\u2069'],
  ['bidi-mark', 'North\u200Emark'],
  ['right-to-left-mark', 'North\u200Fmark'],
  ['control', 'North\u0007mark'],
  ['escape', 'North\u001B[31mmark'],
  ['newline', 'North\nmark'],
  ['byte-order-mark', '\uFEFFNorthmark'],
  ['space-before', ' Northmark'],
  ['space-behind', 'Northmark\u00A0'],
  ['empty', ''],
  ['spaces', '   '],
  ['201-letters', 'a'.repeat(201)],
];

const CARDS: readonly (readonly [refusal: string, name: string, rows: readonly number[], bytes: Uint8Array])[] = [
  ['none', 'good-1', [], one.bytes],
  ['none', 'good-2', [], twoCard.bytes],
  ['none', 'good-3', [], forged(three, third)],
  ['none', 'good-revoking', [], forged(goodRevoking, third)],
  ['card.malformed J1', 'too-long-1', [26], forgedFirst({ note: 'a'.repeat(17_000) })],
  ['card.malformed J1', 'too-long', [26], toBytes('a'.repeat(65_537))],
  ['card.newer-version', 'v-3', [20], forgedFirst({ v: 3 })],
  ['card.malformed K6', 'v-0', [20], forgedFirst({ v: 0 })],
  ['card.malformed K6', 'v-text', [20], forgedFirst({ v: '1' })],
  ['card.malformed K6', 'kind-another', [18], forgedFirst({ kind: 'data' })],
  ['card.malformed K6', 'field-more', [20], forgedFirst({ alg: 'none' })],
  ['card.malformed K6', 'array', [30], toBytes('[]')],
  ['card.malformed K6', 'null', [30], toBytes('null')],
  ['card.malformed K6', 'text', [30], toBytes('"card"')],
  ['card.malformed K6', 'number', [30], toBytes('1')],
  ['card.newer-version', 'key-set-v-3', [20], keySetOf({ v: 3 })],
  ['card.malformed K8', 'key-set-version-2', [23], keySetOf({ version: 2 })],
  ['card.malformed K8', 'no-key', [22], keySetOf({ signing: [] })],
  ['card.malformed K8', 'two-keys', [22], keySetOf({ signing: listed(first, second) })],
  ['card.malformed K4', 'kid-another', [22], keySetOf({ signing: [{ ...first.listed, kid: second.kid }] })],
  ['card.malformed K8', 'seal-to-nobody', [39], keySetOf({ sealing: [] })],
  ['card.malformed K8', 'seal-to-five', [26], keySetOf({ sealing: [1, 2, 3, 4, 5].map(() => northmark.recipient) })],
  ['card.malformed K8', 'seal-twice', [22], keySetOf({ sealing: [northmark.recipient, northmark.recipient] })],
  [
    'card.malformed K8',
    'seal-order',
    [22],
    keySetOf({ sealing: [northmark.recipient, eastmark.recipient].toSorted().toReversed() }),
  ],
  ['card.malformed K8', 'seal-upper-case', [21], keySetOf({ sealing: [northmark.recipient.toUpperCase()] })],
  ['card.malformed K8', 'seal-check-digit', [21], keySetOf({ sealing: [`${northmark.recipient.slice(0, -1)}q`] })],
  ['card.malformed K8', 'seal-plugin', [34], keySetOf({ sealing: ['age1../../bin/sh1qqqq'] })],
  ['card.malformed K8', 'seal-ssh', [34], keySetOf({ sealing: ['ssh-ed25519 AAAA'] })],
  ['card.malformed K7', 'country-words', [36], forgedFirst({ agency: { ...unsignedOne.agency, country: 'nl' } })],
  ['card.malformed K7', 'sample-text', [30], forgedFirst({ agency: { ...unsignedOne.agency, sample: 'false' } })],
  ['card.malformed K7', 'agency-more', [20], forgedFirst({ agency: { ...unsignedOne.agency, logo: 'http://x' } })],
  ['card.bad-signature', 'name-changed', [18], new Uint8Array(changedName)],
  [
    'card.bad-signature',
    'signature-of-another',
    [18],
    canonicalBytes({
      ...unsignedOne,
      signature: toHex(second.sign('chirograph/card/v1', canonicalBytes(unsignedOne))),
    }),
  ],
  [
    'card.bad-signature',
    'label-another',
    [18],
    canonicalBytes({
      ...unsignedOne,
      signature: toHex(first.sign('chirograph/bundle/v1', canonicalBytes(unsignedOne))),
    }),
  ],
  ...NAMES.map(([name, text]) => ['card.malformed K7', `name-${name}`, [36], named(text)] as const),
  ...WEAK.map(([name, hex]) => ['card.weak-key', `weak-${name}`, [21], keySetOf({ signing: [weak(hex)] })] as const),
  ['card.weak-key', 'weak-with-low-order-part', [21], keySetOf({ signing: [weak(mixed())] })],
  [
    'card.weak-key',
    'weak-root',
    [21, 22],
    withKeySet({ root: [weak(WEAK[4]?.[1] ?? ''), ...officers.root].toSorted(byKid) }),
  ],
  ['card.weak-key', 'weak-approving', [21], withKeySet({ approving: [weak(mixed())] })],
  ['none', 'chain-more-signatures', [], signedAs(first, ada, ben, cyd)],
  ['card.chain-broken', 'chain-no-old', [23], signedAs(ada, ben, cyd)],
  ['card.chain-broken', 'chain-no-new', [23], signedAs(first)],
  ['card.chain-broken', 'chain-one-of-two', [23], signedAs(first, ada)],
  ['card.chain-broken', 'chain-nobody', [23], signedAs()],
  ['card.chain-broken', 'chain-stranger-too', [18, 23], signedAs(first, ada, ben, third)],
  [
    'card.chain-broken',
    'chain-signature-under-two-kids',
    [22],
    withHistory([{ keySet: toTwo, signatures: twoKids() }]),
  ],
  [
    'card.malformed K13',
    'chain-signature-twice',
    [22],
    withHistory([{ keySet: toTwo, signatures: [...signaturesOf('chirograph/keyset/v1', toTwo, [first, ada, ada])] }]),
  ],
  [
    'card.malformed K13',
    'chain-signatures-17',
    [26],
    withHistory([{ keySet: toTwo, signatures: signaturesOf('chirograph/keyset/v1', toTwo, fillers) }]),
  ],
  [
    'card.chain-broken',
    'chain-of-another-set',
    [23],
    withHistory([
      {
        keySet: toTwo,
        signatures: signaturesOf('chirograph/keyset/v1', { ...toTwo, threshold: 1 }, [first, ada, ben]),
      },
    ]),
  ],
  [
    'card.chain-broken',
    'chain-label-card',
    [18],
    withHistory([{ keySet: toTwo, signatures: signaturesOf('chirograph/card/v2', toTwo, [first, ada, ben]) }]),
  ],
  ['card.malformed K12', 'threshold-0', [22], withKeySet({ threshold: 0 })],
  ['card.malformed K12', 'threshold-4-of-3', [22], withKeySet({ threshold: 4 })],
  ['card.malformed K12', 'threshold-half', [22], withKeySet({ threshold: 1.5 })],
  ['card.malformed K12', 'root-nobody', [22], withKeySet({ root: [], threshold: 1 })],
  ['card.malformed K12', 'root-9', [26], withKeySet({ root: listed(...fillers.slice(0, 9)) })],
  [
    'card.malformed K12',
    'root-twice',
    [22],
    withKeySet({ root: [ada.listed, ada.listed, ben.listed].toSorted(byKid) }),
  ],
  ['card.malformed K12', 'root-order', [22], withKeySet({ root: officers.root.toReversed() })],
  ['card.malformed K12', 'approving-17', [26], withKeySet({ approving: listed(...fillers) })],
  ['card.malformed K12', 'signing-5', [26], withKeySet({ signing: listed(...fillers.slice(0, 5)) })],
  ['card.malformed K12', 'key-set-more', [20], withKeySet({ expires: '2030-01-01' })],
  [
    'card.malformed K4',
    'one-key-two-kids',
    [22],
    withKeySet({ approving: [], root: [ada.listed, { ...ada.listed, kid: ben.kid }].toSorted(byKid) }),
  ],
  [
    'card.malformed K12',
    'one-kid-two-keys',
    [22],
    withKeySet({ approving: [{ kid: ada.kid, publicKey: third.listed.publicKey }] }),
  ],
  ['card.malformed K18', 'revoked-never-was', [24], withKeySet({ revoked: [{ kid: third.kid }] })],
  ['card.malformed K18', 'revoked-goes-on', [24], withKeySet({ revoked: [{ kid: second.kid }] })],
  ['card.malformed K12', 'revoked-nobody', [24], withKeySet({ revoked: [] })],
  ['card.malformed K18', 'revoked-comes-back', [24], comesBack()],
  ['card.chain-broken', 'chain-from-3', [23], withKeySet({ version: 3 })],
  ['card.malformed K12', 'chain-version-1', [23], withKeySet({ version: 1 })],
  ['card.malformed K14', 'chain-empty', [23], withHistory([])],
  ['card.chain-broken', 'chain-gap', [23], forged({ ...three, history: three.history.slice(1) }, third)],
  [
    'card.chain-broken',
    'chain-order',
    [23],
    forged({ ...three, history: three.history.toReversed(), keySet: toTwo }, second),
  ],
  ['card.chain-broken', 'chain-one-twice', [23], withHistory([two.history[0] ?? {}, two.history[0] ?? {}])],
  [
    'card.chain-broken',
    'chain-by-old-roots',
    [23],
    forged({ ...three, history: [three.history[0], signedBy(toThree, first)] }, third),
  ],
  ['card.malformed K14', 'last-another', [23], forged({ ...three, keySet: toTwo }, second)],
  ['card.chain-broken', 'first-of-another', [18, 23], forged({ ...two, first: southmark.card.card.keySet }, second)],
  ['card.malformed K8', 'first-of-version-2', [23], forged({ ...two, first: toTwo }, second)],
  ['card.bad-signature', 'card-by-key-before', [24], forged(two, first)],
  ['card.bad-signature', 'card-by-officer', [18], forged(two, ada)],
  ['card.bad-signature', 'card-by-two', [18], forged(two, second, first)],
  ['card.malformed K14', 'card-by-nobody', [18], forged(two)],
  [
    'card.malformed K14',
    'card-signed-twice',
    [22],
    canonicalBytes({ ...two, signatures: signaturesOf('chirograph/card/v2', two, [second, second]) }),
  ],
  ['card.bad-signature', 'fewer-approvals', [39], canonicalBytes({ ...twoCard.card, requires: { approvals: 0 } })],
  ['card.malformed K14', 'five-approvals', [39], forged({ ...two, requires: { approvals: 5 } }, second)],
  ['card.malformed K14', 'later-field-more', [20], forged({ ...two, note: 'x' }, second)],
];

function withHistory(history: readonly object[]): Uint8Array {
  return forged({ ...two, history }, second);
}

function twoKids(): object[] {
  const [byFirst, byAda] = signaturesOf('chirograph/keyset/v1', toTwo, [first]).concat(
    signaturesOf('chirograph/keyset/v1', toTwo, [ada]),
  );
  return [byFirst ?? {}, byAda ?? {}, { ...byAda, kid: ben.kid }].toSorted((a, b) => byKid(a as TestKey, b as TestKey));
}

/** A key of the prime-order group with a point of order 8 added: of CCTV's vectors, `low_order_component_A`. */
function mixed(): string {
  return '10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f';
}

/** Version 3 revokes a key, version 4 lists it again. */
function comesBack(): Uint8Array {
  const atThree = changedCard(twoCard, { revoked: [second.kid], signing: listed(third) }, [ada, ben], third);
  const again = { ...following(atThree.keySet, { signing: listed(third) }), signing: listed(second) };
  const transition = { keySet: again, signatures: signaturesOf('chirograph/keyset/v1', again, [ada, ben]) };
  return forged(nextCard(atThree, transition as never), second);
}

export const cards: readonly HostileInput[] = CARDS.map(([refusal, name, rows, bytes]) => ({
  door: 'card',
  name: `card-${name}`,
  rows,
  refusal,
  bytes,
}));
