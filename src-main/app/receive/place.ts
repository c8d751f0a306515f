import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { positionInStream } from '../../exchange/stream.ts';
import type { StreamPosition } from '../../exchange/stream.ts';
import { manifests } from '../../store/streams.ts';
import type { OpenSession } from '../session.ts';

type Manifest = VerifiedBundle['manifest'];

/** A bundle that was put aside and comes again is not a replay: nothing of it was decided. */
export function positionOf(session: OpenSession, { manifest, manifestHash }: VerifiedBundle): StreamPosition {
  const seen = manifests(session.store, { direction: 'in', agency: manifest.issuer }).filter(
    (row) =>
      row.epoch === manifest.epoch && row.sequence > 0 && (row.manifest !== manifestHash || row.verdict === 'applied'),
  );
  const { sequence, previous } = ourPlace(session, manifest);
  return positionInStream({ sequence, hash: manifestHash, previous }, seen);
}

export function sequenceOf(session: OpenSession, manifest: Manifest): number {
  return ourPlace(session, manifest).sequence;
}

/** B10 has made sure that we are in the audience. */
function ourPlace({ us }: OpenSession, manifest: Manifest): Manifest['audience'][number] {
  return manifest.audience.find(({ agency }) => agency === us) ?? { agency: us, sequence: 0, previous: null };
}
