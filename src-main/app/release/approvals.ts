import { approvedBy } from '../../../src-shared/bundle/approval.ts';
import type { Approvable } from '../../../src-shared/bundle/approval.ts';
import { parseKeptCard } from '../../../src-shared/bundle/card.ts';
import type { ListedSignature } from '../../../src-shared/bundle/key-set.ts';
import { inKeyOrder } from '../../../src-shared/bundle/key-set.ts';
import type { AgencyId, KeyId } from '../../../src-shared/domain/ids.ts';
import { partner } from '../../store/partners.ts';
import { approvalsOf, waitingFor } from '../../store/release-requests.ts';
import type { RequestRow } from '../../store/release-requests.ts';
import { releaseRule } from '../handlers/key-handlers.ts';
import { ourCard } from '../our-keys.ts';
import type { OpenSession } from '../session.ts';

/** How many approvals a release needs and has: docs/formats/bundle.md K22, vault.md V146. */

/** What terms an approval is for. */
export type ApprovedTerms = {
  readonly to: readonly AgencyId[];
  readonly purpose: string;
  readonly legalBases: readonly string[];
};

/** By our own rule, and by what the recipients' cards ask for: the most of these. */
export function approvalsNeeded(session: OpenSession, recipients: readonly AgencyId[]): number {
  const asked = recipients.map((agency) => {
    const row = partner(session.store, agency);
    return row === undefined ? 0 : parseKeptCard(row.card).requires.approvals;
  });
  return Math.max(releaseRule(session), ...asked, 0);
}

/** What an approval is a signature over. */
export function approvableOf({ us }: OpenSession, terms: ApprovedTerms, content: string): Approvable {
  const { to, purpose, legalBases } = terms;
  return { audience: [...new Set(to)], content, issuer: us, legalBases, purpose };
}

/** The request for exactly this release that waits, if one does. */
export function requestFor({ store }: OpenSession, digest: string): RequestRow | undefined {
  return waitingFor(store, digest);
}

/** B24: the approvals of a request that count today, by keys that may approve today. */
export function countedApprovals(
  session: OpenSession,
  row: RequestRow,
  terms: ApprovedTerms,
): readonly ListedSignature[] {
  const { keySet } = ourCard(session);
  const what = approvableOf(session, terms, row.content);
  const given = approvalsOf(session.store, row.id).flatMap(({ kid, signature }) =>
    signature === null ? [] : [{ kid, signature }],
  );
  return inKeyOrder(given.filter((approval) => (approvedBy(keySet, what, [approval])?.length ?? 0) > 0));
}

/** How many approvals a release still lacks. */
export function approvalsMissing(session: OpenSession, digest: string, terms: ApprovedTerms): number {
  const needed = approvalsNeeded(session, terms.to);
  if (needed === 0) return 0;
  const row = requestFor(session, digest);
  return Math.max(0, needed - (row === undefined ? 0 : countedApprovals(session, row, terms).length));
}

/** Whether a key may approve releases of this agency today. */
export function mayApprove(session: OpenSession, kid: KeyId): boolean {
  return ourCard(session).keySet.approving.some((key) => key.kid === kid);
}
