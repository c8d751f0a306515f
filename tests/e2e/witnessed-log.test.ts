import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { PASSPHRASE, handling, source, startAgency, temporaryHome } from '../support/agency.ts';
import type { TestAgency } from '../support/agency.ts';
import { barePartner } from '../support/bare-partner.ts';
import { startApp } from '../support/browser.ts';
import { sealing } from '../support/case-steps.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

/** The log that a partner witnesses, as people meet it in the window: docs/formats/bundle.md Q13, Q14; vault.md V62. */

const MANIFEST = 'ab'.repeat(32);

async function started(name: string, country: string): Promise<TestAgency> {
  const at = startAgency(temporaryHome());
  await at.call('vault.create', { vault: 'main', agency: name, country, user: 'Olga Officer', passphrase: PASSPHRASE });
  return at;
}

/** A sent to B, and has its receipt; a third partner has told of two logs of one length. */
async function witnessed() {
  const [a, b] = await Promise.all([started('Northmark Agency', 'NL'), started('Suedhafen Office', 'DE')]);
  for (const [at, of] of [
    [a, b],
    [b, a],
  ] as const) {
    const { bytes } = await of.call('partner.card', {});
    const { agency, words } = await at.call('partner.add', { bytes });
    await at.call('partner.confirm', { agency, words, with: 'Somebody', channel: 'phone' });
  }
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const claims = [{ property: 'number', value: '+44 7700 900123' }];
  await a.call('entity.save', { case: id, supersedes: [], type: 'phone', claims, source, handling });
  const { agencyId: idB } = await b.call('vault.status', {});
  const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
  const request = { case: id, to: [idB], ...terms };
  const sealed = await a.call('release.seal', sealing(request, await a.call('release.preview', request)));
  const { quarantine } = await b.call('receive.open', { bytes: sealed.bytes });
  const { bytes } = await b.call('receive.apply', { quarantine, accept: 'all' });
  await a.call('receive.open', { bytes: bytes ?? new Uint8Array() });
  await tellOfTwoLogs(a);
  const { partners } = await a.call('stream.list', { agency: idB });
  const { size = 0, root = '' } = partners[0]?.incoming.log ?? {};
  await Promise.all([a.call('vault.lock', {}), b.call('vault.lock', {})]);
  return { a, b, checkpoint: `${size}:${root}` };
}

async function tellOfTwoLogs(a: TestAgency): Promise<void> {
  const bare = await barePartner(a, 'Crafted Office');
  const { agencyId: us } = await a.call('vault.status', {});
  for (const root of ['1'.repeat(64), '2'.repeat(64)]) {
    const receipt = {
      accepted: 0,
      audit: { root, size: 40 },
      held: 0,
      known: 0,
      manifest: MANIFEST,
      pendingRecalls: [],
      recalls: { applied: 0, pending: 0, refused: 0 },
      refused: [],
      refusedRecalls: [],
      sequence: 1,
    };
    const audience = [{ agency: us, sequence: 0, previous: null }];
    const bytes = await bare.sealed([], { kind: 'receipt', audience, purpose: 'receipt', receipt });
    expect(await a.refusal('receive.open', { bytes })).toBe('receive.unknown-receipt');
  }
}

async function openLog(page: Page, tab: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Audit log and ledger' }).click();
  await page.getByRole('tab', { name: tab, exact: true }).click();
}

test('a partner’s checkpoint is shown and copied, two logs are an alarm, and the partner proves its log with it', async () => {
  const found: string[] = [];
  const { a, b, checkpoint } = await witnessed();
  {
    const { page } = await startApp({ home: a.home, name: 'witness' });
    const look = lookAt(page, found);
    await unlock(page, PASSPHRASE);
    await openLog(page, 'Streams');
    const honest = page.getByRole('article', { name: 'Suedhafen Office' });
    await honest.getByText(checkpoint, { exact: true }).waitFor();
    const copy = honest.getByRole('button', { name: 'Copy the checkpoint of Suedhafen Office' });
    await copy.focus();
    await page.keyboard.press('Enter');
    await honest.getByRole('button', { name: 'Copied the checkpoint of Suedhafen Office' }).waitFor();
    const crafted = page.getByRole('article', { name: 'Crafted Office' });
    await crafted.getByText(/^Rewritten audit log, seen /).waitFor();
    await crafted.getByText(/two different audit logs of 40 entries/).waitFor();
    await look('streams-log');
  }
  const { page } = await startApp({ home: b.home, name: 'witnessed' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openLog(page, 'Audit log');
  const field = page.getByRole('textbox', { name: 'Checkpoint that a partner holds' });
  await field.fill('not one');
  await page.getByText('A number, a colon and 64 digits or letters from a to f').waitFor();
  expect(await page.getByRole('button', { name: 'Verify' }).isDisabled()).toBe(true);
  await field.fill(` ${checkpoint.toUpperCase()}\n`);
  await page.keyboard.press('Enter');
  await page.getByText(/^The log is whole: ok, /).waitFor();
  await page.getByText('It is the log that the partner witnessed.').waitFor();
  await look('audit-witnessed');
  await field.fill(checkpoint.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByRole('alert').getByText('It is another log than the partner witnessed.').waitFor();
  await look('audit-not-witnessed');
  await field.fill(checkpoint.replace(/^\d+/, '5000'));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The log has fewer entries than the partner witnessed.').waitFor();
  expect(found).toEqual([]);
});
