import { fastPayload } from '../../exchange/fast-payload.ts';
import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { PartnerCard } from '../../../src-shared/bundle/card.ts';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import { sealTo } from '../../../src-shared/bundle/seal.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import type { RecordId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { comparePlaces } from '../../exchange/stream.ts';
import type { Place as StreamPlace } from '../../exchange/stream.ts';
import { ourEpoch, wasRestored } from '../../store/epoch.ts';
import { growTree, treeHead } from '../../store/audit-tree.ts';
import { addReceipt } from '../../store/ledger.ts';
import { findManifests, stream } from '../../store/streams.ts';
import { inSteps } from '../in-steps.ts';
import { ourCard, ourSecrets } from '../our-keys.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { keepStatement } from './place.ts';
import { planView } from './review.ts';

type Receipt = Extract<VerifiedBundle['manifest'], { kind: 'receipt' }>;

/** What a receipt says of a bundle, in records. */
export interface Received {
  readonly accepted: number;
  readonly known: number;
  /** Held and undecided. */
  readonly held: number;
  readonly refused: readonly { readonly rule: string; readonly count: number }[];
  /** What became of the withdrawals in it (B26). */
  readonly recalls: {
    readonly applied: number;
    readonly pending: readonly RecordId[];
    readonly refused: readonly { readonly record: RecordId; readonly rule: string }[];
  };
}

/** A bundle of a partner, by its place in that partner's stream to us. */
interface Answered extends StreamPlace {
  readonly issuer: PartnerCard;
  readonly manifest: string;
}

/** B26: so many are named. */
const MAX_NAMED = 256;

/**
 * A sealed receipt for the issuer of a bundle, and in its wake the change that it tells of: `enter` begins its transaction before anything else gets
 * through, so that the receipt says what the store says at that moment (B8). One that was overtaken by a release is made anew.
 */
export async function withReceipt<T>(
  session: OpenSession,
  about: Answered,
  received: Received,
  enter: () => T | Promise<T>,
): Promise<{ readonly bytes: Uint8Array; readonly result: T }> {
  // V61: the first head of a long log is worked out beside other calls
  const job = session.jobs.begin(undefined);
  await inSteps(growTree(session.store), (step) => job.step(...step));
  for (;;) {
    const place = placeOf(session, about);
    const bytes = await sealReceipt(session, about, place, received);
    if (canonicalText(place) === canonicalText(placeOf(session, about))) return { bytes, result: await enter() };
  }
}

/** B25, B26, B33: the highest that we have of the issuer's stream, the answered bundle included; the last that we sealed for it; how far our log is. */
function placeOf(session: OpenSession, about: Answered) {
  const { store } = session;
  const stands = { acks: [acknowledged(session, about)], sent: sealedFor(session, about) };
  return { epoch: ourEpoch(store), ...stands, audit: treeHead(store) };
}

async function sealReceipt(
  session: OpenSession,
  about: Answered,
  { audit, ...place }: ReturnType<typeof placeOf>,
  { accepted, known, held, refused, recalls }: Received,
): Promise<Uint8Array> {
  const { sign } = ourSecrets(session);
  const now = session.context.now();
  const { inner } = encodeBundle(
    {
      ...place,
      kind: 'receipt',
      id: session.author.newSubject(),
      issuer: session.us,
      kid: ourCard(session).kid,
      audience: [{ agency: about.issuer.agencyId, sequence: 0, previous: null }],
      created: now.toISOString(),
      notAfter: new Date(now.getTime() + 365 * 24 * 60 * 60 * 1000).toISOString(),
      purpose: 'receipt',
      legalBases: [],
      handling: { tlp: 'TLP:AMBER+STRICT' },
      withheldRecords: 0,
      receipt: {
        manifest: about.manifest,
        sequence: about.sequence,
        audit,
        accepted,
        known,
        held,
        refused: refused.toSorted((one, other) => compareText(one.rule, other.rule)),
        recalls: { applied: recalls.applied, pending: recalls.pending.length, refused: recalls.refused.length },
        pendingRecalls: recalls.pending.toSorted(compareText).slice(0, MAX_NAMED),
        refusedRecalls: recalls.refused
          .toSorted((one, other) => compareText(one.record, other.record))
          .slice(0, MAX_NAMED),
      },
    },
    [],
    { sign },
  );
  return sealTo(about.issuer.card.keySet.sealing, inner, fastPayload);
}

function acknowledged({ store }: OpenSession, { issuer, epoch, sequence, manifest }: Answered) {
  const agency = issuer.agencyId;
  const here = { agency, epoch, sequence, manifest };
  const last = stream(store, 'in', agency);
  return last === undefined || comparePlaces(here, last) > 0 ? here : { ...last };
}

function sealedFor({ store }: OpenSession, { issuer }: Answered) {
  const last = stream(store, 'out', issuer.agencyId);
  return last === undefined ? null : { epoch: last.epoch, manifest: last.manifest, sequence: last.sequence };
}

/**
 * A receipt proves what the partner states it did, not what it did. The same one again changes nothing. Throws `receive.lost-release` for one of a
 * bundle that we may have sent before our store was restored (backup.md U23), else `receive.unknown-receipt`, and keeps it as a statement (bundle.md Q10).
 */
export function enterReceipt(session: OpenSession, bundle: VerifiedBundle): ReceivePlan {
  const { manifest, manifestHash } = bundle;
  if (manifest.kind !== 'receipt') throw new Error('not a receipt');
  const { receipt, issuer } = manifest;
  const sent = findManifests(session.store, 'out', receipt.manifest).find(({ agency }) => agency === issuer);
  const isNew = findManifests(session.store, 'in', manifestHash).length === 0;
  if (sent === undefined && isFromBefore(session, manifest)) {
    throw failure('receive.lost-release', { sequence: receipt.sequence });
  }
  if (sent === undefined || sent.sequence !== receipt.sequence) {
    if (isNew) keepUnknown(session, bundle);
    throw failure('receive.unknown-receipt', {});
  }
  if (isNew) keepReceipt(session, bundle, manifest);
  const view = planView(session, bundle, { finding: 'next', missing: [], missingCount: 0 }, 'receipt');
  return { ...view, sequence: receipt.sequence };
}

/** Q10: by the epoch that the receipt speaks of; one that does not say may be of any. */
function isFromBefore({ store, us }: OpenSession, { acks, receipt }: Receipt): boolean {
  const answered = acks.find(({ agency, manifest }) => agency === us && manifest === receipt.manifest);
  return wasRestored(store) && (answered === undefined || answered.epoch < ourEpoch(store));
}

function keepReceipt(session: OpenSession, bundle: VerifiedBundle, manifest: Receipt): void {
  const { receipt, issuer, created } = manifest;
  const { accepted, held } = receipt;
  change(session, 'receive.receipt', { partner: issuer, manifest: receipt.manifest, accepted, held }, (tx) => {
    const at = session.context.now().toISOString();
    const { audit: _kept, recalls, pendingRecalls, refusedRecalls, ...counts } = receipt;
    const answer = { receipt: bundle.manifestHash, saidAt: created, recalls, pendingRecalls, refusedRecalls };
    addReceipt(tx, { ...counts, partner: issuer, at }, answer);
    keepStatement(session, tx, bundle, 'receipt');
  });
}

function keepUnknown(session: OpenSession, bundle: VerifiedBundle): void {
  const { manifestHash: manifest } = bundle;
  change(session, 'receive.unknown-receipt', { partner: bundle.manifest.issuer, manifest }, (tx) =>
    keepStatement(session, tx, bundle, 'unknown-receipt'),
  );
}
