import type { Page } from 'playwright-core';
import { chooseByTyping } from './fields.ts';

const PASSPHRASE = 'walnut harbour ninety lantern';

export interface NewVault {
  readonly agency: string;
  readonly country: string;
  readonly user: string;
}

/** From the form of a new vault to its empty list of cases, over the sheet with the recovery key, which comes back. */
export async function createVault(
  page: Page,
  { agency, country, user }: NewVault,
  lookAtSheet?: (groups: readonly string[]) => Promise<void>,
): Promise<string> {
  await page.getByRole('button', { name: 'Create a vault' }).click();
  await page.getByRole('textbox', { name: 'Agency' }).fill(agency);
  await chooseByTyping(page, 'Country', country);
  await page.getByRole('textbox', { name: 'Your name' }).fill(user);
  await page.getByRole('textbox', { name: 'New passphrase', exact: true }).fill(PASSPHRASE);
  await page.getByRole('textbox', { name: 'The same passphrase again', exact: true }).fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Create vault' }).click();
  await page.getByRole('heading', { name: 'Keep the recovery key' }).waitFor();
  const groups = await page.getByRole('region', { name: 'Recovery key' }).getByRole('listitem').allTextContents();
  await lookAtSheet?.(groups);
  await page.getByRole('checkbox', { name: 'I have printed or written it down' }).check();
  await page.getByRole('textbox', { name: 'Type its last group' }).fill(groups.at(-1) ?? '');
  await page.getByRole('button', { name: 'Open the vault' }).click();
  await page.getByRole('heading', { name: 'Cases', exact: true }).waitFor();
  return groups.join('-');
}

/** Types the passphrase of the only vault and waits for what it opens. */
export async function unlock(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('heading', { name: 'Cases', exact: true }).waitFor();
}
