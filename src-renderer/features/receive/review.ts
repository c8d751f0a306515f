import type { ReviewChoice, ReviewFilter, ReviewTally } from '../../../src-shared/contract/review.ts';
import type { PlanItem, PlanTotals, ReceivePlan } from '../../../src-shared/contract/views.ts';

export type Decision = ReviewChoice['decision'];

export const STATES = ['new', 'changed', 'conflicting', 'known', 'refused'] as const;

/** Conditions that are set, in a fixed order: equal filters ask for equal pages. */
export function tidy(filter: ReviewFilter): ReviewFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** What a decision about everything that is shown is about: a rule, never a list. */
export function allShown(filter: ReviewFilter): ReviewChoice['which'] {
  const set = tidy(filter);
  return Object.keys(set).length === 0 ? { all: true } : { where: set };
}

/** What a person can decide about; what we know already, and what a rule refuses, needs no decision. */
export function isOpen(item: PlanItem): boolean {
  return item.state === 'new' || item.state === 'changed' || item.state === 'conflicting';
}

/** How many items a decision about everything that is shown could be about. */
export function openCount({ states }: ReviewFilter, { counts }: Pick<ReceivePlan, 'counts'>): number {
  return (['new', 'changed', 'conflicting'] as const)
    .filter((state) => states === undefined || states.includes(state))
    .reduce((sum, state) => sum + counts[state], 0);
}

/** What was chosen for one item by itself, until the vault has said what all choices come to; undefined where a rule decides. */
export function chosenFor(choices: readonly ReviewChoice[], item: string): Decision | undefined {
  const last = choices.findLast(({ which }) => !('items' in which) || which.items.includes(item));
  return last !== undefined && ('items' in last.which || 'all' in last.which) ? last.decision : undefined;
}

export interface Tally {
  readonly new: number;
  readonly changed: number;
  readonly conflicting: number;
  /** Held or undecided. */
  readonly leftOut: number;
}

export function sumOf({ new: fresh, changed, conflicting }: ReviewTally['held']): number {
  return fresh + changed + conflicting;
}

export function tallyOf({ accepted, held, undecided }: ReviewTally): Tally {
  return { ...accepted, leftOut: sumOf(held) + sumOf(undecided) };
}

/** Filters to choose from, with how many items each is about; only where there is a choice. */
export function filterOptions(totals: PlanTotals, label: (kind: string, type: string) => string) {
  return {
    types: totals.types.map(({ kind, type, count }) => counted(`${kind} ${type}`, label(kind, type), count)),
    authors: totals.authors.map(({ agency, name, count }) => counted(agency, name, count)),
    grades: totals.grades.map(({ grade, count }) => counted(grade, grade, count)),
  };
}

function counted(value: string, text: string, count: number) {
  return { value, label: `${text} · ${count.toLocaleString('en')}` };
}
