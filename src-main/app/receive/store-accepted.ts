import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import type { BatchId, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { Handling } from '../../../src-shared/domain/record.ts';
import { addAttestation, placeRecords, unproven } from '../../store/attestations.ts';
import { keepVouchedCard } from '../../store/vouching.ts';
import { newBatch } from '../../store/batches.ts';
import type { BulkWriter } from '../../store/bulk.ts';
import type { WriteDb } from '../../store/connection.ts';
import { removeQuarantine } from '../../store/quarantine.ts';
import { addReceivedBatch, addRepeats, earlierBatches } from '../../store/received.ts';
import { putRecords } from '../../store/records.ts';
import { addManifest } from '../../store/streams.ts';
import { nextId } from '../../store/truth.ts';
import type { AttestationId, IdentifiedRecord } from '../../store/types.ts';
import { membershipRecords } from '../handlers/case-handlers.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import { moveOn } from './place.ts';
import { requireQuarantine } from './waiting.ts';

/** What of a bundle goes into the store. */
export interface Accepted {
  readonly bundle: VerifiedBundle;
  readonly records: VerifiedBundle['records'];
  /** Records of the bundle that are held already. */
  readonly again: readonly RecordId[];
  readonly sequence: number;
  /** A case of ours that it goes into as well. */
  readonly into?: SubjectId;
}

type Step = readonly [done: number, total: number];
type Put = (records: readonly IdentifiedRecord[]) => void;

/** Records that are stored before other messages get through. */
const AT_ONCE = 128;
const MEMBERS_AT_ONCE = 1024;

/** In one piece. */
export function storeAccepted(session: OpenSession, tx: WriteDb, accepted: Accepted): BatchId {
  const batch = newReceivedBatch(session, tx);
  const steps = storing(session, tx, accepted, batch, (records) => void putRecords(tx, batch, records));
  while (steps.next().done !== true);
  return batch;
}

/** The same in slices: others are answered meanwhile, and a cancelled one leaves nothing. */
export async function storeInSlices(
  session: OpenSession,
  { tx, put }: BulkWriter,
  accepted: Accepted,
  job: Job,
): Promise<BatchId> {
  const batch = newReceivedBatch(session, tx);
  for (const [done, total] of storing(session, tx, accepted, batch, (records) => void put(batch, records))) {
    await job.step('records', done, total);
  }
  return batch;
}

function newReceivedBatch({ context, user }: OpenSession, tx: WriteDb): BatchId {
  return newBatch(tx, { kind: 'receive', at: context.now().toISOString(), actor: user });
}

function* storing(session: OpenSession, tx: WriteDb, accepted: Accepted, batch: BatchId, put: Put): Generator<Step> {
  const { bundle, records } = accepted;
  const total = records.length;
  // somebody else may have decided on it meanwhile
  requireQuarantine(session, bundle.manifestHash);
  // before anything is put: a bulk change may put off the index of ids
  addRepeats(tx, batch, yield* repeatsIn(tx, accepted));
  const attestations = new Map<string, AttestationId>();
  const firstNew = nextId(tx, 'attestations');
  proveAgain(tx, accepted, attestations);
  yield [0, total];
  for (let at = 0; at < total; at += AT_ONCE) {
    const some = records.slice(at, at + AT_ONCE);
    put(some);
    place(tx, some, bundle, attestations);
    yield [at + some.length, total];
  }
  if (accepted.into !== undefined) {
    for (const members of membersOf(records)) {
      put(membershipRecords(session, accepted.into, members, handlingOf(bundle)));
      yield [total, total];
    }
  }
  const fresh = [...attestations.values()].filter((id) => id >= firstNew);
  addReceivedBatch(tx, batch, { manifest: bundle.manifestHash, attestations: fresh });
  keepCards(tx, accepted, session.context.now().toISOString());
  remember(session, tx, accepted);
}

function* repeatsIn(tx: WriteDb, { again, records }: Accepted): Generator<Step, ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  const ids = [...again, ...records.map(({ id }) => id)];
  for (let at = 0; at < ids.length; at += MEMBERS_AT_ONCE) {
    yield [0, records.length];
    for (const [batch, n] of earlierBatches(tx, ids.slice(at, at + MEMBERS_AT_ONCE)))
      counts.set(batch, (counts.get(batch) ?? 0) + n);
  }
  return counts;
}

/** V176: what we hold without a proof gets the one that came now. */
function proveAgain(tx: WriteDb, { bundle, again }: Accepted, attestations: Map<string, AttestationId>): void {
  const missing = unproven(tx, again);
  if (missing.size === 0) return;
  const proven = bundle.records.filter(({ id }) => missing.has(id));
  place(tx, proven, bundle, attestations, 'replaced');
}

/** A batch that came whole came without proofs: its leaves are kept instead, so that a part of it can be passed on (bundle.md B27). */
function place(
  tx: WriteDb,
  records: VerifiedBundle['records'],
  bundle: VerifiedBundle,
  attestations: Map<string, AttestationId>,
  earlier: 'kept' | 'replaced' = 'kept',
): void {
  for (const [signed, placed] of Map.groupBy(records, (one) => one.signed)) {
    const key = canonicalText(signed);
    const came = bundle.attestations.find((one) => one.signed === signed);
    const leaves = signed.attestation.size > 1 ? came?.leaves : undefined;
    const id = attestations.get(key) ?? addAttestation(tx, signed, leaves, came?.vouchedBy);
    attestations.set(key, id);
    placeRecords(
      tx,
      id,
      placed.map(({ id: record, leaf, proof = [] }) => ({ id: record, leaf, ...(leaves === undefined && { proof }) })),
      earlier,
    );
  }
}

/** B21: the cards by which authors of accepted records were proven. */
function keepCards(tx: WriteDb, { bundle, records }: Accepted, at: string): void {
  const vouched = new Set(records.flatMap(({ record, vouchedBy }) => (vouchedBy === undefined ? [] : [record.author])));
  const { issuer } = bundle.manifest;
  for (const { agencyId: agency, card, bytes } of bundle.cards)
    if (vouched.has(agency)) keepVouchedCard(tx, { agency, issuer, name: card.agency.name, card: bytes }, at);
}

function* membersOf(records: VerifiedBundle['records']): Generator<readonly SubjectId[]> {
  const members = new Set<SubjectId>();
  for (const { record } of records) if (record.kind === 'entity' || record.kind === 'link') members.add(record.subject);
  const all = [...members];
  for (let at = 0; at < all.length; at += MEMBERS_AT_ONCE) yield all.slice(at, at + MEMBERS_AT_ONCE);
}

function handlingOf({ manifest }: VerifiedBundle): Handling {
  return { tlp: manifest.handling.tlp, codes: [], purposes: [], legalBases: [] };
}

/** It waits no more, and the stream has moved on. */
function remember({ context }: OpenSession, tx: WriteDb, { bundle, sequence }: Accepted): void {
  const { manifest, manifestHash } = bundle;
  const { issuer: agency, epoch } = manifest;
  const at = context.now().toISOString();
  removeQuarantine(tx, manifestHash);
  const place = { agency, epoch, sequence, manifest: manifestHash };
  addManifest(tx, { ...place, direction: 'in', bundle: manifest.id, verdict: 'applied', at });
  moveOn(tx, place);
}
