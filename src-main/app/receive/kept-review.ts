import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { OurKnowledge, ReviewPlan } from '../../exchange/plan-receive.ts';
import type { Decided, EntryFacts } from '../../exchange/review-choices.ts';

/** A verified bundle with its plan, kept while a person reviews it: one at a time, so that memory is bounded by one bundle. */
export interface Review {
  readonly bundle: VerifiedBundle;
  readonly plan: ReviewPlan;
  readonly ours: OurKnowledge;
  readonly facts: EntryFacts & { readonly labelOf: (subject: SubjectId) => string };
  /** Of the state of every item. */
  readonly digest: string;
  readonly asked: { filter?: Asked<Passing>; choices?: Asked<Decided> };
}

/** Where in the plan what passes a filter stands. */
export interface Passing {
  readonly entries: readonly number[];
  readonly refused: readonly number[];
}

interface Asked<T> {
  readonly key: string;
  readonly answer: T;
}

/** The review that a session keeps. */
export interface KeptReview {
  current: { readonly manifest: string; stamp: string; readonly review: Promise<Review> } | undefined;
}
