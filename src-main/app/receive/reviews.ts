import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { ReviewChoice, ReviewFilter } from '../../../src-shared/contract/review.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { planInSteps } from '../../exchange/plan-receive.ts';
import type { OurKnowledge, PlanEntry, ReviewPlan } from '../../exchange/plan-receive.ts';
import { decideInSteps, tallyInSteps } from '../../exchange/review-choices.ts';
import { isNarrower, passingInSteps } from '../../exchange/review-filter.ts';
import type { Passing } from '../../exchange/review-filter.ts';
import { indexInSteps } from '../../exchange/review-index.ts';
import { readHead } from '../../store/head-row.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { inSteps } from '../in-steps.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import type { Outcome, Review } from './kept-review.ts';
import { knowledgeOf } from './knowledge.ts';
import { innerOf, isExpired, requireQuarantine, verify } from './waiting.ts';

/**
 * The review of a waiting bundle: made once, also for several who ask at once, and made anew when the store has changed since. Throws
 * `store.not-found`, and what verifying does.
 */
export async function reviewOf(session: OpenSession, quarantine: string, job: Job): Promise<Review> {
  for (;;) {
    requireQuarantine(session, quarantine);
    const kept = session.reviews.current;
    if (kept?.manifest !== quarantine || kept.stamp !== stampOf(session)) return verified(session, quarantine, job);
    const review = await finished(kept.review, job);
    if (review !== undefined && !isExpired(session, review.bundle)) return review;
    if (session.reviews.current === kept) return verified(session, quarantine, job);
  }
}

/** Plans a bundle that was just verified, and keeps the review in the place of the one before. */
export function keep(session: OpenSession, bundle: VerifiedBundle, job: Job): Promise<Review> {
  return begin(session, bundle.manifestHash, () => plan(session, bundle, job));
}

/** A review that somebody is making; undefined when whoever makes it cancels. */
async function finished(review: Promise<Review>, job: Job): Promise<Review | undefined> {
  try {
    return await review;
  } catch (error) {
    if (!(error instanceof ChirographError) || error.code !== 'request.cancelled') throw error;
    await job.step('verify', 0, 2);
    return undefined;
  }
}

function verified(session: OpenSession, quarantine: string, job: Job): Promise<Review> {
  return begin(session, quarantine, async () => {
    const inner = innerOf(session, quarantine);
    await job.step('verify', 0, 1);
    return plan(session, await verify(session, inner, job), job);
  });
}

/** Nothing is awaited before the review is kept: who asks at the same moment finds it. */
function begin(session: OpenSession, manifest: string, work: () => Promise<Review>): Promise<Review> {
  const review = work();
  const current = { manifest, stamp: stampOf(session), review };
  session.reviews.current = current;
  review.catch(() => {
    if (session.reviews.current === current) session.reviews.current = undefined;
  });
  return review;
}

/** For changes that do not touch what the plan was made from: a bundle put into quarantine. Answers what `work` does. */
export function withoutNews<T>(session: OpenSession, work: () => T): T {
  const { current } = session.reviews;
  const isFresh = current?.stamp === stampOf(session);
  const result = work();
  if (current !== undefined && isFresh) current.stamp = stampOf(session);
  return result;
}

export function forget(session: OpenSession): void {
  session.reviews.current = undefined;
}

/** What passes, in reading order. Somebody who types on is answered from what passed before. Others are answered meanwhile. */
export function passing(session: OpenSession, review: Review, filter: ReviewFilter): Promise<Passing> {
  const { plan, index, facts, asked } = review;
  const key = canonicalText(filter);
  const last = asked.filter;
  if (last?.key === key) return last.answer;
  const narrowed = last !== undefined && isNarrower(filter, last.filter) ? last.answer : undefined;
  const work = async (): Promise<Passing> =>
    inTurns(session, passingInSteps(plan, index, facts, filter, await narrowed));
  const answer = work();
  asked.filter = { key, filter, answer };
  return answer;
}

/** What these choices come to. Others are answered meanwhile. */
export function outcomeOf(session: OpenSession, review: Review, choices: readonly ReviewChoice[]): Promise<Outcome> {
  const { plan, index, facts, asked } = review;
  const key = canonicalText(choices);
  if (asked.choices?.key === key) return asked.choices.answer;
  const work = async (): Promise<Outcome> => {
    const decided = await inTurns(session, decideInSteps(plan, index, choices, facts));
    return { decided, tally: await inTurns(session, tallyInSteps(plan, index, decided)) };
  };
  const answer = work();
  asked.choices = { key, answer };
  return answer;
}

/** Work that nobody watches and nobody cancels. */
function inTurns<T>({ jobs }: OpenSession, work: Generator<void, T, undefined>): Promise<T> {
  const job = jobs.begin(undefined);
  return inSteps(work, () => job.step('review', 0, 0));
}

/** The content of the store without its audit log: reading a name does not make a plan old. */
function stampOf({ store }: OpenSession): string {
  return readHead(store).content;
}

async function plan(session: OpenSession, bundle: VerifiedBundle, job: Job): Promise<Review> {
  const ours = await knowledgeOf(session, bundle, (done, total) => job.step('plan', done, total * 2));
  const planned = await inSteps(planInSteps(ours, bundle.records), ([done, total]) =>
    job.step('plan', total + done, total * 2),
  );
  return reviewWith(session, bundle, ours, { plan: withUnvouched(bundle, planned), job });
}

/** X1, X2: records of authors whom nobody vouches for. */
function withUnvouched(bundle: VerifiedBundle, plan: ReviewPlan): ReviewPlan {
  const unvouched = bundle.unvouched.map(({ id, author, refusal }) => ({ record: id, author, rule: refusal }));
  const refused = [...plan.refused, ...unvouched];
  return { ...plan, refused, counts: { ...plan.counts, refused: refused.length } };
}

async function reviewWith(
  session: OpenSession,
  bundle: VerifiedBundle,
  ours: OurKnowledge,
  { plan, job }: { readonly plan: ReviewPlan; readonly job: Job },
): Promise<Review> {
  const { issuer } = bundle.manifest;
  const labelOf = (subject: SubjectId): string => plan.labels.get(subject) ?? subject.slice(-6);
  const textOf = (entry: PlanEntry): string =>
    entry.ends === undefined
      ? entry.label
      : `${labelOf(entry.ends[0])} – ${entry.kind === 'link' ? linkKind(entry.type).label : entry.label} – ${labelOf(entry.ends[1])}`;
  const isThirdParty = (author: PlanEntry['author']): boolean => author !== issuer && author !== session.us;
  const total = bundle.records.length * 2;
  const index = await inSteps(indexInSteps(plan, isThirdParty), () => job.step('plan', total, total));
  return { bundle, plan, ours, index, facts: { labelOf, textOf, isThirdParty }, asked: {} };
}
