import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { OurKnowledge, ReviewPlan } from '../../exchange/plan-receive.ts';
import type { Decided } from '../../exchange/review-choices.ts';
import type { EntryFacts, Passing } from '../../exchange/review-filter.ts';
import type { ReviewIndex } from '../../exchange/review-index.ts';
import type { ReviewFilter, ReviewTally } from '../../../src-shared/contract/review.ts';

/** A verified bundle with its plan, kept while a person reviews it: one at a time, so that memory is bounded by one bundle. */
export interface Review {
  readonly bundle: VerifiedBundle;
  readonly plan: ReviewPlan;
  readonly ours: OurKnowledge;
  readonly facts: EntryFacts & { readonly labelOf: (subject: SubjectId) => string };
  readonly index: ReviewIndex;
  /** The last filter and the last choices that were asked about: pages are read one after the other, and several at once. */
  readonly asked: { filter?: Asked<Passing> & { readonly filter: ReviewFilter }; choices?: Asked<Outcome> };
}

/** What choices come to, and what that adds up to. */
export interface Outcome {
  readonly decided: Decided;
  readonly tally: Omit<ReviewTally, 'decisions'>;
}

interface Asked<T> {
  readonly key: string;
  readonly answer: Promise<T>;
}

/** The review that a session keeps. */
export interface KeptReview {
  current: { readonly manifest: string; stamp: string; readonly review: Promise<Review> } | undefined;
}
