import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, createdAgency, temporaryHome } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { OFFICER } from '../support/golden-vaults.ts';
import { goldenPath } from '../support/golden.ts';
import { choose } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { PREPARED_CASE, writeCase } from './steps/prepared.ts';
import { unlock } from './steps/vault.ts';

/** Playwright cannot answer the browser's own question where to save; without it the page downloads, as it does in other browsers. */
async function withoutPicker(page: Page): Promise<void> {
  await page.evaluate('delete window.showSaveFilePicker');
}

async function openVaultTab(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Partners');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Vault' }).click();
}

test('a vault is backed up in the window, restored on another machine, and shows the same', async () => {
  const agency = await createdAgency('Northmark Agency');
  await writeCase(agency);
  await agency.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: agency.home, name: 'backup-save' });
  await unlock(page, PASSPHRASE);
  await withoutPicker(page);
  await openVaultTab(page);
  await page.getByRole('button', { name: 'Back up…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Back up this vault' });
  await lookAt(page, found)('backup-asking');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save the backup…' }).click();
  await dialog.getByText('The backup is saved.').waitFor();
  await lookAt(page, found)('backup-saved');
  const file = await (await downloading).path();
  expect(readFileSync(file).includes('Northmark')).toBe(false);
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  const other = await startApp({ home: temporaryHome(), name: 'backup-restore' });
  const there = other.page;
  await there.getByRole('button', { name: 'Restore from backup…' }).click();
  await there
    .getByLabel('Choose a backup')
    .last()
    .setInputFiles({
      name: 'northmark.chirovault',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(file),
    });
  const passphrase = there.getByRole('textbox', { name: 'Passphrase', exact: true });
  await passphrase.fill('not the passphrase');
  await there.getByRole('button', { name: 'Restore the vault' }).click();
  await there.getByRole('alert').getByText('That passphrase does not open this vault.').waitFor();
  await lookAt(there, found)('restore-refused');
  await passphrase.fill(PASSPHRASE);
  await there.getByRole('button', { name: 'Restore the vault' }).click();
  await there.getByText('Everything in the backup was proved.').waitFor();
  await lookAt(there, found)('restore-done');
  await there.getByRole('button', { name: 'Unlock it' }).click();
  await unlock(there, PASSPHRASE);
  await there.getByRole('button', { name: PREPARED_CASE }).waitFor();
  expect(found).toEqual([]);
});

test('a vault gets a new key with its consequences spelled out, and its new recovery key is shown once', async () => {
  const agency = await createdAgency('Northmark Agency');
  await agency.call('vault.add-user', { name: 'Ana Analyst', role: 'analyst', passphrase: 'the analyst of the day' });
  await agency.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: agency.home, name: 'backup-rotate' });
  await choose(page, 'User', 'Olga Officer');
  await unlock(page, PASSPHRASE);
  await openVaultTab(page);
  await page.getByRole('button', { name: 'Give the vault a new key…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give the vault a new key' });
  await dialog.getByText('Ana Analyst').waitFor();
  await dialog.getByRole('textbox', { name: 'Your passphrase' }).fill(PASSPHRASE);
  await dialog.getByRole('checkbox').check();
  await lookAt(page, found)('rotate-asking');
  await dialog.getByRole('button', { name: 'Write the vault under a new key' }).click();
  const sheet = page.getByRole('dialog', { name: 'Keep the new recovery key' });
  await sheet.waitFor();
  await lookAt(page, found)('rotate-key');
  const groups = await sheet.getByRole('region', { name: 'Recovery key' }).getByRole('listitem').allTextContents();
  await sheet.getByRole('checkbox').check();
  await sheet.getByRole('textbox', { name: 'Type its last group' }).fill(groups.at(-1) ?? '');
  await sheet.getByRole('button', { name: 'Go on with the new key' }).click();
  await page.getByRole('table').getByText('Olga Officer').waitFor();
  expect(await page.getByRole('table').getByText('Ana Analyst').count()).toBe(0);
  await page.keyboard.press('Control+l');
  await unlock(page, PASSPHRASE);
  expect(found).toEqual([]);
});

test('a vault of the first version opens in the window and is brought up to date', async () => {
  const home = temporaryHome();
  cpSync(goldenPath('vault/v1'), join(home, 'northmark'), { recursive: true });
  const { page } = await startApp({ home, name: 'backup-update' });
  await choose(page, 'User', OFFICER.user);
  await unlock(page, OFFICER.passphrase);
  const cases = page.getByRole('row', { name: /^Operation / });
  await cases.first().waitFor();
  expect(await cases.count()).toBe(2);
  // and its user can change the passphrase in the window
  await openVaultTab(page);
  await page.getByRole('button', { name: 'Change my passphrase…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change my passphrase' });
  const chosen = 'quartz meadow tandem fifteen';
  await dialog.getByRole('textbox', { name: 'Present passphrase' }).fill(OFFICER.passphrase);
  await dialog.getByRole('textbox', { name: 'New passphrase', exact: true }).fill(chosen);
  await dialog.getByRole('textbox', { name: 'The same passphrase again' }).fill(chosen);
  await dialog.getByRole('button', { name: 'Change passphrase' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+l');
  await choose(page, 'User', OFFICER.user);
  await unlock(page, chosen);
});
