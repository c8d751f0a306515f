import { z } from 'zod';
import { canonicalBytes, canonicalText, parseCanonical } from '../crypto/canonical.ts';
import { compareText, fromHex, hashFor, isAscending, joinBytes, sha256, toBytes, toHex } from '../crypto/hash.ts';
import { isSignedBy, keyIdOf } from '../crypto/signature.ts';
import type { Sign } from '../crypto/signature.ts';
import { wordsOf } from '../crypto/words.ts';
import { AgencyId } from '../domain/ids.ts';
import type { KeyId } from '../domain/ids.ts';
import { failure } from '../errors.ts';
import {
  FirstKeySet,
  inKeyOrder,
  keySetOf,
  LaterKeySet,
  ListedSignature,
  refuseBadKeys,
  refuseBadRevocations,
  refuseUnsigned,
  Transition,
} from './key-set.ts';
import type { KeySet, ListedKey } from './key-set.ts';

/** K15. */
export const MAX_CARD_BYTES = 65_536;
/** K6. */
const MAX_FIRST_CARD_BYTES = 16_384;
const VERSION = 2;
const hashAgency = hashFor('chirograph/agency/v1');

// K7: control characters, and those that turn the direction of the text around them
const UNSHOWN = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

const AgencyName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name === name.trim() && !UNSHOWN.test(name));

const Agency = z.strictObject({ name: AgencyName, country: z.string().regex(/^[A-Z]{2}$/), sample: z.boolean() });

/** K6: who an agency says it is, and its keys. */
const FirstCard = z.strictObject({
  v: z.literal(1),
  kind: z.literal('card'),
  agency: Agency,
  keySet: FirstKeySet,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

/** K14: the same, with how its keys changed. */
const LaterCard = z.strictObject({
  v: z.literal(2),
  kind: z.literal('card'),
  agency: Agency,
  first: FirstKeySet,
  history: z.array(Transition).min(1),
  keySet: LaterKeySet,
  requires: z.strictObject({ approvals: z.number().int().min(0).max(4) }),
  signatures: z
    .array(ListedSignature)
    .min(1)
    .max(4)
    .refine((signatures) => isAscending(signatures.map(({ kid }) => kid))),
});

type FirstCard = z.infer<typeof FirstCard>;
type LaterCard = z.infer<typeof LaterCard>;
export type UnsignedCard = Omit<LaterCard, 'signatures'>;

declare const read: unique symbol;

/**
 * A card that fits together (K1, K4–K8, K11–K15). Only `parseCard` makes one, or `parseKeptCard` of bytes that `parseCard` took before. Whether to
 * trust it is K9, for people to say.
 */
export type PartnerCard = CardFacts & { readonly [read]: true };

type CardFacts = {
  readonly agencyId: AgencyId;
  readonly card: FirstCard | LaterCard;
  /** The current one. */
  readonly keySet: KeySet;
  /** All key sets, from version 1 on. */
  readonly chain: readonly KeySet[];
  readonly requires: { readonly approvals: number };
  /** Of the current signing key; with several, the first. */
  readonly kid: KeyId;
  readonly publicKey: Uint8Array;
  readonly bytes: Uint8Array;
  /** H(bytes), hex. */
  readonly hash: string;
};

export type CardDraft = {
  readonly agency: FirstCard['agency'];
  readonly publicKey: Uint8Array;
  /** age recipients, `age1…`. */
  readonly sealing: readonly string[];
};

/** K6: makes and signs a card; what comes back has been read again as a partner would. */
export function encodeCard({ agency, publicKey, sealing }: CardDraft, sign: Sign): PartnerCard {
  const key = { kid: keyIdOf(publicKey), publicKey: toHex(publicKey) };
  const keySet = { v: 1, version: 1, signing: [key], sealing: sealing.toSorted(compareText) };
  const unsigned = { v: 1, kind: 'card', agency, keySet };
  const signature = toHex(sign('chirograph/card/v1', canonicalBytes(unsigned)));
  return parseCard(canonicalBytes({ ...unsigned, signature }));
}

/** K14: the card that comes after `current`, by one transition; not signed yet. */
export function nextCard(
  current: PartnerCard,
  transition: Transition,
  requires: LaterCard['requires'] = current.requires,
): UnsignedCard {
  const { card } = current;
  return {
    v: 2,
    kind: 'card',
    agency: card.agency,
    first: card.v === 1 ? card.keySet : card.first,
    history: [...(card.v === 1 ? [] : card.history), transition],
    keySet: transition.keySet,
    requires,
  };
}

/** K14: signs a card by signing keys of its key set; what comes back has been read again as a partner would. */
export function signCard(
  unsigned: UnsignedCard,
  signers: readonly { readonly kid: KeyId; readonly sign: Sign }[],
): PartnerCard {
  const body = canonicalBytes(unsigned);
  const signatures = inKeyOrder(
    signers.map(({ kid, sign }) => ({ kid, signature: toHex(sign('chirograph/card/v2', body)) })),
  );
  return parseCard(canonicalBytes({ ...unsigned, signatures }));
}

/** Reads a card: `card.malformed`, `card.newer-version`, `card.weak-key`, `card.chain-broken` or `card.bad-signature` if it is not one. */
export function parseCard(bytes: Uint8Array): PartnerCard {
  const card = parseKeptCard(bytes);
  refuseBadKeys(card.chain);
  refuseBadRevocations(card.chain);
  if (card.card.v === 1) refuseFirst(card.card, card.publicKey);
  else refuseLater(card.card, card);
  return card;
}

/** Reads a card that `parseCard` took before it was kept where nobody else writes: its form is looked at again, its signatures are not. */
export function parseKeptCard(bytes: Uint8Array): PartnerCard {
  const value = parseCanonical(bytes, MAX_CARD_BYTES, (rule) => failure('card.malformed', { rule }));
  refuseNewer(value);
  const card = readForm(value, bytes.length);
  const chain = card.v === 1 ? [keySetOf(card.keySet)] : [card.first, ...card.history.map(keySetIn)].map(keySetOf);
  const keySet = keySetOf(card.keySet);
  const signing = currentKey(card, keySet);
  const facts: CardFacts = {
    agencyId: agencyIdOf(card.v === 1 ? card.keySet : card.first),
    card,
    keySet,
    chain,
    requires: card.v === 1 ? { approvals: 0 } : card.requires,
    kid: signing.kid,
    publicKey: fromHex(signing.publicKey),
    bytes,
    hash: toHex(sha256(bytes)),
  };
  return facts as PartnerCard;
}

/** K16: the signing key of any version of a card's chain, with the latest version that has it, and the version that revoked it. */
export function keyFor(
  { chain }: PartnerCard,
  kid: KeyId,
): { readonly publicKey: Uint8Array; readonly version: number; readonly revokedIn?: number } | undefined {
  const found = chain.findLast(({ signing }) => signing.some((key) => key.kid === kid));
  const key = found?.signing.find((each) => each.kid === kid);
  if (found === undefined || key === undefined) return undefined;
  const revokedIn = chain.find(({ revoked }) => revoked.includes(kid))?.version;
  return {
    publicKey: fromHex(key.publicKey),
    version: found.version,
    ...(revokedIn !== undefined && { revokedIn }),
  };
}

/** K17: the key of a manifest: one of the current key set, or undefined. */
export function currentKeyFor({ keySet }: PartnerCard, kid: KeyId): Uint8Array | undefined {
  const key = keySet.signing.find((each) => each.kid === kid);
  return key === undefined ? undefined : fromHex(key.publicKey);
}

/** K9: the twelve words that two officers read to each other; the same on both sides. */
export function wordsBetween(one: PartnerCard, other: PartnerCard): string {
  const hashes = [one.hash, other.hash].toSorted(compareText).map(fromHex);
  return wordsOf(joinBytes(toBytes('chirograph/words/v1\n'), ...hashes));
}

/** K1. */
function agencyIdOf(keySet: FirstKeySet): AgencyId {
  return AgencyId.parse(toHex(hashAgency(canonicalBytes(keySet))));
}

function keySetIn({ keySet }: Transition): LaterKeySet {
  return keySet;
}

/** The signing key that signed the card: who makes a card signs with the key that it uses. */
function currentKey(card: FirstCard | LaterCard, { signing }: KeySet): ListedKey {
  const signer = card.v === 1 ? undefined : card.signatures[0]?.kid;
  const key = signing.find(({ kid }) => kid === signer) ?? signing[0];
  if (key === undefined) throw failure('card.malformed', { rule: 'K12' });
  return key;
}

function refuseFirst({ signature, ...unsigned }: FirstCard, publicKey: Uint8Array): void {
  const isSigned = isSignedBy('chirograph/card/v1', canonicalBytes(unsigned), fromHex(signature), publicKey);
  if (!isSigned) throw failure('card.bad-signature', {});
}

/** K13, K14. */
function refuseLater({ signatures, ...unsigned }: LaterCard, card: PartnerCard): void {
  const { history } = unsigned;
  for (const [at, transition] of history.entries()) {
    const from = card.chain[at];
    if (from === undefined) throw failure('card.malformed', { rule: 'K14' });
    refuseUnsigned(from, transition);
  }
  const body = canonicalBytes(unsigned);
  for (const { kid, signature } of signatures) {
    const key = currentKeyFor(card, kid);
    if (key === undefined || !isSignedBy('chirograph/card/v2', body, fromHex(signature), key)) {
      throw failure('card.bad-signature', {});
    }
  }
}

function readForm(value: unknown, length: number): FirstCard | LaterCard {
  const isLater = Versioned.safeParse(value).data?.v === VERSION;
  if (!isLater && length > MAX_FIRST_CARD_BYTES) throw failure('card.malformed', { rule: 'J1' });
  const parsed = isLater ? LaterCard.safeParse(value) : FirstCard.safeParse(value);
  if (!parsed.success) throw failure('card.malformed', { rule: ruleOf(isLater, parsed.error.issues[0]?.path) });
  const card = parsed.data;
  if (card.v === 2 && !isLastOfHistory(card)) throw failure('card.malformed', { rule: 'K14' });
  return card;
}

function isLastOfHistory({ history, keySet }: LaterCard): boolean {
  const last = history.at(-1)?.keySet;
  return last !== undefined && canonicalText(last) === canonicalText(keySet);
}

function ruleOf(isLater: boolean, path: readonly PropertyKey[] | undefined): string {
  const [field, , inside] = path ?? [];
  if (field === 'agency') return 'K7';
  if (!isLater) return field === 'keySet' ? 'K8' : 'K6';
  if (path?.length === 1) return 'K14';
  if (field === 'first') return 'K8';
  if (field === 'history') return inside === 'keySet' ? 'K12' : 'K13';
  return field === 'keySet' ? 'K12' : 'K14';
}

const KeySetVersion = z.object({ v: z.unknown() }).optional();
const Versioned = z.object({ v: z.unknown(), keySet: KeySetVersion, first: KeySetVersion });

function refuseNewer(value: unknown): void {
  const versions = Versioned.safeParse(value).data;
  for (const found of [versions?.v, versions?.keySet?.v]) {
    if (typeof found === 'number' && Number.isSafeInteger(found) && found > VERSION) {
      throw failure('card.newer-version', { found, supported: VERSION });
    }
  }
}
