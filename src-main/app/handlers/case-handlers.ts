import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import type { Handling } from '../../../src-shared/domain/record.ts';
import { failure } from '../../../src-shared/errors.ts';
import { newBatch } from '../../store/batches.ts';
import type { WriteDb } from '../../store/connection.ts';
import { caseDrawing, membersAmong } from '../../store/drawing.ts';
import { liveRecords, saidOf } from '../../store/history.ts';
import { caseList, caseMembers, caseRow, entityRows, linkRows } from '../../store/queries.ts';
import { partners } from '../../store/partners.ts';
import { putRecords } from '../../store/records.ts';
import type { CaseRow, HeldRecord } from '../../store/types.ts';
import { agencyNames } from '../agency-names.ts';
import { requireOurs } from '../own-records.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { caseView, entityView, linkView } from '../views.ts';

/** Cases that are listed when nobody says how many. */
const LISTED = 500;

/** Cases with their counts, those changed last first. */
export function listCases(session: OpenSession, input: Parsed<'case.list'>): Output<'case.list'> {
  const { named, limit = LISTED } = input;
  const cases = caseList(session.store).filter(
    ({ id, title }) => named === undefined || id === named || title === named,
  );
  return { cases: cases.slice(0, limit).map(caseView), total: cases.length };
}

/** Says what a case is called and about; a second time says it anew in place of what we said before. */
export function saveCase(session: OpenSession, input: Parsed<'case.save'>): Output<'case.save'> {
  const { author } = session;
  if (input.case !== undefined) requireCase(session, input.case);
  const subject = input.case ?? author.newSubject();
  const before = input.case === undefined ? [] : ourSaidOf(session, input.case).filter(says('title'));
  const claims = (['title', 'reference', 'description'] as const).flatMap((property) => {
    const value = input[property];
    return value === undefined || value === '' ? [] : [{ property, value }];
  });
  const record = author.caseInfo({ subject, claims, supersedes: before.map(({ id }) => id), handling: input.handling });
  change(session, 'case.save', { case: subject }, (tx) => void putRecords(tx, newEdit(session, tx), [record]));
  return caseView(requireCase(session, subject));
}

/** What `case.save` and the calls that make members say; nothing else may say it or take its place. */
const SAID_ELSEWHERE = ['title', 'reference', 'description', 'member'] as const;

/** Act, means, purpose and indicators of a case, as one source states them (Palermo Protocol art. 3; ILO). */
export function stateOfCase(session: OpenSession, input: Parsed<'case.state'>): Output<'case.state'> {
  requireCase(session, input.case);
  requireOurs(session, input.supersedes, input.case);
  const taken = ourSaidOf(session, input.case).find(
    (held) => input.supersedes.includes(held.id) && SAID_ELSEWHERE.some((property) => says(property)(held)),
  );
  if (taken !== undefined) throw failure('record.not-ours', { record: taken.id });
  const foreign = SAID_ELSEWHERE.find((property) => input.claims.some((claim) => claim.property === property));
  if (foreign !== undefined) throw failure('entity.invalid-claim', { property: foreign, rule: 'property.unknown' });
  const { claims, source, handling, supersedes } = input;
  const record = session.author.caseInfo({ subject: input.case, claims, supersedes, source, handling });
  change(session, 'case.state', { case: input.case }, (tx) => void putRecords(tx, newEdit(session, tx), [record]));
  return { record: record.id };
}

/** What of a case is drawn: all of a small one, of a large one what is asked for. */
export function showCaseChart(session: OpenSession, input: Parsed<'case.chart'>): Output<'case.chart'> {
  const chart = caseDrawing(session.store, input.case, {
    ours: session.us,
    ...(input.only !== undefined && { only: input.only }),
    ...(input.also !== undefined && { also: input.also }),
  });
  if (chart === undefined) throw failure('store.not-found', { what: 'case' });
  const nameOf = agencyNames(session);
  const agencies = new Set([
    ...chart.case.authors,
    ...chart.entities.flatMap(({ authors }) => authors),
    ...chart.links.flatMap(({ authors }) => authors),
    // the table shows members that are not drawn, and names their authors too
    ...(chart.isWhole ? [] : [session.us, ...partners(session.store).map(({ agency }) => agency)]),
  ]);
  return {
    case: caseView(chart.case),
    description: chart.case.description,
    entities: chart.entities.map(entityView),
    links: chart.links.map(linkView),
    positions: chart.positions.map((position) => ({ ...position })),
    isWhole: chart.isWhole,
    guests: [...chart.guests],
    agencies: [...agencies].map((id) => ({ id, name: nameOf(id), isOurs: id === session.us })),
  };
}

/** Puts subjects that the store holds into a case, with the marking of the case. */
export function addMembers(session: OpenSession, input: Parsed<'case.add-members'>): Output<'case.add-members'> {
  const { tlp } = requireCase(session, input.case);
  const { store } = session;
  const held = [...entityRows(store, input.members), ...linkRows(store, input.members)].map(({ id }) => id);
  const missing = input.members.some((member) => !held.includes(member));
  if (missing) throw failure('store.not-found', { what: 'subject' });
  const handling: Handling = { tlp, codes: [], purposes: [], legalBases: [] };
  const already = membersAmong(store, input.case, held);
  const added = [...new Set(held)].filter((member) => !already.has(member));
  if (added.length === 0) return { added: 0 };
  const records = session.author.members(input.case, added, handling);
  change(session, 'case.add-members', { case: input.case, members: added.length }, (tx) => {
    putRecords(tx, newEdit(session, tx), records);
  });
  return { added: added.length };
}

/**
 * Takes members out of a case, and the links of the case that end there: what is left would leave with the next release without its ends.
 * Only our own lists change; what a partner lists stays listed by the partner.
 */
export function removeMembers(
  session: OpenSession,
  input: Parsed<'case.remove-members'>,
): Output<'case.remove-members'> {
  requireCase(session, input.case);
  const leaving = new Set<unknown>([...input.members, ...linksThatEndAt(session, input.case, input.members)]);
  const { author } = session;
  const lists = ourRecordsOf(session, input.case).filter(says('member'));
  const records = lists.flatMap(({ id, record }) => {
    const members = record.claims.filter(isDisclosed).filter(({ property }) => property === 'member');
    const staying = members.filter(({ value }) => !leaving.has(value));
    if (staying.length === members.length) return [];
    const claims = staying.map(({ property, value }) => ({ property, value }));
    return [
      author.seal({
        kind: 'case',
        subject: input.case,
        commitment: 'claims',
        supersedes: [id],
        handling: record.handling,
        claims,
      }),
    ];
  });
  if (records.length === 0) return {};
  change(session, 'case.remove-members', { case: input.case, members: input.members.length }, (tx) => {
    putRecords(tx, newEdit(session, tx), records);
  });
  return {};
}

function linksThatEndAt({ store }: OpenSession, id: SubjectId, members: readonly SubjectId[]): SubjectId[] {
  const ends = new Set(members);
  return linkRows(store, caseMembers(store, id))
    .filter(({ from, to }) => ends.has(from) || ends.has(to))
    .map((link) => link.id);
}

/** The records that make subjects members of a case, leaving out those that are already. */
export function membershipRecords(
  session: OpenSession,
  id: SubjectId,
  members: readonly SubjectId[],
  handling: Handling,
) {
  const already = membersAmong(session.store, id, members);
  return session.author.members(
    id,
    members.filter((member) => !already.has(member)),
    handling,
  );
}

/** The row of a case. Throws `store.not-found`. */
export function requireCase(session: OpenSession, id: SubjectId): CaseRow {
  const found = caseRow(session.store, id);
  if (found === undefined) throw failure('store.not-found', { what: 'case' });
  return found;
}

/** A batch for one edit of the person at the keyboard. */
export function newEdit({ context, user }: OpenSession, tx: WriteDb) {
  return newBatch(tx, { kind: 'edit', at: context.now().toISOString(), actor: user });
}

function ourRecordsOf({ store, us }: OpenSession, subject: SubjectId): HeldRecord[] {
  return liveRecords(store, [subject]).filter(({ record }) => record.author === us);
}

/** The same without long lists of members, which are no statement of anything else. */
function ourSaidOf({ store, us }: OpenSession, subject: SubjectId): HeldRecord[] {
  const { records } = saidOf(store, subject, ALL_RECORDS);
  return records.filter(({ record, state }) => record.author === us && state === 'live');
}
const ALL_RECORDS = 1_000_000;

function says(property: string): (held: HeldRecord) => boolean {
  return ({ record }) => record.claims.some((claim) => isDisclosed(claim) && claim.property === property);
}
