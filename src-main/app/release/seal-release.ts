import { encodeBundleInSteps } from '../../../src-shared/bundle/encode-bundle.ts';
import { parseCard } from '../../../src-shared/bundle/card.ts';
import type { ListedSignature } from '../../../src-shared/bundle/key-set.ts';
import { sealTo } from '../../../src-shared/bundle/seal.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import type { RecordId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import { fastPayload } from '../../exchange/fast-payload.ts';
import { hashInto, newHash } from '../../exchange/native-hash.ts';
import { releaseContentsInSteps } from '../../exchange/release-contents.ts';
import type { Attested } from '../../exchange/release-contents.ts';
import { isLeaving, openStops } from '../../exchange/release-preview.ts';
import type { PlanSums } from '../../exchange/release-preview.ts';
import { compress } from '../../exchange/zstd.ts';
import { inSteps } from '../in-steps.ts';
import { attestation, placementsOf } from '../../store/attestations.ts';
import type { RequestRow } from '../../store/release-requests.ts';
import type { AttestationRow } from '../../store/types.ts';
import { requirePartner } from '../handlers/partner-handlers.ts';
import { withJob } from '../jobs.ts';
import type { Job } from '../jobs.ts';
import { ourSecrets } from '../our-keys.ts';
import type { OpenSession } from '../session.ts';
import { cardsOf } from '../third-cards.ts';
import { countedApprovals, requestFor } from './approvals.ts';
import { enterRelease, sealedAnswer } from './enter-release.ts';
import type { Made } from './enter-release.ts';
import { leavingFiles } from './leaving-files.ts';
import { forgetPlan, isCurrent } from './planning.ts';
import { prepareRelease, stopsOf } from './prepare-release.ts';
import type { PreparedRelease } from './prepared-release.ts';
import { manifestDraft, placeOf } from './release-place.ts';
import type { ReleasePlace } from './release-place.ts';

/** docs/formats/bundle.md B22. */
const MAX_APPROVALS = 8;
/** How often a release is made anew because something came or went while it was sealed. */
const ATTEMPTS = 4;

/**
 * Seals exactly what was previewed. Ledger, streams, attestation and audit entry are one transaction, made after the file is complete and before
 * it is handed out. Throws `release.stopped`, `release.changed-since-preview`.
 */
export function sealRelease(session: OpenSession, input: Parsed<'release.seal'>): Promise<Output<'release.seal'>> {
  return withJob(session.jobs, input.job, async (job) => {
    let made: Made | undefined;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const prepared = await prepareRelease(session, input, job, 'acting');
      if (!isCurrent(session, prepared)) continue;
      const wanted = releaseNow(session, input, prepared);
      // B8: nothing is awaited between this look and the transaction
      if (made !== undefined && made.from === wanted.from) {
        await enterRelease(session, input, wanted, made, job);
        forgetPlan(session);
        return sealedAnswer(session, wanted.sums, made.sealed, made.bytes);
      }
      made = await make(session, input, wanted, job);
    }
    throw failure('release.changed-since-preview', {});
  });
}

/** A release as the store has it at this moment. */
interface Wanted {
  readonly plan: ReleasePlan;
  readonly sums: PlanSums;
  readonly request: RequestRow | undefined;
  readonly approvals: readonly ListedSignature[];
  readonly place: ReleasePlace;
  /** Keys that it is sealed to. */
  readonly recipients: readonly string[];
  /** Equal while what the manifest says beside the records, and whom it is sealed to, is the same. */
  readonly from: string;
}

/** Throws `release.stopped`, `release.changed-since-preview`. */
function releaseNow(session: OpenSession, input: Parsed<'release.seal'>, prepared: PreparedRelease): Wanted {
  const { plan, sums, digest } = prepared;
  const { stops } = openStops(stopsOf(session, prepared, input), input.answers);
  if (stops.length > 0) throw failure('release.stopped', { rules: [...new Set(stops.map(({ rule }) => rule))] });
  if (digest !== input.digest) throw failure('release.changed-since-preview', {});
  const request = requestFor(session, digest);
  const approvals = request === undefined ? [] : countedApprovals(session, request, input).slice(0, MAX_APPROVALS);
  const place = placeOf(session, input.to);
  const recipients = input.to.flatMap((agency) => parseCard(requirePartner(session, agency).card).card.keySet.sealing);
  return { plan, sums, request, approvals, place, recipients, from: canonicalText({ approvals, place, recipients }) };
}

async function make(session: OpenSession, input: Parsed<'release.seal'>, wanted: Wanted, job: Job): Promise<Made> {
  const { plan, approvals, recipients, from } = wanted;
  const { sign } = ourSecrets(session);
  const us = { agency: session.us, kid: wanted.place.kid, sign };
  const total = plan.verdicts.length;
  await job.step('attest', 0, total);
  const attested = await inSteps(attestedOf(session, plan), () => job.step('attest', 0, total));
  const attesting = releaseContentsInSteps(plan.verdicts, attested, us);
  const contents = await inSteps(attesting, () => job.step('attest', 0, total));
  const encoding = encodeBundleInSteps(
    { ...manifestDraft(session, input, wanted), approvals: [...approvals] },
    contents.groups,
    { sign, compress, hashInto, newHash },
    cardsOf(
      session,
      contents.groups.map(({ signed }) => signed.attestation.author),
    ),
    leavingFiles(session, plan),
  );
  const { inner, manifest, manifestHash } = await inSteps(encoding, (done) => job.step('encode', done, total));
  await job.step('seal', total, total);
  const bytes = await sealTo(recipients, inner, fastPayload);
  const { id, epoch, created, audience } = manifest;
  return { from, contents, sealed: { id, hash: manifestHash, epoch, created, audience }, bytes };
}

/** Records of which it is asked at once where they stand. */
const PLACED_AT_ONCE = 1024;

/** What of it stands in an attestation that proves it; what we said ourselves is attested anew where none does any more (A6). */
function* attestedOf(
  { store }: OpenSession,
  plan: ReleasePlan,
): Generator<void, ReadonlyMap<RecordId, Attested>, undefined> {
  const ids: RecordId[] = [];
  for (const each of plan.verdicts) if (isLeaving(each)) ids.push(each.id);
  const rows = new Map<AttestationRow['id'], AttestationRow>();
  const attested = new Map<RecordId, Attested>();
  for (let at = 0; at < ids.length; at += PLACED_AT_ONCE) {
    if (at > 0) yield;
    for (const { id, leaf, proof, attestation: of } of placementsOf(store, ids.slice(at, at + PLACED_AT_ONCE))) {
      const row = rows.get(of) ?? attestation(store, of);
      rows.set(of, row);
      if (proof === undefined && !isWhole(row)) continue;
      const leaves = row.leaves === undefined ? {} : { leaves: row.leaves };
      attested.set(id, { id, leaf, signed: row.signed, ...leaves, ...(proof !== undefined && { proof }) });
    }
  }
  return attested;
}

/** Whether a proof can be made for any record of it. */
function isWhole({ signed, leaves }: AttestationRow): boolean {
  const { size } = signed.attestation;
  return size === 1 || leaves?.length === size;
}
