import { expect, test } from 'vitest';
import { PASSPHRASE } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { agencies, confirmed, knows, LAST_DAY, permits, sends, smallCase, takes } from '../support/forwarding.ts';
import type { Member } from '../support/forwarding.ts';
import { inspector, openCase, selectInList } from './steps/case.ts';
import { chooseByTyping, giveFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

const CASE = 'Operation Test Lamp';

test('an officer lets partners pass on a case, sees it in the history, and takes it back', async () => {
  const found: string[] = [];
  const [a, b, c] = (await agencies(3)) as [Member, Member, Member];
  await confirmed(a, b);
  await knows(a, c);
  await smallCase(a);
  await a.at.call('vault.lock', {});
  const { page } = await startApp({ home: a.at.home, name: 'permission' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openCase(page, CASE);
  await inspector(page).getByRole('button', { name: 'Actions for this subject' }).click();
  await page.getByRole('menuitem', { name: 'Let partners pass this on…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let partners pass this on' });
  const scope = dialog.getByRole('region', { name: 'What it covers' });
  await scope.getByText(/^\d+ records of ours about 4 subjects$/).waitFor();
  await scope.getByText('Sergo Madeupson', { exact: true }).waitFor();
  const give = dialog.getByRole('button', { name: 'Give permission' });
  expect(await give.isEnabled()).toBe(false);
  await dialog.getByRole('checkbox', { name: c.name }).check();
  await chooseByTyping(dialog, 'For', 'Preparing a prosecution');
  await page.keyboard.press('Escape');
  await dialog.getByLabel('Until the end of').fill(LAST_DAY);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('joint team of three');
  await look('permission-dialog');
  await give.click();
  await page.getByText(new RegExp(`^\\d+ records may be passed on until ${LAST_DAY}$`)).waitFor();
  await selectInList(page, 'Sergo Madeupson');
  await inspector(page).getByRole('tab', { name: 'History' }).click();
  const passing = inspector(page).getByRole('list', { name: 'May be passed on' });
  await passing
    .getByText(
      new RegExp(
        `^May be passed on to ${c.name} for investigation of .* and preparing a prosecution, until ${LAST_DAY}$`,
      ),
    )
    .waitFor();
  await look('permission-history');
  await passing.getByRole('button', { name: 'Take back…' }).click();
  const retract = page.getByRole('dialog', { name: /^Retract 1 record/ });
  await retract.getByRole('textbox', { name: 'Reason' }).fill('the team has ended');
  await retract.getByRole('button', { name: 'Retract' }).click();
  await passing.waitFor({ state: 'detached' });
  expect(found).toEqual([]);
});

test('what came by way of a partner says whose word its author’s name is', async () => {
  const found: string[] = [];
  const [a, b, c] = (await agencies(3)) as [Member, Member, Member];
  await confirmed(a, b);
  await confirmed(b, c);
  const made = await smallCase(a);
  await knows(a, c);
  await permits(a, [c], made.id);
  await takes(b, (await sends(a, [b], made.id)).bytes);
  const { bytes } = await sends(b, [c], made.id);
  await c.at.call('vault.lock', {});
  const { page } = await startApp({ home: c.at.home, name: 'vouched' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await page.getByRole('banner').getByRole('button', { name: 'Receive' }).click();
  await giveFile(page, 'Choose a .chiro file or receipt', { name: 'from-b.chiro', bytes });
  await page.getByRole('button', { name: 'Go to review' }).click();
  const items = page.getByRole('region', { name: 'Items' });
  await items.getByRole('button', { name: /^Sergo Madeupson$/ }).click();
  await page.getByText(`${a.name} (vouched for by ${b.name})`).first().waitFor();
  await look('review-vouched');
  for (const box of await items.getByRole('checkbox', { name: /^Accept / }).all()) await box.check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Open case' }).click();
  await selectInList(page, 'Sergo Madeupson');
  await inspector(page).getByRole('tab', { name: 'History' }).click();
  await inspector(page).getByText(`Vouched for by ${b.name}`, { exact: true }).waitFor();
  await inspector(page)
    .getByRole('list', { name: 'May be passed on' })
    .getByText(new RegExp(`^May be passed on to ${c.name} for .*, until ${LAST_DAY}$`))
    .waitFor();
  await look('inspector-vouched');
  expect(found).toEqual([]);
});
