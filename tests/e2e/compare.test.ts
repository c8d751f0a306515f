import { expect, test } from 'vitest';
import { PASSPHRASE, handling, source, startAgency, temporaryHome } from '../support/agency.ts';
import type { TestAgency } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { sealing } from '../support/case-steps.ts';
import { openCase } from './steps/case.ts';
import { giveFile, takeFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

/** Two agencies find out what differs between them, one of them in the window. */

async function started(name: string, country: string): Promise<TestAgency> {
  const at = startAgency(temporaryHome());
  await at.call('vault.create', { vault: 'main', agency: name, country, user: 'Olga Officer', passphrase: PASSPHRASE });
  return at;
}

async function shared() {
  const [a, b] = await Promise.all([started('Northmark Agency', 'NL'), started('Suedhafen Office', 'DE')]);
  for (const [at, of] of [
    [a, b],
    [b, a],
  ] as const) {
    const { bytes } = await of.call('partner.card', {});
    const { agency, words } = await at.call('partner.add', { bytes });
    await at.call('partner.confirm', { agency, words, with: 'Somebody', channel: 'phone' });
  }
  const { agencyId: idA } = await a.call('vault.status', {});
  const { agencyId: idB } = await b.call('vault.status', {});
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const say = async (name: string) => {
    const claims = [{ property: 'name', value: name }];
    return a.call('entity.save', { case: id, supersedes: [], type: 'person', claims, source, handling });
  };
  const send = async () => {
    const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
    const request = { case: id, to: [idB], ...terms };
    return (await a.call('release.seal', sealing(request, await a.call('release.preview', request)))).bytes;
  };
  const take = async (bytes: Uint8Array) => {
    const { quarantine } = await b.call('receive.open', { bytes });
    await b.call('receive.apply', { quarantine, accept: 'all' });
  };
  return { a, b, id, idA, say, send, take };
}

test('a partner’s answer names the records that differ, and what to do', async () => {
  const found: string[] = [];
  const { a, b, id, idA, say, send, take } = await shared();
  const { record: withdrawn } = await say('Sergo Madeupson');
  await say('Vera Inventova');
  await take(await send());
  await a.call('record.retract', { records: [withdrawn], action: 'correct', reason: 'another person' });
  await say('Lost Onthewayson');
  await send();
  await a.call('vault.lock', {});

  const { page } = await startApp({ home: a.home, name: 'compare' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openCase(page, 'Operation Test Lamp');
  await page.getByRole('banner').getByRole('button', { name: 'Operation Test Lamp' }).click();
  await page.getByRole('menuitem', { name: 'Compare with a partner…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare with a partner' });
  const words = dialog.getByRole('list', { name: 'Words of this case' }).getByRole('listitem');
  await words.first().waitFor();
  const theirs = await b.call('case.fingerprint', { case: id, partner: idA });
  expect((await words.allTextContents()).length).toBe(12);
  expect((await words.allTextContents()).join(' ')).not.toBe(theirs.words);
  await look('compare-words');

  const one = await takeFile(page, () => dialog.getByRole('button', { name: 'Save a comparison file' }).click());
  expect(one.name).toBe('northmark-agency-comparison-1.chirocompare');
  await dialog.getByText(/Only they can open it/).waitFor();
  const two = await b.call('compare.answer', { case: id, bytes: one.bytes });
  await giveFile(page, 'Open a comparison file', { name: two.fileName, bytes: two.bytes });
  await dialog.getByText('You and Suedhafen Office differ in 3 records.').waitFor();
  const rows = dialog.getByRole('table', { name: 'Differences' }).getByRole('row');
  const lost = rows.filter({ hasText: 'Lost Onthewayson' });
  await lost.getByText('Released to them; they do not have it').waitFor();
  await lost.getByText('Release again', { exact: true }).waitFor();
  await rows.filter({ hasText: 'Withdrawn here; they still count it' }).first().waitFor();
  expect(await dialog.getByText('Vera Inventova').count()).toBe(0);
  await look('compare-differences');

  const three = await takeFile(page, () => dialog.getByRole('button', { name: 'Save the answer' }).click());
  const told = await b.call('compare.open', { case: id, bytes: three.bytes, limit: 10 });
  expect(told.differences.map(({ what }) => what).toSorted()).toEqual(['gone-there', 'missing-here', 'missing-here']);
  await giveFile(page, 'Open a comparison file', {
    name: 'card.json',
    bytes: await b.call('partner.card', {}).then(({ bytes }) => bytes),
  });
  const refusal = dialog.getByRole('alert');
  await refusal.getByText('This is a partner card: it says who somebody is, and holds no records.').waitFor();
  await refusal.getByRole('button', { name: 'Go to Partners' }).waitFor();
  await look('compare-refused');
  await giveFile(page, 'Open a comparison file', { name: two.fileName, bytes: two.bytes });
  await dialog.getByRole('button', { name: 'Release this case…' }).click();
  await page.getByRole('dialog', { name: 'Release' }).waitFor();
  expect(found).toEqual([]);
});

test('two who have the same read the same words, by keyboard too', async () => {
  const found: string[] = [];
  const { a, b, id, idA, say, send, take } = await shared();
  await say('Vera Inventova');
  await take(await send());
  await say('Only Athome');
  await a.call('vault.lock', {});

  const { page } = await startApp({ home: a.home, name: 'compare-same' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openCase(page, 'Operation Test Lamp');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('compare this case');
  await page.getByRole('option', { name: /Compare this case with a partner/ }).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Compare with a partner' });
  const words = dialog.getByRole('list', { name: 'Words of this case' }).getByRole('listitem');
  await words.first().waitFor();
  const theirs = await b.call('case.fingerprint', { case: id, partner: idA });
  expect((await words.allTextContents()).join(' ')).toBe(theirs.words);
  const { bytes } = await b.call('compare.begin', {
    case: id,
    partner: (await b.call('partner.list', {})).partners[0]?.agency ?? '',
  });
  await giveFile(page, 'Open a comparison file', { name: 'one.chirocompare', bytes });
  await dialog.getByText('You and Suedhafen Office have the same.').waitFor();
  expect(await dialog.getByRole('button', { name: 'Save the answer' }).count()).toBe(0);
  await look('compare-same');
  expect(found).toEqual([]);
});
