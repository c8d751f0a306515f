import { expect, test } from 'vitest';
import { PASSPHRASE, confirmedPair } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, openCase, release } from '../support/case-steps.ts';
import { openCase as openCasePage } from './steps/case.ts';
import { giveFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

/** Files of ours that are given to the wrong place. */

test('a file that belongs elsewhere is named, and a button goes there', async () => {
  const { a, b, idA, idB } = await confirmedPair();
  const ofA = await openCase(a, 'Operation Test Lamp');
  await addEntity(a, ofA, 'phone', { number: '+44 7700 900123' });
  const { sealed } = await release(a, ofA, idB);
  const { quarantine } = await b.call('receive.open', { bytes: sealed.bytes });
  await b.call('receive.apply', { quarantine, accept: 'all' });
  const comparison = (await a.call('compare.begin', { case: ofA, partner: idB })).bytes;
  await addEntity(a, ofA, 'phone', { number: '+44 7700 900456' });
  const bundle = (await release(a, ofA, idB)).sealed.bytes;
  const card = (await a.call('partner.card', {})).bytes;
  expect(idA).toHaveLength(64);
  await b.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: b.home, name: 'other-files' });
  const look = lookAt(page, found);
  const inbox = 'Choose a .chiro file or receipt';
  const receive = page.getByRole('banner').getByRole('button', { name: 'Receive' });
  const notice = page.getByRole('alert');

  await unlock(page, PASSPHRASE);
  await receive.click();
  await giveFile(page, inbox, { name: 'backup.chiro', bytes: Buffer.from('CHIROVLT and more') });
  await notice.getByText('This is a backup of a vault, not a file from a partner.').waitFor();
  await giveFile(page, inbox, { name: 'card.chiro', bytes: card });
  await notice.getByText(/^This is a partner card/).waitFor();
  await notice.getByRole('button', { name: 'Go to Partners' }).click();
  await page.getByRole('heading', { name: 'Partners', level: 1 }).waitFor();

  await receive.click();
  await giveFile(page, inbox, { name: 'one.chiro', bytes: comparison });
  await notice.getByText('This is a comparison file, not a bundle: it holds no records.').waitFor();
  await look('receive-comparison');
  await notice.getByRole('button', { name: 'Go to Compare' }).click();
  await page.getByRole('heading', { name: 'Cases', exact: true }).waitFor();
  await openCasePage(page, 'Operation Test Lamp');
  await receive.click();
  await giveFile(page, inbox, { name: 'one.chiro', bytes: comparison });
  await notice.getByRole('button', { name: 'Go to Compare' }).click();

  const compare = page.getByRole('dialog', { name: 'Compare with a partner' });
  await giveFile(compare, 'Open a comparison file', { name: 'two.chirocompare', bytes: card });
  await compare.getByText(/^This is a partner card/).waitFor();
  await giveFile(compare, 'Open a comparison file', { name: 'two.chirocompare', bytes: bundle });
  await compare.getByText('This is a bundle or a receipt from a partner, not a comparison file.').waitFor();
  await look('compare-bundle');
  await compare.getByRole('button', { name: 'Go to Receive' }).click();
  await giveFile(page, inbox, { name: 'two.chiro', bytes: bundle });
  await page.getByRole('list', { name: 'What was checked' }).waitFor();
  expect(found).toEqual([]);
});
