import { parseKeptCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { partner } from '../store/partners.ts';
import { vouchedCards } from '../store/vouching.ts';
import type { OpenSession } from './session.ts';

/**
 * Cards of the authors whose records we pass on (bundle.md B19): that of our own list, else the one that somebody passed on to us; with the longest
 * chain, so that its keys prove most.
 */
export function cardsOf({ store, us }: Pick<OpenSession, 'store' | 'us'>, authors: Iterable<AgencyId>): PartnerCard[] {
  const vouched = Map.groupBy(vouchedCards(store), ({ agency }) => agency);
  return [...new Set(authors)].flatMap((author) => {
    if (author === us) return [];
    const listed = partner(store, author);
    const bytes =
      listed === undefined || listed.state === 'changed' ? vouched.get(author)?.map(({ card }) => card) : [listed.card];
    const [longest] = (bytes ?? [])
      .map(parseKeptCard)
      .toSorted((one, other) => other.keySet.version - one.keySet.version);
    return longest ?? [];
  });
}
