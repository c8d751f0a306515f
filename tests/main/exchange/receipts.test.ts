import { expect, test } from 'vitest';
import { parseFrame } from '../../../src-shared/bundle/frame.ts';
import { unseal } from '../../../src-shared/bundle/seal.ts';
import { createdAgency } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';
import type { BarePartner } from '../../support/bare-partner.ts';
import { openFully } from '../../support/review.ts';

/** docs/formats/bundle.md B26: what a receipt says became of withdrawals, read with the keys of who gets it. */

async function scene() {
  const c = await createdAgency('Ostbruck Bureau', 'FR');
  const b = await barePartner(c, 'Suedhafen Office');
  const a = await barePartner(c, 'Northmark Agency', 'unknown');
  return { a, b, c };
}

/** What C says to B of a bundle, of which it takes these items. */
async function told({ b, c }: Awaited<ReturnType<typeof scene>>, groups: Groups, accept: 'all' | string[]) {
  const { quarantine } = await openFully(c, await b.sealed(groups));
  const { bytes = new Uint8Array() } = await c.call('receive.apply', { quarantine, accept });
  const { manifest } = parseFrame(await unseal([b.identity], bytes));
  if (manifest.kind !== 'receipt') throw new Error('no receipt');
  return manifest.receipt;
}

type Groups = Parameters<BarePartner['sealed']>[0];

function withdrawals(by: BarePartner, count: number) {
  return Array.from({ length: count }, () => {
    const target = by.person({ name: 'Invented Person' });
    return by.say({ kind: 'retract', targets: [target.id], action: 'correct' });
  });
}

test('[B26] withdrawals that a rule refused are counted and named with it, and nothing else is', async () => {
  const at = await scene();
  const [ours, theirs] = [withdrawals(at.b, 2), withdrawals(at.a, 3)];
  const groups = [
    at.b.group([...ours, at.b.person({ name: 'Second Person' })]),
    at.a.group([...theirs, at.a.person({ name: 'Third Person' })]),
  ];
  const { recalls, pendingRecalls, refusedRecalls, refused } = await told(at, groups, 'all');
  expect(recalls).toEqual({ applied: 2, pending: 0, refused: 3 });
  expect(refusedRecalls).toEqual(
    theirs
      .map(({ id }) => id)
      .toSorted()
      .map((record) => ({ record, rule: 'X1' })),
  );
  expect([pendingRecalls, refused]).toEqual([[], [{ rule: 'X1', count: 4 }]]);
});

test('[B26] of withdrawals that were not taken the lowest 256 are named, and all are counted', async () => {
  const at = await scene();
  const all = withdrawals(at.b, 300);
  const { recalls, pendingRecalls } = await told(at, [at.b.group(all)], []);
  expect(recalls).toEqual({ applied: 0, pending: 300, refused: 0 });
  expect(pendingRecalls).toEqual(
    all
      .map(({ id }) => id)
      .toSorted()
      .slice(0, 256),
  );
});
