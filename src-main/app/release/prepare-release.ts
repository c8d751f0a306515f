import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import type { ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import { releaseDigest } from '../../exchange/release-contents.ts';
import { releaseQuestion } from '../../exchange/release-question.ts';
import type { ReleaseRequest } from '../../exchange/release-question.ts';
import { releaseSubjects } from '../../exchange/release-subjects.ts';
import type { ReleaseSubjects } from '../../exchange/release-subjects.ts';
import { readHead } from '../../store/head-row.ts';
import { holders } from '../../store/ledger.ts';
import { entityRows } from '../../store/queries.ts';
import { agencyNames } from '../agency-names.ts';
import { requireCase } from '../handlers/case-handlers.ts';
import { requirePartner } from '../handlers/partner-handlers.ts';
import type { OpenSession } from '../session.ts';
import { approvalsMissing } from './approvals.ts';

/** A release that was asked for and is not made: what would leave, and the hash of exactly that. */
export interface PreparedRelease {
  readonly plan: ReleasePlan;
  readonly digest: string;
  /** Put in order when it is first asked for. */
  subjects(): ReleaseSubjects;
}

/** The last one of each session: the pages of a preview and its seal ask for the same. */
const lastOf = new WeakMap<OpenSession, { readonly key: string; readonly prepared: PreparedRelease }>();

/**
 * Works out what would leave. The same question is answered from memory as long as nothing in the store changed and no day passed: the head's
 * sequence goes up with every change. Throws `store.not-found`, `release.unknown-legal-basis`, `release.unknown-purpose`.
 */
export function prepareRelease(session: OpenSession, asked: ReleaseRequest): PreparedRelease {
  const request = exactly(asked);
  const today = session.context.now().toISOString().slice(0, 10);
  const key = canonicalText({ ...request, today, head: readHead(session.store).sequence });
  const last = lastOf.get(session);
  if (last?.key === key) return last.prepared;
  const prepared = prepare(session, request, today);
  lastOf.set(session, { key, prepared });
  return prepared;
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

function prepare(session: OpenSession, request: ReleaseRequest, today: string): PreparedRelease {
  const title = request.only === undefined ? requireCase(session, request.case).title : '';
  for (const agency of request.to) requirePartner(session, agency);
  const { store, us, agency } = session;
  const asked = planRelease(
    releaseQuestion(store, { us, country: agency.country, today, approvalsMissing: 0 }, request),
  );
  const digest = releaseDigest(asked.verdicts, request);
  const plan = withApprovals(asked, approvalsMissing(session, digest, request));
  let subjects: ReleaseSubjects | undefined;
  return {
    plan,
    digest,
    subjects: () => (subjects ??= releaseSubjects(plan, namesFor(session, request, plan, title))),
  };
}

/** P30: which approvals there are shows only when it is known what would leave. */
function withApprovals(plan: ReleasePlan, count: number): ReleasePlan {
  if (count === 0) return plan;
  return { ...plan, stops: [...plan.stops, { rule: 'P30', key: 'P30', isAnswerable: false, count }] };
}

function namesFor(session: OpenSession, request: ReleaseRequest, plan: ReleasePlan, title: string) {
  const ids = plan.verdicts.map(({ id }) => id);
  const heldBy = holders(session.store, ids);
  const labels = labelsIn(session, plan);
  if (title !== '') labels.set(request.case, title);
  return {
    us: session.us,
    label: (subject: SubjectId) => labels.get(subject),
    agency: agencyNames(session),
    heldBy: (record: (typeof ids)[number]) =>
      (heldBy.get(record) ?? []).filter((agency) => request.to.includes(agency)),
  };
}

/** Entities by their label, links by what they join. */
function labelsIn({ store }: OpenSession, plan: ReleasePlan): Map<SubjectId, string> {
  const records = plan.verdicts.map(({ record }) => record);
  const subjects = records.flatMap((record) => ('from' in record ? [record.from, record.to] : [record.subject]));
  const labels = new Map(entityRows(store, [...new Set(subjects)]).map(({ id, label }) => [id, label]));
  for (const record of records) {
    if (record.kind !== 'link') continue;
    const [from, to] = [labels.get(record.from), labels.get(record.to)];
    if (from !== undefined && to !== undefined)
      labels.set(record.subject, `${from} – ${linkKind(record.type).label} – ${to}`);
  }
  return labels;
}
