import { expect, test } from 'vitest';
import { PASSPHRASE, confirmedPair } from '../support/agency.ts';
import { barePartner } from '../support/bare-partner.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, openCase, receiveAll, release } from '../support/case-steps.ts';
import { receive } from './steps/exchange.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

/** What a reviewer has to know before accepting: docs/formats/bundle.md Q6, record.md R15. */

test('[Q6] the first file of a new epoch is applied only when an officer has said that the sender was asked', async () => {
  const { a } = await confirmedPair();
  const partner = await barePartner(a, 'Crafted Office');
  await receiveAll(a, await partner.sealed([partner.group([partner.person({ name: 'Sergo Madeupson' })])]));
  const anew = await partner.sealed([partner.group([partner.person({ name: 'Karl Erfunden' })])], { epoch: 2 });
  await a.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'new-epoch' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await receive(page, { name: 'anew.chiro', bytes: anew });
  await page.getByText(/^Number 1 of epoch 2, which is new: the sender’s store was restored\./).waitFor();
  await look('receive-new-epoch');
  await page.getByRole('button', { name: 'Go to review' }).click();
  await page.getByRole('button', { name: 'Accept all shown' }).click();
  await page
    .getByRole('status')
    .getByText(/^Adds 1 item\./)
    .waitFor();
  const apply = page.getByRole('button', { name: 'Apply' });
  expect(await apply.isEnabled(), 'nobody asked the sender yet').toBe(false);
  await page.getByRole('note').getByText('Epoch 2 is new').waitFor();
  await look('review-new-epoch');
  await page.getByRole('checkbox', { name: /^I asked the sender by a channel I trust/ }).check();
  await apply.click();
  await page.getByText('Number 1 from Crafted Office was applied.').waitFor();
  expect(found).toEqual([]);
});

test('of an item with many values forty are listed, then forty more, and a decision is about all of them', async () => {
  const { a } = await confirmedPair();
  const partner = await barePartner(a, 'Crafted Office');
  const aliases = Array.from({ length: 99 }, (_, number) => `Invented ${number}`);
  const bytes = await partner.sealed([partner.group([partner.person({ name: 'Sergo Madeupson', alias: aliases })])]);
  await a.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'many-values' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await receive(page, { name: 'many.chiro', bytes });
  await page.getByRole('button', { name: 'Go to review' }).click();
  const item = page.getByRole('article', { name: 'The item in full' });
  const values = item.getByRole('table', { name: 'Theirs and ours' }).locator('tbody tr');
  await item.getByText('60 values of this item not listed yet. A decision is about all of them.').waitFor();
  expect(await values.count()).toBe(40);
  await look('review-many-values');
  await item.getByRole('button', { name: 'Show 40 more' }).press('Enter');
  await item.getByText('20 values of this item not listed yet.').waitFor();
  expect(await values.count()).toBe(80);
  await item.getByRole('button', { name: 'Show 20 more' }).press('Enter');
  await expect.poll(() => values.count()).toBe(100);
  expect(await item.getByRole('button', { name: /more$/ }).count()).toBe(0);
  await item.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('Number 1 from Crafted Office was applied.').waitFor();
  expect(found).toEqual([]);
});

test.each(['correct', 'suppress'] as const)(
  '[R15] what its author has withdrawn already (%s) is shown to the reviewer as withdrawn',
  async (action) => {
    const { a, b, idB } = await confirmedPair();
    const id = await openCase(a);
    const { record } = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
    const { sealed: first } = await release(a, id, idB);
    await a.call('record.retract', { records: [record], action, reason: 'wrong number' });
    const { sealed: second } = await release(a, id, idB, { only: 'withdrawals' });
    await receiveAll(b, second.bytes);
    await b.call('vault.lock', {});
    const found: string[] = [];
    const { page } = await startApp({ home: b.home, name: `withdrawn-${action}` });
    const look = lookAt(page, found);
    await unlock(page, PASSPHRASE);
    await receive(page, { name: 'first.chiro', bytes: first.bytes });
    await page.getByRole('button', { name: 'Go to review' }).click();
    const items = page.getByRole('region', { name: 'Items' });
    await items.getByText('Withdrawn', { exact: true }).waitFor();
    await items.getByRole('button', { name: '+44 7700 900123', exact: true }).click();
    const says = { correct: 'kept in the history and counts for nothing', suppress: 'kept and shown to nobody' };
    const warning = page.getByRole('article').getByRole('note');
    await warning.getByText('Its author has withdrawn it already.').waitFor();
    await warning.getByText(`If you accept it, it is ${says[action]}.`).waitFor();
    await page.getByRole('article').getByText('Withdrawn', { exact: true }).waitFor();
    await look(`review-withdrawn-${action}`);
    expect(found).toEqual([]);
  },
);
