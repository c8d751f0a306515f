import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { temporaryHome } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, addLink, inspector, newCase, openCase, selectInList, statusLine } from './steps/case.ts';
import {
  addCard,
  confirmBySight,
  confirmByWords,
  ledgerRow,
  previewRelease,
  sayYes,
  receive,
  saveCard,
} from './steps/exchange.ts';
import { type SavedFile, takeFile } from './steps/fields.ts';
import { createVault } from './steps/vault.ts';

const CASE = 'Operation Test Lamp';
const VICTIM = 'Vera Inventova';
const BORN = '2003-04-05';
const ORIGIN = { source: 'report 7', grade: { scheme: 'Europol 4x4', source: 'B', information: '2' } };

test('agency A builds a case and releases it, agency B reviews and accepts it, and the receipt comes home', async () => {
  const { page: a } = await startApp({ home: temporaryHome(), name: 'two-agencies-a' });
  const { page: b } = await startApp({ home: temporaryHome(), name: 'two-agencies-b' });
  const seenByB = watchAnswers(b);
  await createVault(a, { agency: 'Northmark Agency', country: 'Latvia', user: 'Ada' });
  await createVault(b, { agency: 'Suedhafen Office', country: 'Germany', user: 'Bert' });

  await buildCase(a);
  await exchangeCards(a, b);
  const bundle = await release(a);
  const receipt = await acceptItemByItem(b, bundle);
  await seeTheCase(b);
  await bringReceiptHome(a, receipt);
  await receiveAgain(b, bundle);

  const answers = (await Promise.all(seenByB)).join('\n');
  expect(answers).toContain('Sergo Madeupson');
  expect(answers).not.toContain(VICTIM);
  expect(answers).not.toContain(BORN);
});

/** Everything that the host tells a page, so that what was not shown by chance does not count as absent. */
function watchAnswers(page: Page): Promise<string>[] {
  const answers: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/call')) answers.push(response.body().then((body) => body.toString('utf8')));
  });
  return answers;
}

async function buildCase(a: Page): Promise<void> {
  await newCase(a, CASE);
  const suspect = { Name: 'Sergo Madeupson', 'Date of birth': '1980-01-02' };
  await addEntity(a, { kind: 'Person', texts: suspect, choices: { 'Subject category': 'Suspect' } }, ORIGIN);
  const victim = { Name: VICTIM, 'Date of birth': BORN };
  await addEntity(a, { kind: 'Person', texts: victim, choices: { 'Subject category': 'Victim' } });
  await addEntity(a, { kind: 'Phone', texts: { 'Number, as the source has it': '+44 7700 900123' } });
  await selectInList(a, 'Sergo Madeupson');
  await addLink(a, 'recruited', VICTIM);
  await selectInList(a, 'Sergo Madeupson');
  await addLink(a, 'uses', '+44 7700 900123');
  await statusLine(a).getByText('3 entities · 2 links').waitFor();
  await draw(a);
  await selectInList(a, VICTIM);
  await inspector(a).getByText('Protected', { exact: true }).waitFor();
  await inspector(a)
    .getByText(/^Grade B2, Europol 4x4\./)
    .first()
    .waitFor();
}

/** A drawing that somebody made travels with its case. */
async function draw(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Graph').click();
  const saved = page.waitForResponse((answer) => answer.request().postDataBuffer()?.includes('"chart.save"') === true);
  await page.getByRole('button', { name: 'Lay out again' }).click();
  await saved;
}

async function exchangeCards(a: Page, b: Page): Promise<void> {
  const [cardOfA, cardOfB] = [await saveCard(a), await saveCard(b)];
  const wordsAtA = await addCard(a, cardOfB, 'Suedhafen Office');
  const wordsAtB = await addCard(b, cardOfA, 'Northmark Agency');
  expect(wordsAtA).toHaveLength(12);
  expect(wordsAtB).toEqual(wordsAtA);
  await confirmByWords(a, 'Suedhafen Office', wordsAtB, 'Bert');
  await confirmBySight(b, 'Northmark Agency', 'Ada');
}

async function release(a: Page): Promise<SavedFile> {
  await openCase(a, CASE);
  const terms = { to: 'Suedhafen Office', purpose: 'Joint investigation', basis: 'art. 27' };
  const dialog = await previewRelease(a, terms);
  const victim = dialog.getByRole('article', { name: VICTIM });
  await victim.getByText(/^Victim [0-9A-F]{4}$/).waitFor();
  await victim.getByRole('row', { name: new RegExp(`^Name ${VICTIM} stays: It could identify a victim`) }).waitFor();
  await victim.getByRole('row', { name: new RegExp(`^Date of birth ${BORN} stays: It could identify`) }).waitFor();
  await victim.getByRole('row', { name: 'Subject category Victim leaves' }).waitFor();
  await dialog
    .getByText(/^Sergo Madeupson – recruited – Victim [0-9A-F]{4}$/)
    .first()
    .waitFor();
  await dialog
    .getByRole('article', { name: CASE })
    .getByRole('row', { name: /^Member Victim [0-9A-F]{4} leaves/ })
    .waitFor();
  expect(await dialog.getByRole('row', { name: new RegExp(`(${VICTIM}|${BORN}).* leaves`) }).count()).toBe(0);
  const seal = dialog.getByRole('button', { name: 'Seal and save' });
  expect(await seal.isEnabled()).toBe(false);
  await sayYes(dialog);
  await dialog.getByRole('tab', { name: 'What stays home 2' }).click();
  await dialog.getByRole('region', { name: 'What stays home' }).getByText(BORN).waitFor();
  const bundle = await takeFile(a, () => seal.click());
  expect(bundle.name).toMatch(/\.chiro$/);
  expect(new TextDecoder('latin1').decode(bundle.bytes)).toMatch(/^age-encryption\.org\/v1\n/);
  await dialog.getByText('Only Suedhafen Office can open the file.').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return bundle;
}

async function acceptItemByItem(b: Page, bundle: SavedFile): Promise<SavedFile> {
  await receive(b, bundle);
  await b.getByText('Number 1: the first file from this sender.').waitFor();
  await b.getByRole('button', { name: 'Go to review' }).click();
  const items = b.getByRole('region', { name: 'Items' });
  await items.getByRole('button', { name: /^Victim [0-9A-F]{4}$/ }).click();
  await b.getByRole('article').getByText('The sender withheld 2 values of it.').waitFor();
  const tick = (name: RegExp) => items.getByRole('checkbox', { name });
  await tick(/^Accept Sergo Madeupson – recruited – Victim/).check();
  await expect.poll(() => tick(/^Accept Sergo Madeupson$/).isChecked()).toBe(true);
  await tick(/^Accept Sergo Madeupson – uses – /).check();
  await tick(/^Accept Operation Test Lamp$/).check();
  await b.getByText('Adds 6 items and leaves 1 item out.').waitFor();
  await tick(/^Accept Chart$/).check();
  await b.getByRole('button', { name: 'Apply' }).click();
  await b.getByText('Number 1 from Northmark Agency was applied.').waitFor();
  const receipt = await takeFile(b, () => b.getByRole('button', { name: 'Save receipt' }).click());
  await b.getByRole('button', { name: 'Open case' }).click();
  return receipt;
}

async function seeTheCase(b: Page): Promise<void> {
  await statusLine(b).getByText('3 entities · 2 links').waitFor();
  await selectInList(b, 'Sergo Madeupson');
  const list = b.getByRole('main').getByRole('listitem');
  await list.filter({ hasText: /^Victim [0-9A-F]{4}Victim/ }).waitFor();
  await list.filter({ hasText: '+44 7700 900123' }).waitFor();
  await inspector(b).getByTitle('Signed by Northmark Agency').waitFor();
  expect(
    await inspector(b)
      .getByTitle(/our own agency/)
      .count(),
  ).toBe(0);
  await inspector(b).getByRole('tab', { name: 'Sources 1' }).click();
  await inspector(b).getByText('report 7', { exact: true }).waitFor();
}

async function bringReceiptHome(a: Page, receipt: SavedFile): Promise<void> {
  const held = ['Suedhafen Office', 'Joint investigation', '2 values withheld'];
  expect(await (await ledgerRow(a, VICTIM)).innerText()).toMatch(/\nNo receipt yet\nNot imported after .*$/);
  await receive(a, receipt);
  await a.getByText('The receipt was entered in the ledger.').waitFor();
  const row = await ledgerRow(a, VICTIM);
  expect(await row.innerText()).toMatch(/\nReceipt\nNot imported after .*$/);
  for (const fact of held) expect(await row.innerText()).toContain(fact);
}

async function receiveAgain(b: Page, bundle: SavedFile): Promise<void> {
  await receive(b, bundle);
  await b.getByText('This file was received before.').waitFor();
  await b.getByText('Everything in it is known already. Nothing was changed.').waitFor();
  expect(await b.getByRole('button', { name: 'Go to review' }).count()).toBe(0);
}
