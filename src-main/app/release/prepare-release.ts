import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { eachInSteps } from '../../../src-shared/crypto/steps.ts';
import type { Step } from '../../../src-shared/crypto/steps.ts';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { planReleaseInSteps } from '../../../src-shared/policy/plan-release.ts';
import type { EvidenceFile } from '../../../src-shared/domain/record.ts';
import type { ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import type { Stop } from '../../../src-shared/policy/release-types.ts';
import { releaseDigest } from '../../exchange/release-contents.ts';
import { planSums } from '../../exchange/release-preview.ts';
import { releaseQuestion } from '../../exchange/release-question.ts';
import type { ReleaseRequest } from '../../exchange/release-question.ts';
import { releaseSubjects } from '../../exchange/release-subjects.ts';
import type { PreviewNames } from '../../exchange/release-subjects.ts';
import { holders } from '../../store/ledger.ts';
import { entityRows } from '../../store/queries.ts';
import { agencyNames } from '../agency-names.ts';
import { stateOfFile } from '../attachment-view.ts';
import { requireCase } from '../handlers/case-handlers.ts';
import { requirePartner } from '../handlers/partner-handlers.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import { approvalsMissing } from './approvals.ts';
import { planned } from './planning.ts';
import type { Asker } from './planning.ts';
import type { PreparedRelease } from './prepared-release.ts';

/**
 * Works out what would leave, in slices: others are answered meanwhile. The same question is answered from memory as long as nothing in the store
 * changed and no day passed. Throws `store.not-found`, `release.unknown-legal-basis`, `release.unknown-purpose`, `vault.busy`, and
 * `release.changed-since-preview` when the store does not come to rest.
 */
export function prepareRelease(
  session: OpenSession,
  asked: ReleaseRequest,
  job: Job,
  asker: Asker,
): Promise<PreparedRelease> {
  const request = exactly(asked);
  const today = session.context.now().toISOString().slice(0, 10);
  const question = { key: canonicalText({ ...request, today }), work: () => prepare(session, request, today) };
  return planned(session, question, job, asker);
}

/** P30 is asked anew each time: which approvals there are shows only when it is known what would leave. */
export function stopsOf(
  session: OpenSession,
  { plan, digest }: PreparedRelease,
  request: ReleaseRequest,
): readonly Stop[] {
  const count = approvalsMissing(session, digest, request);
  return count === 0 ? plan.stops : [...plan.stops, { rule: 'P30', key: 'P30', isAnswerable: false, count }];
}

/** What decides about a release: neither what was answered nor which page is looked at. */
function exactly(asked: ReleaseRequest): ReleaseRequest {
  const { purpose, purposeCode, legalBases, include, exclude, withhold } = asked;
  return {
    case: asked.case,
    to: [...new Set(asked.to)].toSorted(),
    purpose,
    purposeCode,
    legalBases,
    include,
    exclude,
    withhold,
    ...(asked.only !== undefined && { only: asked.only }),
  };
}

function* prepare(
  session: OpenSession,
  request: ReleaseRequest,
  today: string,
): Generator<Step, Omit<PreparedRelease, 'from'>, undefined> {
  const title = request.only === undefined ? requireCase(session, request.case).title : '';
  for (const agency of request.to) requirePartner(session, agency);
  const { store, us, agency } = session;
  const isFileHere = (file: EvidenceFile): boolean => stateOfFile(session, file) === 'held';
  const releaser = { us, country: agency.country, today, approvalsMissing: 0, isFileHere };
  const plan = yield* planReleaseInSteps(yield* releaseQuestion(store, releaser, request));
  const labels = yield* labelsIn(session, plan);
  if (title !== '') labels.set(request.case, title);
  return {
    plan,
    digest: yield* releaseDigest(plan.verdicts, request),
    sums: yield* planSums(plan),
    subjects: yield* releaseSubjects(plan, namesFor(session, request.to, labels)),
  };
}

function namesFor(session: OpenSession, to: readonly AgencyId[], labels: ReadonlyMap<SubjectId, string>): PreviewNames {
  return {
    us: session.us,
    label: (subject) => labels.get(subject),
    agency: agencyNames(session),
    heldBy(records) {
      const heldBy = holders(session.store, records);
      return (record) => (heldBy.get(record) ?? []).filter((agency) => to.includes(agency));
    },
  };
}

/** Subjects that are named at once. */
const NAMED_AT_ONCE = 256;

/** Entities by their label, links by what they join. */
function* labelsIn(
  { store }: OpenSession,
  { verdicts }: ReleasePlan,
): Generator<Step, Map<SubjectId, string>, undefined> {
  const subjects = new Set<SubjectId>();
  yield* eachInSteps('names', verdicts, ({ record }) => {
    if ('from' in record) subjects.add(record.from).add(record.to);
    else subjects.add(record.subject);
  });
  const labels = new Map<SubjectId, string>();
  const all = [...subjects];
  for (let at = 0; at < all.length; at += NAMED_AT_ONCE) {
    if (at > 0) yield ['names', at, all.length];
    for (const { id, label } of entityRows(store, all.slice(at, at + NAMED_AT_ONCE))) labels.set(id, label);
  }
  yield* eachInSteps('names', verdicts, ({ record }) => {
    if (record.kind !== 'link') return;
    const [from, to] = [labels.get(record.from), labels.get(record.to)];
    if (from !== undefined && to !== undefined)
      labels.set(record.subject, `${from} – ${linkKind(record.type).label} – ${to}`);
  });
  return labels;
}
