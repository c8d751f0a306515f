import { expect, test } from 'vitest';
import { PASSPHRASE, confirmedPair } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, openCase, release } from '../support/case-steps.ts';
import { ledgerRow, receive } from './steps/exchange.ts';
import { takeFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

test('[B34] who discards a file gets a receipt for its sender, whose window says that nothing was taken', async () => {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a, 'Operation Test Lamp');
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const { sealed } = await release(a, id, idB);
  await a.call('vault.lock', {});
  await b.call('vault.lock', {});
  const found: string[] = [];

  const { page: theirs } = await startApp({ home: b.home, name: 'discards' });
  const lookTheirs = lookAt(theirs, found);
  await unlock(theirs, PASSPHRASE);
  await receive(theirs, { name: 'lamp.chiro', bytes: sealed.bytes });
  await theirs.getByRole('button', { name: 'Cancel' }).click();
  await theirs.getByRole('button', { name: 'Discard…' }).click();
  const dialog = theirs.getByRole('dialog', { name: 'Discard this file' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('not for this case');
  await dialog.getByRole('button', { name: 'Discard' }).click();
  const discarded = theirs.getByRole('dialog', { name: 'Discarded' });
  await discarded.getByText('It tells Northmark Agency that nothing of the file was taken.').waitFor();
  await lookTheirs('receive-discarded');
  const receipt = await takeFile(theirs, () => discarded.getByRole('button', { name: 'Save receipt' }).click());
  await discarded.getByRole('button', { name: 'Done' }).click();
  await theirs.getByText(/^Nothing is waiting\./).waitFor();

  const { page: ours } = await startApp({ home: a.home, name: 'discarded' });
  const lookOurs = lookAt(ours, found);
  await unlock(ours, PASSPHRASE);
  await receive(ours, receipt);
  await ours.getByText(/It took nothing of it: \d records left out, 0 refused\./).waitFor();
  await lookOurs('receipt-nothing-taken');
  const row = await ledgerRow(ours, '+44 7700 900123');
  await row.getByText('Nothing was taken', { exact: true }).waitFor();
  await lookOurs('ledger-nothing-taken');
  expect(found).toEqual([]);
});
