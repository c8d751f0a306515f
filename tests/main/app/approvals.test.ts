import { expect, test } from 'vitest';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import { confirmedPair } from '../../support/agency.ts';
import { addEntity, openCase, receiveAll, releaseRequest, sealing } from '../../support/case-steps.ts';
import { asPia, nothingNew, twoOfficers } from '../../support/officers.ts';

/** A vault of two officers whose releases need both, with a case to release to B. */
async function stage() {
  const { a, b, idA, idB } = await confirmedPair();
  const { olga, officers } = await twoOfficers(a, { releases: 2 });
  await b.call('partner.add', { bytes: (await olga.call('partner.card', {})).bytes });
  await b.call('partner.require', { agency: AgencyId.parse(idA), approvals: 2 });
  const id = await openCase(olga);
  await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
  return { olga, b, id, idA, idB, officers };
}

test('[K22, V146] a release that needs two officers leaves when both have approved, and the recipient sees who did', async () => {
  const { olga, b, id, idB, officers } = await stage();
  const request = releaseRequest(id, idB);
  const preview = await olga.call('release.preview', request);
  expect(preview.stops).toContainEqual(expect.objectContaining({ rule: 'P30', answerable: false }));
  const asked = sealing(request, preview);
  expect(await olga.refusal('release.seal', asked)).toBe('release.stopped');
  const { id: pending, missing } = await olga.call('release.ask', asked);
  expect(missing).toBe(1);
  expect(await olga.refusal('release.approve', { id: pending, digest: preview.digest })).toBe('approval.own-request');
  expect(await olga.refusal('release.decline', { id: pending, reason: 'no' })).toBe('approval.own-request');
  expect(await olga.refusal('release.seal', asked), 'one approval is not two').toBe('release.stopped');

  const pia = await asPia(olga);
  const [waiting] = (await pia.call('release.pending', {})).pending;
  expect(waiting).toMatchObject({ by: 'Olga Officer', canApprove: true, isComplete: false, needed: 2 });
  const seen = await pia.call('release.preview', request);
  expect(seen.digest).toBe(preview.digest);
  expect(await pia.refusal('release.approve', { id: pending, digest: '0'.repeat(64) })).toBe(
    'release.changed-since-preview',
  );
  expect(await pia.call('release.approve', { id: pending, digest: seen.digest })).toMatchObject({
    isComplete: true,
    canApprove: false,
  });
  expect(await pia.refusal('release.approve', { id: pending, digest: seen.digest })).toBe('approval.already-given');
  const sealed = await pia.call('release.seal', asked);
  expect((await pia.call('release.pending', {})).pending).toEqual([]);
  expect(await pia.refusal('release.seal', asked), 'approvals are used up').toBe('release.stopped');
  const { plan } = await receiveAll(b, sealed.bytes);
  expect(plan.counts.new).toBeGreaterThan(0);
  expect(plan.approvals).toEqual({ required: 2, by: officers.toSorted() });
});

test('[K22] what changed after it was approved is not what was approved', async () => {
  const { olga, id, idB } = await stage();
  const request = releaseRequest(id, idB);
  const preview = await olga.call('release.preview', request);
  const { id: pending } = await olga.call('release.ask', sealing(request, preview));
  const pia = await asPia(olga);
  await pia.call('release.approve', { id: pending, digest: preview.digest });
  await addEntity(pia, id, 'phone', { number: '+44 7700 900456' });
  const again = await pia.call('release.preview', request);
  expect(again.digest).not.toBe(preview.digest);
  expect(await pia.refusal('release.seal', sealing(request, again))).toBe('release.stopped');
  const { id: second } = await pia.call('release.ask', sealing(request, again));
  await addEntity(pia, id, 'phone', { number: '+44 7700 900789' });
  const third = await pia.call('release.preview', request);
  expect(second).not.toBe(pending);
  expect(await pia.refusal('release.approve', { id: pending, digest: third.digest })).toBe(
    'release.changed-since-preview',
  );
});

test('a refusal ends the request, with its reason in the vault and not in the log', async () => {
  const { olga, id, idB } = await stage();
  const request = releaseRequest(id, idB);
  const asked = sealing(request, await olga.call('release.preview', request));
  const { id: first } = await olga.call('release.ask', asked);
  await olga.call('release.withdraw', { id: first });
  const { id: pending } = await olga.call('release.ask', asked);
  const pia = await asPia(olga);
  expect(await pia.refusal('release.approve', { id: first, digest: asked.digest })).toBe('approval.not-waiting');
  await pia.call('release.decline', { id: pending, reason: 'Sergo Madeupson is ours' });
  expect(await pia.refusal('release.approve', { id: pending, digest: asked.digest })).toBe('approval.not-waiting');
  expect(JSON.stringify(await pia.call('audit.list', { limit: 500 }))).not.toContain('Madeupson');
});

test('an officer whose key may not approve, or who has none, does not', async () => {
  const { a, idB } = await confirmedPair();
  const { olga, officers } = await twoOfficers(a);
  const id = await openCase(olga);
  await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
  const wish = { ...nothingNew, root: officers, threshold: 2, approving: officers.slice(0, 1), releases: 1 };
  const { proposal } = await olga.call('keys.rotate', wish);
  const pia = await asPia(olga);
  await pia.call('keys.sign', { proposal });
  const request = releaseRequest(id, idB);
  const asked = sealing(request, await pia.call('release.preview', request));
  expect(await pia.call('release.ask', asked), 'no approval of her own').toMatchObject({ missing: 1 });
});

test('[K22] a recipient that requires approvals refuses a file without them, and nothing changes', async () => {
  const { a, b, idA, idB } = await confirmedPair();
  await b.call('partner.require', { agency: AgencyId.parse(idA), approvals: 1 });
  const id = await openCase(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const request = releaseRequest(id, idB);
  const sealed = await a.call('release.seal', sealing(request, await a.call('release.preview', request)));
  expect(await b.refusal('receive.open', { bytes: sealed.bytes })).toBe('bundle.too-few-approvals');
  await b.call('partner.require', { agency: AgencyId.parse(idA), approvals: 0 });
  await receiveAll(b, sealed.bytes);
});

test('[K22] what a recipient’s card requires is needed of us', async () => {
  const { a, b, idB } = await confirmedPair();
  await b.call('keys.rotate', { ...nothingNew, requires: 1 });
  await a.call('partner.add', { bytes: (await b.call('partner.card', {})).bytes });
  const id = await openCase(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const { stops } = await a.call('release.preview', releaseRequest(id, idB));
  expect(stops).toContainEqual(expect.objectContaining({ rule: 'P30' }));
});
