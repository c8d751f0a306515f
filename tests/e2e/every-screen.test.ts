import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, confirmedPair, createdAgency, temporaryHome } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { statusLine } from './steps/case.ts';
import { openPartners } from './steps/exchange.ts';
import { giveFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import {
  lookAtCommands,
  lookAtForms,
  lookAtImport,
  lookAtInspector,
  lookAtNewCase,
  lookAtTables,
} from './steps/tour-of-a-case.ts';
import {
  fileFromB,
  lookAtAudit,
  lookAtKeys,
  lookAtPartner,
  lookAtReceive,
  lookAtRelease,
  lookAtVault,
} from './steps/tour-of-an-exchange.ts';
import { createVault, unlock } from './steps/vault.ts';

test('nothing is wrong with the screens before a vault is open', async () => {
  const found: string[] = [];
  const { page } = await startApp({ home: temporaryHome(), name: 'screens-locked' });
  const look = lookAt(page, found);
  await page.getByRole('heading', { name: 'Welcome to Chirograph' }).waitFor();
  await look('first-run');
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('button', { name: 'Create vault' }).click();
  await page.getByText('Name the agency.').waitFor();
  await look('create-vault-refused');
  await page.getByRole('button', { name: 'Back' }).click();
  await createVault(page, { agency: 'Northmark Agency', country: 'Latvia', user: 'Ada' }, () => look('recovery-key'));
  await look('no-cases');
  await page.keyboard.press('Control+l');
  const field = page.getByRole('textbox', { name: 'Passphrase', exact: true });
  await field.fill('not this one');
  await look('unlock');
  await page.keyboard.press('Enter');
  await page.getByText(/^That passphrase does not open this vault\./).waitFor();
  await look('unlock-refused');
  await page.getByRole('button', { name: 'Use the recovery key' }).click();
  await page.getByRole('textbox', { name: 'Recovery key' }).fill('0000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').waitFor();
  await look('recover-refused');
  expect(found).toEqual([]);
});

test('nothing is wrong with the workspace of a case, its views and its inspector', async () => {
  const found: string[] = [];
  const { page } = await startApp({ home: temporaryHome(), name: 'screens-case' });
  const look = lookAt(page, found);
  await openSample(page);
  await look('cases');
  await lookAtNewCase(page, look);
  await openLantern(page);
  await page.getByText('Laying out').waitFor({ state: 'detached' });
  await look('case-graph');
  await lookAtCommands(page, look);
  await lookAtTables(page, look);
  await lookAtInspector(page, look);
  expect(found).toEqual([]);
});

test('nothing is wrong with the forms that write and with the import', async () => {
  const found: string[] = [];
  const { page } = await startApp({ home: temporaryHome(), name: 'screens-forms' });
  const look = lookAt(page, found);
  await openSample(page);
  await openLantern(page);
  await lookAtForms(page, look);
  await lookAtImport(page, look);
  expect(found).toEqual([]);
});

test('nothing is wrong with partners, users, keys, approvals, release, receive and audit', async () => {
  const found: string[] = [];
  const { a, b, idA, idB } = await confirmedPair();
  const { bytes: strangersCard } = await (await createdAgency('Third Office', 'FR')).call('partner.card', {});
  const bundle = await fileFromB(a, b, idA, idB);
  await a.call('vault.lock', {});
  const { page } = await startApp({ home: a.home, name: 'screens-exchange' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openPartners(page);
  await look('partners');
  await giveFile(page, 'Add a partner’s card', { name: 'third.json', bytes: strangersCard });
  await lookAtPartner(page, look);
  await lookAtVault(page, look);
  await lookAtKeys(page, look);
  await lookAtRelease(page, look);
  await lookAtReceive(page, look, bundle);
  await lookAtAudit(page, look);
  expect(found).toEqual([]);
});

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the sample case' }).click();
  await page.getByRole('row', { name: /^Operation Lantern / }).waitFor();
}

async function openLantern(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Operation Lantern' }).click();
  await statusLine(page).getByText('156 entities').waitFor();
}
