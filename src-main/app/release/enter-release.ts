import type { Parsed } from '../../../src-shared/contract/methods.ts';
import { eachInSteps, runThrough } from '../../../src-shared/crypto/steps.ts';
import type { Step } from '../../../src-shared/crypto/steps.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { RecordVerdict, ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import type { ReleaseContents } from '../../exchange/release-contents.ts';
import { isLeaving, leavingCount } from '../../exchange/release-preview.ts';
import type { PlanSums } from '../../exchange/release-preview.ts';
import { addFreshAttestation } from '../../store/attestations.ts';
import type { WriteDb } from '../../store/connection.ts';
import { addReleaseInSteps } from '../../store/ledger.ts';
import { saveRequest } from '../../store/release-requests.ts';
import type { RequestRow } from '../../store/release-requests.ts';
import { addManifest, saveStream, stream } from '../../store/streams.ts';
import type { NewRelease } from '../../store/types.ts';
import { agencyNames } from '../agency-names.ts';
import { inSteps } from '../in-steps.ts';
import type { Job } from '../jobs.ts';
import { change, changeInSlices } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { noteReleased } from './leaving-files.ts';

export interface Sealed {
  readonly id: string;
  readonly hash: string;
  readonly epoch: number;
  readonly created: string;
  readonly audience: readonly { readonly agency: AgencyId; readonly sequence: number }[];
}

/** A bundle that is complete and not entered. */
export interface Made {
  /** What the store said when it was made. */
  readonly from: string;
  readonly contents: ReleaseContents;
  readonly sealed: Sealed;
  readonly bytes: Uint8Array;
}

/** What is entered: what was judged, in sums too, and the request that was approved for it. */
interface EnteredRelease {
  readonly plan: ReleasePlan;
  readonly sums: PlanSums;
  readonly request: RequestRow | undefined;
}

/** Releases of more records are entered in slices. */
const MANY = 1024;

/**
 * Ledger, streams, attestation and audit entry in one transaction. Nothing else is written while it is under way, and a cancelled one leaves nothing.
 * Throws `release.changed-since-preview`.
 */
export async function enterRelease(
  session: OpenSession,
  input: Parsed<'release.seal'>,
  wanted: EnteredRelease,
  made: Made,
  job: Job,
): Promise<void> {
  const leaving = wanted.plan.verdicts.filter(isLeaving);
  const details = {
    bundle: made.sealed.id,
    manifest: made.sealed.hash,
    to: made.sealed.audience.map(({ agency }) => agency),
    records: leaving.length,
    withheld: withheldCount(wanted.sums),
    purpose: input.purposeCode,
    legalBases: input.legalBases,
    include: input.include,
    kept: keptCount(wanted.sums),
    answers: answersOf(wanted.plan, input.answers),
  };
  const entering = (tx: WriteDb) => enterInSteps(tx, session, input, { ...wanted, leaving }, made);
  if (leaving.length <= MANY) {
    change(session, 'release.seal', details, (tx) => runThrough(entering(tx)));
    return;
  }
  await changeInSlices(session, 'release.seal', details, job, ({ tx }) =>
    inSteps(entering(tx), (step) => job.step(...step)),
  );
}

function* enterInSteps(
  tx: WriteDb,
  session: OpenSession,
  input: Parsed<'release.seal'>,
  { plan, sums, request, leaving }: EnteredRelease & { readonly leaving: readonly RecordVerdict[] },
  { contents: { fresh }, sealed }: Made,
): Generator<Step, void, undefined> {
  requireFree(tx, sealed);
  if (request !== undefined) saveRequest(tx, { ...request, state: 'sealed' });
  if (fresh !== undefined) yield* addFreshAttestation(tx, fresh.signed, fresh.leaves);
  for (const { agency, sequence } of sealed.audience) {
    const position = { agency, epoch: sealed.epoch, sequence, manifest: sealed.hash };
    saveStream(tx, 'out', position);
    addManifest(tx, { ...position, direction: 'out', bundle: sealed.id, verdict: 'sent', at: sealed.created });
  }
  noteReleased(session, tx, { leaving, at: sealed.created, note: releaseNote(session, sealed) });
  const items: NewRelease['to'][number]['items'][number][] = [];
  yield* eachInSteps('ledger', leaving, (verdict) => {
    const { subject, author, claims } = verdict.record;
    const withheldClaims = claims.length - leavingCount(verdict);
    items.push({ subject, record: verdict.id, withheldClaims, author });
  });
  yield* addReleaseInSteps(tx, {
    bundle: sealed.id,
    manifest: sealed.hash,
    case: input.case,
    purpose: input.purpose,
    legalBases: input.legalBases,
    at: sealed.created,
    actor: session.user,
    terms: {
      purposeCode: input.purposeCode,
      answers: answersOf(plan, input.answers),
      kept: keptCount(sums),
      classes: plan.classes,
    },
    to: sealed.audience.map(({ agency, sequence }) => ({ agency, sequence, items })),
  });
}

/** What is told of a release that was entered. */
export function sealedAnswer(session: OpenSession, sums: PlanSums, manifest: Sealed, bytes: Uint8Array) {
  const nameOf = agencyNames(session);
  const sequences = manifest.audience.map(({ agency, sequence }) => ({ agency, name: nameOf(agency), sequence }));
  return {
    bundle: manifest.id,
    sequence: sequences[0]?.sequence ?? 0,
    sequences,
    subjects: sums.totals.subjects,
    records: sums.totals.records,
    withheld: withheldCount(sums),
    fileName: `${manifest.id}.chiro`,
    bytes,
  };
}

function releaseNote(session: OpenSession, { id, audience }: Sealed): string {
  const nameOf = agencyNames(session);
  return `Released to ${audience.map(({ agency }) => nameOf(agency)).join(', ')} in bundle ${id}`;
}

/** The answers that something asked for; what was answered without need is not kept. */
function answersOf(plan: ReleasePlan, answers: readonly string[]): string[] {
  const given = new Set(answers);
  return plan.stops.flatMap(({ key, isAnswerable }) => (isAnswerable && given.has(key) ? [key] : []));
}

/** P21: what the officer keeps home. */
function keptCount({ totals }: PlanSums): number {
  const kept = totals.byRule.find(({ rule }) => rule === 'P21');
  return kept === undefined ? 0 : kept.records + kept.claims;
}

/** B8: no number is used twice, also when another release or a receipt was made while this one was sealed. */
function requireFree(tx: WriteDb, { epoch, audience }: Sealed): void {
  for (const { agency, sequence } of audience) {
    const last = stream(tx, 'out', agency);
    const taken = last?.epoch === epoch ? last.sequence : 0;
    if (taken !== sequence - 1) throw failure('release.changed-since-preview', {});
  }
}

function withheldCount({ totals }: PlanSums): number {
  return totals.withheldRecords + totals.withheldClaims;
}
