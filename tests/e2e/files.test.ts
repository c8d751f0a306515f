import { createHash } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, createdAgency } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, openCase as openNewCase } from '../support/case-steps.ts';
import { inventedBytes } from '../support/evidence.ts';
import { inspector, openCase, selectInList } from './steps/case.ts';
import { giveFile, takeFile } from './steps/fields.ts';
import type { SavedFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

const PERSON = 'Sergo Madeupson';
/** Three pieces, so that progress and order matter. */
const lease: SavedFile = {
  name: 'invented lease.pdf',
  bytes: Buffer.concat([Buffer.from('%PDF-1.7 '), inventedBytes(9_000_000)]),
};
const liar: SavedFile = { name: 'photo\u202Egpj.exe', bytes: Buffer.from('%PDF-1.7 not a program') };

async function filesOfPerson(name: string): Promise<{ readonly page: Page; readonly panel: Locator }> {
  const agency = await createdAgency('Northmark Agency');
  await addEntity(agency, await openNewCase(agency), 'person', { name: PERSON });
  await agency.call('vault.lock', {});
  const { page } = await startApp({ home: agency.home, name });
  await unlock(page, PASSPHRASE);
  await openCase(page, 'Operation Test Lamp');
  await selectInList(page, PERSON);
  await showFiles(page);
  return { page, panel: inspector(page).getByRole('tabpanel', { name: /^Files/ }) };
}

async function showFiles(page: Page): Promise<void> {
  await inspector(page)
    .getByRole('tab', { name: /^Files/ })
    .click();
}

async function addFile(page: Page, panel: Locator, file: SavedFile, source?: string): Promise<void> {
  await giveFile(panel, 'Add files', file);
  const form = page.getByRole('dialog', { name: 'Add an evidence file' });
  if (source !== undefined) await form.getByRole('textbox', { name: 'Source reference' }).fill(source);
  await form.getByRole('button', { name: 'Add file' }).click();
  await form.waitFor({ state: 'detached' });
}

test('a file is added, proved and exported in the window, and its custody tells all of it', async () => {
  const { page, panel } = await filesOfPerson('files');
  const found: string[] = [];
  const look = lookAt(page, found);
  await panel.getByRole('heading', { name: 'No evidence files yet' }).waitFor();
  await look('files-none');

  await giveFile(panel, 'Add files', lease);
  const form = page.getByRole('dialog', { name: 'Add an evidence file' });
  await form.getByRole('button', { name: 'Add file' }).click();
  await form.getByText(/^Say where it comes from/).waitFor();
  await look('files-add-refused');
  await form.getByRole('textbox', { name: 'Source reference' }).fill('report 7');
  await form.getByRole('textbox', { name: 'Note' }).fill('Found in an invented flat.');
  await form.getByRole('button', { name: 'Add file' }).click();
  await form.waitFor({ state: 'detached' });

  await panel.getByText(lease.name).waitFor();
  await inspector(page).getByRole('tab', { name: 'Files 1' }).waitFor();
  await panel.getByText('Hash, source, custody').click();
  await panel.getByText(createHash('sha256').update(lease.bytes).digest('hex')).waitFor();
  await panel.getByRole('button', { name: `Prove ${lease.name}` }).click();
  await page.getByText('Every byte is what was added.').waitFor();

  await panel.getByRole('button', { name: `Export ${lease.name}` }).click();
  const leaving = page.getByRole('dialog', { name: `Export ${lease.name}` });
  await leaving.getByRole('button', { name: 'Export', exact: true }).click();
  await leaving.getByText('Say what it is needed for.').waitFor();
  await look('files-export-refused');
  await leaving.getByRole('textbox', { name: 'Reason' }).fill('for the invented court');
  const saved = await takeFile(page, () => leaving.getByRole('button', { name: 'Export', exact: true }).click());
  expect(saved.name).toBe(lease.name);
  expect(Buffer.compare(saved.bytes, lease.bytes)).toBe(0);
  await leaving.waitFor({ state: 'detached' });

  // Pictures in a narrow window close the inspector in between.
  for (const closed of await panel.locator('details:not([open]) > summary').all()) await closed.click();
  const custody = panel.getByRole('list').filter({ hasText: 'Exported' }).last().getByRole('listitem');
  await panel.getByText('for the invented court').waitFor();
  expect(await custody.allInnerTexts()).toEqual([
    expect.stringMatching(/^Exported .* by Olga Officer\s+for the invented court$/),
    expect.stringMatching(/^Proved whole .* by Olga Officer$/),
    expect.stringMatching(/^Added .* by Olga Officer$/),
  ]);
  await look('files-held');
  expect(found).toEqual([]);
});

test('a file that lies about itself is told, by a name in which nothing is hidden', async () => {
  const { page, panel } = await filesOfPerson('files-odd');
  await addFile(page, panel, liar, 'report 7');
  await panel.getByText('photo[U+202E]gpj.exe').waitFor();
  await panel.getByText('Not what its name says').waitFor();
  const found: string[] = [];
  await lookAt(page, found)('files-odd');
  expect(found).toEqual([]);
  await addFile(page, panel, { name: 'second.txt', bytes: Buffer.from('x') });
  await inspector(page).getByRole('tab', { name: 'Files 2' }).waitFor();
});

test('files that are dropped on the tab are offered for adding, and a file is withdrawn from there', async () => {
  const { page, panel } = await filesOfPerson('files-drop');
  await panel.getByRole('heading', { name: 'No evidence files yet' }).waitFor();
  const dropped = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['a'], 'one.txt', { type: 'text/plain' }));
    transfer.items.add(new File(['b'], 'two.txt', { type: 'text/plain' }));
    return transfer;
  })()`);
  await panel.locator('.files').dispatchEvent('drop', { dataTransfer: dropped });
  const form = page.getByRole('dialog', { name: 'Add 2 evidence files' });
  await form.getByRole('textbox', { name: 'Source reference' }).fill('report 7');
  await form.getByRole('button', { name: 'Add 2 files' }).click();
  await form.waitFor({ state: 'detached' });
  await panel.getByText('two.txt').waitFor();
  await panel.getByRole('button', { name: 'Retract one.txt' }).click();
  const retract = page.getByRole('dialog', { name: /^Retract 1 record/ });
  await retract.getByRole('radio', { name: 'It must be erased' }).check();
  await retract.getByRole('textbox', { name: 'Reason' }).fill('collected without a basis');
  await retract.getByRole('button', { name: 'Retract' }).click();
  await inspector(page).getByRole('tab', { name: 'Files 1' }).waitFor();
  expect(await panel.getByText('one.txt').count()).toBe(0);
});
