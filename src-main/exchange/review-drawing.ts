import { MOST_PREVIEWED } from '../../src-shared/contract/review.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { PlanEntry, ReviewPlan } from './plan-receive.ts';
import type { Passing } from './review-filter.ts';
import type { ReviewIndex } from './review-index.ts';

/** What of a review is drawn. Pure. */
export interface ReviewDrawing {
  readonly entities: ReadonlySet<SubjectId>;
  readonly links: readonly PlanEntry[];
  /** Of what passes; `others` has no place in a drawing: cases, withdrawals, what is refused. */
  readonly total: { readonly entities: number; readonly links: number; readonly others: number };
}

/** Items that are passed between two looks at whether somebody else wants to be answered. */
const AT_ONCE = 2048;
/** How many of its neighbours come with an entity before the next one is looked at. */
const NEIGHBOURS = 12;

/**
 * All of it where that is not too much. Else what was asked for, what contradicts or adds to what we hold, then who has most links here, each with
 * what it is linked to. O(items).
 */
export function* drawingInSteps(
  { entries }: Pick<ReviewPlan, 'entries'>,
  { sides }: Pick<ReviewIndex, 'sides'>,
  passing: Passing,
  focus: ReadonlySet<string>,
): Generator<void, ReviewDrawing> {
  const links: PlanEntry[] = [];
  const near = new Map<SubjectId, SubjectId[]>();
  const [asked, news] = [new Set<SubjectId>(), new Set<SubjectId>()];
  let others = passing.refused.length;
  for (const [count, at] of passing.entries.entries()) {
    if (count % AT_ONCE === 0) yield;
    const listed = entries[at];
    for (const entry of listed === undefined ? [] : [listed, ...sides(listed)]) {
      const { kind, ends, item, subject, state } = entry;
      const isLink = kind === 'link' && ends !== undefined;
      if (!isLink && kind !== 'entity') {
        others += 1;
        continue;
      }
      const about = isLink ? ends : [subject];
      for (const each of about) if (!near.has(each)) near.set(each, []);
      if (isLink) {
        links.push(entry);
        near.get(ends[0])?.push(ends[1]);
        near.get(ends[1])?.push(ends[0]);
      }
      if (focus.has(item)) for (const each of about) asked.add(each);
      if (state === 'conflicting' || state === 'changed') for (const each of about) news.add(each);
    }
  }
  yield;
  const drawn = yield* chosen(near, [asked, news]);
  const joined = yield* among(links, drawn);
  return { entities: drawn, links: joined, total: { entities: near.size, links: links.length, others } };
}

function* chosen(
  near: ReadonlyMap<SubjectId, readonly SubjectId[]>,
  first: readonly Iterable<SubjectId>[],
): Generator<void, ReadonlySet<SubjectId>> {
  if (near.size <= MOST_PREVIEWED.entities) return new Set(near.keys());
  const drawn = new Set<SubjectId>();
  const take = (subjects: Iterable<SubjectId>): void => {
    for (const subject of subjects) {
      if (drawn.size >= MOST_PREVIEWED.entities) return;
      drawn.add(subject);
      const room = MOST_PREVIEWED.entities - drawn.size;
      for (const next of near.get(subject)?.slice(0, Math.min(NEIGHBOURS, room)) ?? []) drawn.add(next);
    }
  };
  for (const subjects of first) take(subjects);
  if (drawn.size < MOST_PREVIEWED.entities) take(yield* mostLinked(near));
  return drawn;
}

/** As many as can be drawn, the most linked first; of equals the one that is read first. */
function* mostLinked(near: ReadonlyMap<SubjectId, readonly SubjectId[]>): Generator<void, SubjectId[]> {
  const byLinks = new Map<number, SubjectId[]>();
  let count = 0;
  for (const [subject, { length }] of near) {
    if (count++ % AT_ONCE === 0) yield;
    const equals = byLinks.get(length);
    if (equals === undefined) byLinks.set(length, [subject]);
    else if (equals.length < MOST_PREVIEWED.entities) equals.push(subject);
  }
  return [...byLinks]
    .toSorted(([one], [other]) => other - one)
    .flatMap(([, subjects]) => subjects)
    .slice(0, MOST_PREVIEWED.entities);
}

function* among(links: readonly PlanEntry[], drawn: ReadonlySet<SubjectId>): Generator<void, PlanEntry[]> {
  const joined: PlanEntry[] = [];
  for (const [count, link] of links.entries()) {
    if (count % AT_ONCE === 0) yield;
    if (joined.length === MOST_PREVIEWED.links) break;
    if (link.ends?.every((end) => drawn.has(end)) === true) joined.push(link);
  }
  return joined;
}
