import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, type TestAgency, confirmedPair } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { newestDialog, statusLine } from './steps/case.ts';
import { type SavedFile, takeFile } from './steps/fields.ts';
import { startsAt, tabTo, typeAndTake } from './steps/keyboard.ts';

test('a case is made, released and confirmed without a pointer', async () => {
  const { a, b } = await confirmedPair();
  await a.call('vault.lock', {});
  const { page } = await startApp({ home: a.home, name: 'keyboard' });
  await unlockAndName(page);
  await addVictim(page);
  await addPhone(page);
  await addLinkFromChart(page);
  await walkThePanes(page);
  const bundle = await release(page);
  const receipt = await acceptAll(b, bundle);
  await takeReceipt(page, receipt);
  await page.keyboard.press('Control+l');
  await startsAt(page.getByRole('textbox', { name: 'Passphrase', exact: true }));
  expect(await page.content()).not.toContain('Vera Inventova');
});

async function unlockAndName(page: Page): Promise<void> {
  await startsAt(page.getByRole('textbox', { name: 'Passphrase', exact: true }));
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'New case' }));
  await page.keyboard.press('Enter');
  await startsAt(page.getByRole('textbox', { name: 'Title' }));
  await page.keyboard.type('Operation Test Lamp');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nothing in this case yet' }).waitFor();
}

async function addVictim(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await startsAt(page.getByRole('combobox', { name: 'Command, name, number or plate' }));
  await page.keyboard.type('add entity');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add entity' });
  await startsAt(form.getByRole('textbox', { name: 'Name', exact: true }));
  await page.keyboard.type('Vera Inventova');
  await typeAndTake(page, form.getByRole('combobox', { name: 'Subject category' }), 'Victim');
  await tabTo(page, form.getByRole('textbox', { name: 'Source reference' }));
  await page.keyboard.type('report 7');
  const grade = form.getByRole('combobox', { name: 'Grade' });
  await tabTo(page, grade);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Europol 4x4' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await grade.inputValue()).toBe('Europol 4x4');
  for (const half of ['Reliability of the source', 'Quality of the information']) {
    await tabTo(page, form.getByRole('radiogroup', { name: half }).getByRole('radio').first());
    await page.keyboard.press('ArrowDown');
  }
  await form.getByLabel('Grade as it will be stored').getByText('B2').waitFor();
  await tabTo(page, form.getByRole('textbox', { name: 'Collected on' }));
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
}

async function addPhone(page: Page): Promise<void> {
  const chart = page.getByRole('application', { name: 'Chart: 1 entity, 0 links' });
  await chart.waitFor();
  await page.keyboard.press('Control+g');
  await startsAt(chart);
  await page.keyboard.press('a');
  const form = page.getByRole('dialog', { name: 'Add entity' });
  await startsAt(form.getByRole('textbox', { name: 'Name', exact: true }));
  const kind = form.getByRole('combobox', { name: 'Kind' });
  await tabTo(page, kind);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Phone');
  await page.getByRole('option', { name: 'Phone' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await tabTo(page, form.getByRole('textbox', { name: 'Number, as the source has it' }));
  await page.keyboard.type('+44 7700 900123');
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
}

async function addLinkFromChart(page: Page): Promise<void> {
  const chart = page.getByRole('application', { name: 'Chart: 2 entities, 0 links' });
  await chart.waitFor();
  await page.keyboard.press('Control+g');
  await startsAt(chart);
  await page.keyboard.press('l');
  const form = page.getByRole('dialog', { name: 'Add link from +44 7700 900123' });
  await startsAt(form.getByRole('combobox', { name: 'To' }));
  await typeAndTake(page, form.getByRole('combobox', { name: 'To' }), 'Vera Inventova');
  await typeAndTake(page, form.getByRole('combobox', { name: 'Kind of link' }), 'registered to');
  await tabTo(page, form.getByRole('button', { name: 'Add link' }));
  await page.keyboard.press('Enter');
  await statusLine(page).getByText('2 entities · 1 link').waitFor();
}

async function walkThePanes(page: Page): Promise<void> {
  const chart = page.getByRole('application');
  await page.keyboard.press('Control+g');
  await startsAt(chart);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await page
    .getByRole('status')
    .filter({ hasText: /, 1 link/ })
    .waitFor();
  await page.keyboard.press('F6');
  await startsAt(page.getByRole('complementary', { name: 'Inspector' }).getByRole('button').first());
  await page.keyboard.press('Shift+F6');
  await startsAt(chart);
  await page.keyboard.press('F2');
  await page.getByRole('heading', { name: /^(registered to|has registered)/ }).waitFor();
  await page.keyboard.press('F2');
}

async function release(page: Page): Promise<SavedFile> {
  await page.keyboard.press('Control+Shift+E');
  const dialog = newestDialog(page);
  await tabTo(page, dialog.getByRole('checkbox', { name: 'Suedhafen Office' }));
  await page.keyboard.press('Space');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Purpose' }));
  await page.keyboard.type('Joint investigation');
  await typeAndTake(page, dialog.getByRole('combobox', { name: 'Legal basis' }), 'art. 27');
  await tabTo(page, dialog.getByRole('button', { name: 'Preview' }));
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('checkbox', { name: /gets for the first time/ }));
  await page.keyboard.press('Space');
  await tabTo(page, dialog.getByRole('tab', { name: 'Every subject' }));
  await page.keyboard.press('ArrowRight');
  await dialog.getByRole('region', { name: 'What stays home' }).getByText('Vera Inventova').first().waitFor();
  await tabTo(page, dialog.getByRole('button', { name: 'Seal and save' }));
  const bundle = await takeFile(page, () => page.keyboard.press('Enter'));
  await tabTo(page, dialog.getByRole('button', { name: 'Done' }));
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  return bundle;
}

async function acceptAll(agency: TestAgency, { bytes }: SavedFile): Promise<SavedFile> {
  const plan = await agency.call('receive.open', { bytes: new Uint8Array(bytes) });
  const { bytes: receipt } = await agency.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
  if (receipt === undefined) throw new Error('no receipt');
  return { name: 'receipt.chiro', bytes: receipt };
}

async function takeReceipt(page: Page, { name, bytes }: SavedFile): Promise<void> {
  await page.keyboard.press('Control+k');
  await startsAt(page.getByRole('combobox', { name: 'Command, name, number or plate' }));
  await page.keyboard.type('> receive');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Choose a .chiro file or receipt' }));
  const asked = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await asked).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
  await page.getByText('The receipt was entered in the ledger.').waitFor();
}
