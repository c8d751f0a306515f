import { expect, test } from 'vitest';
import { PASSPHRASE, confirmedPair, handling } from '../support/agency.ts';
import { addEntity } from '../support/case-steps.ts';
import { startApp } from '../support/browser.ts';
import { openCase } from './steps/case.ts';
import { previewRelease, sayYes } from './steps/exchange.ts';
import { tabTo } from './steps/keyboard.ts';
import { lookAt } from './steps/look.ts';
import { PREPARED_CASE, writeCase } from './steps/prepared.ts';
import { unlock } from './steps/vault.ts';

const CAVEAT = 'Ask before any action at this address.';

test('a release asks what the officer answers for, keeps single values home, and shows what the partner gets', async () => {
  const { a } = await confirmedPair();
  const id = await writeCase(a);
  const limited = { ...handling, codes: ['H3' as const], caveat: CAVEAT };
  await addEntity(a, id, 'place', { name: 'Lamp House', address: '1 Invented Lane' }, { handling: limited });
  await a.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'release' });
  await unlock(page, PASSPHRASE);
  await openCase(page, PREPARED_CASE);
  const dialog = await previewRelease(page, {
    to: 'Suedhafen Office',
    purpose: 'Joint investigation',
    basis: 'art. 27',
  });
  const questions = dialog.getByRole('group', { name: 'To answer before sealing' });
  await questions.getByText(CAVEAT).waitFor();
  await questions.getByRole('checkbox', { name: /^Suedhafen Office gets for the first time: .*persons/ }).waitFor();
  const look = lookAt(page, found);
  await look('release-questions');

  const list = dialog.getByRole('region', { name: 'Every subject' });
  await tabTo(page, list);
  const place = list.getByRole('listitem').filter({ has: page.getByRole('article', { name: 'Lamp House' }) });
  for (let step = 0; step < 20 && !(await place.evaluate((item) => item === document.activeElement)); step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await tabTo(page, list.getByRole('button', { name: 'Keep home: Address 1 Invented Lane' }));
  await page.keyboard.press('Enter');
  const everyAddress = page.getByRole('menuitem', { name: 'Keep every address home (place)' });
  await everyAddress.waitFor();
  for (let step = 0; step < 5 && !(await everyAddress.evaluate((item) => item === document.activeElement)); step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Let leave again: Every address (place)' }).waitFor();
  await list.getByRole('row', { name: 'Address 1 Invented Lane stays: You keep this value home.' }).waitFor();
  const again = list.getByRole('button', { name: 'Let leave again: Address 1 Invented Lane' });
  await again.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await list.getByRole('row', { name: 'Address 1 Invented Lane leaves' }).waitFor();
  await list.getByRole('button', { name: 'Keep home: Address 1 Invented Lane' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Control+z');
  await again.and(page.locator(':focus')).waitFor();
  await look('release-kept-property');
  await dialog.getByRole('tab', { name: 'As the partner sees it' }).click();
  const theirs = dialog.getByRole('region', { name: 'As the partner sees it' });
  await theirs.getByText('Lamp House').first().waitFor();
  expect(await theirs.getByText('1 Invented Lane').count()).toBe(0);
  await theirs.getByText('1 value is withheld by us').waitFor();
  await look('release-as-partner');
  await sayYes(dialog);
  await dialog.getByRole('tab', { name: 'What stays home 3' }).click();
  await dialog
    .getByRole('group', { name: 'By rule' })
    .getByRole('button', { name: /^P21 · 1: / })
    .click();
  await dialog.getByRole('region', { name: 'What stays home' }).getByText('1 Invented Lane').waitFor();
  await look('release-home-by-rule');
  expect(await dialog.getByRole('button', { name: 'Seal and save' }).isEnabled()).toBe(true);
  await page.keyboard.press('Control+z');
  await dialog.getByText('Nothing beyond the rules.').waitFor();
  expect(found).toEqual([]);
});
