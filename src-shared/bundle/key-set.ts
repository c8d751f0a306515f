import { z } from 'zod';
import { canonicalBytes } from '../crypto/canonical.ts';
import { compareText, fromHex, isAscending, toHex } from '../crypto/hash.ts';
import { isAcceptablePublicKey, isSignedBy, keyIdOf } from '../crypto/signature.ts';
import { KeyId } from '../domain/ids.ts';
import { failure } from '../errors.ts';
import { isRecipient } from './recipient.ts';

/** Key sets and their changes: docs/formats/bundle.md §3.1, K8, K11–K13. */

const ListedKey = z.strictObject({ kid: KeyId, publicKey: z.string().regex(/^[0-9a-f]{64}$/) });
/** A public key as a list in a key set has it, in hex. */
export type ListedKey = z.infer<typeof ListedKey>;

const Sealing = z.array(z.string().refine(isRecipient)).min(1).max(4).refine(isAscending);

/** K8. */
export const FirstKeySet = z.strictObject({
  v: z.literal(1),
  version: z.literal(1),
  signing: z.tuple([ListedKey]),
  sealing: Sealing,
});
export type FirstKeySet = z.infer<typeof FirstKeySet>;

/** K12. */
export const LaterKeySet = z
  .strictObject({
    v: z.literal(2),
    version: z.number().int().min(2).max(4096),
    signing: z.array(ListedKey).min(1).max(4).refine(areAscending),
    root: z.array(ListedKey).min(1).max(8).refine(areAscending),
    approving: z.array(ListedKey).max(16).refine(areAscending),
    sealing: Sealing,
    threshold: z.number().int().min(1).max(8),
    revoked: z
      .array(z.strictObject({ kid: KeyId }))
      .min(1)
      .max(64)
      .refine(areAscending)
      .optional(),
  })
  .refine(({ root, threshold }) => threshold <= root.length);
export type LaterKeySet = z.infer<typeof LaterKeySet>;

/** A key set of any version, read alike (K11). */
export type KeySet = {
  readonly version: number;
  readonly signing: readonly ListedKey[];
  readonly root: readonly ListedKey[];
  readonly approving: readonly ListedKey[];
  readonly sealing: readonly string[];
  readonly threshold: number;
  readonly revoked: readonly KeyId[];
};

/** A signature as a list has it. */
export const ListedSignature = z.strictObject({ kid: KeyId, signature: z.string().regex(/^[0-9a-f]{128}$/) });
export type ListedSignature = z.infer<typeof ListedSignature>;

const MAX_SIGNATURES = 16;

/** K13. */
export const Transition = z.strictObject({
  keySet: LaterKeySet,
  signatures: z.array(ListedSignature).max(MAX_SIGNATURES).refine(areAscending),
});
export type Transition = z.infer<typeof Transition>;

/** K11: a key set of any version in the one form. */
export function keySetOf(keySet: FirstKeySet | LaterKeySet): KeySet {
  const { version, signing, sealing } = keySet;
  if (keySet.v === 1) return { version, signing, root: signing, approving: [], sealing, threshold: 1, revoked: [] };
  const { root, approving, threshold, revoked } = keySet;
  return { version, signing, root, approving, sealing, threshold, revoked: (revoked ?? []).map(({ kid }) => kid) };
}

/** K12: a key set as it is written and signed, its lists in order. */
export function laterKeySet(draft: KeySet): LaterKeySet {
  const { version, signing, root, approving, sealing, threshold, revoked } = draft;
  return LaterKeySet.parse({
    v: 2,
    version,
    signing: inKeyOrder(signing),
    root: inKeyOrder(root),
    approving: inKeyOrder(approving),
    sealing: [...new Set(sealing)].toSorted(compareText),
    threshold,
    ...(revoked.length > 0 && { revoked: [...new Set(revoked)].toSorted(compareText).map((kid) => ({ kid })) }),
  });
}

/** K13: what the signatures of a transition are over. */
export function keySetBytes(keySet: LaterKeySet): Uint8Array {
  return canonicalBytes(keySet);
}

/** A public key as a list has it. */
export function listedKey(publicKey: Uint8Array): ListedKey {
  return { kid: keyIdOf(publicKey), publicKey: toHex(publicKey) };
}

/** By kid; one key is listed once. */
export function inKeyOrder<T extends { readonly kid: KeyId }>(listed: readonly T[]): T[] {
  return [...new Map(listed.map((each) => [each.kid, each])).values()].toSorted((a, b) => compareText(a.kid, b.kid));
}

/** K13: how many more root keys of the old and of the new key set have to sign. */
export function missingSignatures(
  from: KeySet,
  to: KeySet,
  signatures: readonly { readonly kid: KeyId }[],
): { readonly old: number; readonly new: number } {
  return { old: missingOf(from, signatures), new: missingOf(to, signatures) };
}

/** K4, K5, K12: every key of a chain, each looked at once. Throws `card.weak-key`, `card.malformed`. */
export function refuseBadKeys(chain: readonly KeySet[]): void {
  const byKid = new Map<KeyId, string>();
  for (const { kid, publicKey } of chain.flatMap(({ signing, root, approving }) => [
    ...signing,
    ...root,
    ...approving,
  ])) {
    const known = byKid.get(kid);
    if (known === publicKey) continue;
    if (known !== undefined) throw failure('card.malformed', { rule: 'K12' });
    const bytes = fromHex(publicKey);
    if (!isAcceptablePublicKey(bytes)) throw failure('card.weak-key', {});
    if (keyIdOf(bytes) !== kid) throw failure('card.malformed', { rule: 'K4' });
    byKid.set(kid, publicKey);
  }
}

/** K18: a revoked key is one of an earlier version, and comes back nowhere. */
export function refuseBadRevocations(chain: readonly KeySet[]): void {
  const gone = new Set<KeyId>();
  const before = new Set<KeyId>();
  for (const { signing, root, approving, revoked } of chain) {
    const listed = [...signing, ...root, ...approving].map(({ kid }) => kid);
    if (revoked.some((kid) => !before.has(kid) || gone.has(kid))) throw failure('card.malformed', { rule: 'K18' });
    for (const kid of revoked) gone.add(kid);
    if (listed.some((kid) => gone.has(kid))) throw failure('card.malformed', { rule: 'K18' });
    for (const kid of listed) before.add(kid);
  }
}

/** K13: throws `card.chain-broken` with the version that does not follow from the one before. */
export function refuseUnsigned(from: KeySet, { keySet, signatures }: Transition): void {
  const to = keySetOf(keySet);
  const broken = failure('card.chain-broken', { version: to.version });
  if (to.version !== from.version + 1) throw broken;
  const missing = missingSignatures(from, to, signatures);
  if (missing.old > 0 || missing.new > 0) throw broken;
  const keys = new Map([...from.root, ...to.root].map(({ kid, publicKey }) => [kid, fromHex(publicKey)]));
  const body = keySetBytes(keySet);
  for (const { kid, signature } of signatures) {
    const key = keys.get(kid);
    if (key === undefined || !isSignedBy('chirograph/keyset/v1', body, fromHex(signature), key)) throw broken;
  }
}

function missingOf({ root, threshold }: KeySet, signatures: readonly { readonly kid: KeyId }[]): number {
  const signed = new Set(signatures.map(({ kid }) => kid));
  return Math.max(0, threshold - root.filter(({ kid }) => signed.has(kid)).length);
}

function areAscending(listed: readonly { readonly kid: string }[]): boolean {
  return isAscending(listed.map(({ kid }) => kid));
}
