import type { Accept, ReviewChoice, ReviewTally } from '../../../src-shared/contract/review.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { RecordId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { Decided } from '../../exchange/review-choices.ts';
import { fileNameFor } from '../file-names.ts';
import { requireCase } from '../handlers/case-handlers.ts';
import { inSteps } from '../in-steps.ts';
import type { Job } from '../jobs.ts';
import { change, changeInSlices } from '../session.ts';
import type { WriteDb } from '../../store/connection.ts';
import type { OpenSession } from '../session.ts';
import { writeIncoming } from './incoming-files.ts';
import type { IncomingFiles } from './incoming-files.ts';
import type { Outcome, Review } from './kept-review.ts';
import { requireAgreed, sequenceOf } from './place.ts';
import { withReceipt } from './receipt.ts';
import type { Received } from './receipt.ts';
import { forget, outcomeOf, reviewOf } from './reviews.ts';
import { storeAccepted, storeInSlices } from './store-accepted.ts';
import type { Accepted } from './store-accepted.ts';

/** Up to so many records are applied in one piece. */
const IN_ONE_PIECE = 500;

/** Applies what the reviewer accepted, all or nothing, and answers with a sealed receipt that was made before it. */
export async function applyPlan(
  session: OpenSession,
  input: Parsed<'receive.apply'>,
): Promise<Output<'receive.apply'>> {
  const job = session.jobs.begin(input.job);
  try {
    const review = await reviewOf(session, input.quarantine, job);
    if (input.case !== undefined) requireCase(session, input.case);
    if (input.digest !== undefined && input.digest !== review.index.digest) throw failure('receive.plan-changed', {});
    return await applyReviewed(session, review, { input, job });
  } finally {
    session.jobs.end(input.job);
  }
}

async function applyReviewed(
  session: OpenSession,
  review: Review,
  { input, job }: { readonly input: Parsed<'receive.apply'>; readonly job: Job },
): Promise<Output<'receive.apply'>> {
  const { bundle, plan } = review;
  const { decided, tally } = await decidedBy(session, review, input.accept);
  const { manifest, issuer, manifestHash } = bundle;
  const sequence = sequenceOf(session, manifest);
  requireAgreed(session, bundle, input.epoch);
  const refused = refusedOf(review);
  const { accepted, known, held, undecided } = tally.records;
  await job.step('receipt', 0, 1);
  const taken = await inSteps(acceptedInSteps(review, decided), () => job.step('receipt', 0, 1));
  const what: Accepted = { ...taken, sequence, ...(input.case !== undefined && { into: input.case }) };
  const files = await writeIncoming(session, bundle, what.records, job);
  const note = `Received from ${issuer.card.agency.name} with number ${sequence}`;
  const enter = (tx: WriteDb) => files.enter(tx, { at: session.context.now().toISOString(), note });
  const details = { manifest: manifestHash, issuer: manifest.issuer, sequence, records: accepted, held, undecided };
  const answered = { issuer, manifest: manifestHash, epoch: manifest.epoch, sequence };
  const received = { accepted, known, held: held + undecided, refused, recalls: recallsOf(review, decided) };
  const store = () =>
    accepted <= IN_ONE_PIECE
      ? change(session, 'receive.apply', details, (tx) => {
          const stored = storeAccepted(session, tx, what);
          enter(tx);
          return stored;
        })
      : changeInSlices(session, 'receive.apply', details, job, async (bulk) => {
          const stored = await storeInSlices(session, bulk, what, job);
          enter(bulk.tx);
          return stored;
        });
  const { bytes, result: batch } = await withFiles(files, () => withReceipt(session, answered, received, store));
  session.unkept.delete(manifestHash);
  forget(session);
  return {
    verdict: 'applied',
    issuer: manifest.issuer,
    sequence,
    ...tally.accepted,
    known: plan.counts.known,
    held: sumOf(tally.held) + sumOf(tally.undecided),
    undecided: sumOf(tally.undecided),
    alsoAccepted: tally.alsoAccepted,
    refused,
    ...(tally.case !== undefined && { case: tally.case }),
    batch,
    bytes,
    fileName: fileNameFor(session.agency.name, `receipt-${sequence}.chiro`),
  };
}

/** V126: all of them are kept, or none. */
async function withFiles<T>(files: IncomingFiles, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    files.keep();
    return result;
  } finally {
    files.drop();
  }
}

/** B34: what a receipt says of a bundle of which nothing is taken. */
export async function leftAlone(session: OpenSession, review: Review): Promise<Received> {
  const { decided, tally } = await outcomeOf(session, review, []);
  const { known, held, undecided } = tally.records;
  const recalls = recallsOf(review, decided);
  return { accepted: 0, known, held: held + undecided, refused: refusedOf(review), recalls };
}

async function decidedBy(session: OpenSession, review: Review, accept: Accept): Promise<Outcome> {
  const outcome = await outcomeOf(session, review, choicesOf(accept));
  if (outcome.decided.missing > 0 && Array.isArray(accept)) {
    throw failure('receive.unknown-item', { item: accept.find((item) => !review.index.places.has(item)) ?? '' });
  }
  if (outcome.decided.missing > 0) throw failure('receive.plan-changed', {});
  return outcome;
}

function choicesOf(accept: Accept): ReviewChoice[] {
  if (accept === 'all') return [{ decision: 'accept', which: { all: true } }];
  if (!Array.isArray(accept)) return accept.choices;
  return accept.length === 0 ? [] : [{ decision: 'accept', which: { items: accept } }];
}

/** Places that are passed between two pauses: a few milliseconds. */
const AT_ONCE = 8192;

/** What of a bundle is taken, in the order of its records, and what of it is held already. */
function* acceptedInSteps(
  { bundle, plan }: Review,
  { decisions }: Decided,
): Generator<void, Pick<Accepted, 'bundle' | 'records' | 'again'>, undefined> {
  const taken = new Set<RecordId>();
  const again: RecordId[] = [];
  for (const [at, { news, offered }] of plan.entries.entries()) {
    if (decisions[at] === 'accept') for (const id of news) taken.add(id);
    if (news.length < offered.length) {
      const isNews = new Set(news);
      for (const { id } of offered) if (!isNews.has(id)) again.push(id);
    }
    if (at % AT_ONCE === AT_ONCE - 1) yield;
  }
  const records: VerifiedBundle['records'][number][] = [];
  for (const [at, one] of bundle.records.entries()) {
    if (taken.has(one.id)) records.push(one);
    if (at % AT_ONCE === AT_ONCE - 1) yield;
  }
  return { bundle, records, again };
}

/** B26: withdrawals that the store holds after this, those that were not taken, and those that a rule refused. */
function recallsOf({ bundle, plan }: Review, { decisions }: Decided): Received['recalls'] {
  const retractions = plan.entries.flatMap((entry, at) => (entry.kind === 'retract' ? [{ entry, at }] : []));
  const isTaken = (at: number): boolean => decisions[at] === 'accept' || decisions[at] === undefined;
  const pending = retractions.filter(({ at }) => !isTaken(at)).flatMap(({ entry }) => entry.news);
  const all = retractions.reduce((sum, { entry }) => sum + entry.offered.length, 0);
  const refusals = new Map(plan.refused.map((one) => [one.record, one]));
  const isRefused = ({ id }: { readonly id: RecordId }): boolean => refusals.has(id);
  const withdrawals = new Set(
    [
      ...(refusals.size === 0 ? [] : bundle.records.filter((one) => one.record.kind === 'retract' && isRefused(one))),
      ...bundle.unvouched.filter((one) => one.kind === 'retract' && isRefused(one)),
    ].map(({ id }) => id),
  );
  const refused = plan.refused.filter(({ record }) => withdrawals.has(record));
  return {
    applied: all - pending.length,
    pending,
    refused: refused.map(({ record, rule }) => ({ record, rule })),
  };
}

function refusedOf({ plan }: Review): { rule: string; count: number }[] {
  const byRule = Map.groupBy(plan.refused, ({ rule }) => rule);
  return [...byRule].map(([rule, list]) => ({ rule, count: list.length }));
}

function sumOf(tally: ReviewTally['held']): number {
  return tally.new + tally.changed + tally.conflicting;
}
