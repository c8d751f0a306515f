import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { failure } from '../../../src-shared/errors.ts';
import { addQuarantine, quarantined, removeQuarantine } from '../../store/quarantine.ts';
import { encodeContents, erasedAmong } from '../../store/withdrawals.ts';
import type { QuarantineRow } from '../../store/types.ts';
import { addManifest, manifests, setManifestVerdict } from '../../store/streams.ts';
import { agencyNames } from '../agency-names.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { positionOf, sequenceOf } from './place.ts';
import { requireQuarantine, contentsOf, review, planView } from './review.ts';

type Waiting = Omit<QuarantineRow, 'inner'>;

export function hold(session: OpenSession, bundle: VerifiedBundle, inner: Uint8Array): ReceivePlan {
  const position = positionOf(session, bundle);
  const { manifest, manifestHash } = bundle;
  const sequence = sequenceOf(session, manifest);
  const at = session.context.now().toISOString();
  const seen = {
    agency: manifest.issuer,
    epoch: manifest.epoch,
    sequence,
    manifest: manifestHash,
    direction: 'in',
    bundle: manifest.id,
    at,
  } as const;
  if (position.finding === 'fork') {
    change(session, 'receive.fork', { issuer: manifest.issuer, sequence, manifest: manifestHash }, (tx) =>
      addManifest(tx, { ...seen, verdict: 'fork' }),
    );
    throw failure('receive.fork', { sequence });
  }
  const plan = review(session, bundle);
  const isNews = plan.counts.new + plan.counts.changed + plan.counts.conflicting > 0;
  if (position.finding === 'replay' && !isNews) return planView(session, bundle, plan, position, 'known');
  const isKept = erasedAmong(session.store, contentsOf(bundle)).size === 0;
  const row = {
    manifest: manifestHash,
    issuer: manifest.issuer,
    epoch: manifest.epoch,
    sequence,
    records: bundle.records.length,
    receivedAt: at,
    inner,
  };
  change(
    session,
    'receive.quarantine',
    { issuer: manifest.issuer, sequence, manifest: manifestHash, records: bundle.records.length },
    (tx) => {
      if (isKept) addQuarantine(tx, row, encodeContents(contentsOf(bundle)));
      if (position.finding !== 'replay') addManifest(tx, { ...seen, verdict: 'quarantined' });
    },
  );
  // V104: decided on from memory, never written down
  if (!isKept) session.unkept.set(manifestHash, row);
  return planView(session, bundle, plan, position, 'review');
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
      .map(({ manifest, agency, sequence, at }) => ({
        quarantine: manifest,
        issuer: agency,
        issuerName: nameOf(agency),
        sequence,
        receivedAt: at,
      })),
  };
}

/** Drops a waiting bundle; why goes to the audit log. */
export function discardQuarantined(session: OpenSession, input: Parsed<'receive.discard'>): Output<'receive.discard'> {
  requireQuarantine(session, input.quarantine);
  change(session, 'receive.discard', { manifest: input.quarantine, reason: input.reason }, (tx) => {
    removeQuarantine(tx, input.quarantine);
    setManifestVerdict(tx, 'in', input.quarantine, 'discarded');
  });
  session.unkept.delete(input.quarantine);
  return {};
}
