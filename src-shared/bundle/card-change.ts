import { canonicalText } from '../crypto/canonical.ts';
import type { PartnerCard } from './card.ts';
import type { KeySet } from './key-set.ts';

/** What a newer card of an agency is to the one that is held: docs/formats/bundle.md K19. */
export type CardChange =
  | { readonly kind: 'same' }
  /** Keys went on, signed by old and new. */
  | { readonly kind: 'continuation' }
  /** As `changed`: another name, or the same key set in another card. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'rolled-back'; readonly found: number; readonly held: number }
  /** Two histories; `version` is the first that differs. */
  | { readonly kind: 'fork'; readonly version: number };

/** K19. Both cards are of one agency. */
export function cardChange(held: PartnerCard, found: PartnerCard): CardChange {
  if (held.hash === found.hash) return { kind: 'same' };
  const forked = firstDifference(held.chain, found.chain);
  if (forked !== undefined) return { kind: 'fork', version: forked };
  const [before, after] = [held.keySet.version, found.keySet.version];
  if (after < before) return { kind: 'rolled-back', found: after, held: before };
  const isSameAgency = canonicalText(held.card.agency) === canonicalText(found.card.agency);
  return { kind: after > before && isSameAgency ? 'continuation' : 'changed' };
}

function firstDifference(one: readonly KeySet[], other: readonly KeySet[]): number | undefined {
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared).find((keySet, at) => canonicalText(keySet) !== canonicalText(other[at]))?.version;
}
