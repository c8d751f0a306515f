import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import { sealTo } from '../../../src-shared/bundle/seal.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { ReviewPlan } from '../../exchange/plan-receive.ts';
import { wasRestored } from '../../store/epoch.ts';
import { addReceipt } from '../../store/ledger.ts';
import { addManifest, findManifests } from '../../store/streams.ts';
import { ourCard, ourSecrets } from '../our-keys.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { sequenceOf } from './place.ts';
import { planView } from './review.ts';

type Manifest = VerifiedBundle['manifest'];

export async function sealReceipt(
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
export function enterReceipt(session: OpenSession, bundle: VerifiedBundle): ReceivePlan {
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
