import { expect, test } from 'vitest';
import { parseCard } from '../../../src-shared/bundle/card.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { Input } from '../../../src-shared/contract/methods.ts';
import { confirmedPair, createdAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { addEntity, openCase, receiveAll, release } from '../../support/case-steps.ts';
import { asOlga, asPia, asUser, nothingNew, PIA, twoOfTwo } from '../../support/officers.ts';

async function cardOf(agency: TestAgency) {
  return parseCard((await agency.call('partner.card', {})).bytes);
}

test('new keys take effect at once where one officer is enough, and what was signed before stays good', async () => {
  const { a, b, idA, idB } = await confirmedPair();
  const id = await openCase(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const first = await release(a, id, idB);
  const before = await cardOf(a);
  const changed = await a.call('keys.rotate', { ...nothingNew, newSigning: true, newSealing: true });
  expect(changed).toMatchObject({ isEffective: true, version: 2 });
  const after = await cardOf(a);
  expect(after.agencyId).toBe(before.agencyId);
  expect(after.kid).not.toBe(before.kid);
  expect(after.keySet.sealing).not.toEqual(before.keySet.sealing);

  await receiveAll(b, first.sealed.bytes);
  await addEntity(a, id, 'phone', { number: '+44 7700 900456' });
  const second = await release(a, id, idB);
  expect(await b.refusal('receive.open', { bytes: second.sealed.bytes }), 'signed by keys not seen yet').toBe(
    'bundle.bad-signature',
  );
  const seen = await b.call('partner.add', { bytes: after.bytes });
  expect(seen).toMatchObject({ agency: idA, state: 'confirmed', keyVersion: 2 });
  expect((await receiveAll(b, second.sealed.bytes)).plan.counts).toMatchObject({ new: 1 });
});

test('what was sealed to the card before still opens, and the screen says until when', async () => {
  const { a, b, idA } = await confirmedPair();
  const id = await openCase(b);
  await addEntity(b, id, 'phone', { number: '+44 7700 900123' });
  const sealed = await release(b, id, idA);
  await a.call('keys.rotate', { ...nothingNew, newSealing: true });
  expect((await a.call('keys.show', {})).earlierOpenUntil).toHaveLength(1);
  const again = await asOlga(a);
  expect((await receiveAll(again, sealed.sealed.bytes)).plan.counts.new).toBeGreaterThan(0);
});

test('[V145] two of two: the change waits, the other officer signs it, and then it takes effect for everybody', async () => {
  const { agency, proposed } = await twoOfTwo(await createdAgency('Northmark Agency'));
  expect(proposed).toMatchObject({ isEffective: false, version: 2 });
  expect(await agency.refusal('keys.sign', { proposal: proposed.proposal })).toBe('keys.already-signed');
  expect(await agency.refusal('keys.rotate', nothingNew)).toBe('keys.proposal-waits');
  const waiting = (await agency.call('keys.show', {})).proposal;
  expect(waiting).toMatchObject({ by: PIA.name, canSign: false, missing: { old: 0, new: 1 } });
  expect(waiting?.awaited.map(({ user }) => user)).toEqual(['Olga Officer']);
  expect((await cardOf(agency)).keySet.version).toBe(1);

  const olga = await asOlga(agency);
  expect((await olga.call('keys.show', {})).proposal).toMatchObject({ canSign: true });
  expect(await olga.call('keys.sign', { proposal: proposed.proposal })).toMatchObject({ isEffective: true });
  const keys = await olga.call('keys.show', {});
  expect(keys.proposal).toBeUndefined();
  expect(keys.versions.map(({ version, threshold }) => [version, threshold])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(keys.isRootShared).toBe(false);
  expect((await cardOf(olga)).card.v).toBe(2);
  expect(await olga.call('store.check', {})).toBeDefined();
});

test('with two root keys needed, one officer changes nothing alone', async () => {
  const { agency, proposed, officers } = await twoOfTwo(await createdAgency('Northmark Agency'));
  const olga = await asOlga(agency);
  await olga.call('keys.sign', { proposal: proposed.proposal });
  const alone = { ...nothingNew, newSigning: true };
  expect(await olga.call('keys.rotate', alone), 'back to the agency’s key alone').toMatchObject({ isEffective: false });
  const { proposal } = await olga.call('keys.show', {});
  expect(proposal).toMatchObject({ missing: { old: 1, new: 0 } });
  await olga.call('keys.discard', { proposal: proposal?.id ?? '', reason: 'a mistake' });
  expect(await olga.refusal('keys.sign', { proposal: proposal?.id ?? '' })).toBe('keys.no-proposal');
  const both = await olga.call('keys.rotate', { ...alone, root: officers, threshold: 2 });
  const pia = await asPia(olga);
  expect(await pia.call('keys.sign', { proposal: both.proposal })).toMatchObject({ isEffective: true, version: 3 });
});

test('what cannot be put together is refused by its rule', async () => {
  const a = await createdAgency('Northmark Agency');
  const { kid } = await a.call('keys.make', {});
  const current = (await cardOf(a)).kid;
  const cases: readonly Partial<Input<'keys.rotate'>>[] = [
    { threshold: 2 },
    { root: [kid], threshold: 2 },
    { root: ['0'.repeat(16)] },
    { approving: ['0'.repeat(16)] },
    { releases: 1 },
    { revoke: [current] },
    { revoke: [kid] },
  ];
  for (const each of cases) expect(await a.refusal('keys.rotate', { ...nothingNew, ...each })).toBe('keys.invalid');
  expect((await cardOf(a)).keySet.version).toBe(1);
  expect(await a.call('keys.rotate', { ...nothingNew, newSigning: true, revoke: [current] })).toMatchObject({
    isEffective: true,
  });
});

test('an officer whose key counts nowhere cannot sign', async () => {
  const { agency, proposed, officers } = await twoOfTwo(await createdAgency('Northmark Agency'));
  const olga = await asOlga(agency);
  await olga.call('keys.sign', { proposal: proposed.proposal });
  await olga.call('vault.add-user', { name: 'Quin', role: 'officer', passphrase: 'a third lantern' });
  const wish = { ...nothingNew, root: officers, threshold: 2, newSigning: true };
  const quin = await asUser(olga, 'Quin', 'a third lantern');
  expect(await quin.refusal('keys.rotate', wish)).toBe('keys.cannot-sign');
});

test('[K19] a rolled back card is refused, and a version may be skipped', async () => {
  const { a, b, idA } = await confirmedPair();
  const old = await cardOf(a);
  await a.call('keys.rotate', { ...nothingNew, newSigning: true });
  const two = await cardOf(a);
  await b.call('partner.add', { bytes: two.bytes });
  expect(await b.refusal('partner.add', { bytes: old.bytes })).toBe('card.rolled-back');
  expect((await b.call('partner.list', {})).partners).toMatchObject([{ state: 'confirmed', keyVersion: 2 }]);
  await a.call('keys.rotate', { ...nothingNew, newSigning: true });
  await a.call('keys.rotate', { ...nothingNew, newSigning: true });
  const four = await cardOf(a);
  expect(await b.call('partner.add', { bytes: four.bytes }), 'a version skipped').toMatchObject({
    state: 'confirmed',
    keyVersion: 4,
  });
  expect(idA).toBe(four.agencyId);
});

test('[K21] the code of the right card confirms a partner; of another card it does not', async () => {
  const a = await createdAgency('Northmark Agency');
  const b = await createdAgency('Suedhafen Office', 'DE');
  const added = await a.call('partner.add', { bytes: (await cardOf(b)).bytes });
  const { code } = await b.call('keys.show', {});
  expect(added.code).toBe(code);
  const confirm = { agency: AgencyId.parse(added.agency), with: 'Bert', channel: 'in person' };
  const ours = (await a.call('keys.show', {})).code;
  expect(await a.refusal('partner.confirm', { ...confirm, words: ours })).toBe('partner.code-differs');
  await b.call('keys.rotate', nothingNew);
  const newer = (await b.call('keys.show', {})).code;
  expect(await a.refusal('partner.confirm', { ...confirm, words: newer })).toBe('partner.code-differs');
  expect(await a.call('partner.confirm', { ...confirm, words: ` ${code.toLowerCase()}\n` })).toMatchObject({
    state: 'confirmed',
  });
});

test('[K20] a name that could be taken for another partner’s, or for ours, is told with it', async () => {
  const a = await createdAgency('Northmark Agency');
  const real = await createdAgency('Suedhafen Office', 'DE');
  const fake = await createdAgency('Suedh\u0430fen 0ffice', 'DE');
  const mirror = await createdAgency('Northrnark Agency');
  expect(await a.call('partner.add', { bytes: (await cardOf(real)).bytes })).toMatchObject({ looksLike: [] });
  expect(await a.call('partner.add', { bytes: (await cardOf(fake)).bytes })).toMatchObject({
    looksLike: [{ name: 'Suedhafen Office', isOurs: false }],
  });
  expect(await a.call('partner.add', { bytes: (await cardOf(mirror)).bytes })).toMatchObject({
    looksLike: [{ name: 'Northmark Agency', isOurs: true }],
  });
});
