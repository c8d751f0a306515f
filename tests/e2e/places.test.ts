import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryHome } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { newCase } from './steps/case.ts';
import { createVault } from './steps/vault.ts';

test('a vault in a synced folder is warned of before it is made, where it is unlocked, and while it is open', async () => {
  const { page } = await startApp({ home: join(temporaryHome(), 'Dropbox'), name: 'places' });
  await page.getByRole('button', { name: 'Create a vault' }).click();
  const warning = page.getByRole('note').getByText('This folder is copied by a sync service (Dropbox).');
  await warning.waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await createVault(page, { agency: 'Northmark Agency', country: 'Latvia', user: 'Ada' });
  await newCase(page, 'Operation Test Lamp');
  await page.getByText('Vault in a synced folder').waitFor();
  await page.keyboard.press('Control+l');
  await warning.waitFor();
  expect(await page.getByRole('textbox', { name: 'Passphrase' }).isVisible()).toBe(true);
});
