import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { ReviewPlan } from '../../exchange/plan-receive.ts';
import { addAttestation, placeRecords } from '../../store/attestations.ts';
import { newBatch } from '../../store/batches.ts';
import { removeQuarantine } from '../../store/quarantine.ts';
import { putRecords } from '../../store/records.ts';
import { addManifest, saveStream, stream } from '../../store/streams.ts';
import type { WriteDb } from '../../store/connection.ts';
import { fileNameFor } from '../file-names.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { membershipRecords, requireCase } from '../handlers/case-handlers.ts';
import { sequenceOf } from './place.ts';
import { sealReceipt } from './receipt.ts';
import { verify, requireQuarantine, review } from './review.ts';

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
