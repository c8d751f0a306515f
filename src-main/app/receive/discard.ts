import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import type { StreamFinding } from '../../exchange/stream.ts';
import { removeQuarantine } from '../../store/quarantine.ts';
import { setManifestVerdict } from '../../store/streams.ts';
import type { StreamRow } from '../../store/types.ts';
import { fileNameFor } from '../file-names.ts';
import type { Job } from '../jobs.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { leftAlone } from './apply.ts';
import type { Review } from './kept-review.ts';
import { moveOn, positionOf, sequenceOf } from './place.ts';
import { withReceipt } from './receipt.ts';
import { forget, reviewOf } from './reviews.ts';
import { requireQuarantine } from './waiting.ts';

/** B34: places that nobody has to say a word about. */
const ANSWERED: ReadonlySet<StreamFinding> = new Set(['first', 'next', 'late', 'gap']);

/** Drops a waiting bundle, with a receipt for its sender that nothing of it was taken (bundle.md B34); why goes to the audit log. */
export async function discardQuarantined(
  session: OpenSession,
  input: Parsed<'receive.discard'>,
): Promise<Output<'receive.discard'>> {
  const job = session.jobs.begin(input.job);
  try {
    requireQuarantine(session, input.quarantine);
    const review = await reviewIfProven(session, input.quarantine, job);
    if (review === undefined) return drop(session, input);
    return await dropWithReceipt(session, review, input);
  } finally {
    session.jobs.end(input.job);
  }
}

async function dropWithReceipt(
  session: OpenSession,
  review: Review,
  input: Parsed<'receive.discard'>,
): Promise<Output<'receive.discard'>> {
  const { manifest, manifestHash, issuer } = review.bundle;
  const place = { epoch: manifest.epoch, sequence: sequenceOf(session, manifest), manifest: manifestHash };
  const received = await leftAlone(session, review);
  const { bytes } = await withReceipt(session, { issuer, ...place }, received, () =>
    drop(session, input, { agency: manifest.issuer, ...place }),
  );
  return { bytes, fileName: fileNameFor(session.agency.name, `receipt-${place.sequence}-discarded.chiro`) };
}

function drop(
  session: OpenSession,
  { quarantine, reason }: Parsed<'receive.discard'>,
  answered?: StreamRow,
): Output<'receive.discard'> {
  requireQuarantine(session, quarantine);
  change(session, 'receive.discard', { manifest: quarantine, reason, isAnswered: answered !== undefined }, (tx) => {
    removeQuarantine(tx, quarantine);
    setManifestVerdict(tx, 'in', quarantine, 'discarded');
    if (answered !== undefined) moveOn(tx, answered);
  });
  session.unkept.delete(quarantine);
  forget(session);
  return {};
}

/** What does not prove itself any more, because time or trust went by, can still be dropped: it is answered to nobody. */
async function reviewIfProven(session: OpenSession, quarantine: string, job: Job): Promise<Review | undefined> {
  try {
    const review = await reviewOf(session, quarantine, job);
    return ANSWERED.has(positionOf(session, review.bundle).finding) ? review : undefined;
  } catch (error) {
    const isRefused = error instanceof ChirographError && error.code.startsWith('bundle.');
    if (!isRefused) throw error;
    return undefined;
  }
}
