import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { nextCard, signCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard, UnsignedCard } from '../../src-shared/bundle/card.ts';
import {
  inKeyOrder,
  keySetBytes,
  keySetOf,
  laterKeySet,
  listedKey,
  missingSignatures,
  refuseBadRevocations,
} from '../../src-shared/bundle/key-set.ts';
import type { KeySet, LaterKeySet, ListedKey, ListedSignature } from '../../src-shared/bundle/key-set.ts';
import type { Parsed } from '../../src-shared/contract/methods.ts';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { sha256, toHex } from '../../src-shared/crypto/hash.ts';
import { keyIdOf, sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import type { KeyId } from '../../src-shared/domain/ids.ts';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import { officerKey, officerKeys } from '../store/own-keys.ts';
import type { ProposalRow } from '../store/own-keys.ts';
import { withOfficerKey } from '../vault/officer-key.ts';
import type { SigningSecrets } from '../vault/signing-secrets.ts';
import { openSuccession, sealSuccession, signingOf } from '../vault/succession.ts';
import type { OpenSession } from './session.ts';

/** A change of our key set from its first word to the card that follows: docs/formats/bundle.md K11–K14, vault.md V140–V145. */

/** What a proposal keeps: the next key set and what else changes with it. */
export type KeyChange = { readonly keySet: LaterKeySet; readonly requires: number; readonly releases: number };

type Wish = Parsed<'keys.rotate'>;

/** The secrets and the key set of the next version. Throws `keys.invalid`. */
export async function planKeyChange(
  session: OpenSession,
  current: PartnerCard,
  wish: Wish,
): Promise<{ readonly change: KeyChange; readonly secrets: SigningSecrets }> {
  const before = requireSigning(session);
  const { context } = session;
  const seed = wish.newSigning ? context.randomBytes(32) : before.seed.slice();
  const identity = wish.newSealing ? await generateX25519Identity() : before.identity;
  const retired = { identity: before.identity, retired: context.now().toISOString() };
  const earlier = wish.newSealing ? [retired, ...before.earlier] : before.earlier;
  const secrets = { version: current.keySet.version + 1, seed, identity, earlier };
  before.seed.fill(0);
  const signing = listedKey(publicKeyOf(seed));
  const officers = officersOf(session, current.keySet);
  const root = wish.root.length === 0 ? [signing] : keysOf(wish.root, [...officers, signing]);
  const draft: KeySet = {
    version: secrets.version,
    signing: [signing],
    root,
    approving: keysOf(wish.approving, officers),
    sealing: [await identityToRecipient(identity)],
    threshold: wish.threshold,
    revoked: wish.revoke,
  };
  if (wish.releases > draft.approving.length) throw failure('keys.invalid', { rule: 'K22' });
  return { change: { keySet: checked(current, draft), requires: wish.requires, releases: wish.releases }, secrets };
}

/** V145: what names a proposal, and what its signatures are over. */
export function proposalId({ keySet }: KeyChange): string {
  return toHex(sha256(keySetBytes(keySet)));
}

/**
 * Every signature that whoever is here can add: by the agency's key, before and after the change, and by the officer's own. Throws
 * `keys.cannot-sign` when none of them counts, `keys.already-signed` when all were there.
 */
export function addSignatures(
  session: OpenSession,
  current: PartnerCard,
  { keySet }: KeyChange,
  next: SigningSecrets,
  signatures: readonly ListedSignature[],
): ListedSignature[] {
  const counted = new Set([...current.keySet.root, ...keySetOf(keySet).root].map(({ kid }) => kid));
  const body = keySetBytes(keySet);
  const made: ListedSignature[] = [];
  const add = (kid: KeyId, by: Sign): void => {
    if (counted.has(kid)) made.push({ kid, signature: toHex(by('chirograph/keyset/v1', body)) });
  };
  const before = requireSigning(session);
  for (const { seed } of [before, next]) withSeed(seed, add);
  before.seed.fill(0);
  if (hasOwnKey(session)) withOfficerKey(session.store, session.vault.officer, (own) => add(own.kid, own.sign));
  if (made.length === 0) throw failure('keys.cannot-sign', {});
  const all = inKeyOrder([...made, ...signatures]);
  if (all.length === signatures.length) throw failure('keys.already-signed', {});
  return all;
}

/** Whether nothing is missing any more. */
export function isComplete(
  current: PartnerCard,
  { keySet }: KeyChange,
  signatures: readonly ListedSignature[],
): boolean {
  const missing = missingSignatures(current.keySet, keySetOf(keySet), signatures);
  return missing.old === 0 && missing.new === 0;
}

/** K14: the card that follows, read again as a partner would. */
export function followingCard(
  current: PartnerCard,
  { keySet, requires }: KeyChange,
  signatures: readonly ListedSignature[],
  { seed }: SigningSecrets,
): PartnerCard {
  const transition = { keySet, signatures: [...signatures] };
  const unsigned: UnsignedCard = nextCard(current, transition, { approvals: requires });
  const made: PartnerCard[] = [];
  withSeed(seed, (kid, by) => made.push(signCard(unsigned, [{ kid, sign: by }])));
  const [card] = made;
  if (card === undefined) throw new Error('a card is signed');
  return card;
}

/** V145: the secrets that a proposal holds. */
export function proposedSecrets(session: OpenSession, row: ProposalRow): SigningSecrets {
  const before = requireSigning(session);
  const secrets = openSuccession(row, before, session.vault);
  before.seed.fill(0);
  // another version took effect meanwhile
  if (secrets === undefined) throw failure('keys.no-proposal', {});
  return secrets;
}

/** V141: the box of the next secrets. */
export function sealedSecrets(session: OpenSession, next: SigningSecrets): Pick<ProposalRow, 'nonce' | 'box'> {
  const before = requireSigning(session);
  const box = sealSuccession(next, before, session.vault, (length) => session.context.randomBytes(length));
  before.seed.fill(0);
  return box;
}

/** Whether whoever is here has a key of their own. */
export function hasOwnKey({ store, vault }: OpenSession): boolean {
  return vault.officer !== undefined && officerKey(store, vault.officer.slot) !== undefined;
}

/** The officers' keys that this vault knows, and those that stand in the key set. */
function officersOf({ store }: OpenSession, { root, approving }: KeySet): ListedKey[] {
  return [...root, ...approving, ...officerKeys(store).map(({ publicKey }) => listedKey(publicKey))];
}

function keysOf(kids: readonly KeyId[], known: readonly ListedKey[]): ListedKey[] {
  return kids.map((kid) => {
    const key = known.find((each) => each.kid === kid);
    if (key === undefined) throw failure('keys.invalid', { rule: 'K12' });
    return key;
  });
}

function checked(current: PartnerCard, draft: KeySet): LaterKeySet {
  try {
    const keySet = laterKeySet(draft);
    refuseBadRevocations([...current.chain, keySetOf(keySet)]);
    return keySet;
  } catch (error) {
    const rule = error instanceof ChirographError && 'rule' in error.details ? error.details.rule : 'K12';
    throw failure('keys.invalid', { rule }, error);
  }
}

function withSeed(seed: Uint8Array, work: (kid: KeyId, by: Sign) => void): void {
  const { publicKey, secretKey } = signingKeys(seed);
  work(keyIdOf(publicKey), (label, body) => sign(label, body, secretKey));
  secretKey.fill(0);
}

function publicKeyOf(seed: Uint8Array): Uint8Array {
  const { publicKey, secretKey } = signingKeys(seed);
  secretKey.fill(0);
  return publicKey;
}

function requireSigning({ vault }: OpenSession): SigningSecrets {
  const signing = signingOf(vault);
  if (signing === undefined) throw failure('vault.needs-officer', {});
  return signing;
}

/** How a proposal keeps a change. */
export function changeText(change: KeyChange): string {
  return canonicalText(change);
}
