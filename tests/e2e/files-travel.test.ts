import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE } from '../support/agency.ts';
import { attach } from '../support/attachment-steps.ts';
import { startApp } from '../support/browser.ts';
import { addEntity } from '../support/case-steps.ts';
import { inventedBytes } from '../support/evidence.ts';
import { agencies, confirmed, smallCase } from '../support/forwarding.ts';
import type { Member } from '../support/forwarding.ts';
import { inspector, openCase, selectInList } from './steps/case.ts';
import { previewRelease, receive, sayYes } from './steps/exchange.ts';
import { takeFile } from './steps/fields.ts';
import type { SavedFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import type { Look } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

const CASE = 'Operation Test Lamp';
const SUSPECT = 'Sergo Madeupson';
const PHOTO = 'invented photograph.jpg';
const PORTRAIT = 'invented portrait.png';
/** Three pieces. */
const photo = Buffer.concat([Buffer.from('\xFF\xD8\xFF invented ', 'latin1'), inventedBytes(2_100_000)]);
const TERMS = { to: 'Suedhafen Office', purpose: 'Joint investigation', basis: 'art. 27' };

test('a photograph goes to a partner with its record, is looked at there, and is gone when it is recalled', async () => {
  const [one, other] = (await agencies(2)) as [Member, Member];
  await confirmed(one, other);
  await filesOf(one);
  const found: string[] = [];
  const a = await started(one, 'files-travel-a');
  const b = await started(other, 'files-travel-b');

  const bundle = await release(a, lookAt(a, found));
  await accept(b, bundle, lookAt(b, found));
  expect(held(other)).toHaveLength(1);
  await exportThere(b, lookAt(b, found));

  const recall = await withdraw(a);
  await receive(b, recall);
  await b.getByRole('button', { name: 'Go to review' }).click();
  await acceptAll(b);
  expect(held(other)).toEqual([]);
  await b
    .getByRole('button', { name: 'Open case' })
    .or(b.getByRole('button', { name: 'Done' }))
    .first()
    .click();
  await receive(b, bundle);
  await b.getByText('This file was received before.').waitFor();
  expect(held(other)).toEqual([]);
  expect(found).toEqual([]);
});

/** A photograph of a suspect, and a portrait of a victim. */
async function filesOf({ at }: Member): Promise<void> {
  const { id, suspect } = await smallCase({ at, id: '' as Member['id'], name: '' });
  const { subject: victim } = await addEntity(at, id, 'person', {
    name: 'Vera Inventova',
    subjectCategory: 'victim',
  });
  await attach(at, [suspect], photo, { name: PHOTO, type: 'image/jpeg', step: 1_000_000 });
  await attach(at, [victim], Buffer.from('\x89PNG\r\n\x1A\n invented', 'latin1'), {
    name: PORTRAIT,
    type: 'image/png',
  });
}

async function started({ at }: Member, name: string): Promise<Page> {
  await at.call('vault.lock', {});
  const { page } = await startApp({ home: at.home, name });
  await unlock(page, PASSPHRASE);
  return page;
}

async function release(page: Page, look: Look): Promise<SavedFile> {
  await openCase(page, CASE);
  const dialog = await previewRelease(page, TERMS);
  const article = dialog.getByRole('article', { name: PHOTO });
  await article.getByText(`The file goes along: 2.1 MB, image/jpeg, about ${SUSPECT}.`).waitFor();
  await dialog.getByText(/ and 1 evidence file \(2\.1 MB\)\.$/).waitFor();
  const portrait = dialog.getByRole('article', { name: PORTRAIT });
  await portrait.getByText('The file is about a protected person, and nothing can be withheld of a file.').waitFor();
  await article.scrollIntoViewIfNeeded();
  await look('files-travel-preview');
  await dialog.getByRole('tab', { name: /^What stays home/ }).click();
  await sayYes(dialog);
  const bundle = await takeFile(page, () => dialog.getByRole('button', { name: 'Seal and save' }).click());
  await dialog.getByRole('button', { name: 'Done' }).click();
  return bundle;
}

async function accept(page: Page, bundle: SavedFile, look: Look): Promise<void> {
  await receive(page, bundle);
  await page.getByText('Every evidence file in it is, byte by byte, the one that its record names.').waitFor();
  await page.getByText('1 evidence file (2.1 MB)').waitFor();
  await look('files-travel-check');
  await page.getByRole('button', { name: 'Go to review' }).click();
  const items = page.getByRole('region', { name: 'Items' });
  await items.getByRole('button', { name: PHOTO }).click();
  const detail = page.getByRole('article', { name: 'The item in full' });
  await detail.getByText('The file came along').waitFor();
  await detail.getByText(SUSPECT).waitFor();
  await look('files-travel-review');
  await acceptAll(page);
  await page.getByRole('button', { name: 'Open case' }).click();
}

async function acceptAll(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Accept all/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText(/ from Northmark Agency was applied\.$/).waitFor();
}

async function exportThere(page: Page, look: Look): Promise<void> {
  await selectInList(page, SUSPECT);
  await inspector(page).getByRole('tab', { name: 'Files 1' }).click();
  const panel = inspector(page).getByRole('tabpanel', { name: /^Files/ });
  await panel.getByText('In the vault').waitFor();
  await panel.getByText('Hash, source, custody').click();
  await panel.getByText('Received from Northmark Agency with number 1').waitFor();
  await look('files-travel-held');
  await panel.getByRole('button', { name: `Export ${PHOTO}` }).click();
  const leaving = page.getByRole('dialog', { name: `Export ${PHOTO}` });
  await leaving.getByRole('textbox', { name: 'Reason' }).fill('to look at it');
  const saved = await takeFile(page, () => leaving.getByRole('button', { name: 'Export', exact: true }).click());
  expect([saved.name, Buffer.compare(saved.bytes, photo)]).toEqual([PHOTO, 0]);
}

async function withdraw(page: Page): Promise<SavedFile> {
  await selectInList(page, SUSPECT);
  await inspector(page).getByRole('tab', { name: 'Files 1' }).click();
  await inspector(page)
    .getByRole('button', { name: `Retract ${PHOTO}` })
    .click();
  const retract = page.getByRole('dialog', { name: /^Retract 1 record/ });
  await retract.getByRole('radio', { name: 'It must be erased' }).check();
  await retract.getByRole('textbox', { name: 'Reason' }).fill('should not have gone');
  await retract.getByRole('button', { name: 'Retract' }).click();
  await retract.waitFor({ state: 'detached' });
  const dialog = await previewRelease(page, TERMS);
  await dialog.getByRole('tab', { name: /^What stays home/ }).click();
  await sayYes(dialog);
  const recall = await takeFile(page, () => dialog.getByRole('button', { name: 'Seal and save' }).click());
  await dialog.getByRole('button', { name: 'Done' }).click();
  return recall;
}

function held({ at }: Member): readonly string[] {
  const folder = join(at.home, 'main', 'attachments');
  return existsSync(folder) ? readdirSync(folder) : [];
}
