import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  currentKeyFor,
  keyFor,
  nextCard,
  parseCard,
  parseKeptCard,
  signCard,
} from '../../../src-shared/bundle/card.ts';
import type { PartnerCard, UnsignedCard } from '../../../src-shared/bundle/card.ts';
import { keySetBytes, keySetOf } from '../../../src-shared/bundle/key-set.ts';
import type { LaterKeySet, Transition } from '../../../src-shared/bundle/key-set.ts';
import { canonicalBytes } from '../../../src-shared/crypto/canonical.ts';
import { fromHex, toHex } from '../../../src-shared/crypto/hash.ts';
import { keyIdOf } from '../../../src-shared/crypto/signature.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { northmark, refusalOf, southmark } from '../../support/bundle-samples.ts';
import { changedCard, firstCard, following, listed, signedBy, testKey } from '../../support/key-changes.ts';
import type { TestKey } from '../../support/key-changes.ts';

const first = testKey('first');
const second = testKey('second');
const third = testKey('third');
const ada = testKey('ada');
const ben = testKey('ben');
const cyd = testKey('cyd');
const dan = testKey('dan');

const recipient = northmark.recipient;
const one = firstCard(first, recipient);

/** Version 2: a new signing key; three officers are root, two of them have to sign. */
const officers = { root: listed(ada, ben, cyd), approving: listed(ada, ben, cyd), threshold: 2 };
const toTwo = following(one.keySet, { signing: listed(second), ...officers });
const two = signCard(nextCard(one, signedBy(toTwo, first, ada, ben), { approvals: 2 }), [second]);

/** Version 3: cyd gives way to dan. */
const changeToThree = { signing: listed(third), root: listed(ada, ben, dan), approving: listed(ada, ben, dan) };
const toThree = following(two.keySet, changeToThree);
const three = signCard(nextCard(two, signedBy(toThree, ada, cyd, dan)), [third]);

test('[K14] a card whose keys changed twice is read back as it was made, under the id that it always had', () => {
  expect(three.agencyId).toBe(one.agencyId);
  expect(three.keySet).toMatchObject({ version: 3, threshold: 2, revoked: [] });
  expect(three.chain.map(({ version }) => version)).toEqual([1, 2, 3]);
  expect(three.requires).toEqual({ approvals: 2 });
  expect(three.kid).toBe(third.kid);
  expect(parseCard(three.bytes)).toEqual(three);
  expect(parseKeptCard(three.bytes)).toEqual(three);
});

test('[K16, K17] keys of every version are found, and only those of the current one sign manifests', () => {
  expect(keyFor(three, first.kid)).toEqual({ publicKey: one.publicKey, version: 1 });
  expect(keyFor(three, second.kid)).toEqual({ publicKey: two.publicKey, version: 2 });
  expect(keyFor(three, third.kid)).toEqual({ publicKey: three.publicKey, version: 3 });
  expect(keyFor(three, ada.kid), 'an officer signs no attestation').toBeUndefined();
  expect(currentKeyFor(three, second.kid)).toBeUndefined();
  expect(currentKeyFor(three, third.kid)).toEqual(three.publicKey);
});

test('[K18] a revoked key is found with the version that revoked it', () => {
  const revoking = changedCard(two, { signing: listed(third), revoked: [second.kid] }, [ada, ben], third);
  expect(keyFor(revoking, second.kid)).toEqual({ publicKey: two.publicKey, version: 2, revokedIn: 3 });
  expect(keyFor(revoking, first.kid)).toEqual({ publicKey: one.publicKey, version: 1 });
});

test('[K18] a key is revoked once', () => {
  const revoking = changedCard(two, { signing: listed(third), revoked: [second.kid] }, [ada, ben], third);
  const goesOn = { signing: listed(dan) };
  expect(changedCard(revoking, goesOn, [ada, ben], dan).keySet.version).toBe(4);
  const again = () => changedCard(revoking, { ...goesOn, revoked: [second.kid] }, [ada, ben], dan);
  expect(refusalOf(again)).toBe('card.malformed K18');
});

const byKid = (a: { readonly kid: string }, b: { readonly kid: string }): number => (a.kid < b.kid ? -1 : 1);

/** A card with anything in it, signed by these signing keys as if it were right. */
function forged(unsigned: object, ...signers: readonly TestKey[]): Uint8Array {
  const body = canonicalBytes(unsigned);
  const signatures = signers
    .map(({ kid, sign }) => ({ kid, signature: toHex(sign('chirograph/card/v2', body)) }))
    .toSorted(byKid);
  return canonicalBytes({ ...unsigned, signatures });
}

const unsignedTwo = unsignedOf(two);
const unsignedThree = unsignedOf(three);

function unsignedOf({ card }: PartnerCard): UnsignedCard {
  if (card.v !== 2) throw new Error('a later card');
  const { signatures: _, ...unsigned } = card;
  return unsigned;
}

/** Version 2 with these changes of its key set, signed by everybody who could be asked to. */
function withKeySet(change: object, ...signers: readonly TestKey[]): Uint8Array {
  const keySet = { ...toTwo, ...change } as LaterKeySet;
  const body = keySetBytes(keySet);
  const by = signers.length === 0 ? [first, ada, ben, cyd] : signers;
  const signatures = by
    .map(({ kid, sign }) => ({ kid, signature: toHex(sign('chirograph/keyset/v1', body)) }))
    .toSorted(byKid);
  return forged({ ...unsignedTwo, keySet, history: [{ keySet, signatures }] }, second);
}

/** Version 2, its transition signed by these. */
function signedAs(...keys: readonly TestKey[]): Uint8Array {
  return withHistory([signedBy(toTwo, ...keys)]);
}

function withHistory(history: readonly object[], keySet: LaterKeySet = toTwo): Uint8Array {
  return forged({ ...unsignedTwo, keySet, history }, second);
}

function transitionOf(card: UnsignedCard, at: number): Transition {
  const transition = card.history[at];
  if (transition === undefined) throw new Error('no such transition');
  return transition;
}

const goodSignatures = transitionOf(unsignedTwo, 0).signatures;
const adaSigned = { kid: ada.kid, signature: signedBy(toTwo, ada).signatures[0]?.signature ?? '' };
const lowOrder = '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05';
const weak = { kid: keyIdOf(fromHex(lowOrder)), publicKey: lowOrder };

const fillers = Array.from({ length: 16 }, (_, i) => testKey(`filler ${i}`));
const five = (
  await Promise.all(Array.from({ length: 5 }, async () => identityToRecipient(await generateX25519Identity())))
).toSorted();

test.each<readonly [refusal: string, name: string, bytes: () => Uint8Array]>([
  ['none', 'unchanged', () => forged(unsignedTwo, second)],
  ['none', 'more signatures than needed', () => signedAs(first, ada, ben, cyd)],
  ['card.chain-broken', 'nobody of the old keys signed', () => signedAs(ada, ben, cyd)],
  ['card.chain-broken', 'nobody of the new keys signed', () => signedAs(first)],
  ['card.chain-broken', 'one of two new keys signed', () => signedAs(first, ada)],
  ['card.chain-broken', 'somebody else signed as well', () => signedAs(first, ada, ben, dan)],
  ['card.chain-broken', 'nobody signed', () => signedAs()],
  [
    'card.malformed K13',
    'one signature twice to reach the threshold',
    () =>
      withHistory([
        { keySet: toTwo, signatures: [...signedBy(toTwo, first, ada).signatures, adaSigned].toSorted(byKid) },
      ]),
  ],
  [
    'card.chain-broken',
    'one signature under two key ids to reach the threshold',
    () =>
      withHistory([
        {
          keySet: toTwo,
          signatures: [...signedBy(toTwo, first, ada).signatures, { ...adaSigned, kid: ben.kid }].toSorted(byKid),
        },
      ]),
  ],
  [
    'card.malformed K13',
    'signatures out of order',
    () => withHistory([{ keySet: toTwo, signatures: goodSignatures.toReversed() }]),
  ],
  [
    'card.chain-broken',
    'signatures over another key set',
    () =>
      withHistory([{ keySet: toTwo, signatures: signedBy({ ...toTwo, threshold: 1 }, first, ada, ben).signatures }]),
  ],
  ['card.malformed K12', 'one key twice in a list', () => withKeySet({ root: [ada.listed, ada.listed, ben.listed] })],
  [
    'card.malformed K4',
    'one key under two key ids',
    () =>
      withKeySet({
        root: [ada.listed, { kid: fillers[0]?.kid ?? '', publicKey: ada.listed.publicKey }].toSorted(byKid),
        approving: [],
      }),
  ],
  [
    'card.malformed K12',
    'one key id for two keys',
    () => withKeySet({ approving: [{ kid: ada.kid, publicKey: dan.listed.publicKey }] }),
  ],
  ['card.malformed K12', 'threshold 0', () => withKeySet({ threshold: 0 })],
  ['card.malformed K12', 'a threshold above the number of keys', () => withKeySet({ threshold: 4 })],
  ['card.malformed K12', 'a threshold that is no whole number', () => withKeySet({ threshold: 1.5 })],
  ['card.malformed K12', 'no root key', () => withKeySet({ root: [], threshold: 1 })],
  ['card.malformed K12', 'nine root keys', () => withKeySet({ root: listed(...fillers.slice(0, 9)) })],
  ['card.malformed K12', 'no signing key', () => withKeySet({ signing: [] })],
  ['card.malformed K12', 'five signing keys', () => withKeySet({ signing: listed(...fillers.slice(0, 5)) })],
  ['card.malformed K12', 'seventeen approving keys', () => withKeySet({ approving: listed(...fillers, dan) })],
  ['card.malformed K12', 'nobody to seal to', () => withKeySet({ sealing: [] })],
  ['none', 'four to seal to', () => withKeySet({ sealing: five.slice(1) })],
  ['card.malformed K12', 'five to seal to', () => withKeySet({ sealing: five })],
  ['card.malformed K12', 'keys out of order', () => withKeySet({ root: officers.root.toReversed() })],
  [
    'card.malformed K12',
    'approving keys out of order',
    () => withKeySet({ approving: officers.approving.toReversed() }),
  ],
  ['card.malformed K12', 'an unknown field in the key set', () => withKeySet({ note: 'x' })],
  ['card.malformed K12', 'no key revoked', () => withKeySet({ revoked: [] })],
  ['card.malformed K18', 'a revoked key that never was', () => withKeySet({ revoked: [{ kid: dan.kid }] })],
  ['card.malformed K18', 'a revoked key that goes on', () => withKeySet({ revoked: [{ kid: second.kid }] })],
  ['card.weak-key', 'a low-order signing key', () => withKeySet({ signing: [weak, second.listed].toSorted(byKid) })],
  ['card.weak-key', 'a low-order root key', () => withKeySet({ root: [weak, ...officers.root].toSorted(byKid) })],
  ['card.weak-key', 'a low-order approving key', () => withKeySet({ approving: [weak] })],
  ['card.malformed K12', 'a skipped version', () => withKeySet({ version: 1 })],
  ['card.chain-broken', 'a chain that begins with version 3', () => withKeySet({ version: 3 })],
  [
    'card.chain-broken',
    'a chain with a gap',
    () => forged({ ...unsignedThree, history: [transitionOf(unsignedThree, 1)] }, third),
  ],
  [
    'card.chain-broken',
    'versions in the wrong order',
    () => forged({ ...unsignedThree, history: unsignedThree.history.toReversed(), keySet: toTwo }, second),
  ],
  [
    'card.chain-broken',
    'one version twice',
    () => withHistory([transitionOf(unsignedTwo, 0), transitionOf(unsignedTwo, 0)]),
  ],
  ['card.malformed K14', 'no history', () => withHistory([])],
  ['card.malformed K14', 'a key set that history does not end with', () => withHistory(unsignedThree.history)],
  [
    'card.chain-broken',
    'version 3 signed by those who were root before version 2',
    () =>
      forged(
        { ...unsignedThree, history: [transitionOf(unsignedThree, 0), signedBy(toThree, first, ada, dan)] },
        third,
      ),
  ],
  [
    'card.chain-broken',
    'version 3 signed by one of the old',
    () => forged({ ...unsignedThree, history: [transitionOf(unsignedThree, 0), signedBy(toThree, ada, dan)] }, third),
  ],
  [
    'card.chain-broken',
    'another first key set',
    () => forged({ ...unsignedTwo, first: southmark.card.card.keySet }, second),
  ],
  ['card.malformed K8', 'a first key set of version 2', () => forged({ ...unsignedTwo, first: toTwo }, second)],
  ['card.bad-signature', 'the card signed by the key before', () => forged(unsignedTwo, first)],
  ['card.bad-signature', 'the card signed by an officer', () => forged(unsignedTwo, ada)],
  ['card.bad-signature', 'a second signature by somebody else', () => forged(unsignedTwo, second, first)],
  ['card.malformed K14', 'no signature', () => forged(unsignedTwo)],
  ['card.malformed K14', 'one signature twice', () => forged(unsignedTwo, second, second)],
  [
    'card.bad-signature',
    'fewer approvals asked for than were signed',
    () => canonicalBytes({ ...two.card, requires: { approvals: 0 } }),
  ],
  ['card.malformed K14', 'five approvals', () => forged({ ...unsignedTwo, requires: { approvals: 5 } }, second)],
  ['card.malformed K14', 'an unknown field', () => forged({ ...unsignedTwo, note: 'x' }, second)],
  [
    'card.malformed K7',
    'a turned name',
    () => forged({ ...unsignedTwo, agency: { ...two.card.agency, name: 'a\u202Eb' } }, second),
  ],
  ['card.newer-version', 'a newer card', () => forged({ ...unsignedTwo, v: 3 }, second)],
  ['card.newer-version', 'a newer key set', () => withKeySet({ v: 3 })],
])('[K11–K18] %s: %s', (refusal, _name, bytes) => {
  const refused = refusalOf(() => parseCard(bytes()));
  expect(refused).toBe(refusal);
});

test('[K15] sixty changes of one key fit in a card, a thousand do not', () => {
  const read = parseCard(grownTo(60));
  expect(read.keySet.version).toBe(60);
  expect(read.agencyId).toBe(one.agencyId);
  expect(refusalOf(() => parseCard(grownTo(200)))).toBe('card.malformed J1');
});

function keyAt(version: number): TestKey {
  return version === 1 ? first : testKey(`version ${version}`);
}

/** A card whose one key changed again and again. */
function grownTo(version: number): Uint8Array {
  const history: Transition[] = [];
  let keySet = one.keySet;
  for (let at = 2; at <= version; at += 1) {
    const next = following(keySet, { signing: listed(keyAt(at)), root: listed(keyAt(at)) });
    history.push(signedBy(next, keyAt(at - 1), keyAt(at)));
    keySet = keySetOf(next);
  }
  return forged({ ...unsignedTwo, history, keySet: history.at(-1)?.keySet }, keyAt(version));
}

test('[K14] one flipped bit anywhere is refused', () => {
  fc.assert(
    fc.property(fc.nat({ max: two.bytes.length * 8 - 1 }), (at) => {
      const changed = two.bytes.slice();
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(() => parseCard(changed)).toThrow(ChirographError);
    }),
    { numRuns: 60 },
  );
});
