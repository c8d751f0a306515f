import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import { sealTo, unseal } from '../../../src-shared/bundle/seal.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { PlanItem, ReceivePlan } from '../../../src-shared/contract/views.ts';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import { failure } from '../../../src-shared/errors.ts';
import { openReceived } from '../../exchange/open-received.ts';
import { planReceive } from '../../exchange/plan-receive.ts';
import type { OurKnowledge, ReviewPlan } from '../../exchange/plan-receive.ts';
import { positionInStream } from '../../exchange/stream.ts';
import type { StreamPosition } from '../../exchange/stream.ts';
import { addAttestation, placeRecords } from '../../store/attestations.ts';
import { newBatch } from '../../store/batches.ts';
import { wasRestored } from '../../store/epoch.ts';
import { knownRecords, liveRecords } from '../../store/history.ts';
import { addReceipt } from '../../store/ledger.ts';
import { partners } from '../../store/partners.ts';
import { addQuarantine, quarantine, quarantined, removeQuarantine } from '../../store/quarantine.ts';
import { caseList, entityRows, linkRows } from '../../store/queries.ts';
import { putRecords } from '../../store/records.ts';
import { encodeContents, erasedAmong } from '../../store/withdrawals.ts';
import type { HeldBy } from '../../store/withdrawals.ts';
import type { QuarantineRow } from '../../store/types.ts';
import { addManifest, findManifests, manifests, saveStream, setManifestVerdict, stream } from '../../store/streams.ts';
import type { WriteDb } from '../../store/connection.ts';
import { agencyNames } from '../agency-names.ts';
import { fileNameFor } from '../file-names.ts';
import { ourCard, ourSecrets } from '../our-keys.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { membershipRecords, requireCase } from './case-handlers.ts';

type Manifest = VerifiedBundle['manifest'];
type Waiting = Omit<QuarantineRow, 'inner'>;

/**
 * Opens a file from a partner: unseal, verify, then quarantine and plan; or, for a receipt, enter it in the ledger. Throws before anything is
 * stored when any rule of docs/formats/bundle.md §9 fails; a fork is remembered as evidence and refused.
 */
export async function openFile(session: OpenSession, input: Parsed<'receive.open'>): Promise<Output<'receive.open'>> {
  const job = session.jobs.begin(input.job);
  try {
    await job.step('unseal', 0, 3);
    const inner = await unseal([ourSecrets(session).identity], input.bytes);
    await job.step('verify', 1, 3);
    const bundle = verify(session, inner);
    if (bundle.manifest.kind === 'receipt') return enterReceipt(session, bundle);
    await job.step('plan', 2, 3);
    return hold(session, bundle, inner);
  } finally {
    session.jobs.end(input.job);
  }
}

/** Bundles that wait for a decision. */
export function listQuarantine(session: OpenSession): Output<'receive.list'> {
  const nameOf = agencyNames(session);
  const view = ({ manifest, issuer, sequence, records, receivedAt }: Waiting, isKept: boolean) => ({
    quarantine: manifest,
    issuer,
    issuerName: nameOf(issuer),
    sequence,
    records,
    receivedAt,
    isKept,
  });
  return {
    quarantined: [
      ...quarantined(session.store).map((row) => view(row, true)),
      ...[...session.unkept.values()].map((row) => view(row, false)),
    ],
    withdrawn: manifests(session.store, { direction: 'in' })
      .filter(({ verdict }) => verdict === 'withdrawn')
      .map(({ manifest, agency, sequence, at }) => ({
        quarantine: manifest,
        issuer: agency,
        issuerName: nameOf(agency),
        sequence,
        receivedAt: at,
      })),
  };
}

/** The plan of a waiting bundle, made anew against what the store holds now. */
export function planQuarantined(session: OpenSession, input: Parsed<'receive.plan'>): Output<'receive.plan'> {
  const bundle = verify(session, requireQuarantine(session, input.quarantine));
  return planView(session, bundle, review(session, bundle), positionOf(session, bundle), 'review');
}

/** Applies what the reviewer accepted in one transaction, and answers with a sealed receipt that was made before it. */
export async function applyPlan(
  session: OpenSession,
  input: Parsed<'receive.apply'>,
): Promise<Output<'receive.apply'>> {
  const bundle = verify(session, requireQuarantine(session, input.quarantine));
  if (input.case !== undefined) requireCase(session, input.case);
  const plan = review(session, bundle);
  const accepted = acceptedItems(plan, input.accept);
  const ids = new Set(accepted.flatMap(({ records }) => records));
  const records = bundle.records.filter(({ id }) => ids.has(id));
  const offered = plan.items.filter(({ state }) => state !== 'known');
  const held = offered.length - accepted.length;
  const bytes = await sealReceipt(session, bundle, { accepted: records.length, known: plan.counts.known, held }, plan);
  const details = {
    manifest: bundle.manifestHash,
    issuer: bundle.manifest.issuer,
    sequence: sequenceOf(session, bundle.manifest),
    records: records.length,
    held,
  };
  const batch = change(session, 'receive.apply', details, (tx) => apply(session, tx, bundle, records, input));
  session.unkept.delete(bundle.manifestHash);
  const count = (state: PlanItem['state']): number => accepted.filter((item) => item.state === state).length;
  return {
    verdict: 'applied',
    issuer: bundle.manifest.issuer,
    sequence: sequenceOf(session, bundle.manifest),
    new: count('new'),
    changed: count('changed'),
    conflicting: count('conflicting'),
    known: plan.counts.known,
    held,
    refused: [...plan.refused],
    batch,
    bytes,
    fileName: fileNameFor(session.agency.name, `receipt-${sequenceOf(session, bundle.manifest)}.chiro`),
  };
}

/** Drops a waiting bundle; why goes to the audit log. */
export function discardQuarantined(session: OpenSession, input: Parsed<'receive.discard'>): Output<'receive.discard'> {
  requireQuarantine(session, input.quarantine);
  change(session, 'receive.discard', { manifest: input.quarantine, reason: input.reason }, (tx) => {
    removeQuarantine(tx, input.quarantine);
    setManifestVerdict(tx, 'in', input.quarantine, 'discarded');
  });
  session.unkept.delete(input.quarantine);
  return {};
}

function verify(session: OpenSession, inner: Uint8Array): VerifiedBundle {
  return openReceived(inner, ourCard(session), partners(session.store), session.context.now());
}

function requireQuarantine({ store, unkept }: OpenSession, manifest: string): Uint8Array {
  const row = /^[0-9a-f]{64}$/.test(manifest) ? (unkept.get(manifest) ?? quarantine(store, manifest)) : undefined;
  if (row === undefined) throw failure('store.not-found', { what: 'quarantine' });
  return row.inner;
}

function hold(session: OpenSession, bundle: VerifiedBundle, inner: Uint8Array): ReceivePlan {
  const position = positionOf(session, bundle);
  const { manifest, manifestHash } = bundle;
  const sequence = sequenceOf(session, manifest);
  const at = session.context.now().toISOString();
  const seen = {
    agency: manifest.issuer,
    epoch: manifest.epoch,
    sequence,
    manifest: manifestHash,
    direction: 'in',
    bundle: manifest.id,
    at,
  } as const;
  if (position.finding === 'fork') {
    change(session, 'receive.fork', { issuer: manifest.issuer, sequence, manifest: manifestHash }, (tx) =>
      addManifest(tx, { ...seen, verdict: 'fork' }),
    );
    throw failure('receive.fork', { sequence });
  }
  const plan = review(session, bundle);
  const isNews = plan.counts.new + plan.counts.changed + plan.counts.conflicting > 0;
  if (position.finding === 'replay' && !isNews) return planView(session, bundle, plan, position, 'known');
  const isKept = erasedAmong(session.store, contentsOf(bundle)).size === 0;
  const row = {
    manifest: manifestHash,
    issuer: manifest.issuer,
    epoch: manifest.epoch,
    sequence,
    records: bundle.records.length,
    receivedAt: at,
    inner,
  };
  change(
    session,
    'receive.quarantine',
    { issuer: manifest.issuer, sequence, manifest: manifestHash, records: bundle.records.length },
    (tx) => {
      if (isKept) addQuarantine(tx, row, encodeContents(contentsOf(bundle)));
      if (position.finding !== 'replay') addManifest(tx, { ...seen, verdict: 'quarantined' });
    },
  );
  // V104: decided on from memory, never written down
  if (!isKept) session.unkept.set(manifestHash, row);
  return planView(session, bundle, plan, position, 'review');
}

/** Every record in the bytes of a bundle, those that nobody vouches for included. */
function contentsOf(bundle: VerifiedBundle): HeldBy[] {
  const vouched = bundle.records.map(({ id, record }) => ({ id, author: record.author }));
  return [...vouched, ...bundle.unvouched.map(({ id, author }) => ({ id, author }))];
}

/** A bundle that was put aside and comes again is not a replay: nothing of it was decided. */
function positionOf(session: OpenSession, { manifest, manifestHash }: VerifiedBundle): StreamPosition {
  const seen = manifests(session.store, { direction: 'in', agency: manifest.issuer }).filter(
    (row) =>
      row.epoch === manifest.epoch && row.sequence > 0 && (row.manifest !== manifestHash || row.verdict === 'applied'),
  );
  const { sequence, previous } = ourPlace(session, manifest);
  return positionInStream({ sequence, hash: manifestHash, previous }, seen);
}

function sequenceOf(session: OpenSession, manifest: Manifest): number {
  return ourPlace(session, manifest).sequence;
}

/** B10 has made sure that we are in the audience. */
function ourPlace({ us }: OpenSession, manifest: Manifest): Manifest['audience'][number] {
  return manifest.audience.find(({ agency }) => agency === us) ?? { agency: us, sequence: 0, previous: null };
}

function review(session: OpenSession, bundle: VerifiedBundle): ReviewPlan {
  const plan = planReceive(ourKnowledge(session, bundle), bundle.records);
  const listed = new Set(partners(session.store).map(({ agency }) => agency));
  const unvouched = bundle.unvouched.map(({ id, author }) => ({ record: id, rule: listed.has(author) ? 'X2' : 'X1' }));
  const refused = [...plan.refused, ...unvouched];
  return { ...plan, refused, counts: { ...plan.counts, refused: refused.length } };
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

function planView(
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

function acceptedItems(plan: ReviewPlan, accept: Parsed<'receive.apply'>['accept']): PlanItem[] {
  const offered = plan.items.filter(({ state }) => state !== 'known');
  if (accept === 'all') return offered;
  const chosen = new Set(accept);
  const items = new Set(plan.items.map(({ item }) => item));
  for (const item of chosen) if (!items.has(item)) throw failure('receive.unknown-item', { item });
  return offered.filter(({ item }) => chosen.has(item));
}

function apply(
  session: OpenSession,
  tx: WriteDb,
  bundle: VerifiedBundle,
  records: VerifiedBundle['records'],
  input: Parsed<'receive.apply'>,
) {
  const { manifest, manifestHash } = bundle;
  const sequence = sequenceOf(session, manifest);
  const at = session.context.now().toISOString();
  const batch = newBatch(tx, { kind: 'receive', at, actor: session.user });
  putRecords(tx, batch, records);
  const byAttestation = Map.groupBy(records, ({ signed }) => signed);
  for (const [signed, placed] of byAttestation) {
    const id = addAttestation(tx, signed);
    placeRecords(
      tx,
      id,
      placed.map((one) => ({ id: one.id, leaf: one.leaf, proof: one.proof ?? [] })),
    );
  }
  if (input.case !== undefined) {
    const members = [
      ...new Set(
        records
          .filter(({ record }) => record.kind === 'entity' || record.kind === 'link')
          .map(({ record }) => record.subject),
      ),
    ];
    putRecords(
      tx,
      batch,
      membershipRecords(session, input.case, members, {
        tlp: manifest.handling.tlp,
        codes: [],
        purposes: [],
        legalBases: [],
      }),
    );
  }
  removeQuarantine(tx, manifestHash);
  addManifest(tx, {
    agency: manifest.issuer,
    epoch: manifest.epoch,
    sequence,
    manifest: manifestHash,
    direction: 'in',
    bundle: manifest.id,
    verdict: 'applied',
    at,
  });
  const last = stream(session.store, 'in', manifest.issuer);
  if (last === undefined || last.epoch < manifest.epoch || (last.epoch === manifest.epoch && last.sequence < sequence))
    saveStream(tx, 'in', { agency: manifest.issuer, epoch: manifest.epoch, sequence, manifest: manifestHash });
  return batch;
}

async function sealReceipt(
  session: OpenSession,
  { manifest, manifestHash, issuer }: VerifiedBundle,
  counts: { readonly accepted: number; readonly known: number; readonly held: number },
  plan: ReviewPlan,
): Promise<Uint8Array> {
  const { sign } = ourSecrets(session);
  const now = session.context.now();
  const byRule = Map.groupBy(plan.refused, ({ rule }) => rule);
  const refused = [...byRule]
    .map(([rule, list]) => ({ rule, count: list.length }))
    .toSorted((one, other) => compareText(one.rule, other.rule));
  const { inner } = encodeBundle(
    {
      kind: 'receipt',
      id: session.author.newSubject(),
      issuer: session.us,
      kid: ourCard(session).kid,
      audience: [{ agency: manifest.issuer, sequence: 0, previous: null }],
      epoch: 1,
      created: now.toISOString(),
      notAfter: new Date(now.getTime() + 365 * 24 * 60 * 60 * 1000).toISOString(),
      purpose: 'receipt',
      legalBases: [],
      handling: { tlp: 'TLP:AMBER+STRICT' },
      acks: [],
      withheldRecords: 0,
      receipt: { manifest: manifestHash, sequence: sequenceOf(session, manifest), ...counts, refused },
    },
    [],
    { sign },
  );
  return sealTo(issuer.card.keySet.sealing, inner);
}

/**
 * A receipt proves what the partner states it did, not what it did. The same one again changes nothing. Throws `receive.unknown-receipt` for one of a bundle that we
 * never sent it, and `receive.lost-release` when that may have been before our store was restored (backup.md U23).
 */
function enterReceipt(session: OpenSession, bundle: VerifiedBundle): ReceivePlan {
  const { manifest, manifestHash } = bundle;
  if (manifest.kind !== 'receipt') throw new Error('not a receipt');
  const { receipt, issuer } = manifest;
  const sent = findManifests(session.store, 'out', receipt.manifest).find(({ agency }) => agency === issuer);
  if (sent === undefined && wasRestored(session.store))
    throw failure('receive.lost-release', { sequence: receipt.sequence });
  if (sent === undefined || sent.sequence !== receipt.sequence) throw failure('receive.unknown-receipt', {});
  if (findManifests(session.store, 'in', manifestHash).length === 0) keepReceipt(session, manifest, manifestHash);
  const nothing = { items: [], refused: [], counts: { new: 0, changed: 0, conflicting: 0, known: 0, refused: 0 } };
  const view = planView(session, bundle, nothing, { finding: 'next', missing: [] }, 'receipt');
  return { ...view, sequence: receipt.sequence };
}

function keepReceipt(
  session: OpenSession,
  manifest: Extract<Manifest, { kind: 'receipt' }>,
  manifestHash: string,
): void {
  const { receipt, issuer } = manifest;
  const at = session.context.now().toISOString();
  change(
    session,
    'receive.receipt',
    { partner: issuer, manifest: receipt.manifest, accepted: receipt.accepted, held: receipt.held },
    (tx) => {
      addReceipt(tx, { ...receipt, partner: issuer, at });
      addManifest(tx, {
        agency: issuer,
        epoch: manifest.epoch,
        sequence: 0,
        manifest: manifestHash,
        direction: 'in',
        bundle: manifest.id,
        verdict: 'receipt',
        at,
      });
    },
  );
}
