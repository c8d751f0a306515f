import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { KeyId } from '../../../src-shared/domain/ids.ts';
import { affected, attestingKeys, countAffected, passedOn } from '../../store/affected.ts';
import type { AffectedRow } from '../../store/affected.ts';
import { agencyNames } from '../agency-names.ts';
import type { OpenSession } from '../session.ts';
import { requirePartner } from './partner-handlers.ts';

/** What rests on a partner, or on one of its keys, and whom we told it: one page, and the sums with the first. */
export function listAffected(session: OpenSession, input: Parsed<'partner.affected'>): Output<'partner.affected'> {
  const { store } = session;
  requirePartner(session, input.agency);
  const nameOf = agencyNames(session);
  const place = input.place ?? { what: 'case' as const, list: 0, after: 0 };
  const page = pageFrom(session, input, place);
  return {
    counts: countAffected(store, input.agency, input.kid),
    keys: attestingKeys(store, input.agency).map(({ kid, records }) => ({ kid: KeyId.parse(kid), records })),
    passedOn: passedOn(store, input.agency).map((row) => ({ ...row, name: nameOf(row.agency) })),
    subjects: page.rows,
    ...(page.next !== undefined && { next: page.next }),
  };
}

type Place = { readonly what: AffectedRow['what']; readonly list: number; readonly after: number };

const ORDER: readonly AffectedRow['what'][] = ['case', 'entity', 'link'];

/** Cases, then entities, then links; as many as asked for. */
function pageFrom(
  { store }: OpenSession,
  { agency, limit }: Parsed<'partner.affected'>,
  place: Place,
): { readonly rows: AffectedRow[]; readonly next?: Place } {
  const rows: AffectedRow[] = [];
  let at: Place | undefined = place;
  while (at !== undefined && rows.length < limit) {
    const what: AffectedRow['what'] = at.what;
    const found = affected(store, agency, what, at, limit - rows.length);
    rows.push(...found.rows);
    const following: AffectedRow['what'] | undefined = ORDER[ORDER.indexOf(what) + 1];
    if (found.next !== undefined) at = { what, ...found.next };
    else at = following === undefined ? undefined : { what: following, list: 0, after: 0 };
  }
  return at === undefined ? { rows } : { rows, next: at };
}
