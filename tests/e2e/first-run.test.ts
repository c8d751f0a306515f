import { expect, test } from 'vitest';
import { PASSPHRASE as PREPARED_PASSPHRASE, createdAgency, temporaryHome } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { inspector, selectInList, statusLine } from './steps/case.ts';
import { PREPARED_CASE, VICTIM, writeCase } from './steps/prepared.ts';
import { createVault, unlock } from './steps/vault.ts';
import { ended, watchVaultProcesses } from './steps/vault-processes.ts';

const NORTHMARK = { agency: 'Northmark Agency', country: 'Latvia', user: 'Ada' };

test('the sample case opens with one press and says everywhere that it is one', async () => {
  const { page } = await startApp({ home: temporaryHome(), name: 'first-run-sample' });
  await page.getByRole('button', { name: 'Open the sample case' }).click();
  await page.getByRole('row', { name: /^Operation Lantern NM-25-0117 156 283 / }).waitFor();
  await page.getByRole('banner').getByText('SAMPLE', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Operation Lantern' }).click();
  await statusLine(page).getByText('156 entities · 283 links').waitFor();
  await page.getByRole('application', { name: 'Chart: 156 entities, 283 links' }).waitFor();
  expect(await page.getByRole('banner').getByText('SAMPLE', { exact: true }).isVisible()).toBe(true);
});

test('the printed recovery key opens a vault whose passphrase is forgotten, and sets a new one', async () => {
  const { page } = await startApp({ home: temporaryHome(), name: 'first-run-recovery' });
  const recoveryKey = await createVault(page, NORTHMARK);
  await page.keyboard.press('Control+l');
  await page.getByRole('button', { name: 'Use the recovery key' }).click();
  const field = page.getByRole('textbox', { name: 'Recovery key' });
  await field.fill(`${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('0') ? '1' : '0'}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByText('That recovery key has a typing mistake.').waitFor();
  await field.fill(recoveryKey.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Set a new passphrase' }).waitFor();
  const chosen = 'quartz meadow tandem fifteen';
  await page.getByRole('textbox', { name: 'New passphrase', exact: true }).fill(chosen);
  await page.getByRole('textbox', { name: 'The same passphrase again', exact: true }).fill(chosen);
  await page.getByRole('button', { name: 'Set passphrase and open' }).click();
  await page.getByRole('heading', { name: 'Cases', exact: true }).waitFor();
  await page.keyboard.press('Control+l');
  await unlock(page, chosen);
  expect(await page.getByRole('heading', { name: 'No cases yet' }).isVisible()).toBe(true);
});

test('the recovery key has to be kept before the new vault opens', async () => {
  const { page } = await startApp({ home: temporaryHome(), name: 'first-run-kept' });
  await createVault(page, NORTHMARK, async (groups) => {
    const open = page.getByRole('button', { name: 'Open the vault' });
    expect(await open.isEnabled()).toBe(false);
    await page.getByRole('checkbox', { name: 'I have printed or written it down' }).check();
    await page.getByRole('textbox', { name: 'Type its last group' }).fill('XXXX');
    await page.getByText('That is not its last group.').waitFor();
    expect(await open.isEnabled()).toBe(false);
    expect(groups).toHaveLength(14);
  });
});

test('a wrong passphrase is refused in words, changes nothing, and stays in its field to be typed over', async () => {
  const agency = await createdAgency('Northmark Agency');
  await agency.call('vault.lock', {});
  const { page } = await startApp({ home: agency.home, name: 'first-run-wrong' });
  const field = page.getByRole('textbox', { name: 'Passphrase', exact: true });
  await field.fill('walnut harbour ninety lanterm');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByText(/^That passphrase does not open this vault\. Nothing was changed\./).waitFor();
  expect(await field.inputValue()).toBe('walnut harbour ninety lanterm');
  await page.keyboard.type(PREPARED_PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No cases yet' }).waitFor();
});

test('Ctrl+L ends the process that holds the key and leaves nothing of the case in the page', async () => {
  const agency = await createdAgency('Northmark Agency');
  await writeCase(agency);
  await agency.call('vault.lock', {});
  const processes = watchVaultProcesses();
  const { page } = await startApp({ home: agency.home, name: 'first-run-lock' });
  await unlock(page, PREPARED_PASSPHRASE);
  await page.getByRole('button', { name: PREPARED_CASE }).click();
  await selectInList(page, VICTIM);
  await inspector(page).getByText('2003-04-05').waitFor();
  const holder = processes.at(-1);
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: 'Unlock' }).waitFor();
  await ended(holder);
  const left = await page.content();
  for (const word of [VICTIM, 'Sergo Madeupson', PREPARED_CASE, '2003-04-05']) expect(left).not.toContain(word);
});
