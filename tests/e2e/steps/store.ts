import type { Page } from 'playwright-core';

/** Opens a case from the list of cases. */
export async function openCase(page: Page, title: string): Promise<void> {
  await page
    .getByRole('link', { name: title })
    .or(page.getByRole('button', { name: title }))
    .first()
    .click();
  await page.getByRole('contentinfo').waitFor();
}

/** Goes to what is said of this vault. */
export async function vaultTab(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Partners');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Vault' }).click();
}
