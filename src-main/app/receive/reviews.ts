import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { ReviewChoice, ReviewFilter } from '../../../src-shared/contract/review.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { hashText } from '../../exchange/native-hash.ts';
import { planInSteps } from '../../exchange/plan-receive.ts';
import type { OurKnowledge, PlanEntry, ReviewPlan } from '../../exchange/plan-receive.ts';
import { isListed, sidesOf } from '../../exchange/plan-conflicts.ts';
import { decideInSteps, passes, passesRefused } from '../../exchange/review-choices.ts';
import type { Decided } from '../../exchange/review-choices.ts';
import { readHead } from '../../store/head-row.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import type { Passing, Review } from './kept-review.ts';
import { knowledgeOf } from './knowledge.ts';
import { isExpired, requireQuarantine, verify } from './waiting.ts';

/**
 * The review of a waiting bundle: made once, also for several who ask at once, and made anew when the store has changed since. Throws
 * `store.not-found`, and what verifying does.
 */
export async function reviewOf(session: OpenSession, quarantine: string, job: Job): Promise<Review> {
  for (;;) {
    const inner = requireQuarantine(session, quarantine);
    const kept = session.reviews.current;
    if (kept?.manifest !== quarantine || kept.stamp !== stampOf(session))
      return verified(session, quarantine, inner, job);
    const review = await finished(kept.review, job);
    if (review !== undefined && !isExpired(session, review.bundle)) return review;
    if (session.reviews.current === kept) return verified(session, quarantine, inner, job);
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

function verified(session: OpenSession, quarantine: string, inner: Uint8Array, job: Job): Promise<Review> {
  return begin(session, quarantine, async () => {
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

/** What passes, in reading order. The last filter that was asked for is remembered: pages are read one after the other. */
export function passing({ plan, facts, asked }: Review, filter: ReviewFilter): Passing {
  const key = canonicalText(filter);
  if (asked.filter?.key === key) return asked.filter.answer;
  const sides = sidesOf(plan);
  const entries = [...plan.entries.keys()].filter((at) => {
    const entry = plan.entries[at];
    return (
      entry !== undefined && isListed(entry) && [entry, ...sides(entry)].some((side) => passes(filter, side, facts))
    );
  });
  const refused = [...plan.refused.keys()].filter((at) => {
    const one = plan.refused[at];
    return one !== undefined && passesRefused(filter, one, facts);
  });
  const answer = { entries, refused };
  asked.filter = { key, answer };
  return answer;
}

/** What these choices come to; the last ones that were asked about are remembered. Others are answered meanwhile. */
export async function decided(
  { plan, facts, asked }: Review,
  choices: readonly ReviewChoice[],
  job: Job,
): Promise<Decided> {
  const key = canonicalText(choices);
  if (asked.choices?.key === key) return asked.choices.answer;
  const steps = decideInSteps(plan, choices, facts);
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      asked.choices = { key, answer: step.value };
      return step.value;
    }
    await job.step('choices', 0, 0);
  }
}

/** The content of the store without its audit log: reading a name does not make a plan old. */
function stampOf({ store }: OpenSession): string {
  return readHead(store).content;
}

async function plan(session: OpenSession, bundle: VerifiedBundle, job: Job): Promise<Review> {
  const ours = await knowledgeOf(session, bundle, (done, total) => job.step('plan', done, total * 2));
  const steps = planInSteps(ours, bundle.records);
  for (;;) {
    const next = steps.next();
    if (next.done === true) return reviewWith(session, bundle, ours, withUnvouched(bundle, next.value));
    const [done, total] = next.value;
    await job.step('plan', total + done, total * 2);
  }
}

/** X1, X2: records of authors whom nobody vouches for. */
function withUnvouched(bundle: VerifiedBundle, plan: ReviewPlan): ReviewPlan {
  const unvouched = bundle.unvouched.map(({ id, author, refusal }) => ({ record: id, author, rule: refusal }));
  const refused = [...plan.refused, ...unvouched];
  return { ...plan, refused, counts: { ...plan.counts, refused: refused.length } };
}

function reviewWith(session: OpenSession, bundle: VerifiedBundle, ours: OurKnowledge, plan: ReviewPlan): Review {
  const { issuer } = bundle.manifest;
  const labelOf = (subject: SubjectId): string => plan.labels.get(subject) ?? subject.slice(-6);
  const textOf = (entry: PlanEntry): string =>
    entry.ends === undefined
      ? entry.label
      : `${labelOf(entry.ends[0])} – ${entry.kind === 'link' ? linkKind(entry.type).label : entry.label} – ${labelOf(entry.ends[1])}`;
  const isThirdParty = (author: PlanEntry['author']): boolean => author !== issuer && author !== session.us;
  return {
    bundle,
    plan,
    ours,
    facts: { labelOf, textOf, isThirdParty },
    digest: hashText(plan.entries.map(({ item, state, news }) => `${item} ${state} ${news.length}`).join('\n')),
    asked: {},
  };
}
