import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { BENCH_PASSPHRASE, BENCH_VAULT } from '../../bench/store/build-store.ts';
import { subjectOf } from '../../bench/store/draw-records.ts';
import { ROOT } from '../../build/project.ts';
import { handling, startAgency, temporaryHome } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { inspector, statusLine } from './steps/case.ts';
import { keysInOneBreath } from './steps/keyboard.ts';
import { type StepCost, costOf, costTable, watchLongTasks } from './steps/long-tasks.ts';
import { unlock } from './steps/vault.ts';

/** `CHIROGRAPH_DAY_ENTITIES=1000000` for the size that the product promises. */
const ENTITIES = Number(process.env['CHIROGRAPH_DAY_ENTITIES'] ?? 20_000);
const LINKS = ENTITIES * 3;
const CASE = 'Operation Wide Net';
const MEMBERS_A_CALL = 8192;
/** More than are ever drawn as a whole. */
const MEMBERS = Math.min(ENTITIES, 300_000);
const ROWS_A_PAGE = 20;

const costs: StepCost[] = [];
/** A home in which `npm run bench -- store --keep DIR` left a vault of that size: building a million takes ten minutes. */
const KEPT = process.env['CHIROGRAPH_DAY_HOME'];
const keepsPictures = process.env['CHIROGRAPH_DAY_PICTURES'];

afterAll(() => void process.stdout.write(`${costTable(costs)}\n`));

/** A vault of that size with one case that holds most of it, and somebody in it whom many links touch. */
async function wideVault(): Promise<{ readonly home: string; readonly name: string; readonly degree: number }> {
  const home = KEPT ?? temporaryHome();
  if (KEPT === undefined) buildStore(home);
  const agency = startAgency(home);
  await agency.call('vault.unlock', { vault: BENCH_VAULT, passphrase: BENCH_PASSPHRASE });
  const { id } = await agency.call('case.save', { title: CASE, handling });
  const members = Array.from({ length: MEMBERS }, (_, number) => subjectOf('entity', number));
  for (let at = 0; at < members.length; at += MEMBERS_A_CALL) {
    await agency.call('case.add-members', { case: id, members: members.slice(at, at + MEMBERS_A_CALL) });
  }
  const { entities } = await agency.call('case.members', { case: id, types: ['person'], limit: 1000 });
  const known = entities.filter(
    ({ label, degree }) => /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(label) && degree > 5 && degree <= 40,
  );
  const person = known.toSorted((one, other) => other.degree - one.degree)[0];
  if (person === undefined) throw new Error('nobody with links');
  await agency.call('vault.lock', {});
  return { home, name: person.label, degree: person.degree };
}

function buildStore(home: string): void {
  const script = join(ROOT, 'bench/store/build-store.ts');
  const built = spawnSync(process.execPath, [script, home, `${ENTITIES}`, `${LINKS}`], { encoding: 'utf8' });
  expect(built.stderr).toBe('');
}

async function picture(page: Page, name: string): Promise<void> {
  if (keepsPictures === undefined) return;
  await page.screenshot({ path: join(keepsPictures, `${name}.png`) });
}

async function darkPictures(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await picture(page, 'large-case-dark');
  await page.getByRole('button', { name: 'Fit all' }).click();
  await page.getByRole('application').focus();
  await page.keyboard.press('Home');
  await inspector(page).getByRole('heading', { name, exact: true }).waitFor();
  await page.keyboard.press('e');
  await page.getByRole('menuitem', { name: /^Everything|^The next 100/ }).waitFor();
  await picture(page, 'expand-menu-dark');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'From date' }).fill('2024');
  await statusLine(page)
    .getByText(/by 1 filter/)
    .waitFor();
  await picture(page, 'date-filter-dark');
}

test(
  'an ordinary day in a large case: unlock, type a name, open, expand, filter by date, go through the table',
  { timeout: 3_000_000 },
  async () => {
    const { home, name } = await wideVault();
    const { page } = await startApp({ home, name: 'ordinary-day', isTraced: false });
    await watchLongTasks(page);
    const main = page.getByRole('main');
    const step = async (words: string, act: () => Promise<void>) => void costs.push(await costOf(page, words, act));

    await step('unlock', () => unlock(page, BENCH_PASSPHRASE));

    await step('open the case', async () => {
      await page.getByRole('main').getByText(CASE).click();
      await main.getByRole('note').filter({ hasText: 'The drawing shows 25' }).waitFor();
    });
    await expect.poll(() => statusLine(page).textContent()).toContain(MEMBERS.toLocaleString('en'));
    await page.getByRole('status').filter({ hasText: 'Laying out' }).waitFor({ state: 'detached' });
    await picture(page, 'large-case-light');

    const box = page.getByRole('combobox', { name: 'Command, name, number or plate' });
    const hit = page.getByRole('option', { name: new RegExp(name) }).first();
    await step(`type a name, ${name.length} letters`, async () => {
      await page.keyboard.press('Control+k');
      await box.waitFor();
      for (const letter of name) await page.keyboard.type(letter, { delay: 60 });
      await hit.waitFor();
    });
    await step('open it', async () => {
      await hit.click();
      // more than one case holds it, but the open one is taken
      await inspector(page).getByRole('heading', { name, exact: true }).waitFor();
      await main.getByRole('note').filter({ hasText: '1 entity added' }).waitFor();
    });
    const drawn = async () =>
      Number(/Drawn: ([\d,]+)/.exec((await statusLine(page).textContent()) ?? '')?.[1]?.replace(',', ''));
    const before = await drawn();

    await step('ask what is linked to it', async () => {
      await page.getByRole('application').focus();
      await page.keyboard.press('e');
      await page.getByRole('menuitem', { name: /^Everything|^The next 100/ }).waitFor();
    });
    await picture(page, 'expand-menu-light');
    await step('expand it', async () => {
      await page.getByRole('menuitem', { name: /^Everything|^The next 100/ }).click();
      await main
        .getByRole('note')
        .filter({ hasText: /(?!1 )\d+ entit(y|ies) added/ })
        .waitFor();
      await expect.poll(drawn).toBeGreaterThan(before);
    });
    const expanded = await drawn();

    await step('filter by date', async () => {
      await page.getByRole('textbox', { name: 'From date' }).pressSequentially('2024', { delay: 40 });
      await page.getByRole('textbox', { name: 'To date' }).pressSequentially('2024-06', { delay: 40 });
      await statusLine(page)
        .getByText(/dimmed by 1 filter/)
        .waitFor();
    });
    await picture(page, 'date-filter-light');
    await step('hide what is filtered out', async () => {
      await page.getByRole('radiogroup', { name: 'What is filtered out is' }).getByText('Hidden').click();
      await statusLine(page)
        .getByText(/hidden by 1 filter/)
        .waitFor();
    });
    await step('clear the filter', async () => {
      await statusLine(page).getByRole('button', { name: 'Clear' }).click();
      await statusLine(page).getByText('Filters: none').waitFor();
    });
    expect(await page.getByRole('textbox', { name: 'From date' }).inputValue()).toBe('');

    await step('open the table', async () => {
      await page.keyboard.press('Control+2');
      await main.getByRole('grid').getByRole('row').nth(5).waitFor();
    });
    const grid = main.getByRole('grid', { name: 'Entities of the case' });
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(MEMBERS + 1));
    const caret = grid.locator('[data-active=true]');
    const read = grid.getByRole('row').and(page.locator('[data-active=true]:not([aria-busy=true])'));
    await step('go down a hundred pages of the table', async () => {
      await grid.focus();
      for (let pages = 0; pages < 100; pages++) await page.keyboard.press('PageDown');
      expect(await caret.getAttribute('aria-rowindex')).toBe(String(1 + 1 + 100 * ROWS_A_PAGE));
      await read.waitFor();
    });
    const chosen = await caret.getByRole('gridcell').first().textContent();
    await inspector(page)
      .getByRole('heading', { name: chosen ?? '', exact: true })
      .waitFor();
    await picture(page, 'large-table-light');

    await grid.evaluate(keysInOneBreath, { key: 'PageUp', times: 90 });
    expect(await caret.getAttribute('aria-rowindex')).toBe(String(1 + 1 + 10 * ROWS_A_PAGE));
    await read.waitFor();

    await step('to the end of the table and back to its top', async () => {
      await page.keyboard.press('End');
      expect(await caret.getAttribute('aria-rowindex')).toBe(String(1 + MEMBERS));
      await read.waitFor();
      await page.keyboard.press('Home');
      expect(await caret.getAttribute('aria-rowindex')).toBe('2');
      await read.waitFor();
    });

    await step('back to the drawing', async () => {
      await page.keyboard.press('Control+1');
      await page.getByRole('application').waitFor();
    });
    expect(await drawn()).toBe(expanded);
    await step('take the expansion back', async () => {
      await main.getByRole('button', { name: 'Take back' }).click();
      await expect.poll(drawn).toBe(before);
    });
    if (keepsPictures !== undefined) await darkPictures(page, name);
  },
);
