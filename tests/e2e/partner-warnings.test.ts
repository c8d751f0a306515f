import { expect, test } from 'vitest';
import { encodeCard } from '../../src-shared/bundle/card.ts';
import { PASSPHRASE, confirmedPair, createdAgency } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { northmark } from '../support/bundle-samples.ts';
import { changedCard, listed, testKey } from '../support/key-changes.ts';
import { openPartners, partner } from './steps/exchange.ts';
import { giveFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

/** What the window says of a card that may not be what it says: docs/formats/bundle.md K19, K20. */

test('[K20] a card whose name could be taken for another partner’s, or for ours, is shown with a warning', async () => {
  const { a } = await confirmedPair();
  const alike = await (await createdAgency('SUEDHAFEN  0ffice', 'FR')).call('partner.card', {});
  const asWe = await (await createdAgency('Nоrthmark Agency', 'FR')).call('partner.card', {});
  await a.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'look-alikes' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openPartners(page);
  await giveFile(page, 'Add a partner’s card', { name: 'alike.card', bytes: alike.bytes });
  const warning = partner(page, 'SUEDHAFEN 0ffice').getByRole('note').filter({ hasText: 'looks like another one' });
  await warning.getByText('Suedhafen Office', { exact: true }).waitFor();
  const detail = await partner(page, 'SUEDHAFEN 0ffice').ariaSnapshot();
  expect(detail.indexOf('looks like another'), 'it is said before there is anything to press').toBeLessThan(
    detail.indexOf('Confirm…'),
  );
  await look('partner-look-alike');
  await partner(page, 'SUEDHAFEN 0ffice').getByRole('button', { name: 'Confirm…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm SUEDHAFEN 0ffice' });
  await dialog.getByRole('note').getByText('Suedhafen Office', { exact: true }).waitFor();
  await look('confirm-look-alike');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await giveFile(page, 'Add a partner’s card', { name: 'as-we.card', bytes: asWe.bytes });
  await partner(page, 'Nоrthmark Agency').getByText('Northmark Agency (ourselves)').waitFor();
  await page
    .getByRole('list', { name: 'Partners' })
    .getByRole('button', { name: /^Suedhafen Office/ })
    .click();
  await partner(page, 'Suedhafen Office').getByText('SUEDHAFEN 0ffice').waitFor();
  expect(found).toEqual([]);
});

test('[K19] a card that tells another history of a partner’s keys is refused, and the partner is shown as not to be trusted', async () => {
  const [root, good, evil] = [testKey('forked root'), testKey('forked good'), testKey('forked evil')];
  const publicKey = Uint8Array.from(Buffer.from(root.listed.publicKey, 'hex'));
  const agency = { name: 'Crafted Office', country: 'FR', sample: false };
  const first = encodeCard({ agency, publicKey, sealing: [northmark.recipient] }, root.sign);
  const held = changedCard(first, { signing: listed(good) }, [root], good);
  const other = changedCard(first, { signing: listed(evil) }, [root], evil);
  const a = await createdAgency('Northmark Agency');
  const added = await a.call('partner.add', { bytes: held.bytes });
  await a.call('partner.confirm', { agency: added.agency, words: added.words, with: 'Cleo', channel: 'phone' });
  await a.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'forked-card' });
  const look = lookAt(page, found);
  await unlock(page, PASSPHRASE);
  await openPartners(page);
  const crafted = partner(page, 'Crafted Office');
  await crafted.getByText('Confirmed', { exact: true }).waitFor();
  await giveFile(page, 'Add a partner’s card', { name: 'other.card', bytes: other.bytes });
  await page
    .getByRole('alert')
    .getByText(/^This card and the one that we hold tell two different histories/)
    .waitFor();
  await crafted.getByText('Two histories of this agency’s keys.').waitFor();
  await crafted.getByText(/^On .* a card came that tells another history than the one that we hold\./).waitFor();
  await crafted.getByText('Keys changed', { exact: true }).waitFor();
  await look('partner-forked-card');
  expect(found).toEqual([]);
});
