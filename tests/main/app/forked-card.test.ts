import { expect, test } from 'vitest';
import { encodeCard } from '../../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../../src-shared/bundle/card.ts';
import { createdAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { northmark } from '../../support/bundle-samples.ts';
import { addEntity, openCase, releaseRequest } from '../../support/case-steps.ts';
import { changedCard, listed, testKey } from '../../support/key-changes.ts';

/** [K19] Whoever holds the root keys of a partner has signed two histories: bundle.md K19, vault.md V147. */

const root = testKey('forked root');
const [good, evil, later] = [testKey('forked good'), testKey('forked evil'), testKey('forked later')];
const publicKey = Uint8Array.from(Buffer.from(root.listed.publicKey, 'hex'));
const first = encodeCard(
  { agency: { name: 'Crafted Office', country: 'FR', sample: false }, publicKey, sealing: [northmark.recipient] },
  root.sign,
);
const two = changedCard(first, { signing: listed(good) }, [root], good);
const twoAgain = changedCard(first, { signing: listed(evil) }, [root], evil);
const threeOfGood = changedCard(two, { signing: listed(later) }, [root], later);
const threeOfEvil = changedCard(twoAgain, { signing: listed(later) }, [root], later);

async function holding(card: PartnerCard): Promise<TestAgency> {
  const agency = await createdAgency('Suedhafen Office', 'DE');
  const { agency: partner, words } = await agency.call('partner.add', { bytes: card.bytes });
  await agency.call('partner.confirm', { agency: partner, words, with: 'Cleo', channel: 'phone' });
  return agency;
}

async function partnerOf(agency: TestAgency) {
  const { partners } = await agency.call('partner.list', {});
  expect(partners).toHaveLength(1);
  return partners[0];
}

test.each([
  ['another key set of the same version', two, twoAgain],
  ['a longer chain that leaves the held one', two, threeOfEvil],
  ['a shorter chain that the held one left', threeOfGood, twoAgain],
])('[K19] %s is a fork: refused, kept as evidence, and the partner is trusted no more', async (_name, held, found) => {
  const agency = await holding(held);
  const before = await partnerOf(agency);
  expect(before).toMatchObject({ state: 'confirmed', forks: [] });
  expect(await agency.refusal('partner.add', { bytes: found.bytes })).toBe('partner.forked-card');
  const after = await partnerOf(agency);
  expect(after).toMatchObject({ state: 'changed', keyVersion: held.keySet.version, code: before?.code });
  expect(after?.forks).toHaveLength(1);
  const { entries } = await agency.call('audit.list', { limit: 5 });
  expect(entries.map(({ action }) => action)).toContain('partner.forked-card');
});

test('[K19] nothing is sealed to a partner whose card forked, until people have compared words again', async () => {
  const agency = await holding(two);
  const id = await openCase(agency);
  await addEntity(agency, id, 'phone', { number: '+44 7700 900123' });
  const stops = async () =>
    (await agency.call('release.preview', releaseRequest(id, first.agencyId))).stops.filter((one) => !one.answerable);
  expect(await stops()).toEqual([]);
  await agency.refusal('partner.add', { bytes: twoAgain.bytes });
  expect((await stops()).map(({ rule }) => rule)).toEqual(['P10']);
  const partner = await partnerOf(agency);
  const words = { agency: first.agencyId, words: partner?.words ?? '', with: 'Cleo', channel: 'in person' };
  expect(await agency.call('partner.confirm', words)).toMatchObject({
    state: 'confirmed',
    forks: [expect.any(String)],
  });
  expect(await stops()).toEqual([]);
});

test('[K19] a card that goes on where the forked one does is a fork as well, and one that goes on where ours does is taken', async () => {
  const agency = await holding(two);
  await agency.refusal('partner.add', { bytes: twoAgain.bytes });
  expect(await agency.refusal('partner.add', { bytes: threeOfEvil.bytes })).toBe('partner.forked-card');
  const went = await agency.call('partner.add', { bytes: threeOfGood.bytes });
  expect(went, 'its keys went on, but nobody has spoken yet').toMatchObject({ state: 'changed', keyVersion: 3 });
  expect(went.forks).toHaveLength(2);
});

test('[K19] a fork of a partner who was revoked leaves it revoked', async () => {
  const agency = await holding(two);
  await agency.call('partner.revoke', { agency: first.agencyId, reason: 'gone' });
  expect(await agency.refusal('partner.add', { bytes: twoAgain.bytes })).toBe('partner.forked-card');
  expect(await partnerOf(agency)).toMatchObject({ state: 'revoked', forks: [expect.any(String)] });
});

test('[V147] the same forked card, added again, is the same evidence', async () => {
  const agency = await holding(two);
  for (const card of [twoAgain, twoAgain, threeOfEvil, twoAgain])
    expect(await agency.refusal('partner.add', { bytes: card.bytes })).toBe('partner.forked-card');
  expect((await partnerOf(agency))?.forks).toHaveLength(2);
});
