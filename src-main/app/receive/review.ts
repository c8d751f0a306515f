import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { failure } from '../../../src-shared/errors.ts';
import { openReceived } from '../../exchange/open-received.ts';
import { planReceive } from '../../exchange/plan-receive.ts';
import type { OurKnowledge, ReviewPlan } from '../../exchange/plan-receive.ts';
import type { StreamPosition } from '../../exchange/stream.ts';
import { knownRecords, liveRecords } from '../../store/history.ts';
import { partners } from '../../store/partners.ts';
import { quarantine } from '../../store/quarantine.ts';
import { caseList, entityRows, linkRows } from '../../store/queries.ts';
import { erasedAmong } from '../../store/withdrawals.ts';
import type { HeldBy } from '../../store/withdrawals.ts';
import { agencyNames } from '../agency-names.ts';
import { ourCard } from '../our-keys.ts';
import type { OpenSession } from '../session.ts';
import { positionOf, sequenceOf } from './place.ts';

/** The plan of a waiting bundle, made anew against what the store holds now. */
export function planQuarantined(session: OpenSession, input: Parsed<'receive.plan'>): Output<'receive.plan'> {
  const bundle = verify(session, requireQuarantine(session, input.quarantine));
  return planView(session, bundle, review(session, bundle), positionOf(session, bundle), 'review');
}

export function verify(session: OpenSession, inner: Uint8Array): VerifiedBundle {
  return openReceived(inner, ourCard(session), partners(session.store), session.context.now());
}

export function requireQuarantine({ store, unkept }: OpenSession, manifest: string): Uint8Array {
  const row = /^[0-9a-f]{64}$/.test(manifest) ? (unkept.get(manifest) ?? quarantine(store, manifest)) : undefined;
  if (row === undefined) throw failure('store.not-found', { what: 'quarantine' });
  return row.inner;
}

export function review(session: OpenSession, bundle: VerifiedBundle): ReviewPlan {
  const plan = planReceive(ourKnowledge(session, bundle), bundle.records);
  const listed = new Set(partners(session.store).map(({ agency }) => agency));
  const unvouched = bundle.unvouched.map(({ id, author }) => ({ record: id, rule: listed.has(author) ? 'X2' : 'X1' }));
  const refused = [...plan.refused, ...unvouched];
  return { ...plan, refused, counts: { ...plan.counts, refused: refused.length } };
}

/** Every record in the bytes of a bundle, those that nobody vouches for included. */
export function contentsOf(bundle: VerifiedBundle): HeldBy[] {
  const vouched = bundle.records.map(({ id, record }) => ({ id, author: record.author }));
  return [...vouched, ...bundle.unvouched.map(({ id, author }) => ({ id, author }))];
}

export function planView(
  session: OpenSession,
  bundle: VerifiedBundle,
  plan: ReviewPlan,
  position: StreamPosition,
  verdict: ReceivePlan['verdict'],
): ReceivePlan {
  const { manifest, manifestHash } = bundle;
  return {
    quarantine: verdict === 'review' ? manifestHash : '',
    verdict,
    isKept: !session.unkept.has(manifestHash),
    issuer: manifest.issuer,
    issuerName: agencyNames(session)(manifest.issuer),
    sequence: sequenceOf(session, manifest),
    stream: position.finding,
    missing: [...position.missing],
    createdAt: manifest.created,
    purpose: manifest.purpose,
    legalBases: manifest.legalBases,
    tlp: manifest.handling.tlp,
    counts: { ...plan.counts },
    withheld: { claims: manifest.counts.withheldClaims, records: manifest.counts.withheldRecords },
    items: [...plan.items],
    refused: [...plan.refused],
  };
}

function ourKnowledge(session: OpenSession, bundle: VerifiedBundle): OurKnowledge {
  const { store, us } = session;
  const named = bundle.records.flatMap(({ id, record }) =>
    record.kind === 'retract' ? [id, ...record.supersedes, ...record.targets] : [id, ...record.supersedes],
  );
  const known = knownRecords(store, [...new Set(named)]);
  const held = [...known.values()].flatMap((one) => (one === 'erased' ? [] : [one.record]));
  const subjects = [
    ...new Set(
      [...bundle.records.map(({ record }) => record), ...held].flatMap((record) =>
        'from' in record ? [record.subject, record.from, record.to] : [record.subject],
      ),
    ),
  ];
  const entities = entityRows(store, subjects);
  const labels = new Map([
    ...linkRows(store, subjects).map(({ id, type }) => [id, linkKind(type).label] as const),
    ...entities.map(({ id, label }) => [id, label] as const),
    ...caseList(store).map(({ id, title }) => [id, title] as const),
  ]);
  const erased = erasedAmong(store, contentsOf(bundle));
  const heldEntities = new Set(entities.map(({ id }) => id));
  return {
    us,
    record: (id) => {
      const found = known.get(id);
      return found === undefined || found === 'erased' ? undefined : found.record;
    },
    isErased: (id) => known.get(id) === 'erased' || erased.has(id),
    hasEntity: (subject) => heldEntities.has(subject),
    label: (subject) => labels.get(subject),
    liveRecords: (subject) => liveRecords(store, [subject]),
    agencyName: agencyNames(session),
  };
}
