import { z } from 'zod';
import { canonicalBytes, parseCanonical } from '../crypto/canonical.ts';
import { fromHex, isAscending, sha256, hashFor, toHex, compareText, toBytes, joinBytes } from '../crypto/hash.ts';
import { isAcceptablePublicKey, isSignedBy, keyIdOf } from '../crypto/signature.ts';
import type { Sign } from '../crypto/signature.ts';
import { wordsOf } from '../crypto/words.ts';
import { AgencyId, KeyId } from '../domain/ids.ts';
import { failure } from '../errors.ts';
import { isRecipient } from './recipient.ts';

/** K6. */
const MAX_CARD_BYTES = 16_384;
const VERSION = 1;
const hashAgency = hashFor('chirograph/agency/v1');

// K7: control characters, and those that turn the direction of the text around them
const UNSHOWN = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

const AgencyName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name === name.trim() && !UNSHOWN.test(name));

const KeySet = z.strictObject({
  v: z.literal(1),
  version: z.literal(1),
  signing: z.tuple([z.strictObject({ kid: KeyId, publicKey: z.string().regex(/^[0-9a-f]{64}$/) })]),
  sealing: z.array(z.string().refine(isRecipient)).min(1).max(4).refine(isAscending),
});
type KeySet = z.infer<typeof KeySet>;

const Agency = z.strictObject({ name: AgencyName, country: z.string().regex(/^[A-Z]{2}$/), sample: z.boolean() });

/** K6: who an agency says it is, and its keys. */
const Card = z.strictObject({
  v: z.literal(1),
  kind: z.literal('card'),
  agency: Agency,
  keySet: KeySet,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
type Card = z.infer<typeof Card>;

declare const read: unique symbol;

/** A card that fits together (K1, K4–K8). Only `parseCard` makes one. Whether to trust it is K9, for people to say. */
export type PartnerCard = {
  readonly [read]: true;
  readonly agencyId: AgencyId;
  readonly card: Card;
  readonly kid: KeyId;
  readonly publicKey: Uint8Array;
  readonly bytes: Uint8Array;
  /** H(bytes), hex. */
  readonly hash: string;
};

export type CardDraft = {
  readonly agency: Card['agency'];
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

/** Reads a card: `card.malformed`, `card.newer-version`, `card.weak-key` or `card.bad-signature` if it is not one. */
export function parseCard(bytes: Uint8Array): PartnerCard {
  const value = parseCanonical(bytes, MAX_CARD_BYTES, (rule) => failure('card.malformed', { rule }));
  refuseNewer(value);
  const parsed = Card.safeParse(value);
  if (!parsed.success) throw failure('card.malformed', { rule: ruleOf(parsed.error.issues[0]?.path) });
  const card = parsed.data;
  const [{ kid, publicKey: hex }] = card.keySet.signing;
  const publicKey = fromHex(hex);
  if (!isAcceptablePublicKey(publicKey)) throw failure('card.weak-key', {});
  if (keyIdOf(publicKey) !== kid) throw failure('card.malformed', { rule: 'K4' });
  if (!isSignedByItself(card, publicKey)) throw failure('card.bad-signature', {});
  return { agencyId: agencyIdOf(card.keySet), card, kid, publicKey, bytes, hash: toHex(sha256(bytes)) } as PartnerCard;
}

/** K1. */
function agencyIdOf(keySet: KeySet): AgencyId {
  return AgencyId.parse(toHex(hashAgency(canonicalBytes(keySet))));
}

/** K9: the twelve words that two officers read to each other; the same on both sides. */
export function wordsBetween(one: PartnerCard, other: PartnerCard): string {
  const hashes = [one.hash, other.hash].toSorted(compareText).map(fromHex);
  return wordsOf(joinBytes(toBytes('chirograph/words/v1\n'), ...hashes));
}

function isSignedByItself({ signature, ...unsigned }: Card, publicKey: Uint8Array): boolean {
  return isSignedBy('chirograph/card/v1', canonicalBytes(unsigned), fromHex(signature), publicKey);
}

function ruleOf(path: readonly PropertyKey[] | undefined): string {
  if (path?.[0] === 'agency') return 'K7';
  return path?.[0] === 'keySet' ? 'K8' : 'K6';
}

const Versioned = z.object({ v: z.unknown(), keySet: z.object({ v: z.unknown(), version: z.unknown() }).optional() });

function refuseNewer(value: unknown): void {
  const versions = Versioned.safeParse(value).data;
  for (const found of [versions?.v, versions?.keySet?.v, versions?.keySet?.version]) {
    if (typeof found === 'number' && Number.isSafeInteger(found) && found > VERSION) {
      throw failure('card.newer-version', { found, supported: VERSION });
    }
  }
}
