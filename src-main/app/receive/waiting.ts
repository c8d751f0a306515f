import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { SignedAttestation } from '../../../src-shared/records/attestation.ts';
import { openReceivedInSteps } from '../../exchange/open-received.ts';
import { requiredApprovals } from '../../store/partner-terms.ts';
import { partners } from '../../store/partners.ts';
import { isQuarantined, quarantine } from '../../store/quarantine.ts';
import { isAttestationKept } from '../../store/vouching.ts';
import type { Job } from '../jobs.ts';
import { ourCard } from '../our-keys.ts';
import type { OpenSession } from '../session.ts';

/** The bytes of bundles that wait, and what proves them. */

/** In slices: others are answered meanwhile, and the job can be cancelled. */
export function verify(session: OpenSession, inner: Uint8Array, job: Job): Promise<VerifiedBundle> {
  const { store, context } = session;
  const acquainted = {
    ours: ourCard(session),
    partners: partners(store),
    now: context.now(),
    isKept: (signed: SignedAttestation): boolean => isAttestationKept(store, signed),
    approvalsRequired: (issuer: AgencyId): number => approvalsRequired(session, issuer),
  };
  return openReceivedInSteps(inner, acquainted, (done, total) => job.step('verify', done, total));
}

/** K22: by our own card, or by what we require of this partner: the more of these. */
export function approvalsRequired(session: OpenSession, issuer: AgencyId): number {
  return Math.max(ourCard(session).requires.approvals, requiredApprovals(session.store, issuer));
}

/** Whether a bundle waits here. Its bytes, which may be many, are not read. */
export function isWaiting({ store, unkept }: OpenSession, manifest: string): boolean {
  return /^[0-9a-f]{64}$/.test(manifest) && (unkept.has(manifest) || isQuarantined(store, manifest));
}

/** Throws `store.not-found` for a bundle that does not wait here, or no more. */
export function requireQuarantine(session: OpenSession, manifest: string): void {
  if (!isWaiting(session, manifest)) throw failure('store.not-found', { what: 'quarantine' });
}

/** The opened bytes of a waiting bundle. Throws `store.not-found`. */
export function innerOf(session: OpenSession, manifest: string): Uint8Array {
  requireQuarantine(session, manifest);
  const row = session.unkept.get(manifest) ?? quarantine(session.store, manifest);
  if (row === undefined) throw failure('store.not-found', { what: 'quarantine' });
  return row.inner;
}

/** B11 may refuse it now: it is verified anew. */
export function isExpired({ context }: OpenSession, { manifest }: VerifiedBundle): boolean {
  return context.now().getTime() > Date.parse(manifest.notAfter);
}
