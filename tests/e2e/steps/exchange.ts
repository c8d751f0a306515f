import type { Locator, Page } from 'playwright-core';
import { choose, chooseByTyping, giveFile, type SavedFile, takeFile } from './fields.ts';

export async function openPartners(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Partners' }).click();
  await page.getByRole('heading', { name: 'Partners', level: 1 }).waitFor();
}

/** The agency's own card, as the page saves it. */
export async function saveCard(page: Page): Promise<SavedFile> {
  await openPartners(page);
  return takeFile(page, () => page.getByRole('button', { name: 'Save our card' }).click());
}

/** Takes in a partner's card and reads off the twelve words. */
export async function addCard(page: Page, card: SavedFile, name: string): Promise<readonly string[]> {
  await openPartners(page);
  await giveFile(page, 'Add a partner’s card', card);
  const detail = partner(page, name);
  await detail.getByText('Not confirmed', { exact: true }).waitFor();
  return detail.getByRole('list', { name: 'Twelve words' }).getByRole('listitem').allTextContents();
}

/** Types the words that were read out by the other side, and has the program compare them. */
export async function confirmByWords(
  page: Page,
  name: string,
  words: readonly string[],
  person: string,
): Promise<void> {
  const dialog = await openConfirmation(page, name, person);
  await dialog.getByRole('textbox', { name: 'Or type the words they read to you' }).fill(words.join(' '));
  await endConfirmation(page, name, dialog);
}

/** Says that a person compared the words on both screens. */
export async function confirmBySight(page: Page, name: string, person: string): Promise<void> {
  const dialog = await openConfirmation(page, name, person);
  await dialog.getByRole('checkbox', { name: 'All twelve words are the same on both screens' }).check();
  await endConfirmation(page, name, dialog);
}

export async function openConfirmation(page: Page, name: string, person: string): Promise<Locator> {
  await partner(page, name).getByRole('button', { name: 'Confirm…' }).click();
  const dialog = page.getByRole('dialog', { name: `Confirm ${name}` });
  await dialog.getByRole('textbox', { name: 'Compared with' }).fill(person);
  await choose(dialog, 'Channel', 'Phone, on a number known before');
  return dialog;
}

async function endConfirmation(page: Page, name: string, dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'They match' }).click();
  await partner(page, name).getByText('Confirmed', { exact: true }).waitFor();
}

export function partner(page: Page, name: string): Locator {
  return page.getByRole('article', { name });
}

export interface Terms {
  readonly to: string;
  readonly purpose: string;
  readonly basis: string;
}

/** From the open case to the preview of what would leave; the dialog comes back. */
export async function previewRelease(page: Page, { to, purpose, basis }: Terms): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: 'Release' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release' });
  await dialog.getByRole('checkbox', { name: to }).check();
  await dialog.getByRole('textbox', { name: 'Purpose' }).fill(purpose);
  await chooseByTyping(dialog, 'Legal basis', basis);
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('tab', { name: 'What stays home' }).waitFor();
  return dialog;
}

/** Answers everything that the release asks about. */
export async function sayYes(dialog: Locator): Promise<void> {
  const questions = dialog.getByRole('group', { name: 'To answer before sealing' }).getByRole('checkbox');
  for (const question of await questions.all()) await question.check();
}

/** Hands a file from a partner to the program; what was checked comes up. */
export async function receive(page: Page, file: SavedFile): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Receive' }).click();
  await giveFile(page, 'Choose a .chiro file or receipt', file);
  await page.getByRole('list', { name: 'What was checked' }).waitFor();
}

/** Who holds what of a subject, as the ledger says it. */
export async function ledgerRow(page: Page, subject: string): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: 'Audit log and ledger' }).click();
  await page.getByRole('tab', { name: 'Ledger' }).click();
  const rows = page.getByRole('region', { name: 'Disclosures' }).getByRole('listitem');
  const row = rows.filter({ has: page.getByText(subject, { exact: true }) });
  await row.waitFor();
  return row;
}
