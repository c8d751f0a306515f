import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addEntity, claimsOf, openCase } from '../support/case-steps.ts';
import { type TestAgency, PASSPHRASE, createdAgency, handling, source } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { lookAt } from './steps/look.ts';
import { startsAt } from './steps/keyboard.ts';
import { unlock } from './steps/vault.ts';

test('what is typed is found as it is typed, explained, limited and opened, without a pointer', async () => {
  const found: string[] = [];
  const page = await openVault();
  const look = lookAt(page, found);
  await page.keyboard.press('Control+Shift+f');
  const field = page.getByRole('combobox', { name: 'Name, number, plate or word' });
  await startsAt(field);
  await page.getByRole('heading', { name: 'What are you looking for?' }).waitFor();
  await look('search-empty');
  await page.keyboard.type('wrob');
  await hit(page, /Marta Kowalska.*Also known as: Wróbel.*Grade B2.*Northmark Agency.*Operation Test Lamp/).waitFor();
  await expect.poll(() => page.locator('mark').allInnerTexts()).toEqual(['Wrób']);
  await look('search-found');
  await page.keyboard.press('Escape');
  await page.keyboard.type('0123');
  await hit(page, /\+44 7700 900123.*in no case/).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.type('a');
  await page.getByText('2 entities found.').waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await hit(page, /Anton Berg/).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Escape');
  await page.keyboard.type('anton');
  await page.getByText('2 entities found.').waitFor();
  await page.getByRole('combobox', { name: 'Case' }).fill('Operation');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('1 entity found.').waitFor();
  await look('search-limited');
  await field.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Inspector' }).getByRole('heading', { name: 'Anton Berg' }).waitFor();
  expect(found).toEqual([]);
});

async function openVault(): Promise<Page> {
  const agency = await createdAgency('Northmark Agency');
  const lamp = await openCase(agency);
  await addEntity(agency, lamp, 'person', { name: 'Marta Kowalska', alias: 'Wróbel' });
  await addEntity(agency, lamp, 'person', { name: 'Anton Berg' });
  await addLoose(agency, 'person', { name: 'Anton Ample' });
  await addLoose(agency, 'phone', { number: '+44 7700 900123' });
  await agency.call('vault.lock', {});
  const { page } = await startApp({ home: agency.home, name: 'search' });
  await unlock(page, PASSPHRASE);
  return page;
}

/** In no case. */
async function addLoose(agency: TestAgency, type: string, said: Readonly<Record<string, string>>): Promise<void> {
  await agency.call('entity.save', { supersedes: [], type, claims: claimsOf(said), source, handling });
}

function hit(page: Page, name: RegExp): Locator {
  return page.getByRole('option', { name });
}
