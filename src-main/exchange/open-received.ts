import { openBundle } from '../../src-shared/bundle/open-bundle.ts';
import type { KnownAgency, VerifiedBundle } from '../../src-shared/bundle/open-bundle.ts';
import { parseCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import type { PartnerRow } from '../store/types.ts';
import { hashText } from './native-hash.ts';
import { decompress } from './zstd.ts';

/** Verifies the inner bytes of a bundle against the partners of this store (docs/formats/bundle.md §9). Nothing is stored. */
export function openReceived(
  inner: Uint8Array,
  ours: PartnerCard,
  partners: readonly PartnerRow[],
  now: Date,
): VerifiedBundle {
  const known = new Map<AgencyId, KnownAgency>(partners.map((partner) => [partner.agency, knownAgency(partner)]));
  known.set(ours.agencyId, { card: ours, trust: 'confirmed' });
  return openBundle(inner, {
    us: ours.agencyId,
    knownAgency: (agency) => known.get(agency),
    now: now.toISOString(),
    decompress,
    hashText,
  });
}

/** A card that changed after it was confirmed counts as unconfirmed until a person compares the words again. */
function knownAgency(partner: PartnerRow): KnownAgency {
  const trust = partner.state === 'confirmed' || partner.state === 'revoked' ? partner.state : 'unconfirmed';
  return { card: parseCard(partner.card), trust };
}
