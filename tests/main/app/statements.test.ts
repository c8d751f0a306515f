import { describe, expect, test } from 'vitest';
import { parseFrame } from '../../../src-shared/bundle/frame.ts';
import { toHex } from '../../../src-shared/crypto/hash.ts';
import type { EncodedBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import { createdAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';
import type { BarePartner } from '../../support/bare-partner.ts';

/** docs/formats/bundle.md Q1: what a partner signed is kept as it came, whatever became of it. */

async function scene() {
  const at = await createdAgency('Suedhafen Office', 'DE');
  const partner = await barePartner(at);
  const { agencyId: us } = await at.call('vault.status', {});
  const say = (sequence: number, more: object = {}) =>
    partner.bundle([partner.group([partner.person({ name: 'Sergo Madeupson' })])], {
      audience: [{ agency: us, sequence, previous: sequence > 1 ? '0'.repeat(64) : null }],
      ...more,
    });
  return { at, partner, us, say };
}

/** Manifest bytes and signature, as the file had them. */
function statedIn({ inner }: EncodedBundle): object {
  const { manifestBytes, signature } = parseFrame(inner);
  return { manifest: Buffer.from(manifestBytes).toString('base64url'), signature: toHex(signature) };
}

async function kept(
  at: TestAgency,
  partner: BarePartner,
  { manifestHash }: EncodedBundle,
): Promise<object | undefined> {
  const { bytes } = await at.call('stream.evidence', { agency: partner.id, manifests: [manifestHash] });
  const { statements } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly statements: readonly object[] };
  return statements[0];
}

describe('[Q1, V170] a statement is kept with its bytes and its signature', () => {
  test('while its bundle waits, when nothing of it was taken, and when its number had been used', async () => {
    const { at, partner, say } = await scene();
    const [first, twin] = [say(1), say(1)];
    const { quarantine } = await at.call('receive.open', { bytes: await partner.seal(first.inner) });
    expect(await kept(at, partner, first)).toMatchObject(statedIn(first));
    await at.call('receive.discard', { quarantine, reason: 'not ours' });
    expect(await kept(at, partner, first)).toMatchObject(statedIn(first));
    expect(await at.refusal('receive.open', { bytes: await partner.seal(twin.inner) })).toBe('receive.fork');
    expect(await kept(at, partner, twin)).toMatchObject(statedIn(twin));
  });

  test('of a receipt too, also for something that we never sent', async () => {
    const { at, partner, us } = await scene();
    const counts = { sequence: 4, accepted: 1, known: 0, held: 0, refused: [], pendingRecalls: [], refusedRecalls: [] };
    const recalls = { applied: 0, pending: 0, refused: 0 };
    const receipt = partner.bundle([], {
      kind: 'receipt',
      audience: [{ agency: us, sequence: 0, previous: null }],
      sent: null,
      receipt: { ...counts, manifest: 'f'.repeat(64), recalls, audit: { root: 'e'.repeat(64), size: 7 } },
    });
    const bytes = await partner.seal(receipt.inner);
    expect(await at.refusal('receive.open', { bytes })).toBe('receive.unknown-receipt');
    expect(await kept(at, partner, receipt)).toMatchObject(statedIn(receipt));
  });

  test('but not of what Q7 refuses, nor of what did not open', async () => {
    const { at, partner, say } = await scene();
    const far = say(1002);
    expect(await at.refusal('receive.open', { bytes: await partner.seal(far.inner) })).toBe('receive.fast-forward');
    const changed = say(1);
    const inner = changed.inner.slice();
    inner[inner.length - 1] = 1;
    expect(await at.refusal('receive.open', { bytes: await partner.seal(inner) })).toBe('bundle.damaged');
    for (const { manifestHash } of [far, changed]) {
      const asked = { agency: partner.id, manifests: [manifestHash] };
      expect(await at.refusal('stream.evidence', asked)).toBe('store.not-found');
    }
  });
});
