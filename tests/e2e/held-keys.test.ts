import { expect, test } from 'vitest';
import { PASSPHRASE, confirmedPair, handling, source } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { openCase } from './steps/case.ts';
import { previewRelease } from './steps/exchange.ts';
import { keysInOneBreath } from './steps/keyboard.ts';
import { unlock } from './steps/vault.ts';

const CASE = 'Operation Long List';
const LINES = Array.from({ length: 300 }, (_, i) => `Invented Person ${String(i).padStart(3, '0')}`);

test('a key that is held on a busy machine ends no view: the chart, the table and a preview go on', async () => {
  const { a } = await confirmedPair();
  await a.call('import.apply', {
    case: { title: CASE },
    name: 'people.csv',
    format: 'auto',
    attach: 'never',
    entityType: 'person',
    source,
    handling,
    bytes: new TextEncoder().encode(`name\n${LINES.join('\n')}\n`),
  });
  await a.call('vault.lock', {});
  const { page } = await startApp({ home: a.home, name: 'held-keys' });
  await unlock(page, PASSPHRASE);
  await openCase(page, CASE);

  const chart = page.getByRole('application');
  await chart.focus();
  await page.keyboard.press('Home');
  await chart.evaluate(keysInOneBreath, { key: 'ArrowRight', times: 90 });

  await page.keyboard.press('Control+2');
  const grid = page.getByRole('grid');
  await grid.focus();
  await grid.evaluate(keysInOneBreath, { key: 'ArrowDown', times: 90 });
  await grid
    .locator('[data-active=true]')
    .and(grid.getByRole('row', { name: /Invented Person 090/ }))
    .waitFor();

  const dialog = await previewRelease(page, {
    to: 'Suedhafen Office',
    purpose: 'Joint investigation',
    basis: 'art. 27',
  });
  const list = dialog.getByRole('region', { name: 'Every subject' });
  await list.getByRole('listitem').nth(3).waitFor();
  await list.focus();
  await list.evaluate(keysInOneBreath, { key: 'PageDown', times: 90 });
  await page.keyboard.press('End');
  const last = list.locator('[aria-posinset="301"]');
  await expect.poll(() => last.evaluate((item) => item === document.activeElement)).toBe(true);
});
