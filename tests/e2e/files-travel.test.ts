import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, source } from '../support/agency.ts';
import { attach } from '../support/attachment-steps.ts';
import { barePartner } from '../support/bare-partner.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, claimsOf, openCase as openNewCase } from '../support/case-steps.ts';
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

test('[P16] an officer who includes victims is shown whose portrait leaves, and is asked before it does', async () => {
  const [one, other] = (await agencies(2)) as [Member, Member];
  await confirmed(one, other);
  await filesOf(one);
  const found: string[] = [];
  const page = await started(one, 'files-travel-victim');
  await openCase(page, CASE);
  const dialog = await previewRelease(page, TERMS);
  await dialog.getByRole('checkbox', { name: /victims/i }).check();
  await dialog.getByText(/ and 2 evidence files \(2\.1 MB\)\.$/).waitFor();
  await dialog.getByText(/nothing can be withheld of a photograph\./).waitFor();
  const portrait = dialog.getByRole('article', { name: PORTRAIT });
  await dialog.getByRole('article', { name: 'Vera Inventova', exact: true }).hover();
  await page.mouse.wheel(0, 5000);
  await portrait.getByText('The file goes along: 17 bytes, image/png, about Vera Inventova.').waitFor();
  await portrait.getByText('Protected', { exact: true }).waitFor();
  const questions = dialog.getByRole('group', { name: 'To answer before sealing' });
  await questions.getByText(/for the first time: .*an evidence file and who a victim is/).waitFor();
  expect(await dialog.getByRole('button', { name: 'Seal and save' }).isDisabled()).toBe(true);
  await portrait.scrollIntoViewIfNeeded();
  await lookAt(page, found)('files-travel-victim');
  expect(found).toEqual([]);
});

test('[R20] a file whose record came without it is said not to be here, and cannot be exported or proved', async () => {
  const [one] = (await agencies(1)) as [Member];
  const id = await openNewCase(one.at, CASE);
  const { quarantine } = await one.at.call('receive.open', { bytes: await withoutFile(one) });
  await one.at.call('receive.apply', { quarantine, accept: 'all', case: id });
  const found: string[] = [];
  const page = await started(one, 'files-absent');
  await openCase(page, CASE);
  await selectInList(page, SUSPECT);
  await inspector(page).getByRole('tab', { name: 'Files 1' }).click();
  const panel = inspector(page).getByRole('tabpanel', { name: /^Files/ });
  await panel.getByText('The file is not here', { exact: true }).waitFor();
  await panel.getByText('Its record came without it. Ask Crafted Office to send it again.').waitFor();
  for (const verb of ['Export', 'Prove']) {
    expect(await panel.getByRole('button', { name: `${verb} ${PHOTO}` }).isDisabled()).toBe(true);
  }
  await lookAt(page, found)('files-absent');
  expect(found).toEqual([]);
});

/** A bundle with the record of a photograph, of a partner whose program sends no files. */
async function withoutFile({ at }: Member): Promise<Uint8Array> {
  const partner = await barePartner(at);
  const suspect = partner.person({ name: SUSPECT });
  const file = { sha256: createHash('sha256').update(photo).digest('hex'), size: photo.length, type: 'image/jpeg' };
  const about = { supports: [suspect.record.subject], claims: claimsOf({ name: PHOTO }) };
  const record = partner.say({ kind: 'attachment', source, file, ...about });
  return partner.sealed([partner.group([suspect, record])]);
}

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
