import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { ReviewChart } from '../../../src-shared/contract/review.ts';
import type { EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import { parseGrade } from '../../../src-shared/domain/grading.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { Holdings, Offered, PlanEntry } from '../../exchange/plan-receive.ts';
import { drawingInSteps } from '../../exchange/review-drawing.ts';
import type { ReviewDrawing } from '../../exchange/review-drawing.ts';
import { entityRows } from '../../store/queries.ts';
import { projectSubject } from '../../store/projection.ts';
import type { ProjectedEntity, ProjectedLink } from '../../store/projection.ts';
import { inSteps } from '../in-steps.ts';
import type { OpenSession } from '../session.ts';
import { entityView } from '../views.ts';
import type { Review } from './kept-review.ts';
import { holdingsOf } from './knowledge.ts';
import { passing, reviewOf } from './reviews.ts';

/** Subjects whose records are looked up together: some milliseconds. */
const AT_ONCE = 32;
/** Items that are passed between two looks at whether somebody else wants to be answered. */
const ITEMS_AT_ONCE = 4096;

/** What passes a filter as it would be drawn if it were accepted, with the ends that we hold already; a part of it where it is much. */
export async function drawReview(
  session: OpenSession,
  input: Parsed<'receive.chart'>,
): Promise<Output<'receive.chart'>> {
  const job = session.jobs.begin(undefined);
  const pause = () => job.step('review', 0, 0);
  const review = await reviewOf(session, input.quarantine, job);
  const passed = await passing(session, review, input.filter ?? {});
  const drawing = await inSteps(drawingInSteps(review.plan, review.index, passed, new Set(input.focus)), pause);
  const views = await inSteps(viewsInSteps(session, review, drawing), pause);
  const { entities, links, total } = drawing;
  return { ...views, isWhole: entities.size === total.entities && links.length === total.links, total };
}

function* viewsInSteps(
  session: OpenSession,
  { plan }: Review,
  { entities: drawn, links }: ReviewDrawing,
): Generator<void, Pick<ReviewChart, 'entities' | 'links' | 'marks'>> {
  const bySubject = new Map<SubjectId, PlanEntry[]>([...drawn].map((subject) => [subject, []]));
  for (const [count, entry] of plan.entries.entries()) {
    if (count % ITEMS_AT_ONCE === 0) yield;
    if (entry.kind === 'entity') bySubject.get(entry.subject)?.push(entry);
  }
  const offered = [...bySubject.values()].filter((said) => said.length > 0);
  const entities = yield* projected(session, offered, (subject, records) => {
    const { entity } = projectSubject(subject, records);
    return entity === undefined ? [] : [viewOfEntity(subject, entity)];
  });
  const joins = links.map((link) => [link]);
  const drawnLinks = yield* projected(session, joins, (subject, records) => {
    const { link } = projectSubject(subject, records);
    return link === undefined ? [] : [viewOfLink(subject, link)];
  });
  const others = entityRows(
    session.store,
    [...drawn].filter((subject) => bySubject.get(subject)?.length === 0),
  ).map(entityView);
  const marks = [...offered.flat(), ...links].map(({ subject, state }) => ({
    id: subject,
    mark: state === 'known' ? ('held-here' as const) : state,
  }));
  return {
    entities: [...entities, ...others],
    links: drawnLinks,
    marks: [...marks, ...others.map(({ id }) => ({ id, mark: 'held-here' as const }))],
  };
}

/** Subjects as they would be with what is offered about each. */
function* projected<T>(
  session: OpenSession,
  groups: readonly (readonly PlanEntry[])[],
  view: (subject: SubjectId, records: readonly Offered[]) => readonly T[],
): Generator<void, T[]> {
  const views: T[] = [];
  for (let at = 0; at < groups.length; at += AT_ONCE) {
    yield;
    const some = groups.slice(at, at + AT_ONCE);
    const held = holdingsOf(
      session,
      some.flat().flatMap(({ offered }) => offered),
      new Map(),
    );
    for (const said of some) {
      const subject = said[0]?.subject;
      if (subject !== undefined) views.push(...view(subject, together(held, subject, said)));
    }
  }
  return views;
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
