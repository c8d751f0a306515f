import { afterAll, expect, test } from 'vitest';
import { PASSPHRASE, confirmedPair, handling, source } from '../support/agency.ts';
import { addEntity } from '../support/case-steps.ts';
import { startApp } from '../support/browser.ts';
import { openCase } from './steps/case.ts';
import { previewRelease, sayYes } from './steps/exchange.ts';
import { tabTo } from './steps/keyboard.ts';
import { type StepCost, costOf, costTable, watchLongTasks } from './steps/long-tasks.ts';
import { lookAt } from './steps/look.ts';
import { PREPARED_CASE, writeCase } from './steps/prepared.ts';
import { unlock } from './steps/vault.ts';

const CAVEAT = 'Ask before any action at this address.';

test('a release asks what the officer answers for, keeps single values home, and shows what the partner gets', async () => {
  const { a } = await confirmedPair();
  const id = await writeCase(a);
  const limited = { ...handling, codes: ['H3' as const], caveat: CAVEAT };
  await addEntity(a, id, 'place', { name: 'Lamp House', address: '1 Invented Lane' }, { handling: limited });
  await a.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'release' });
  await unlock(page, PASSPHRASE);
  await openCase(page, PREPARED_CASE);
  const dialog = await previewRelease(page, {
    to: 'Suedhafen Office',
    purpose: 'Joint investigation',
    basis: 'art. 27',
  });
  const questions = dialog.getByRole('group', { name: 'To answer before sealing' });
  await questions.getByText(CAVEAT).waitFor();
  await questions.getByRole('checkbox', { name: /^Suedhafen Office gets for the first time: .*persons/ }).waitFor();
  const look = lookAt(page, found);
  await look('release-questions');

  const list = dialog.getByRole('region', { name: 'Every subject' });
  await tabTo(page, list);
  const place = list.getByRole('listitem').filter({ has: page.getByRole('article', { name: 'Lamp House' }) });
  for (let step = 0; step < 20 && !(await place.evaluate((item) => item === document.activeElement)); step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await tabTo(page, list.getByRole('button', { name: 'Keep home: Address 1 Invented Lane' }));
  await page.keyboard.press('Enter');
  const everyAddress = page.getByRole('menuitem', { name: 'Keep every address home (place)' });
  await everyAddress.waitFor();
  for (let step = 0; step < 5 && !(await everyAddress.evaluate((item) => item === document.activeElement)); step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Let leave again: Every address (place)' }).waitFor();
  await list.getByRole('row', { name: 'Address 1 Invented Lane stays: You keep this value home.' }).waitFor();
  const again = list.getByRole('button', { name: 'Let leave again: Address 1 Invented Lane' });
  await again.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await list.getByRole('row', { name: 'Address 1 Invented Lane leaves' }).waitFor();
  await list.getByRole('button', { name: 'Keep home: Address 1 Invented Lane' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Control+z');
  await again.and(page.locator(':focus')).waitFor();
  await look('release-kept-property');
  await dialog.getByRole('tab', { name: 'As the partner sees it' }).click();
  const theirs = dialog.getByRole('region', { name: 'As the partner sees it' });
  await theirs.getByText('Lamp House').first().waitFor();
  expect(await theirs.getByText('1 Invented Lane').count()).toBe(0);
  await theirs.getByText('1 value is withheld by us').waitFor();
  await look('release-as-partner');
  await sayYes(dialog);
  await dialog.getByRole('tab', { name: 'What stays home 3' }).click();
  await dialog
    .getByRole('group', { name: 'By rule' })
    .getByRole('button', { name: /^P21 · 1: / })
    .click();
  await dialog.getByRole('region', { name: 'What stays home' }).getByText('1 Invented Lane').waitFor();
  await look('release-home-by-rule');
  expect(await dialog.getByRole('button', { name: 'Seal and save' }).isEnabled()).toBe(true);
  await page.keyboard.press('Control+z');
  await dialog.getByText('Nothing beyond the rules.').waitFor();
  expect(found).toEqual([]);
});

/** `CHIROGRAPH_RELEASE_RECORDS=20000` or `=100000` for the sizes that the product promises. */
const RECORDS = Number(process.env['CHIROGRAPH_RELEASE_RECORDS'] ?? 3000);
const costs: StepCost[] = [];

afterAll(() => void process.stdout.write(`${costTable(costs)}\n`));

test(
  `a case of ${RECORDS} records is looked at before it is released; what each step costs the page is printed`,
  { timeout: 900_000 },
  async () => {
    const { a } = await confirmedPair();
    await a.call('import.apply', largeCase());
    await a.call('vault.lock', {});
    const found: string[] = [];
    const { page } = await startApp({ home: a.home, name: 'large-release', isTraced: false });
    await watchLongTasks(page);
    await unlock(page, PASSPHRASE);
    await openCase(page, 'Operation Long Lamp');
    const step = async (name: string, act: () => Promise<void>) => void costs.push(await costOf(page, name, act));
    const terms = { to: 'Suedhafen Office', purpose: 'Joint investigation', basis: 'art. 27' };
    const dialog = await previewRelease(page, terms);
    const list = dialog.getByRole('region', { name: 'Every subject' });
    await list.getByRole('article').first().waitFor({ timeout: 300_000 });
    const total = await list.getByRole('listitem').first().getAttribute('aria-setsize');
    expect(Number(total)).toBeGreaterThanOrEqual(RECORDS);

    await step('to the far end and back', async () => {
      await list.getByRole('listitem').first().focus();
      await page.keyboard.press('End');
      await list.locator(`li[aria-posinset="${total}"] article`).waitFor();
      await page.keyboard.press('Home');
      await list.locator('li[aria-posinset="1"] article').waitFor();
    });
    await step('scroll', async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        await list.hover();
        await page.mouse.wheel(0, 1500);
      }
      const last = list.locator('li').last();
      await expect.poll(async () => Number(await last.getAttribute('aria-posinset'))).toBeGreaterThan(40);
    });
    await step('what stays home', async () => {
      await dialog.getByRole('tab', { name: /^What stays home/ }).click();
      await dialog.getByRole('region', { name: 'What stays home' }).getByRole('article').first().waitFor();
    });
    await step('one rule', async () => {
      await dialog.getByRole('button', { name: /^P5/ }).first().click();
      await dialog.getByRole('region', { name: 'What stays home' }).getByRole('article').first().waitFor();
    });
    await step('as the partner sees it', async () => {
      await dialog.getByRole('tab', { name: 'As the partner sees it' }).click();
      await dialog.getByRole('region', { name: 'As the partner sees it' }).getByRole('article').first().waitFor();
    });
    await dialog.getByRole('tab', { name: /^Every subject/ }).click();
    await step('keep something home', async () => {
      await list
        .getByRole('button', { name: /^Keep home: Invented/ })
        .first()
        .click();
      await list
        .getByRole('button', { name: /^Let leave again: Invented/ })
        .first()
        .waitFor({ timeout: 300_000 });
      await dialog.locator('[aria-busy="false"]').first().waitFor({ timeout: 300_000 });
    });
    await lookAt(page, found)('release-large');
    expect(found).toEqual([]);
  },
);

/** Invented people, one in twenty of them a victim. */
function largeCase() {
  const rows = Array.from({ length: RECORDS }, (_, i) => `n${i},Invented ${i},${i % 20 === 0 ? 'victim' : ''}\n`);
  return {
    case: { title: 'Operation Long Lamp' },
    name: 'people.csv',
    format: 'csv' as const,
    entityType: 'person',
    attach: 'auto' as const,
    source,
    handling,
    bytes: new TextEncoder().encode(`id,name,role\n${rows.join('')}`),
  };
}
