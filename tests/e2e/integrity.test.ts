import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { write } from '../../src-main/store/store.ts';
import { closeVault, unlockVault } from '../../src-main/vault/open-vault.ts';
import { PASSPHRASE, createdAgency } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { lookAt } from './steps/look.ts';
import { PREPARED_CASE, writeCase } from './steps/prepared.ts';
import { openCase, vaultTab } from './steps/store.ts';
import { unlock } from './steps/vault.ts';

test('a whole store is proved while somebody works, and says so', async () => {
  const agency = await createdAgency('Northmark Agency');
  await writeCase(agency);
  await agency.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: agency.home, name: 'integrity-whole' });
  await unlock(page, PASSPHRASE);
  await openCase(page, PREPARED_CASE);
  await page
    .getByRole('contentinfo')
    .getByText(/Store proved whole \d\d:\d\d/)
    .waitFor();
  await lookAt(page, found)('integrity-status-bar');
  await vaultTab(page);
  await page.getByText(/^Proved whole on /).waitFor();
  await lookAt(page, found)('integrity-whole');
  const proved = page.getByText(/^Proved whole on /);
  const change = async () => Number(/at change (\d+)/.exec((await proved.textContent()) ?? '')?.[1]);
  const before = await change();
  await page.getByRole('button', { name: 'Rebuild' }).click();
  await expect.poll(change).toBeGreaterThan(before);
  expect(found).toEqual([]);
});

test('an old database put back is named, opened for reading, and accepted by an officer', async () => {
  const agency = await createdAgency('Northmark Agency');
  await writeCase(agency);
  await agency.call('vault.lock', {});
  const database = join(agency.home, 'main', 'store.db');
  const earlier = readFileSync(database);
  closeVault(await changed(join(agency.home, 'main')));
  writeFileSync(database, earlier);
  const found: string[] = [];
  const { page } = await startApp({ home: agency.home, name: 'integrity-rolled-back' });
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('heading', { name: 'This vault is not as it was left' }).waitFor();
  await page
    .getByRole('alert')
    .getByText(/Changes? \d+( to \d+)? (is|are) missing\./)
    .waitFor();
  await lookAt(page, found)('integrity-rolled-back');
  await page.getByRole('button', { name: 'Open for reading' }).click();
  await page.getByText('This vault is open for reading only.').waitFor();
  expect(await page.getByRole('button', { name: /^(New case|Import|Receive|Undo)/ }).count()).toBe(0);
  await lookAt(page, found)('integrity-cases');
  await openCase(page, PREPARED_CASE);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Open for reading only' }).click();
  await page.getByRole('button', { name: 'Check now' }).waitFor();
  expect(await page.getByRole('button', { name: /^(Back up|Add user|Rebuild)/ }).count()).toBe(0);
  await lookAt(page, found)('integrity-for-reading');
  await page.getByRole('button', { name: 'Salvage…' }).click();
  await lookAt(page, found)('integrity-salvage');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.keyboard.press('Control+l');
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('button', { name: 'Accept as it is' }).click();
  await openCase(page, PREPARED_CASE);
  await page
    .getByRole('contentinfo')
    .getByText(/Store proved whole \d\d:\d\d/)
    .waitFor();
  expect(found).toEqual([]);
});

/** The vault with one change more. */
async function changed(dir: string): ReturnType<typeof unlockVault> {
  const vault = await unlockVault(dir, { passphrase: PASSPHRASE }, { now: () => new Date() });
  const note = { actor: vault.user, role: vault.role, action: 'test', at: new Date().toISOString(), details: {} };
  write(vault.store, note, () => undefined);
  return vault;
}
