import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { comparePlaces, isNewEpoch, positionInStream } from '../../exchange/stream.ts';
import type { KnownBundle, StreamPosition } from '../../exchange/stream.ts';
import type { ReadDb, WriteDb } from '../../store/connection.ts';
import { addStatement, statements } from '../../store/statements.ts';
import type { Evidence, StatementRow } from '../../store/statements.ts';
import { addManifest, manifests, saveStream, stream } from '../../store/streams.ts';
import type { ManifestVerdict, StreamRow } from '../../store/types.ts';
import type { OpenSession } from '../session.ts';

type Manifest = VerifiedBundle['manifest'];

/** What the issuer's stream says of a bundle (docs/formats/bundle.md, Q3). One that was put aside and comes again is not a replay: nothing of it was decided. */
export function positionOf(session: OpenSession, { manifest, manifestHash }: VerifiedBundle): StreamPosition {
  const { sequence, previous } = ourPlace(session, manifest);
  const { epoch, issuer, created: saidAt } = manifest;
  const ack = ackOf(session, manifest);
  const bundle = { epoch, sequence, manifest: manifestHash, previous, saidAt, ...(ack !== undefined && { ack }) };
  const said = statements(session.store, issuer);
  return positionInStream(bundle, knownBundles(session.store, issuer, said), said, session.context.now());
}

/** Q6: an officer has said yes to this very epoch, where it is new. Throws `receive.new-epoch`. */
export function requireAgreed(session: OpenSession, { manifest }: VerifiedBundle, agreed: number | undefined): void {
  const { issuer, epoch } = manifest;
  if (agreed === epoch) return;
  const known = knownBundles(session.store, issuer, statements(session.store, issuer));
  if (isNewEpoch(epoch, known)) throw failure('receive.new-epoch', { epoch });
}

/** The number of a bundle in its issuer's stream to us; 0 of a receipt. */
export function sequenceOf(session: OpenSession, manifest: Manifest): number {
  return ourPlace(session, manifest).sequence;
}

/** Every data bundle of a partner that we know of, with what its manifest names before it, by when it came. */
export function knownBundles(
  db: ReadDb,
  agency: AgencyId,
  said: readonly StatementRow[],
): (KnownBundle & { readonly at: string })[] {
  const data = new Map(said.flatMap((row) => (row.kind === 'data' ? [[row.manifest, row.previous ?? null]] : [])));
  return manifests(db, { direction: 'in', agency })
    .filter(({ sequence }) => sequence > 0)
    .map(({ epoch, sequence, manifest, verdict, at }) => {
      const previous = data.get(manifest);
      return { epoch, sequence, manifest, verdict, at, ...(previous !== undefined && { previous }) };
    })
    .toSorted((one, other) => compareText(one.at, other.at));
}

/** What we had of a stream, where this goes further: `acks` say it from then on. */
export function moveOn(tx: WriteDb, place: StreamRow): void {
  const last = stream(tx, 'in', place.agency);
  if (last === undefined || comparePlaces(place, last) > 0) saveStream(tx, 'in', place);
}

/** Q1: keeps what a manifest says for ever, as it came, and what became of it. */
export function keepStatement(
  session: OpenSession,
  tx: WriteDb,
  bundle: VerifiedBundle,
  verdict: ManifestVerdict,
): void {
  const { manifest, manifestHash } = bundle;
  const { issuer: agency, epoch, id } = manifest;
  const said = statementOf(session, bundle);
  addStatement(tx, said);
  addManifest(tx, {
    agency,
    epoch,
    sequence: sequenceOf(session, manifest),
    manifest: manifestHash,
    direction: 'in',
    bundle: id,
    verdict,
    at: said.at,
  });
}

/** Q1: what a manifest says of both streams, with its bytes as they came. */
function statementOf(
  session: OpenSession,
  bundle: VerifiedBundle,
): Omit<StatementRow, 'log'> & Omit<Evidence, 'manifest'> {
  const { manifest, manifestHash, statement } = bundle;
  const { previous, sequence } = ourPlace(session, manifest);
  const ack = ackOf(session, manifest);
  const place = manifest.kind === 'data' ? sequence : sentIn(manifest);
  return {
    manifest: manifestHash,
    agency: manifest.issuer,
    kind: manifest.kind,
    epoch: manifest.epoch,
    ...(place !== undefined && { sequence: place }),
    ...(previous !== null && { previous }),
    saidAt: manifest.created,
    ...(ack !== undefined && { ack }),
    at: session.context.now().toISOString(),
    bytes: statement.manifestBytes,
    signature: statement.signature,
  };
}

/** Q2: where a receipt stands. What was sealed before the issuer's epoch is before its first; one of version 1 does not say. */
function sentIn({ v, epoch, sent }: Extract<Manifest, { kind: 'receipt' }>): number | undefined {
  if (v === 1) return undefined;
  return sent?.epoch === epoch ? sent.sequence : 0;
}

/** B10 has made sure that we are in the audience. */
function ourPlace({ us }: OpenSession, manifest: Manifest): Manifest['audience'][number] {
  return manifest.audience.find(({ agency }) => agency === us) ?? { agency: us, sequence: 0, previous: null };
}

/** What the issuer has of our stream. Its acks name whom they thank; with several in the audience only one is ours. */
function ackOf({ us }: OpenSession, { acks }: Manifest): StatementRow['ack'] {
  const ack = acks.find(({ agency }) => agency === us);
  return ack === undefined ? undefined : { epoch: ack.epoch, sequence: ack.sequence, manifest: ack.manifest };
}
