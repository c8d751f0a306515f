import { approve } from '../../../src-shared/bundle/approval.ts';
import type { PendingRelease } from '../../../src-shared/contract/keys.ts';
import { ReleaseRequest } from '../../../src-shared/contract/methods.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { keyIdOf } from '../../../src-shared/crypto/signature.ts';
import type { KeyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { releaseContent } from '../../exchange/release-contents.ts';
import { openStops } from '../../exchange/release-preview.ts';
import { officerKey } from '../../store/own-keys.ts';
import { caseRow } from '../../store/queries.ts';
import {
  addApproval,
  approvalsOf,
  countWaiting,
  declinedRequests,
  releaseRequest,
  saveRequest,
  waitingFor,
  waitingRequests,
} from '../../store/release-requests.ts';
import type { RequestRow } from '../../store/release-requests.ts';
import { withOfficerKey } from '../../vault/officer-key.ts';
import { agencyNames } from '../agency-names.ts';
import { inSteps } from '../in-steps.ts';
import { withJob } from '../jobs.ts';
import type { Job } from '../jobs.ts';
import { approvableOf, approvalsNeeded, countedApprovals, mayApprove } from '../release/approvals.ts';
import { isCurrent } from '../release/planning.ts';
import { prepareRelease, stopsOf } from '../release/prepare-release.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** Releases that another officer has to approve: docs/formats/vault.md V146. */

type Asked = Omit<Parsed<'release.preview'>, 'job'>;

/** V146: how many declined requests stay in sight. */
const MAX_DECLINED = 20;

/**
 * Asks for approval of exactly what was previewed; who asks approves it too, where their key counts. Throws `release.changed-since-preview`,
 * `release.stopped` for stops that approval does not answer.
 */
export function askRelease(session: OpenSession, input: Parsed<'release.ask'>): Promise<Output<'release.ask'>> {
  const { digest, job: name, ...request } = input;
  return withJob(session.jobs, name, async (job) => {
    const { prepared, content } = await preparedContent(session, request, job);
    if (prepared.digest !== digest) throw failure('release.changed-since-preview', {});
    const open = openStops(stopsOf(session, prepared, request), request.answers).stops;
    const stops = open.filter(({ rule }) => rule !== 'P30');
    if (stops.length > 0) throw failure('release.stopped', { rules: [...new Set(stops.map(({ rule }) => rule))] });
    return enterRequest(session, request, { digest, content, records: prepared.sums.totals.records });
  });
}

function enterRequest(
  session: OpenSession,
  request: Asked,
  { digest, content, records }: { readonly digest: string; readonly content: string; readonly records: number },
): Output<'release.ask'> {
  const row: RequestRow = {
    id: session.author.newSubject(),
    request: canonicalText(request),
    digest,
    content,
    needed: approvalsNeeded(session, request.to),
    actor: session.user,
    at: session.context.now().toISOString(),
    state: 'waiting',
  };
  const own = ownApproval(session, row, request);
  change(session, 'release.ask', { request: row.id, digest, to: request.to, records }, (tx) => {
    const before = waitingFor(tx, digest);
    if (before !== undefined) saveRequest(tx, { ...before, state: 'withdrawn' });
    saveRequest(tx, row);
    if (own !== undefined) addApproval(tx, own);
  });
  return { id: row.id, missing: row.needed - (own === undefined ? 0 : 1) };
}

/** What is asked for as the store has it, and its content hash: nothing came or went while that was worked out. */
async function preparedContent(session: OpenSession, request: Asked, job: Job) {
  const prepared = await prepareRelease(session, request, job, 'acting');
  const content = await inSteps(releaseContent(prepared.plan.verdicts), (step) => job.step(...step));
  if (!isCurrent(session, prepared)) throw failure('release.changed-since-preview', {});
  return { prepared, content };
}

/** What waits, or the one that is asked for if it waits; and how many there are. */
export function listPending(session: OpenSession, input: Parsed<'release.pending'>): Output<'release.pending'> {
  const { store } = session;
  const one = input.id === undefined ? undefined : releaseRequest(store, input.id);
  const rows = input.id === undefined ? waitingRequests(store, input) : one?.state === 'waiting' ? [one] : [];
  return { pending: rows.map((row) => pendingView(session, row)), total: countWaiting(store) };
}

/** What was declined lately, so that who asked learns why. */
export function listDeclined(session: OpenSession): Output<'release.declined'> {
  return {
    declined: declinedRequests(session.store, MAX_DECLINED).map(({ refusal, ...row }) => ({
      ...askedView(session, row),
      declinedBy: refusal.actor,
      declinedAt: refusal.at,
      reason: refusal.reason ?? '',
    })),
  };
}

/**
 * Approves a release by the officer's own key, over what this officer's own preview gives. Throws `approval.not-waiting`, `approval.own-request`,
 * `approval.already-given`, `approval.not-yours`, `release.changed-since-preview`.
 */
export function approveRelease(
  session: OpenSession,
  input: Parsed<'release.approve'>,
): Promise<Output<'release.approve'>> {
  return withJob(session.jobs, input.job, async (job) => {
    const request = requestOf(requireOthers(session, input.id));
    const { prepared, content } = await preparedContent(session, request, job);
    const row = requireOthers(session, input.id);
    const { digest } = prepared;
    if (digest !== row.digest || digest !== input.digest || content !== row.content) {
      throw failure('release.changed-since-preview', {});
    }
    const given = signed(session, row, request);
    requireFirst(session, row, given.kid);
    change(session, 'release.approve', { request: row.id, digest, kid: given.kid }, (tx) => addApproval(tx, given));
    return pendingView(session, row);
  });
}

/** One that waits and that somebody else asked for: also when it was taken back or answered while it was worked out. */
function requireOthers(session: OpenSession, id: string): RequestRow {
  const row = requireWaiting(session, id);
  if (row.actor === session.user) throw failure('approval.own-request', {});
  return row;
}

/** Says no, and why; the request waits no longer. */
export function declineRelease(session: OpenSession, input: Parsed<'release.decline'>): Output<'release.decline'> {
  const row = requireOthers(session, input.id);
  const kid = withOfficerKey(session.store, session.vault.officer, (own) => own.kid);
  if (!mayApprove(session, kid)) throw failure('approval.not-yours', {});
  requireFirst(session, row, kid);
  const at = session.context.now().toISOString();
  const refusal = { request: row.id, kid, actor: session.user, signature: null, reason: input.reason, at };
  change(session, 'release.decline', { request: row.id, kid }, (tx) => {
    addApproval(tx, refusal);
    saveRequest(tx, { ...row, state: 'declined' });
  });
  return {};
}

/** Takes a request back. */
export function withdrawRequest(session: OpenSession, input: Parsed<'release.withdraw'>): Output<'release.withdraw'> {
  const row = requireWaiting(session, input.id);
  change(session, 'release.withdraw', { request: row.id }, (tx) => saveRequest(tx, { ...row, state: 'withdrawn' }));
  return {};
}

function requireWaiting({ store }: OpenSession, id: string): RequestRow {
  const row = releaseRequest(store, id);
  if (row?.state !== 'waiting') throw failure('approval.not-waiting', {});
  return row;
}

function requireFirst({ store }: OpenSession, row: RequestRow, kid: KeyId): void {
  if (approvalsOf(store, row.id).some((each) => each.kid === kid)) throw failure('approval.already-given', {});
}

function requestOf({ request }: RequestRow): Asked {
  return ReleaseRequest.parse(JSON.parse(request));
}

function signed(session: OpenSession, row: RequestRow, request: Asked) {
  const what = approvableOf(session, request, row.content);
  return withOfficerKey(session.store, session.vault.officer, (own) => {
    if (!mayApprove(session, own.kid)) throw failure('approval.not-yours', {});
    const at = session.context.now().toISOString();
    return { request: row.id, ...approve(what, own), actor: session.user, reason: null, at };
  });
}

/** Of who asks: only where it counts. */
function ownApproval(session: OpenSession, row: RequestRow, request: Asked) {
  const kid = ownKid(session);
  return kid !== undefined && mayApprove(session, kid) ? signed(session, row, request) : undefined;
}

function ownKid({ store, vault }: OpenSession): KeyId | undefined {
  const row = vault.officer === undefined ? undefined : officerKey(store, vault.officer.slot);
  return row === undefined ? undefined : keyIdOf(row.publicKey);
}

/** Who asked for what, for whom. */
function askedView(session: OpenSession, row: RequestRow) {
  const request = requestOf(row);
  const nameOf = agencyNames(session);
  return {
    id: row.id,
    by: row.actor,
    at: row.at,
    caseTitle: caseRow(session.store, request.case)?.title ?? '',
    recipients: request.to.map((agency) => ({ agency, name: nameOf(agency) })),
    purpose: request.purpose,
    isYours: row.actor === session.user,
  };
}

function pendingView(session: OpenSession, row: RequestRow): PendingRelease {
  const request = requestOf(row);
  const asked = askedView(session, row);
  const all = approvalsOf(session.store, row.id);
  const counted = new Set(countedApprovals(session, row, request).map(({ kid }) => kid));
  const kid = ownKid(session);
  const needed = approvalsNeeded(session, request.to);
  return {
    ...asked,
    request,
    digest: row.digest,
    needed,
    given: all
      .filter((each) => counted.has(each.kid))
      .map(({ actor, at, ...each }) => ({ kid: each.kid, user: actor, at })),
    canApprove:
      !asked.isYours && kid !== undefined && mayApprove(session, kid) && !all.some((each) => each.kid === kid),
    isComplete: counted.size >= needed,
  };
}
