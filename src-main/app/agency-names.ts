import type { VerifiedBundle } from '../../src-shared/bundle/open-bundle.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { partners } from '../store/partners.ts';
import { vouchedCards } from '../store/vouching.ts';
import type { OpenSession } from './session.ts';

/**
 * How agencies are called here: us, our partners; an author whom we know by a card that a partner passed on by the name on it and whose word that is
 * (bundle.md B21); anybody else by the first digits of the id. `bundle`: one that is being looked at, whose cards are not kept yet.
 */
export function agencyNames(
  session: Pick<OpenSession, 'store' | 'us' | 'agency'>,
  bundle?: Pick<VerifiedBundle, 'cards' | 'issuer'>,
): (agency: AgencyId) => string {
  const names = new Map(partners(session.store).map(({ agency, name }) => [agency, name]));
  names.set(session.us, session.agency.name);
  const listed = new Set(names.keys());
  const vouch = (agency: AgencyId, name: string, issuer: AgencyId): void => {
    if (names.has(agency)) return;
    const by = listed.has(issuer) ? (names.get(issuer) ?? unnamed(issuer)) : unnamed(issuer);
    names.set(agency, `${name} (vouched for by ${by})`);
  };
  for (const { agency, name, issuer } of vouchedCards(session.store)) vouch(agency, name, issuer);
  if (bundle !== undefined)
    for (const { agencyId, card } of bundle.cards) vouch(agencyId, card.agency.name, bundle.issuer.agencyId);
  return (agency) => names.get(agency) ?? unnamed(agency);
}

function unnamed(agency: AgencyId): string {
  return `Agency ${agency.slice(0, 8)}`;
}
