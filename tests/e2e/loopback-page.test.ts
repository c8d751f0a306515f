import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../support/browser.ts';

function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

test.each(['light', 'dark'] as const)(
  'the sample case opens in a %s window without a word of complaint',
  async (colorScheme) => {
    const { page, problems } = await startApp({ home: temporaryHome(), name: `sample-${colorScheme}`, colorScheme });
    await page.getByRole('button', { name: /sample case/i }).click();
    await page.getByText('Operation Lantern').first().click();
    await page.getByText('156 entities').first().waitFor();
    expect(problems).toEqual([]);
  },
);

test('the launch token leaves the address at once, and a reload or a second tab still works', async () => {
  const { page, origin, openPage } = await startApp({ home: temporaryHome(), name: 'token' });
  await page.getByRole('button', { name: /sample case/i }).waitFor();
  expect(page.url()).toBe(`${origin}/`);
  await page.reload();
  await page.getByRole('button', { name: /sample case/i }).waitFor();
  const second = await openPage();
  await second.getByRole('button', { name: /sample case/i }).waitFor();
  expect(second.url()).toBe(`${origin}/`);
});
