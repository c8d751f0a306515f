import { encodeCard, nextCard, signCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import { inKeyOrder, keySetBytes, laterKeySet, listedKey } from '../../src-shared/bundle/key-set.ts';
import type { KeySet, LaterKeySet, ListedKey, Transition } from '../../src-shared/bundle/key-set.ts';
import { sha256, toBytes, toHex } from '../../src-shared/crypto/hash.ts';
import { sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import type { KeyId } from '../../src-shared/domain/ids.ts';

/** A key pair that is invented from a word. */
export type TestKey = { readonly kid: KeyId; readonly listed: ListedKey; readonly sign: Sign };

export function testKey(word: string): TestKey {
  const { publicKey, secretKey } = signingKeys(sha256(toBytes(`test key: ${word}`)));
  const listed = listedKey(publicKey);
  return { kid: listed.kid, listed, sign: (label, body) => sign(label, body, secretKey) };
}

/** Keys in the order in which lists have them. */
export function listed(...keys: readonly TestKey[]): ListedKey[] {
  return inKeyOrder(keys.map((key) => key.listed));
}

/** A first card of an agency that has this signing key. */
export function firstCard(key: TestKey, recipient: string, name = 'Northmark Agency'): PartnerCard {
  const publicKey = Uint8Array.from(Buffer.from(key.listed.publicKey, 'hex'));
  return encodeCard({ agency: { name, country: 'NL', sample: true }, publicKey, sealing: [recipient] }, key.sign);
}

/** A key set of the next version: what is not said stays. */
export function following(before: KeySet, change: Partial<KeySet>): LaterKeySet {
  return laterKeySet({ ...before, revoked: [], ...change, version: before.version + 1 });
}

/** A transition signed by these keys. */
export function signedBy(keySet: LaterKeySet, ...keys: readonly TestKey[]): Transition {
  const body = keySetBytes(keySet);
  const signatures = keys.map(({ kid, sign: by }) => ({ kid, signature: toHex(by('chirograph/keyset/v1', body)) }));
  return { keySet, signatures: inKeyOrder(signatures) };
}

/** The card after one change that these root keys signed, itself signed by `signer`. */
export function changedCard(
  before: PartnerCard,
  change: Partial<KeySet>,
  roots: readonly TestKey[],
  signer: TestKey,
  requires = before.requires,
): PartnerCard {
  return signCard(nextCard(before, signedBy(following(before.keySet, change), ...roots), requires), [signer]);
}
