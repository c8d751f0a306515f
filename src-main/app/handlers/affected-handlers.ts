import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { KeyId } from '../../../src-shared/domain/ids.ts';
import {
  affected,
  affectedByKey,
  attestingKeys,
  countAffected,
  countByKey,
  listsOf,
  passedOn,
  subjectsOfKey,
} from '../../store/affected.ts';
import type { Affected, AffectedPlace, AffectedRow, OneKey } from '../../store/affected.ts';
import { readHead } from '../../store/head-row.ts';
import { agencyNames } from '../agency-names.ts';
import type { OpenSession } from '../session.ts';
import { inSteps } from '../in-steps.ts';
import { requirePartner } from './partner-handlers.ts';

type Asked = Parsed<'partner.affected'>;

/**
 * What rests on a partner, or on one of its keys, and whom we told it: one page, and the sums. `keys` are all that attested anything, so that one can
 * be chosen. Others are answered meanwhile.
 */
export async function listAffected(session: OpenSession, input: Asked): Promise<Output<'partner.affected'>> {
  requirePartner(session, input.agency);
  const whole = await wholeOf(session, input);
  const nameOf = agencyNames(session);
  const page = pageFrom(whole, input.place ?? { what: 'case', list: 0, after: 0 }, input.limit);
  return {
    counts: whole.counts,
    keys: whole.keys.map(({ kid, records }) => ({ kid: KeyId.parse(kid), records })),
    passedOn: whole.passedOn.map((row) => ({ ...row, name: nameOf(row.agency) })),
    subjects: page.rows,
    ...(page.next !== undefined && { next: page.next }),
  };
}

interface Whole {
  readonly counts: Affected;
  readonly keys: ReturnType<typeof attestingKeys>;
  readonly passedOn: ReturnType<typeof passedOn>;
  list(what: AffectedRow['what'], place: AffectedPlace, limit: number): ReturnType<typeof affected>;
}

/** What was worked out last: the pages of one list ask for the same sums. */
const lastOf = new WeakMap<OpenSession, { readonly asked: string; readonly whole: Promise<Whole> }>();

function wholeOf(session: OpenSession, { agency, kid }: Asked): Promise<Whole> {
  const asked = [agency, kid ?? '', readHead(session.store).sequence].join(' ');
  const last = lastOf.get(session);
  if (last?.asked === asked) return last.whole;
  const job = session.jobs.begin(undefined);
  const work = kid === undefined ? ofAgency(session, agency) : ofKey(session, { agency, kid });
  const whole = inSteps(work, () => job.step('affected', 0, 0));
  lastOf.set(session, { asked, whole });
  return whole;
}

function* ofAgency({ store }: OpenSession, agency: Asked['agency']): Generator<void, Whole> {
  const counts = yield* countAffected(store, agency);
  yield;
  const lists = { entity: listsOf(store, 'entity', agency), link: listsOf(store, 'link', agency) };
  const all = { ...lists, case: listsOf(store, 'case', agency) };
  yield;
  const keys = attestingKeys(store, agency);
  return {
    counts,
    keys,
    passedOn: passedOn(store, agency),
    list: (what, place, limit) => affected(store, agency, all[what], what, place, limit),
  };
}

function* ofKey({ store }: OpenSession, key: OneKey): Generator<void, Whole> {
  const subjects = yield* subjectsOfKey(store, key);
  const counts = yield* countByKey(store, key, subjects);
  const keys = attestingKeys(store, key.agency);
  return {
    counts,
    keys,
    passedOn: passedOn(store, key.agency, key.kid),
    list: (what, place, limit) => affectedByKey(store, key, subjects, what, place, limit),
  };
}

type Place = AffectedPlace & { readonly what: AffectedRow['what'] };

const ORDER: readonly AffectedRow['what'][] = ['case', 'entity', 'link'];

/** Cases, then entities, then links; as many as asked for. */
function pageFrom(whole: Whole, place: Place, limit: number): { readonly rows: AffectedRow[]; readonly next?: Place } {
  const rows: AffectedRow[] = [];
  let at: Place | undefined = place;
  while (at !== undefined && rows.length < limit) {
    const what: AffectedRow['what'] = at.what;
    const found = whole.list(what, at, limit - rows.length);
    rows.push(...found.rows);
    const following: AffectedRow['what'] | undefined = ORDER[ORDER.indexOf(what) + 1];
    if (found.next !== undefined) at = { what, ...found.next };
    else at = following === undefined ? undefined : { what: following, list: 0, after: 0 };
  }
  return at === undefined ? { rows } : { rows, next: at };
}
