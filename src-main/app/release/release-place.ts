import type { Parsed } from '../../../src-shared/contract/methods.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import { isLeaving, strictestTlp } from '../../exchange/release-preview.ts';
import { validUntil } from '../../exchange/validity.ts';
import { ourEpoch } from '../../store/epoch.ts';
import { stream } from '../../store/streams.ts';
import { ourCard } from '../our-keys.ts';
import type { OpenSession } from '../session.ts';

export type ReleasePlace = ReturnType<typeof placeOf>;

/** B8: the next numbers for these recipients, and what we had of theirs when these were taken. */
export function placeOf(session: OpenSession, recipients: readonly AgencyId[]) {
  const { store } = session;
  const epoch = ourEpoch(store);
  const to = [...new Set(recipients)];
  return {
    kid: ourCard(session).kid,
    epoch,
    audience: to.map((agency) => {
      const last = stream(store, 'out', agency);
      // B8: a restored store counts from 1 again, in an epoch of its own
      const before = last?.epoch === epoch ? last : undefined;
      return { agency, sequence: (before?.sequence ?? 0) + 1, previous: before?.manifest ?? null };
    }),
    acks: to.flatMap((agency) => {
      const last = stream(store, 'in', agency);
      return last === undefined
        ? []
        : [{ agency, epoch: last.epoch, sequence: last.sequence, manifest: last.manifest }];
    }),
  };
}

/** A manifest without what follows from the records. */
export function manifestDraft(
  session: OpenSession,
  input: Parsed<'release.seal'>,
  { plan, place }: { readonly plan: ReleasePlan; readonly place: ReleasePlace },
) {
  const { context, us, author } = session;
  const now = context.now();
  return {
    ...place,
    kind: 'data' as const,
    id: author.newSubject(),
    issuer: us,
    created: now.toISOString(),
    notAfter: validUntil(now),
    purpose: input.purpose,
    legalBases: input.legalBases,
    handling: { tlp: strictestTlp(plan.verdicts) },
    withheldRecords: plan.verdicts.filter((verdict) => !isLeaving(verdict)).length,
  };
}
