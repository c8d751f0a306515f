import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { Holdings, Offered, OurKnowledge } from '../../exchange/plan-receive.ts';
import { liveRecords } from '../../store/history.ts';
import { recordsAmong, tombstonesAmong } from '../../store/known-records.ts';
import { caseList, entityRows, linkRows } from '../../store/queries.ts';
import { erasedAmong, withdrawnAmong } from '../../store/withdrawals.ts';
import type { HeldBy, Withdrawn } from '../../store/withdrawals.ts';
import { agencyNames } from '../agency-names.ts';
import type { OpenSession } from '../session.ts';
import { refusalOf } from './permitted.ts';

/** Ids that are looked up together. */
const IDS_A_STEP = 4096;

/** Every record in the bytes of a bundle, those that nobody vouches for included. */
export function contentsOf(bundle: VerifiedBundle): HeldBy[] {
  const vouched = bundle.records.map(({ id, record }) => ({ id, author: record.author }));
  return [...vouched, ...bundle.unvouched.map(({ id, author }) => ({ id, author }))];
}

/** What we hold, as the plan of this bundle asks for it. */
export async function knowledgeOf(
  session: OpenSession,
  bundle: VerifiedBundle,
  step: (done: number, total: number) => Promise<void>,
): Promise<OurKnowledge> {
  const { store, us } = session;
  const ids = bundle.records.map(({ id }) => id);
  const erased = new Set<RecordId>(erasedAmong(store, contentsOf(bundle)));
  for (let at = 0; at < ids.length; at += IDS_A_STEP) {
    await step(at, ids.length);
    for (const id of tombstonesAmong(store, ids.slice(at, at + IDS_A_STEP))) erased.add(id);
  }
  const ours = bundle.records.filter(({ record }) => record.author === us).map(({ id }) => id);
  const oursHeld = new Set(recordsAmong(store, ours).keys());
  const withdrawn = withdrawnFrom(session, bundle);
  const titles = new Map(caseList(store).map(({ id, title }) => [id, title]));
  return {
    us,
    holds: (id) => oursHeld.has(id),
    isErased: (id) => erased.has(id),
    withdrawn: (id) => withdrawn.get(id),
    refusal: refusalOf(session, bundle),
    agencyName: agencyNames(session, bundle),
    of: (offered) => holdingsOf(session, offered, titles),
  };
}

/** What its author has taken back without erasing it, in what we hold or in the bundle itself, in whatever order the two came. */
function withdrawnFrom({ store }: OpenSession, bundle: VerifiedBundle): ReadonlyMap<RecordId, Withdrawn> {
  const authors = new Map(bundle.records.map(({ id, record }) => [id, record.author]));
  const withdrawn = new Map(withdrawnAmong(store, contentsOf(bundle)));
  for (const { record } of bundle.records) {
    if (record.kind !== 'retract' || record.action === 'erase') continue;
    for (const target of record.targets)
      if (authors.get(target) === record.author && withdrawn.get(target) !== 'suppress')
        withdrawn.set(target, record.action);
  }
  return withdrawn;
}

/** What we hold of what these records are about. */
export function holdingsOf(
  { store }: OpenSession,
  offered: readonly Offered[],
  titles: ReadonlyMap<SubjectId, string>,
): Holdings {
  const held = recordsAmong(store, [...new Set(offered.flatMap(namedBy))]);
  const about = [...offered.map(({ record }) => record), ...held.values()];
  const subjects = [
    ...new Set(
      about.flatMap((record) => ('from' in record ? [record.subject, record.from, record.to] : [record.subject])),
    ),
  ];
  const entities = new Map(entityRows(store, subjects).map(({ id, label }) => [id, label]));
  const links = new Map(linkRows(store, subjects).map(({ id, type }) => [id, linkKind(type).label]));
  const labelOf = (subject: SubjectId): string | undefined =>
    titles.get(subject) ?? entities.get(subject) ?? links.get(subject);
  const known = [...new Set(offered.map(({ record }) => record.subject))].filter((id) => labelOf(id) !== undefined);
  const live = Map.groupBy(known.length === 0 ? [] : liveRecords(store, known), ({ record }) => record.subject);
  return {
    record: (id) => held.get(id),
    hasEntity: (subject) => entities.has(subject),
    label: labelOf,
    liveRecords: (subject) => live.get(subject) ?? [],
  };
}

function namedBy({ id, record }: Offered): readonly RecordId[] {
  return record.kind === 'retract' ? [id, ...record.supersedes, ...record.targets] : [id, ...record.supersedes];
}
