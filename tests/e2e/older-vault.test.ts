import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startApp } from '../support/browser.ts';
import { goldenVault, OFFICER } from '../support/golden-vaults.ts';
import { temporaryFolder } from '../support/store-vaults.ts';
import { lookAt } from './steps/look.ts';

test('[W13] a vault of an older version that is not whole says that it is untouched, and leads to its salvage', async () => {
  const home = temporaryFolder();
  cpSync(goldenVault('v1'), join(home, 'main'), { recursive: true });
  const head = join(home, 'main', 'head');
  writeFileSync(head, readFileSync(head, 'utf8').replace(/"mac":"./, '"mac":"x'));
  const found: string[] = [];
  const { page } = await startApp({ home, name: 'older-vault' });
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(OFFICER.passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('heading', { name: 'This vault is not as it was left' }).waitFor();
  await page
    .getByRole('alert')
    .getByText(/older version \(1\).*nothing in it was changed/)
    .waitFor();
  await lookAt(page, found)('older-refused');
  await page.getByRole('button', { name: 'Open for reading' }).click();
  await page.getByRole('heading', { name: /^Save what is in/ }).waitFor();
  await lookAt(page, found)('older-salvage');
  await page.getByRole('button', { name: 'Salvage…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Save what can be read/ })
    .waitFor();
  await lookAt(page, found)('older-salvage-dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).waitFor();
  expect(found).toEqual([]);
});
