import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { partners } from '../store/partners.ts';
import type { OpenSession } from './session.ts';

/** How agencies are called here: us, our partners, and the first digits of the id for an author whom we know only through others. */
export function agencyNames(session: OpenSession): (agency: AgencyId) => string {
  const names = new Map(partners(session.store).map(({ agency, name }) => [agency, name]));
  names.set(session.us, session.agency.name);
  return (agency) => names.get(agency) ?? `Agency ${agency.slice(0, 8)}`;
}
