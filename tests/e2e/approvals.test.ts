import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { confirmedPair, PASSPHRASE } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, openCase } from '../support/case-steps.ts';
import { PIA, twoOfficers } from '../support/officers.ts';
import { openCase as openCasePage } from './steps/case.ts';
import { openPartners, previewRelease, sayYes } from './steps/exchange.ts';
import { choose, takeFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

test('two officers: keys are changed by both, and a release leaves when the second has approved it', async () => {
  const { a } = await confirmedPair();
  const { olga } = await twoOfficers(a, { releases: 2 });
  const id = await openCase(olga, 'Operation Test Lamp');
  const { subject } = await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
  // a case that is opened without a drawing gets one, which is a change of what would leave
  await olga.call('chart.save', { case: id, positions: [{ subject, x: 0, y: 0, pinned: false }] });
  await olga.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'approvals' });
  const look = lookAt(page, found);

  await unlockAs(page, 'Olga Officer', PASSPHRASE);
  await openPartners(page);
  await look('partner-keys');
  await page.getByRole('tab', { name: 'Keys of this agency' }).click();
  await page.getByRole('heading', { name: 'Keys of this agency, version 2' }).waitFor();
  await page.getByRole('img', { name: 'Code of our card' }).waitFor();
  await page.getByRole('button', { name: 'Change the keys…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the keys of this agency' });
  await dialog.getByRole('checkbox', { name: 'A new signing key' }).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('yearly change');
  await look('keys-change');
  await dialog.getByRole('button', { name: 'Sign the change' }).click();
  await page.getByRole('heading', { name: 'Version 3 waits for signatures' }).waitFor();
  await look('keys-proposal');

  await openCasePage(page, 'Operation Test Lamp');
  const release = await previewRelease(page, {
    to: 'Suedhafen Office',
    purpose: 'joint investigation',
    basis: 'art. 27',
  });
  await release.getByRole('tab', { name: 'What stays home' }).click();
  await sayYes(release);
  await release.getByRole('button', { name: 'Ask for approval' }).click();
  await page.getByRole('heading', { name: 'Approvals', level: 1 }).waitFor();
  await page.getByText('1 approval missing').waitFor();
  await look('approvals');
  await page.keyboard.press('Control+l');

  await unlockAs(page, PIA.name, PIA.passphrase);
  await page.getByRole('button', { name: 'Approvals (1)' }).click();
  await page.getByRole('button', { name: 'Look at it' }).click();
  const approve = page.getByRole('dialog', { name: 'Approve a release' });
  await approve.getByRole('tab', { name: /Every subject/ }).waitFor();
  await look('approve-release');
  await approve.getByRole('button', { name: 'Approve with my key' }).click();
  const file = await takeFile(page, () => approve.getByRole('button', { name: 'Seal and save' }).click());
  expect(file.bytes.length).toBeGreaterThan(0);
  await page.getByText('Nothing waits for approval').waitFor();

  await openPartners(page);
  await page.getByRole('tab', { name: 'Keys of this agency' }).click();
  await page.getByRole('button', { name: 'Sign this change' }).click();
  await page.getByRole('heading', { name: 'Keys of this agency, version 3' }).waitFor();
  expect(found).toEqual([]);
});

async function unlockAs(page: Page, user: string, passphrase: string): Promise<void> {
  await choose(page, 'User', user);
  await unlock(page, passphrase);
}
