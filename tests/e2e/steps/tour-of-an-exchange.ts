import type { Locator, Page } from 'playwright-core';
import { type TestAgency, handling, source } from '../../support/agency.ts';
import { sealing } from '../../support/case-steps.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import { newestDialog, openCase } from './case.ts';
import { partner, previewRelease, receive, sayYes } from './exchange.ts';
import { takeFile } from './fields.ts';
import type { Look } from './look.ts';
import { PREPARED_CASE, writeCase } from './prepared.ts';

/** A's case goes to B; B doubts a date of birth, adds an entity, and sends it back: the file that A has yet to receive. */
export async function fileFromB(a: TestAgency, b: TestAgency, idA: string, idB: string): Promise<Uint8Array> {
  const id = await writeCase(a);
  const send = async (from: TestAgency, to: string) => {
    const terms = { purpose: 'Joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
    const request = { case: id, to: [AgencyId.parse(to)], ...terms };
    const preview = await from.call('release.preview', request);
    return (await from.call('release.seal', sealing(request, preview))).bytes;
  };
  const plan = await b.call('receive.open', { bytes: await send(a, idB) });
  await b.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
  const { entities } = await b.call('case.chart', { case: id });
  const suspect = entities.find((entity) => entity.label === 'Sergo Madeupson');
  const said = { case: id, supersedes: [], type: 'person', source, handling };
  const doubt = [{ property: 'dateOfBirth', value: '1979-12-31' }];
  await b.call('entity.save', { ...said, claims: doubt, ...(suspect !== undefined && { subject: suspect.id }) });
  await b.call('entity.save', { ...said, claims: [{ property: 'name', value: 'Olga Madeup-Onward' }] });
  // A change of A that nobody has seen yet, so that there is one to undo.
  await a.call('case.save', { title: 'Operation Second Lamp', handling });
  return send(b, idA);
}

/** A partner that nobody has confirmed, and what can be done about it. */
export async function lookAtPartner(page: Page, look: Look): Promise<void> {
  await partner(page, 'Third Office').waitFor();
  await look('partner-unconfirmed');
  await partner(page, 'Third Office').getByRole('button', { name: 'Confirm…' }).click();
  await newestDialog(page).getByRole('textbox', { name: 'Compared with' }).fill('Théo');
  await look('confirm-partner');
  await newestDialog(page).getByRole('button', { name: 'They do not match' }).click();
  await newestDialog(page).getByText('Do not use this card.').waitFor();
  await look('confirm-partner-differs');
  await newestDialog(page).getByRole('button', { name: 'Revoke this card…' }).click();
  const revoke = page.getByRole('dialog', { name: 'Revoke Third Office' });
  await revoke.getByRole('textbox', { name: 'Reason' }).fill('the words differed');
  await look('revoke-partner');
  await revoke.getByRole('button', { name: 'Revoke', exact: true }).click();
  await partner(page, 'Third Office').getByText('Revoked', { exact: true }).waitFor();
  await look('partner-revoked');
}

/** The vault, its users, and the dialogs about keys. */
export async function lookAtVault(page: Page, look: Look): Promise<void> {
  await page.getByRole('tab', { name: 'Vault & users' }).click();
  await page.getByRole('table', { name: 'Users' }).waitFor();
  await look('vault-and-users');
  for (const [button, name] of [
    ['Change my passphrase…', 'change-passphrase'],
    ['Export the sealing identity…', 'export-identity'],
    ['Add user…', 'add-user'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await newestDialog(page).waitFor();
    await look(name);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
}

/** Keys of this agency as one officer has them, and what waits for another officer: nothing yet. */
export async function lookAtKeys(page: Page, look: Look): Promise<void> {
  await page.getByRole('tab', { name: 'Keys of this agency' }).click();
  await page.getByRole('heading', { name: 'Keys of this agency, version 1' }).waitFor();
  await page.getByRole('img', { name: 'Code of our card' }).waitFor();
  await look('keys');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command, name, number or plate' }).fill('> approvals');
  await page.getByRole('option', { name: /^Approvals/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Nothing waits for approval').waitFor();
  await look('approvals-none');
}

/** A value is kept home from its menu, and let go again. */
async function keepOneValueHome(page: Page, dialog: Locator, look: Look): Promise<void> {
  await dialog.getByRole('button', { name: 'Keep home: Date of birth 1980-01-02' }).click();
  await page.getByRole('menuitem', { name: 'Keep this value home' }).waitFor();
  await look('release-keep-menu');
  await page.getByRole('menuitem', { name: 'Keep this value home' }).click();
  await dialog.getByRole('row', { name: 'Date of birth 1980-01-02 stays: You keep this value home.' }).waitFor();
  await look('release-kept-value');
  await page.keyboard.press('Control+z');
  await dialog.getByRole('row', { name: 'Date of birth 1980-01-02 leaves' }).waitFor();
}

/** The three steps of a release, with a victim disclosed on the way. */
export async function lookAtRelease(page: Page, look: Look): Promise<void> {
  await openCase(page, PREPARED_CASE);
  await page.getByRole('banner').getByRole('button', { name: 'Release' }).click();
  const dialog = page.getByRole('dialog', { name: 'Release' });
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('Choose at least one partner.').waitFor();
  await look('release-refused');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await previewRelease(page, { to: 'Suedhafen Office', purpose: 'Joint investigation', basis: 'art. 27' });
  await look('release-every-subject');
  await dialog.getByRole('checkbox', { name: 'Include who victims are' }).check();
  await dialog.getByText('Discloses victims.').waitFor();
  await look('release-victims');
  await dialog.getByRole('checkbox', { name: 'Include who victims are' }).uncheck();
  await keepOneValueHome(page, dialog, look);
  await sayYes(dialog);
  await look('release-answered');
  await dialog.getByRole('tab', { name: 'As the partner sees it' }).click();
  await dialog.getByRole('region', { name: 'As the partner sees it' }).getByText('Sergo Madeupson').first().waitFor();
  await look('release-partner-view');
  await dialog.getByRole('tab', { name: 'What stays home 2' }).click();
  await look('release-stays-home');
  await takeFile(page, () => dialog.getByRole('button', { name: 'Seal and save' }).click());
  await dialog.getByRole('button', { name: 'Done' }).waitFor();
  await look('release-sealed');
  await dialog.getByRole('button', { name: 'Done' }).click();
}

/** A file of a partner from the inbox to its receipt, and one that is refused. */
export async function lookAtReceive(page: Page, look: Look, bytes: Uint8Array): Promise<void> {
  await receive(page, { name: 'theirs.chiro', bytes });
  await look('receive-check');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('table', { name: 'Waiting for a review' }).waitFor();
  await look('receive-inbox');
  await page.getByRole('button', { name: 'Discard…' }).click();
  await newestDialog(page).waitFor();
  await look('receive-discard');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await page.getByRole('button', { name: 'Go to review' }).click();
  const items = page.getByRole('region', { name: 'Items' });
  await items.getByRole('button', { name: 'Sergo Madeupson', exact: true }).click();
  await page.getByRole('article').getByText('1979-12-31').waitFor();
  await look('receive-review');
  await page.getByRole('button', { name: 'Accept all shown' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('button', { name: 'Save receipt' }).waitFor();
  await look('receive-done');
}

/** Log, ledger, recalls, streams and changes. */
export async function lookAtAudit(page: Page, look: Look): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Audit log and ledger' }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText('The log is whole').waitFor();
  await look('audit-log');
  await page.getByRole('tab', { name: 'Ledger' }).click();
  await page.getByRole('region', { name: 'Disclosures' }).getByRole('listitem').first().waitFor();
  await look('audit-ledger');
  await page.getByRole('tab', { name: 'Recalls' }).click();
  await page.getByText('No withdrawal has reached a partner').waitFor();
  await look('audit-recalls-none');
  await page.getByRole('tab', { name: 'Streams' }).click();
  await page.getByRole('article', { name: 'Suedhafen Office' }).waitFor();
  await look('audit-streams');
  await page.getByRole('tab', { name: 'Changes' }).click();
  await page
    .getByRole('button', { name: /^Undo: / })
    .first()
    .click();
  await newestDialog(page).waitFor();
  await look('audit-undo');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await look('audit-changes');
}
