import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { ReviewChart } from '../../../src-shared/contract/review.ts';
import { MOST_DRAWN } from '../../../src-shared/contract/views.ts';
import type { EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import { parseGrade } from '../../../src-shared/domain/grading.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { sidesOf } from '../../exchange/plan-conflicts.ts';
import type { Holdings, Offered, PlanEntry } from '../../exchange/plan-receive.ts';
import { entityRows } from '../../store/queries.ts';
import { projectSubject } from '../../store/projection.ts';
import type { ProjectedEntity, ProjectedLink } from '../../store/projection.ts';
import type { OpenSession } from '../session.ts';
import { entityView } from '../views.ts';
import type { Review } from './kept-review.ts';
import { holdingsOf } from './knowledge.ts';
import { passing, reviewOf } from './reviews.ts';

const MOST_LINKS = 6000;

/** What passes a filter as it would be drawn if it were accepted, with the ends that we hold already. At most `MOST_DRAWN` entities. */
export async function drawReview(
  session: OpenSession,
  input: Parsed<'receive.chart'>,
): Promise<Output<'receive.chart'>> {
  const review = await reviewOf(session, input.quarantine, session.jobs.begin(undefined));
  const sides = sidesOf(review.plan);
  const passed = passing(review, input.filter ?? {})
    .entries.flatMap((at) => review.plan.entries[at] ?? [])
    .flatMap((entry) => [entry, ...sides(entry)]);
  const links = passed.filter(isLink);
  const entities = passed.filter(({ kind }) => kind === 'entity');
  const wanted = wantedOf(review, new Set(input.focus), entities, links);
  const drawn = new Set(wanted.slice(0, MOST_DRAWN));
  const drawnLinks = links.filter(({ ends }) => ends?.every((end) => drawn.has(end)) === true).slice(0, MOST_LINKS);
  return {
    ...viewsOf(session, review, drawn, drawnLinks),
    isWhole: wanted.length === drawn.size && drawnLinks.length === links.length,
    total: { entities: new Set(wanted).size, links: links.length },
  };
}

function isLink(entry: PlanEntry): boolean {
  return entry.kind === 'link' && entry.ends !== undefined;
}

/** What was asked for and its neighbours first, then links with their ends, then what is linked to nothing. */
function wantedOf(
  { plan }: Review,
  focus: ReadonlySet<string>,
  entities: readonly PlanEntry[],
  links: readonly PlanEntry[],
): SubjectId[] {
  const subjects = new Set(plan.entries.filter(({ item }) => focus.has(item)).map(({ subject }) => subject));
  const near = links.filter(({ subject, ends }) => subjects.has(subject) || ends?.some((end) => subjects.has(end)));
  const first = [...subjects].filter((subject) => entities.some((entity) => entity.subject === subject));
  const all = [
    ...first,
    ...near.flatMap(({ ends }) => ends ?? []),
    ...links.flatMap(({ ends }) => ends ?? []),
    ...entities.map(({ subject }) => subject),
  ];
  return [...new Set(all)];
}

function viewsOf(
  session: OpenSession,
  { plan }: Review,
  drawn: ReadonlySet<SubjectId>,
  links: readonly PlanEntry[],
): Pick<ReviewChart, 'entities' | 'links' | 'marks'> {
  const entries = plan.entries.filter(({ kind, subject }) => kind === 'entity' && drawn.has(subject));
  const held = holdingsOf(
    session,
    [...entries, ...links].flatMap(({ offered }) => offered),
    new Map(),
  );
  const bySubject = Map.groupBy(entries, ({ subject }) => subject);
  const offeredEntities = [...bySubject].flatMap(([subject, said]) => {
    const { entity } = projectSubject(subject, together(held, subject, said));
    return entity === undefined ? [] : [viewOfEntity(subject, entity)];
  });
  const drawnLinks = links.flatMap((entry) => {
    const { link } = projectSubject(entry.subject, together(held, entry.subject, [entry]));
    return link === undefined ? [] : [viewOfLink(entry.subject, link)];
  });
  const others = entityRows(
    session.store,
    [...drawn].filter((subject) => !bySubject.has(subject)),
  ).map(entityView);
  const marks = [...entries, ...links].map(({ subject, state }) => ({
    id: subject,
    mark: state === 'known' ? ('held-here' as const) : state,
  }));
  return {
    entities: [...offeredEntities, ...others],
    links: drawnLinks,
    marks: [...marks, ...others.map(({ id }) => ({ id, mark: 'held-here' as const }))],
  };
}

/** The records that would be live: ours, and theirs where they say more, without those that one of theirs replaces. */
function together(held: Holdings, subject: SubjectId, said: readonly PlanEntry[]): Offered[] {
  const offered = said.flatMap((entry) => entry.offered);
  const replaced = new Set(offered.flatMap(({ record }) => record.supersedes));
  const byId = new Map([...held.liveRecords(subject), ...offered].map((one) => [one.id, one]));
  return [...byId.values()].filter(({ id }) => !replaced.has(id));
}

function viewOfEntity(id: SubjectId, entity: ProjectedEntity): EntityView {
  const { type, label, subjectCategory, isProtected, conflicts, withheld } = entity;
  return {
    ...commonOf(id, entity),
    type,
    label,
    ...(subjectCategory !== undefined && { subjectCategory }),
    isProtected,
    degree: 0,
    conflicts,
    withheld,
  };
}

function viewOfLink(id: SubjectId, link: ProjectedLink): LinkView {
  const { type, from, to, directed, confidence } = link;
  return { ...commonOf(id, link), type, from, to, directed, confidence };
}

function commonOf(id: SubjectId, { authors, grades, tlp, firstOn, lastOn }: ProjectedEntity | ProjectedLink) {
  return {
    id,
    authors: [...authors],
    grades: grades.flatMap((grade) => parseGrade(grade) ?? []),
    tlp,
    ...(firstOn !== undefined && { firstOn }),
    ...(lastOn !== undefined && { lastOn }),
  };
}
