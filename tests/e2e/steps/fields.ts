import type { Locator, Page } from 'playwright-core';

/** Chooses from a list field by its label, as a person does: open it, press the option. */
export async function choose(scope: Locator | Page, label: string, option: string): Promise<void> {
  const field = scope.getByRole('combobox', { name: label, exact: true });
  await field.click();
  await pageOf(scope).getByRole('option', { name: option, exact: true }).click();
}

/** Chooses from a long list by typing into its field first. */
export async function chooseByTyping(scope: Locator | Page, label: string, text: string, option = text): Promise<void> {
  const field = scope.getByRole('combobox', { name: label, exact: true });
  await field.click();
  await field.fill(text);
  await pageOf(scope).getByRole('option', { name: option }).first().click();
}

/** Presses a button that has the program ask for a file, and gives it one. */
export async function giveFile(
  scope: Locator | Page,
  button: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  const asked = pageOf(scope).waitForEvent('filechooser');
  await scope.getByRole('button', { name: button }).click();
  const chooser = await asked;
  await chooser.setFiles({ name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.bytes) });
}

export interface SavedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Does something that saves a file, and takes the file. */
export async function takeFile(page: Page, act: () => Promise<void>): Promise<SavedFile> {
  const saved = page.waitForEvent('download');
  await act();
  const download = await saved;
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
}

function pageOf(scope: Locator | Page): Page {
  return 'page' in scope ? scope.page() : scope;
}
