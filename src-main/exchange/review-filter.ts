import type { ReviewFilter } from '../../src-shared/contract/review.ts';
import type { PlanEntry, Refusal, ReviewPlan } from './plan-receive.ts';
import { isListed } from './plan-conflicts.ts';
import type { ReviewIndex } from './review-index.ts';

/** What a person looks at of a plan. Pure. */

export interface EntryFacts {
  readonly isThirdParty: (author: PlanEntry['author']) => boolean;
  /** What a person sees as its name. */
  readonly textOf: (entry: PlanEntry) => string;
}

/** Where in the plan what passes a filter stands, in reading order. */
export interface Passing {
  readonly entries: readonly number[];
  readonly refused: readonly number[];
}

/** Items that are passed between two looks at whether somebody else wants to be answered. */
const AT_ONCE = 2048;

/** What passes. `among`: what passed a wider filter. A conflict passes when one of its sides does. O(items). */
export function* passingInSteps(
  { entries, refused }: ReviewPlan,
  { sides }: Pick<ReviewIndex, 'sides'>,
  facts: EntryFacts,
  filter: ReviewFilter,
  among: Passing = { entries: [...entries.keys()], refused: [...refused.keys()] },
): Generator<void, Passing> {
  const isIn = (entry: PlanEntry): boolean =>
    isListed(entry) && (passes(filter, entry, facts) || sides(entry).some((side) => passes(filter, side, facts)));
  const isRefused = (one: Refusal): boolean => passesRefused(filter, one, facts);
  return {
    entries: yield* chosen(entries, among.entries, isIn),
    refused: yield* chosen(refused, among.refused, isRefused),
  };
}

function* chosen<T>(
  all: readonly T[],
  places: readonly number[],
  isIn: (one: T) => boolean,
): Generator<void, number[]> {
  const found: number[] = [];
  for (const [count, at] of places.entries()) {
    if (count % AT_ONCE === 0) yield;
    const one = all[at];
    if (one !== undefined && isIn(one)) found.push(at);
  }
  return found;
}

/** Whether whatever passes the one passes the other, where only the text was typed on. */
export function isNarrower(filter: ReviewFilter, than: ReviewFilter): boolean {
  const { text = '', ...others } = filter;
  const { text: before = '', ...othersBefore } = than;
  return JSON.stringify(others) === JSON.stringify(othersBefore) && text.toLowerCase().startsWith(before.toLowerCase());
}

/** Whether an entry passes a filter. */
export function passes(filter: ReviewFilter, entry: PlanEntry, facts: EntryFacts): boolean {
  const { states, kinds, types, authors, grades, rules, text } = filter;
  return (
    rules === undefined &&
    (states === undefined || states.includes(entry.state)) &&
    (kinds === undefined || kinds.includes(entry.kind)) &&
    (types === undefined || types.includes(entry.type)) &&
    (authors === undefined || authors.includes(entry.author)) &&
    (grades === undefined || entry.grades.some((grade) => grades.includes(grade))) &&
    (filter.protected === undefined || filter.protected === entry.isProtected) &&
    (filter.thirdParty === undefined || filter.thirdParty === facts.isThirdParty(entry.author)) &&
    (text === undefined || text === '' || facts.textOf(entry).toLowerCase().includes(text.toLowerCase()))
  );
}

/** A record that is refused passes what does not ask for more than its author, its rule and part of its id. */
export function passesRefused(filter: ReviewFilter, { record, author, rule }: Refusal, facts: EntryFacts): boolean {
  const { states, kinds, types, authors, grades, rules, text } = filter;
  return (
    kinds === undefined &&
    types === undefined &&
    grades === undefined &&
    filter.protected === undefined &&
    (states === undefined || states.includes('refused')) &&
    (authors === undefined || authors.includes(author)) &&
    (rules === undefined || rules.includes(rule)) &&
    (filter.thirdParty === undefined || filter.thirdParty === facts.isThirdParty(author)) &&
    (text === undefined || record.startsWith(text.toLowerCase()))
  );
}
