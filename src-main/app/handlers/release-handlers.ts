import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import { parseCard } from '../../../src-shared/bundle/card.ts';
import { inspectSealed, sealTo } from '../../../src-shared/bundle/seal.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { AgencyId, RecordId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import { releaseContents } from '../../exchange/release-contents.ts';
import type { Attested, ReleaseContents } from '../../exchange/release-contents.ts';
import { isLeaving, leavingCount, releaseSums, strictestTlp } from '../../exchange/release-preview.ts';
import { hashInto } from '../../exchange/native-hash.ts';
import { compress } from '../../exchange/zstd.ts';
import { addAttestation, attestation, placementsOf, placeRecords } from '../../store/attestations.ts';
import type { WriteDb } from '../../store/connection.ts';
import { addRelease } from '../../store/ledger.ts';
import { ourEpoch } from '../../store/epoch.ts';
import { saveRequest } from '../../store/release-requests.ts';
import type { RequestRow } from '../../store/release-requests.ts';
import { addManifest, saveStream, stream } from '../../store/streams.ts';
import type { AttestationRow } from '../../store/types.ts';
import { agencyNames } from '../agency-names.ts';
import { cardsOf } from '../third-cards.ts';
import { ourCard, ourSecrets } from '../our-keys.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { countedApprovals, requestFor } from '../release/approvals.ts';
import { prepareRelease } from '../release/prepare-release.ts';
import { requirePartner } from './partner-handlers.ts';

/** docs/formats/bundle.md B22. */
const MAX_APPROVALS = 8;
/** How long a bundle may be imported, unless it says otherwise (docs/formats/bundle.md, B11). */
const VALID_DAYS = 90;
/** Subjects that come with the sums of a preview. */
const FIRST_SUBJECTS = 200;
const DAY = 24 * 60 * 60 * 1000;

/** What would leave and what stays in sums, what stops it, and the first subjects. */
export function previewRelease(session: OpenSession, input: Parsed<'release.preview'>): Output<'release.preview'> {
  const { plan, digest, subjects } = prepareRelease(session, input);
  const first = subjects().page({ show: 'all' }, 0, FIRST_SUBJECTS);
  return { digest, subjects: first.subjects, ...releaseSums(plan, input.answers) };
}

/** Exactly what would leave and what stays, subject by subject, with the rule for each. */
export function listReleaseSubjects(
  session: OpenSession,
  input: Parsed<'release.subjects'>,
): Output<'release.subjects'> {
  const { show, rule, after, limit, ...request } = input;
  const { digest, subjects } = prepareRelease(session, request);
  return { digest, ...subjects().page({ show, rule }, after, limit) };
}

/**
 * Seals exactly what was previewed. Ledger, streams, attestation and audit entry are one transaction, made after the file is complete and before
 * it is handed out. Throws `release.stopped`, `release.changed-since-preview`.
 */
export async function sealRelease(
  session: OpenSession,
  input: Parsed<'release.seal'>,
): Promise<Output<'release.seal'>> {
  const { plan, digest } = prepareRelease(session, input);
  const { stops } = releaseSums(plan, input.answers);
  if (stops.length > 0) throw failure('release.stopped', { rules: [...new Set(stops.map(({ rule }) => rule))] });
  if (digest !== input.digest) throw failure('release.changed-since-preview', {});
  const request = requestFor(session, digest);
  const approvals = request === undefined ? [] : countedApprovals(session, request, input).slice(0, MAX_APPROVALS);
  const job = session.jobs.begin(input.job);
  try {
    await job.step('attest', 0, 3);
    const { sign } = ourSecrets(session);
    const card = ourCard(session);
    const contents = releaseContents(plan.verdicts, attestedOf(session, plan), {
      agency: session.us,
      kid: card.kid,
      sign,
    });
    const draft = { ...manifestDraft(session, input, plan), approvals: [...approvals] };
    await job.step('encode', 1, 3);
    const { inner, manifest, manifestHash } = encodeBundle(
      draft,
      contents.groups,
      { sign, compress, hashInto },
      cardsOf(
        session,
        contents.groups.map(({ signed }) => signed.attestation.author),
      ),
    );
    await job.step('seal', 2, 3);
    const recipients = input.to.flatMap(
      (agency) => parseCard(requirePartner(session, agency).card).card.keySet.sealing,
    );
    const bytes = await sealTo(recipients, inner);
    record(session, input, { plan, request }, contents, {
      id: manifest.id,
      hash: manifestHash,
      epoch: manifest.epoch,
      created: manifest.created,
      audience: manifest.audience,
    });
    return answer(session, plan, manifest, bytes);
  } finally {
    session.jobs.end(input.job);
  }
}

/** What a file shows to somebody without a key. */
export function inspectBundle(input: Parsed<'bundle.inspect'>): Output<'bundle.inspect'> {
  return { ...inspectSealed(input.bytes) };
}

/** What of it stands in an attestation that proves it; what we said ourselves is attested anew where none does any more (A6). */
function attestedOf({ store }: OpenSession, plan: ReleasePlan): ReadonlyMap<RecordId, Attested> {
  const placed = placementsOf(
    store,
    plan.verdicts.filter(isLeaving).map(({ id }) => id),
  );
  const rows = new Map(
    [...new Set(placed.map((place) => place.attestation))].map((id) => [id, attestation(store, id)]),
  );
  return new Map(
    placed.flatMap(({ id, leaf, proof, attestation: of }) => {
      const row = rows.get(of);
      if (row === undefined || (proof === undefined && !isWhole(row))) return [];
      const leaves = row.leaves === undefined ? {} : { leaves: row.leaves };
      return [[id, { id, leaf, signed: row.signed, ...leaves, ...(proof !== undefined && { proof }) }] as const];
    }),
  );
}

/** Whether a proof can be made for any record of it. */
function isWhole({ signed, leaves }: AttestationRow): boolean {
  const { size } = signed.attestation;
  return size === 1 || leaves?.length === size;
}

function manifestDraft(session: OpenSession, input: Parsed<'release.seal'>, plan: ReleasePlan) {
  const { context, store, us, author } = session;
  const now = context.now();
  const epoch = ourEpoch(store);
  const to = [...new Set(input.to)];
  return {
    kind: 'data' as const,
    id: author.newSubject(),
    issuer: us,
    kid: ourCard(session).kid,
    audience: to.map((agency) => {
      const last = stream(store, 'out', agency);
      // B8: a restored store counts from 1 again, in an epoch of its own
      const before = last?.epoch === epoch ? last : undefined;
      return { agency, sequence: (before?.sequence ?? 0) + 1, previous: before?.manifest ?? null };
    }),
    epoch,
    created: now.toISOString(),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY).toISOString(),
    purpose: input.purpose,
    legalBases: input.legalBases,
    handling: { tlp: strictestTlp(plan.verdicts) },
    acks: to.flatMap((agency) => {
      const last = stream(store, 'in', agency);
      return last === undefined
        ? []
        : [{ agency, epoch: last.epoch, sequence: last.sequence, manifest: last.manifest }];
    }),
    withheldRecords: plan.verdicts.filter((verdict) => !isLeaving(verdict)).length,
  };
}

interface Sealed {
  readonly id: string;
  readonly hash: string;
  readonly epoch: number;
  readonly created: string;
  readonly audience: readonly { readonly agency: AgencyId; readonly sequence: number }[];
}

function record(
  session: OpenSession,
  input: Parsed<'release.seal'>,
  { plan, request }: { readonly plan: ReleasePlan; readonly request: RequestRow | undefined },
  { fresh }: ReleaseContents,
  sealed: Sealed,
): void {
  const leaving = plan.verdicts.filter(isLeaving);
  const items = leaving.map((verdict) => ({
    subject: verdict.record.subject,
    record: verdict.id,
    withheldClaims: verdict.record.claims.length - leavingCount(verdict),
    author: verdict.record.author,
  }));
  const answered = answersOf(plan, input.answers);
  const details = {
    bundle: sealed.id,
    manifest: sealed.hash,
    to: sealed.audience.map(({ agency }) => agency),
    records: leaving.length,
    withheld: withheldCount(plan),
    purpose: input.purposeCode,
    legalBases: input.legalBases,
    include: input.include,
    kept: countOfRule(plan, 'P21'),
    answers: answered,
  };
  change(session, 'release.seal', details, (tx) => {
    requireFree(tx, sealed);
    if (request !== undefined) saveRequest(tx, { ...request, state: 'sealed' });
    if (fresh !== undefined) {
      const id = addAttestation(tx, fresh.signed, fresh.leaves);
      const places = fresh.leaves.map((leaf, at) => ({ id: leaf, leaf: at }));
      placeRecords(tx, id, places, 'replaced');
    }
    for (const { agency, sequence } of sealed.audience) {
      const position = { agency, epoch: sealed.epoch, sequence, manifest: sealed.hash };
      saveStream(tx, 'out', position);
      addManifest(tx, { ...position, direction: 'out', bundle: sealed.id, verdict: 'sent', at: sealed.created });
    }
    addRelease(tx, {
      bundle: sealed.id,
      manifest: sealed.hash,
      case: input.case,
      purpose: input.purpose,
      legalBases: input.legalBases,
      at: sealed.created,
      actor: session.user,
      terms: {
        purposeCode: input.purposeCode,
        answers: answered,
        kept: countOfRule(plan, 'P21'),
        classes: plan.classes,
      },
      to: sealed.audience.map(({ agency, sequence }) => ({ agency, sequence, items })),
    });
  });
}

/** The answers that something asked for; what was answered without need is not kept. */
function answersOf(plan: ReleasePlan, answers: readonly string[]): string[] {
  const given = new Set(answers);
  return plan.stops.flatMap(({ key, isAnswerable }) => (isAnswerable && given.has(key) ? [key] : []));
}

function countOfRule({ verdicts }: ReleasePlan, rule: string): number {
  return verdicts.reduce(
    (sum, { verdict, claims }) =>
      sum + (verdict.rule === rule ? 1 : claims.filter((each) => each.rule === rule).length),
    0,
  );
}

/** B8: no number is used twice, also when another release or a receipt was made while this one was sealed. */
function requireFree(tx: WriteDb, { epoch, audience }: Sealed): void {
  for (const { agency, sequence } of audience) {
    const last = stream(tx, 'out', agency);
    const taken = last?.epoch === epoch ? last.sequence : 0;
    if (taken !== sequence - 1) throw failure('release.changed-since-preview', {});
  }
}

function withheldCount(plan: ReleasePlan): number {
  return plan.verdicts.reduce((sum, verdict) => {
    return sum + (isLeaving(verdict) ? verdict.record.claims.length - leavingCount(verdict) : 1);
  }, 0);
}

function answer(
  session: OpenSession,
  plan: ReleasePlan,
  manifest: Sealed | { id: string; audience: Sealed['audience'] },
  bytes: Uint8Array,
) {
  const nameOf = agencyNames(session);
  const leaving = plan.verdicts.filter(isLeaving);
  const sequences = manifest.audience.map(({ agency, sequence }) => ({ agency, name: nameOf(agency), sequence }));
  return {
    bundle: manifest.id,
    sequence: sequences[0]?.sequence ?? 0,
    sequences,
    subjects: new Set(leaving.map(({ record }) => record.subject)).size,
    records: leaving.length,
    withheld: withheldCount(plan),
    fileName: `${manifest.id}.chiro`,
    bytes,
  };
}
