import { openBundle } from '../../src-shared/bundle/open-bundle.ts';
import type { KnownAgency, OpenTools, VerifiedBundle } from '../../src-shared/bundle/open-bundle.ts';
import { parseKeptCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import type { PartnerRow } from '../store/types.ts';
import { hashInto, hashText } from './native-hash.ts';
import { decompress } from './zstd.ts';

/** What this store knows of others. */
export type Acquainted = Pick<OpenTools, 'isKept' | 'approvalsRequired'> & {
  readonly ours: PartnerCard;
  readonly partners: readonly PartnerRow[];
  readonly now: Date;
};

/** Verifies the inner bytes of a bundle against the partners of this store (docs/formats/bundle.md §9). Nothing is stored. */
export function openReceived(inner: Uint8Array, { ours, partners, now, ...rest }: Acquainted): VerifiedBundle {
  const known = new Map<AgencyId, KnownAgency>(partners.map((partner) => [partner.agency, knownAgency(partner)]));
  known.set(ours.agencyId, { card: ours, trust: 'confirmed' });
  return openBundle(inner, {
    us: ours.agencyId,
    knownAgency: (agency) => known.get(agency),
    now: now.toISOString(),
    decompress,
    hashText,
    hashInto,
    ...rest,
  });
}

/** A card that changed after it was confirmed counts as unconfirmed until a person compares the words again. */
function knownAgency(partner: PartnerRow): KnownAgency {
  const trust = partner.state === 'confirmed' || partner.state === 'revoked' ? partner.state : 'unconfirmed';
  return { card: parseKeptCard(partner.card), trust };
}
