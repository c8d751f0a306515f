import type { Locator, Page } from 'playwright-core';
import { choose, chooseByTyping } from './fields.ts';

/** A new case, opened. */
export async function newCase(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'New case' }).click();
  const dialog = page.getByRole('dialog', { name: 'New case' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await dialog.getByRole('button', { name: 'Create case' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Goes to a case by the switcher of the case bar. */
export async function openCase(page: Page, title: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Cases', exact: true }).click();
  await page.getByRole('menuitem', { name: title }).click();
}

export interface NewEntity {
  readonly kind: string;
  /** Free texts by their label. */
  readonly texts: Readonly<Record<string, string>>;
  /** Values of a list by their label. */
  readonly choices?: Readonly<Record<string, string>>;
}

export interface Origin {
  readonly source: string;
  readonly grade: { readonly scheme: string; readonly source: string; readonly information: string };
}

/** Fills the form of a new entity; without an origin, source and grade stay as the form offers them from the last statement. */
export async function addEntity(page: Page, entity: NewEntity, origin?: Origin): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'Add entity' }).click();
  const form = page.getByRole('dialog', { name: 'Add entity' });
  if (entity.kind !== 'Person') await chooseByTyping(form, 'Kind', entity.kind);
  for (const [label, text] of Object.entries(entity.texts)) {
    await form.getByRole('textbox', { name: label, exact: true }).fill(text);
  }
  for (const [label, option] of Object.entries(entity.choices ?? {})) await choose(form, label, option);
  if (origin !== undefined) await sayOrigin(form, origin);
  await form.getByRole('button', { name: 'Add entity' }).click();
  await form.waitFor({ state: 'detached' });
}

/** Who says so and how far it is trusted. */
async function sayOrigin(form: Locator, { source, grade }: Origin): Promise<void> {
  await form.getByRole('textbox', { name: 'Source reference' }).fill(source);
  await choose(form, 'Grade', grade.scheme);
  const half = (name: string, code: string) =>
    form.getByRole('radiogroup', { name }).getByRole('radio', { name: new RegExp(`^${code} `) });
  await half('Reliability of the source', grade.source).check();
  await half('Quality of the information', grade.information).check();
}

/** Links the selected entity to another one. */
export async function addLink(page: Page, kind: string, to: string): Promise<void> {
  await page.getByRole('toolbar', { name: 'Selection' }).getByRole('button', { name: 'Add link' }).click();
  const form = page.getByRole('dialog', { name: /^Add link from / });
  await chooseByTyping(form, 'To', to);
  await choose(form, 'Kind of link', kind);
  await form.getByRole('button', { name: 'Add link' }).click();
  await form.waitFor({ state: 'detached' });
}

/** Selects an entity in the list view of the case, whatever was selected before. */
export async function selectInList(page: Page, label: string): Promise<void> {
  await showList(page);
  const clear = page.getByRole('toolbar', { name: 'Selection' }).getByRole('button', { name: 'Clear the selection' });
  if (await clear.isVisible()) await clear.click();
  await page.getByRole('main').getByRole('button', { name: label }).click();
  await inspector(page).getByRole('heading', { name: label }).waitFor();
}

async function showList(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: 'View' }).getByText('List').click();
}

export function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' });
}

/** The line at the bottom of a case that counts what is there. */
export function statusLine(page: Page): Locator {
  return page.getByRole('contentinfo');
}

/** The dialog that is on top. */
export function newestDialog(page: Page): Locator {
  return page.getByRole('dialog').last();
}
