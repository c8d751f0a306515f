import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeCard, parseCard, wordsBetween } from '../../../src-shared/bundle/card.ts';
import { canonicalBytes, canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { fromHex, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { keyIdOf, sign, signingKeys } from '../../../src-shared/crypto/signature.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { eastmark, northmark, refusalOf, southmark } from '../../support/bundle-samples.ts';

const { card, bytes } = northmark.card;

/** A card with these changes, signed anew by its own key, so that only the change can be refused. */
function resigned(
  change: object,
  label: 'chirograph/card/v1' | 'chirograph/bundle/v1' = 'chirograph/card/v1',
): Uint8Array {
  const { signature: _, ...unsigned } = { signature: '', ...card };
  const changed = { ...unsigned, ...change };
  return canonicalBytes({ ...changed, signature: toHex(northmark.sign(label, canonicalBytes(changed))) });
}

function withKeySet(change: object): Uint8Array {
  return resigned({ keySet: { ...card.keySet, ...change } });
}

function withName(name: string): Uint8Array {
  return resigned({ agency: { ...card.agency, name } });
}

test('[K6] a card is read back as it was made', () => {
  expect(parseCard(bytes)).toEqual(northmark.card);
  expect(card.agency).toEqual({ name: 'Northmark Agency', country: 'NL', sample: true });
});

test('[K1] the agency id is the hash of the key set, whatever the agency calls itself', () => {
  expect(northmark.id).toBe(toHex(sha256(toBytes(`chirograph/agency/v1\n${canonicalText(card.keySet)}`))));
  expect(parseCard(withName('Another Name')).agencyId).toBe(northmark.id);
  expect(parseCard(withKeySet({ sealing: [southmark.recipient] })).agencyId).not.toBe(northmark.id);
});

test('[K9] both sides get the same twelve words, and they change with either card', () => {
  const words = wordsBetween(northmark.card, southmark.card);
  expect(words.split(' ')).toHaveLength(12);
  expect(wordsBetween(southmark.card, northmark.card)).toBe(words);
  expect(wordsBetween(northmark.card, eastmark.card)).not.toBe(words);
  expect(wordsBetween(parseCard(withName('Another Name')), southmark.card)).not.toBe(words);
});

const recipients = [northmark.recipient, southmark.recipient].toSorted();

test.each<readonly [refusal: string, name: string, bytes: Uint8Array]>([
  ['none', 'unchanged', resigned({})],
  ['none', 'two recipients', withKeySet({ sealing: recipients })],
  ['none', 'a name in another script', withName('\u0646\u0645\u0648\u0646\u0647\u200C\u0627\u06CC')],
  ['card.malformed J1', 'too long', new Uint8Array(65_537)],
  ['card.malformed J4', 'not JSON', toBytes('PK')],
  ['card.malformed J6', 'white space', toBytes(`${canonicalText(card)}\n`)],
  ['card.malformed J5', 'a forbidden key', toBytes(canonicalText(card).replace('{', '{"__proto__":{},'))],
  ['card.malformed K6', 'an unknown field', resigned({ note: 'x' })],
  ['card.malformed K6', 'another kind', resigned({ kind: 'bundle' })],
  ['card.malformed K6', 'version 0', resigned({ v: 0 })],
  ['card.newer-version', 'version 3', resigned({ v: 3 })],
  ['card.malformed K14', 'version 2 with the fields of version 1', resigned({ v: 2 })],
  ['card.malformed K8', 'a later key set in a card of version 1', withKeySet({ version: 2 })],
  ['card.malformed K8', 'a key set of version 2 in a card of version 1', withKeySet({ v: 2 })],
  ['card.newer-version', 'a newer form of key set', withKeySet({ v: 3 })],
  ['card.malformed K7', 'no name', withName('')],
  ['card.malformed K7', 'spaces around the name', withName(' Northmark')],
  ['card.malformed K7', 'a line break in the name', withName('North\nmark')],
  ['card.malformed K7', 'a turned text direction', withName('North\u202Ekram')],
  ['card.malformed K7', 'a long name', withName('N'.repeat(201))],
  ['card.malformed K7', 'a country in words', resigned({ agency: { ...card.agency, country: 'Netherlands' } })],
  ['card.malformed K7', 'sample not said', resigned({ agency: { name: 'Northmark', country: 'NL' } })],
  ['card.malformed K8', 'no signing key', withKeySet({ signing: [] })],
  [
    'card.malformed K8',
    'two signing keys',
    withKeySet({ signing: [...card.keySet.signing, ...southmark.card.card.keySet.signing] }),
  ],
  ['card.malformed K8', 'no recipient', withKeySet({ sealing: [] })],
  ['card.malformed K8', 'recipients out of order', withKeySet({ sealing: recipients.toReversed() })],
  ['card.malformed K8', 'a recipient twice', withKeySet({ sealing: [recipients[0], recipients[0]] })],
  ['card.malformed K8', 'a recipient in capitals', withKeySet({ sealing: [northmark.recipient.toUpperCase()] })],
  [
    'card.malformed K8',
    'a recipient with a wrong checksum',
    withKeySet({ sealing: [`${northmark.recipient.slice(0, -1)}q`] }),
  ],
  ['card.malformed K8', 'an identity as recipient', withKeySet({ sealing: [northmark.identity] })],
  ['card.malformed K8', 'an SSH key as recipient', withKeySet({ sealing: ['ssh-ed25519 AAAA'] })],
  [
    'card.malformed K4',
    'a key id of another key',
    withKeySet({ signing: [{ ...card.keySet.signing[0], kid: southmark.card.kid }] }),
  ],
  ['card.bad-signature', 'the key of somebody else', withKeySet({ signing: southmark.card.card.keySet.signing })],
  ['card.bad-signature', 'a signature for another purpose', resigned({}, 'chirograph/bundle/v1')],
  ['card.bad-signature', 'an altered name', canonicalBytes({ ...card, agency: { ...card.agency, name: 'Northmark' } })],
  [
    'card.bad-signature',
    'a sample that says it is none',
    canonicalBytes({ ...card, agency: { ...card.agency, sample: false } }),
  ],
  ['card.bad-signature', 'an empty signature', canonicalBytes({ ...card, signature: '0'.repeat(128) })],
])('[K4–K8] %s: %s', (refusal, _name, changed) => {
  expect(refusalOf(() => parseCard(changed))).toBe(refusal);
});

test.each([
  ['the identity', `01${'00'.repeat(31)}`],
  ['a point of order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
  ['a spelling beyond the field', `ee${'ff'.repeat(30)}7f`],
  ['no point', `02${'00'.repeat(31)}`],
])('[K5] %s is refused as a key before its signature is looked at', (_name, publicKey) => {
  const kid = keyIdOf(fromHex(publicKey));
  expect(refusalOf(() => parseCard(withKeySet({ signing: [{ kid, publicKey }] })))).toBe('card.weak-key');
});

test('[K6] one flipped bit anywhere is refused', () => {
  fc.assert(
    fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (at) => {
      const changed = bytes.slice();
      changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at % 8));
      expect(refusalOf(() => parseCard(changed))).toMatch(/^card\./);
    }),
    { numRuns: 1000 },
  );
});

test('any bytes give a card or an error of ours', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.object().map((value) => toBytes(JSON.stringify(value))),
      ),
      (soup) => {
        expect(() => parseCard(soup)).toThrow(ChirographError);
      },
    ),
    { numRuns: 300 },
  );
});

test('[K6] a card that nobody could read is not made', () => {
  const { publicKey, secretKey } = signingKeys(sha256(toBytes('test key')));
  const draft = { agency: { name: ' ', country: 'NL', sample: true }, publicKey, sealing: [northmark.recipient] };
  expect(refusalOf(() => encodeCard(draft, (label, body) => sign(label, body, secretKey)))).toBe('card.malformed K7');
});
