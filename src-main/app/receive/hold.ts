import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { Output } from '../../../src-shared/contract/methods.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import { failure } from '../../../src-shared/errors.ts';
import { readHead } from '../../store/head-row.ts';
import { addQuarantine, quarantined } from '../../store/quarantine.ts';
import { encodeContents, ENTRY, erasures } from '../../store/withdrawals.ts';
import type { QuarantineRow } from '../../store/types.ts';
import { manifests } from '../../store/streams.ts';
import type { StreamPosition } from '../../exchange/stream.ts';
import { agencyNames } from '../agency-names.ts';
import type { Job } from '../jobs.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { keepStatement, positionOf, sequenceOf } from './place.ts';
import { contentsInSlices } from './knowledge.ts';
import { planView } from './review.ts';
import { isWaiting } from './waiting.ts';
import { forget, keep, withoutNews } from './reviews.ts';

/** Bundles that were dropped while they waited, of which this many are told. */
const WITHDRAWN = 100;

type Waiting = Omit<QuarantineRow, 'inner'>;

/** Plans a bundle that was just verified, and puts it into quarantine unless it was received before and brings nothing. */
export async function hold(
  session: OpenSession,
  bundle: VerifiedBundle,
  inner: Uint8Array,
  job: Job,
): Promise<ReceivePlan> {
  refuseContradiction(session, bundle);
  const review = await keep(session, bundle, job);
  const { counts } = review.plan;
  // others were answered meanwhile
  const position = refuseContradiction(session, bundle);
  const isNews = counts.new + counts.changed + counts.conflicting > 0;
  if (position.finding === 'replay' && !isNews) {
    forget(session);
    return planView(session, bundle, position, 'known', review);
  }
  if (isWaiting(session, bundle.manifestHash)) return planView(session, bundle, position, 'review', review);
  const contents = await contentsToKeep(session, bundle, job);
  // others were answered meanwhile
  const now = refuseContradiction(session, bundle);
  // one file that is opened twice waits once
  if (!isWaiting(session, bundle.manifestHash))
    withoutNews(session, () => putAside(session, bundle, { inner, contents }, now));
  return planView(session, bundle, position, 'review', review);
}

function seenAt(session: OpenSession, { manifest, manifestHash }: VerifiedBundle) {
  const { issuer, epoch, id } = manifest;
  const at = session.context.now().toISOString();
  const sequence = sequenceOf(session, manifest);
  return { agency: issuer, epoch, sequence, manifest: manifestHash, direction: 'in', bundle: id, at } as const;
}

/** docs/formats/bundle.md Q3: what refuses a bundle as a whole. Of a number out of reach nothing is learned (Q7). */
function refuseContradiction(session: OpenSession, bundle: VerifiedBundle): StreamPosition {
  const position = positionOf(session, bundle);
  if (position.finding === 'fork') refuseFork(session, bundle);
  if (position.finding !== 'fast-forward') return position;
  const { issuer, epoch } = bundle.manifest;
  const sequence = sequenceOf(session, bundle.manifest);
  change(session, 'receive.fast-forward', { issuer, epoch, sequence }, () => undefined);
  throw failure('receive.fast-forward', { epoch, sequence });
}

/** A fork is remembered as evidence. */
function refuseFork(session: OpenSession, bundle: VerifiedBundle): never {
  const seen = seenAt(session, bundle);
  const { agency: issuer, sequence, manifest } = seen;
  change(session, 'receive.fork', { issuer, sequence, manifest }, (tx) => keepStatement(session, tx, bundle, 'fork'));
  throw failure('receive.fork', { sequence });
}

/** What a bundle holds, as it is kept (V103); undefined for one that must not be kept (V104). True of the store as it is when this answers. */
async function contentsToKeep(session: OpenSession, bundle: VerifiedBundle, job: Job): Promise<Uint8Array | undefined> {
  const { store } = session;
  const total = bundle.records.length + bundle.unvouched.length;
  for (;;) {
    const before = readHead(store).content;
    const isErased = erasures(store);
    const contents = new Uint8Array(total * ENTRY);
    let at = 0;
    let isKept = true;
    for (const some of contentsInSlices(bundle)) {
      await job.step('plan', total, total);
      if (some.some(isErased)) isKept = false;
      else contents.set(encodeContents(some), at);
      at += some.length * ENTRY;
    }
    if (readHead(store).content === before) return isKept ? contents : undefined;
  }
}

type Kept = { readonly inner: Uint8Array; readonly contents: Uint8Array | undefined };

function putAside(
  session: OpenSession,
  bundle: VerifiedBundle,
  { inner, contents }: Kept,
  position: StreamPosition,
): void {
  const seen = seenAt(session, bundle);
  const { agency: issuer, epoch, sequence, manifest, at } = seen;
  const records = bundle.records.length;
  const row = { manifest, issuer, epoch, sequence, records, receivedAt: at, inner };
  change(session, 'receive.quarantine', { issuer, sequence, manifest, records }, (tx) => {
    if (contents !== undefined) addQuarantine(tx, row, contents);
    if (position.finding !== 'replay') keepStatement(session, tx, bundle, 'quarantined');
  });
  // V104: decided on from memory, never written down
  if (contents === undefined) session.unkept.set(manifest, row);
}

/** Bundles that wait for a decision. */
export function listQuarantine(session: OpenSession): Output<'receive.list'> {
  const nameOf = agencyNames(session);
  const view = ({ manifest, issuer, sequence, records, receivedAt }: Waiting, isKept: boolean) => ({
    quarantine: manifest,
    issuer,
    issuerName: nameOf(issuer),
    sequence,
    records,
    receivedAt,
    isKept,
  });
  return {
    quarantined: [
      ...quarantined(session.store).map((row) => view(row, true)),
      ...[...session.unkept.values()].map((row) => view(row, false)),
    ],
    withdrawn: manifests(session.store, { direction: 'in' })
      .filter(({ verdict }) => verdict === 'withdrawn')
      .toSorted((one, other) => compareText(other.at, one.at))
      .slice(0, WITHDRAWN)
      .map(({ manifest, agency, sequence, at }) => ({
        quarantine: manifest,
        issuer: agency,
        issuerName: nameOf(agency),
        sequence,
        receivedAt: at,
      })),
  };
}
