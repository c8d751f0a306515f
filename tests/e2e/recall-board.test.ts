import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, handling, source, startAgency, temporaryHome } from '../support/agency.ts';
import type { TestAgency } from '../support/agency.ts';
import { barePartner } from '../support/bare-partner.ts';
import { startApp } from '../support/browser.ts';
import { sealing } from '../support/case-steps.ts';
import { receive, sayYes } from './steps/exchange.ts';
import { chooseByTyping, takeFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

/** Recalls, forks and freezes as an exchange officer meets them in the window. */

const TEN_DAYS = 10 * 24 * 60 * 60 * 1000;
const then = (): Date => new Date(Date.now() - TEN_DAYS);

async function started(name: string, country: string): Promise<TestAgency> {
  const at = startAgency(temporaryHome(), then);
  await at.call('vault.create', { vault: 'main', agency: name, country, user: 'Olga Officer', passphrase: PASSPHRASE });
  return at;
}

async function introduce(one: TestAgency, other: TestAgency): Promise<void> {
  for (const [at, of] of [
    [one, other],
    [other, one],
  ] as const) {
    const { bytes } = await of.call('partner.card', {});
    const { agency, words } = await at.call('partner.add', { bytes });
    await at.call('partner.confirm', { agency, words, with: 'Somebody', channel: 'phone' });
  }
}

/** Ten days ago A had a case with a phone, and knew B. */
async function tenDaysAgo() {
  const [a, b] = await Promise.all([started('Northmark Agency', 'NL'), started('Suedhafen Office', 'DE')]);
  await introduce(a, b);
  const { agencyId: idB } = await b.call('vault.status', {});
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const claims = [{ property: 'number', value: '+44 7700 900123' }];
  const { record } = await a.call('entity.save', { case: id, supersedes: [], type: 'phone', claims, source, handling });
  const send = async () => {
    const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
    const request = { case: id, to: [idB], ...terms };
    return (await a.call('release.seal', sealing(request, await a.call('release.preview', request)))).bytes;
  };
  return { a, b, record, send };
}

async function take(at: TestAgency, file: Uint8Array): Promise<Uint8Array> {
  const { quarantine } = await at.call('receive.open', { bytes: file });
  const { bytes } = await at.call('receive.apply', { quarantine, accept: 'all' });
  if (bytes === undefined) throw new Error('no receipt');
  return bytes;
}

async function openRecalls(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Audit log and ledger' }).click();
  await page.getByRole('tab', { name: 'Recalls' }).click();
}

test('a fork alarms on every screen until it is noted, and a freeze is told', async () => {
  const found: string[] = [];
  const { a, send } = await tenDaysAgo();
  await send();
  const bare = await barePartner(a, 'Crafted Office');
  await take(a, await bare.sealed([bare.group([bare.person({ name: 'Sergo Madeupson' })])]));
  const twin = await bare.sealed([bare.group([bare.person({ name: 'Karl Erfunden' })])]);
  expect(await a.refusal('receive.open', { bytes: twin })).toBe('receive.fork');
  await a.call('vault.lock', {});

  const { page } = await startApp({ home: a.home, name: 'streams' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await page.getByRole('alert').getByText('1 alarm about the files of your partners.').waitFor();
  await look('stream-alarm');
  await page.getByRole('button', { name: 'See the streams' }).click();
  const crafted = page.getByRole('article', { name: 'Crafted Office' });
  await crafted.getByText(/^Fork, seen /).waitFor();
  expect(await crafted.getByRole('list', { name: 'Manifests' }).getByRole('listitem').count()).toBe(2);
  const frozen = page.getByRole('article', { name: 'Suedhafen Office' });
  await frozen.getByText('Freeze', { exact: true }).waitFor();
  await frozen.getByText(/^1 file that you sealed for Suedhafen Office more than seven days ago/).waitFor();
  await frozen.getByText('1 file: 1', { exact: true }).waitFor();
  await look('streams');
  const proof = await takeFile(page, () => crafted.getByRole('button', { name: 'Save the evidence' }).click());
  expect(JSON.parse(new TextDecoder().decode(proof.bytes))).toMatchObject({ kind: 'evidence', v: 1 });
  await crafted.getByRole('textbox', { name: 'What was done about it' }).fill('Rang them; they look into it.');
  await crafted.getByRole('button', { name: 'Note as seen' }).click();
  await crafted.getByText(/^Fork, noted, seen /).waitFor();
  await page.getByRole('banner').getByRole('button', { name: 'Partners' }).click();
  await page.getByText('Files to or from 1 partner may be kept back.').waitFor();
  expect(await page.getByText(/alarm about the files/).count()).toBe(0);
  expect(found).toEqual([]);
});

test('[Q20, Q23] a recall is sent and followed from the board, which says what a receipt proves', async () => {
  const found: string[] = [];
  const { a, b, record, send } = await tenDaysAgo();
  await a.call('receive.open', { bytes: await take(b, await send()) });
  await a.call('record.retract', { records: [record], action: 'erase', reason: 'not her phone' });
  await a.call('vault.lock', {});

  const { page } = await startApp({ home: a.home, name: 'recall-board' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openRecalls(page);
  const row = page.getByRole('table', { name: 'Withdrawals' }).getByRole('row', { name: /Suedhafen Office/ });
  await row.getByText('Not sent yet').waitFor();
  await row.getByText('not her phone').waitFor();
  await page.getByText(/^A receipt proves what a partner/).waitFor();
  await look('recall-board-not-sent');
  await row.getByRole('button', { name: 'Make the recall bundle' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release of withdrawals only' });
  expect(await dialog.getByRole('checkbox', { name: 'Suedhafen Office' }).isChecked()).toBe(true);
  await chooseByTyping(dialog, 'Legal basis', 'art. 27');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('tab', { name: 'What stays home' }).click();
  await sayYes(dialog);
  const recall = await takeFile(page, () => dialog.getByRole('button', { name: 'Seal and save' }).click());
  await dialog.getByRole('button', { name: 'Done' }).click();
  await row.getByText('Number 2').waitFor();
  await row.getByText('Sent, not confirmed.').waitFor();

  const receipt = await take(b, recall.bytes);
  expect((await b.call('search.find', { text: '900123', limit: 5 })).hits).toEqual([]);
  await receive(page, { name: 'receipt.chiro', bytes: receipt });
  await openRecalls(page);
  await page.getByText('Every withdrawal is confirmed').waitFor();
  await page.getByText('All (1)').click();
  await row.getByText('Applied, they state').waitFor();
  await row.getByText('Heard today').waitFor();
  await look('recall-board-applied');
  expect(found).toEqual([]);
});
