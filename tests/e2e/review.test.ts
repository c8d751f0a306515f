import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { PASSPHRASE, confirmedPair, createdAgency, source } from '../support/agency.ts';
import { barePartner } from '../support/bare-partner.ts';
import { startApp } from '../support/browser.ts';
import { startsAt, tabTo } from './steps/keyboard.ts';
import { type StepCost, costOf, costTable, watchLongTasks } from './steps/long-tasks.ts';
import { lookAt } from './steps/look.ts';
import { fileFromB } from './steps/tour-of-an-exchange.ts';
import { unlock } from './steps/vault.ts';

/** `CHIROGRAPH_REVIEW_RECORDS=100000` for the size that the product promises. */
const RECORDS = Number(process.env['CHIROGRAPH_REVIEW_RECORDS'] ?? 20_000);
const costs: StepCost[] = [];

afterAll(() => void process.stdout.write(`${costTable(costs)}\n`));

const rows = (page: Page) => page.getByRole('region', { name: 'Items' });
const sentence = (page: Page) => page.getByRole('region', { name: 'Review' }).getByRole('status').last();

async function openReview(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Receive' }).click();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: 'Go to review' }).click();
  await rows(page).getByRole('listitem').first().waitFor();
}

test(
  'conflicts are reviewed by keyboard, nothing is skipped in silence, and the whole file can be taken back',
  { timeout: 400_000 },
  async () => {
    const { a, b, idA, idB } = await confirmedPair();
    await a.call('receive.open', { bytes: await fileFromB(a, b, idA, idB) });
    const before = await a.call('vault.status', {});
    await a.call('vault.lock', {});
    const found: string[] = [];
    const { page } = await startApp({ home: a.home, name: 'review' });
    const look = lookAt(page, found);
    await unlock(page, PASSPHRASE);
    await openReview(page);
    await page.getByRole('button', { name: /^Conflicting 1$/ }).click();
    const tick = rows(page).getByRole('checkbox', { name: 'Accept Sergo Madeupson' });
    await tick.waitFor();
    await page.getByText('Shown: 1 of 3 items.').waitFor();
    const detail = page.getByRole('article', { name: 'The item in full' });
    const row = detail.getByRole('row', { name: /^Date of birth/ });
    await row.getByText('1979-12-31').waitFor();
    expect(await row.textContent()).toMatch(/1979-12-31.*Suedhafen Office.*1980-01-02.*differs.*Northmark Agency/);
    await look('review-conflict');

    await tabTo(page, tick);
    await page.keyboard.press('o');
    await detail.getByText('Held', { exact: true }).waitFor();
    await page.keyboard.press('t');
    await detail.getByText('Accepted', { exact: true }).waitFor();
    await page.keyboard.press('Control+z');
    await detail.getByText('Held', { exact: true }).waitFor();
    await page.keyboard.press('s');
    await detail.getByText('Undecided', { exact: true }).waitFor();
    await page.keyboard.press('b');
    await detail.getByText('Accepted', { exact: true }).waitFor();
    await expect.poll(() => sentence(page).textContent()).toMatch(/Puts 1 other view beside ours.*undecided/);

    await page.getByRole('button', { name: 'Show as a chart' }).click();
    await page.getByRole('list', { name: 'What the signs mean' }).waitFor();
    await page.getByRole('button', { name: /^All / }).click();
    await page.getByRole('figure', { name: /^What it would add: / }).waitFor();
    await look('review-chart');
    await page.getByRole('button', { name: 'Show as a list' }).click();

    await page.getByRole('button', { name: 'Apply' }).click();
    const dialog = page.getByRole('dialog', { name: /undecided$/ });
    await dialog.waitFor();
    await look('review-undecided');
    await startsAt(dialog.getByRole('button', { name: 'Cancel' }));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Hold all shown' }).click();
    await expect.poll(() => sentence(page).textContent()).toMatch(/^Leaves \d+ items out\. \d+ held\./);
    await page.getByRole('button', { name: 'Undo choice' }).click();
    await expect.poll(() => sentence(page).textContent()).toMatch(/Puts 1 other view/);
    await page.getByRole('button', { name: 'Accept all shown' }).click();
    await expect.poll(() => sentence(page).textContent()).not.toMatch(/undecided/);
    await look('review-accepted');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Number 1 from Suedhafen Office was applied.').waitFor();

    await page.getByRole('button', { name: 'Take it back…' }).click();
    await page.getByRole('dialog', { name: 'Take the file back' }).waitFor();
    await look('review-take-back');
    await page.getByRole('button', { name: 'Take it back', exact: true }).click();
    await page.getByRole('button', { name: 'Save new receipt' }).waitFor();
    await look('review-taken-back');
    await page.getByRole('button', { name: 'Close', exact: true }).last().click();
    expect(found).toEqual([]);
    await page.keyboard.press('Control+l');
    await page.getByRole('textbox', { name: 'Passphrase', exact: true }).waitFor();
    expect(before.entities).toBe(3);
  },
);

test(
  `a file of ${RECORDS} records is reviewed; what each step costs the page is printed`,
  { timeout: 600_000 },
  async () => {
    const agency = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(agency);
    await agency.call('receive.open', { bytes: await partner.sealed([partner.group(peopleAndLinks(partner))]) });
    await agency.call('vault.lock', {});
    const { page } = await startApp({ home: agency.home, name: 'large-review', isTraced: false });
    await watchLongTasks(page);
    await unlock(page, PASSPHRASE);
    const step = async (name: string, act: () => Promise<void>) => void costs.push(await costOf(page, name, act));

    await step('open the review', () => openReview(page));
    const total = RECORDS.toLocaleString('en');
    await page.getByRole('button', { name: `All ${total}` }).waitFor();
    await step('to the end of the list and back', async () => {
      await rows(page).getByRole('checkbox').first().focus();
      await page.keyboard.press('End');
      await rows(page).locator(`li[aria-posinset="${RECORDS}"] input`).waitFor();
      await page.keyboard.press('Home');
      await rows(page).locator('li[aria-posinset="1"] input').waitFor();
    });
    await step('accept twenty by keyboard', async () => {
      await startsAt(rows(page).locator('li[aria-posinset="1"] input'));
      for (let at = 0; at < 20; at += 1) await page.keyboard.press('t');
      await expect.poll(() => sentence(page).textContent()).toMatch(/^Adds 20 items/);
    });
    await step('find by name', async () => {
      await page.getByRole('textbox', { name: 'Find by name' }).fill('Invented 77');
      await rows(page).getByRole('button', { name: 'Invented 77', exact: true }).waitFor();
      await page.getByRole('textbox', { name: 'Find by name' }).fill('');
      await rows(page).getByRole('button', { name: 'Invented 0', exact: true }).waitFor();
    });
    await step('draw it', async () => {
      await page.getByRole('button', { name: 'Show as a chart' }).click();
      await page.getByRole('figure', { name: /^What it would add: / }).waitFor();
    });
    await step('back to the list', async () => {
      await page.getByRole('button', { name: 'Show as a list' }).click();
      await rows(page).getByRole('listitem').first().waitFor();
    });
    await step('accept everything', async () => {
      await page.getByRole('button', { name: 'Accept all shown' }).click();
      await expect.poll(() => sentence(page).textContent()).toBe(`Adds ${total} items. `);
    });
    await step('apply', async () => {
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Number 1 from Crafted Office was applied.').waitFor({ timeout: 300_000 });
    });
  },
);

/** A ring of invented people. */
function peopleAndLinks(partner: Awaited<ReturnType<typeof barePartner>>): ParsedRecord[] {
  const people = Array.from({ length: Math.ceil(RECORDS / 2) }, (_, i) => partner.person({ name: `Invented ${i}` }));
  const links = Array.from({ length: RECORDS - people.length }, (_, i) =>
    partner.say({
      kind: 'link',
      type: 'associate-of',
      source,
      directed: true,
      from: people[i]?.record.subject,
      to: people[(i * 7 + 1) % people.length]?.record.subject,
    }),
  );
  return [...people, ...links];
}
