import type { Page, Request, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { AgencyId } from '../../src-shared/domain/ids.ts';
import { PASSPHRASE, confirmedPair, createdAgency } from '../support/agency.ts';
import type { TestAgency } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { addEntity, openCase, release, releaseRequest, sealing } from '../support/case-steps.ts';
import { PIA, asPia, twoOfficers } from '../support/officers.ts';
import { openCase as openCasePage } from './steps/case.ts';
import { openPartners, previewRelease, receive, sayYes } from './steps/exchange.ts';
import { choose, giveFile, takeFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { unlock } from './steps/vault.ts';

test('two officers: keys are changed by both, and a release leaves when the second has approved it', async () => {
  const { a } = await confirmedPair();
  const { olga } = await twoOfficers(a, { releases: 2 });
  const id = await openCase(olga, 'Operation Test Lamp');
  await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
  await olga.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'approvals' });
  const look = lookAt(page, found);

  await unlockAs(page, 'Olga Officer', PASSPHRASE);
  await openPartners(page);
  await look('partner-keys');
  await page.getByRole('tab', { name: 'Keys of this agency' }).click();
  await page.getByRole('heading', { name: 'Keys of this agency, version 2' }).waitFor();
  await page.getByRole('img', { name: 'Code of our card' }).waitFor();
  await page.getByRole('button', { name: 'Change the keys…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the keys of this agency' });
  await dialog.getByRole('checkbox', { name: 'A new signing key' }).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('yearly change');
  await look('keys-change');
  await dialog.getByRole('button', { name: 'Sign the change' }).click();
  await page.getByRole('heading', { name: 'Version 3 waits for signatures' }).waitFor();
  await look('keys-proposal');

  const drawing = await holdBack(page, 'chart.save');
  await openCasePage(page, 'Operation Test Lamp');
  await page.getByRole('button', { name: 'Lay out again' }).click();
  const release = await previewRelease(page, {
    to: 'Suedhafen Office',
    purpose: 'joint investigation',
    basis: 'art. 27',
  });
  await release.getByRole('tab', { name: 'What stays home' }).click();
  await sayYes(release);
  const ask = release.getByRole('button', { name: 'Ask for approval' });
  // a drawing that somebody made is a change of what would leave
  await drawing.isHeld;
  await release.getByText('The drawing of the case is being saved.').waitFor();
  expect(await ask.isEnabled()).toBe(false);
  await look('release-waits-for-drawing');
  await drawing.letGo();
  await release.getByText('The drawing of the case is being saved.').waitFor({ state: 'detached' });
  await release.getByRole('tab', { name: 'Every subject' }).click();
  await release.getByRole('tab', { name: 'What stays home' }).click();
  await sayYes(release);
  await ask.click();
  await page.getByRole('heading', { name: 'Approvals', level: 1 }).waitFor();
  await page.getByText('1 approval missing').waitFor();
  await look('approvals');
  await page.keyboard.press('Control+l');

  await unlockAs(page, PIA.name, PIA.passphrase);
  await page.getByRole('button', { name: 'Approvals (1)' }).click();
  await page.getByRole('button', { name: 'Look at it' }).click();
  const approve = page.getByRole('dialog', { name: 'Approve a release' });
  await approve.getByRole('tab', { name: /Every subject/ }).waitFor();
  await look('approve-release');
  await approve.getByRole('button', { name: 'Approve with my key' }).click();
  const file = await takeFile(page, () => approve.getByRole('button', { name: 'Seal and save' }).click());
  expect(file.bytes.length).toBeGreaterThan(0);
  await page.getByText('Nothing waits for approval').waitFor();

  await openPartners(page);
  await page.getByRole('tab', { name: 'Keys of this agency' }).click();
  await page.getByRole('button', { name: 'Sign this change' }).click();
  await page.getByRole('heading', { name: 'Keys of this agency, version 3' }).waitFor();
  expect(found).toEqual([]);
});

test('whoever looks at a case that nobody has drawn changes nothing of a release that waits', async () => {
  const { a, idB } = await confirmedPair();
  const { olga } = await twoOfficers(a, { releases: 2 });
  const id = await openCase(olga, 'Operation Test Lamp');
  await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
  await addEntity(olga, id, 'phone', { number: '+44 7700 900456' });
  const request = releaseRequest(id, idB);
  await olga.call('release.ask', sealing(request, await olga.call('release.preview', request)));
  await olga.call('vault.lock', {});
  const { page } = await startApp({ home: a.home, name: 'looked-at' });
  const saves: string[] = [];
  page.on('request', (sent) => {
    if (isCall(sent, 'chart.save')) saves.push(sent.url());
  });

  await unlockAs(page, PIA.name, PIA.passphrase);
  await openCasePage(page, 'Operation Test Lamp');
  await page.getByRole('application', { name: 'Chart: 2 entities, 0 links' }).waitFor();
  // the key to the lines stands where the progress of the layout stood: it is over
  await page.getByRole('list', { name: 'Line styles' }).waitFor();
  await page.getByRole('button', { name: 'Approvals (1)' }).click();
  await page.getByRole('button', { name: 'Look at it' }).click();
  const approve = page.getByRole('dialog', { name: 'Approve a release' });
  await approve.getByRole('button', { name: 'Approve with my key' }).click();
  const file = await takeFile(page, () => approve.getByRole('button', { name: 'Seal and save' }).click());
  expect(file.bytes.length).toBeGreaterThan(0);
  expect(saves).toEqual([]);
  await page.getByText('Nothing waits for approval').waitFor();

  await openCasePage(page, 'Operation Test Lamp');
  const saved = page.waitForRequest((sent) => isCall(sent, 'chart.save'));
  await page.getByRole('button', { name: 'Lay out again' }).click();
  await saved;
});

function isCall(sent: Request, method: string): boolean {
  return sent.postDataBuffer()?.includes(`"${method}"`) === true;
}

/** Keeps the first call of a method from the vault until it is let go. */
async function holdBack(page: Page, method: string) {
  const held = Promise.withResolvers<Route>();
  await page.route('**/call', (route) => (isCall(route.request(), method) ? held.resolve(route) : route.continue()));
  return {
    isHeld: held.promise,
    async letGo() {
      await (await held.promise).continue();
      await page.unroute('**/call');
    },
  };
}

async function unlockAs(page: Page, user: string, passphrase: string): Promise<void> {
  await choose(page, 'User', user);
  await unlock(page, passphrase);
}

test('the recipient sees which officers approved a file, and is told of the approval that a file lacks', async () => {
  const { a, b, idA, idB } = await confirmedPair();
  const { olga, officers } = await twoOfficers(a, { releases: 2 });
  await b.call('partner.add', { bytes: (await olga.call('partner.card', {})).bytes });
  await b.call('partner.require', { agency: AgencyId.parse(idA), approvals: 2 });
  const id = await openCase(olga, 'Operation Test Lamp');
  await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
  const request = releaseRequest(id, idB);
  const asked = sealing(request, await olga.call('release.preview', request));
  const { id: pending } = await olga.call('release.ask', asked);
  const pia = await asPia(olga);
  await pia.call('release.approve', { id: pending, digest: asked.digest });
  const { bytes: approved } = await pia.call('release.seal', asked);
  const unapproved = await sealedWithout(b);
  await b.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: b.home, name: 'approved-file' });
  const look = lookAt(page, found);

  await unlock(page, PASSPHRASE);
  await receive(page, { name: 'approved.chiro', bytes: approved });
  const checks = page.getByRole('list', { name: 'What was checked' });
  await checks.getByText('Approved, exactly as it is, by 2 officers of the sender. We require 2 approvals.').waitFor();
  for (const kid of officers) await page.getByRole('definition').getByText(kid, { exact: true }).waitFor();
  await look('receive-approved');
  await page.getByRole('button', { name: 'Cancel' }).click();

  await giveFile(page, 'Choose a .chiro file or receipt', { name: 'unapproved.chiro', bytes: unapproved });
  const refusal = page.getByRole('alert');
  await refusal.getByText(/^This file has 0 of the 1 approvals that we require of agency /).waitFor();
  await refusal.getByText('It is from Westhaven Unit.').waitFor();
  await look('receive-approval-missing');
  expect(found).toEqual([]);
});

/** A file to B of somebody whose files need an approval, and without one. */
async function sealedWithout(b: TestAgency): Promise<Uint8Array> {
  const other = await createdAgency('Westhaven Unit', 'AT');
  const seenByB = await b.call('partner.add', { bytes: (await other.call('partner.card', {})).bytes });
  const seen = await other.call('partner.add', { bytes: (await b.call('partner.card', {})).bytes });
  await b.call('partner.confirm', { agency: seenByB.agency, words: seenByB.words, with: 'Wim', channel: 'phone' });
  await other.call('partner.confirm', { agency: seen.agency, words: seen.words, with: 'Bert', channel: 'phone' });
  const id = await openCase(other, 'Operation Other Lamp');
  await addEntity(other, id, 'phone', { number: '+44 7700 900456' });
  const { sealed } = await release(other, id, seen.agency);
  await b.call('partner.require', { agency: seenByB.agency, approvals: 1 });
  return sealed.bytes;
}

test('an officer declines a release and says why; who asked for it learns that, and nothing left', async () => {
  const { a, idB } = await confirmedPair();
  const { olga } = await twoOfficers(a, { releases: 2 });
  const id = await openCase(olga, 'Operation Test Lamp');
  await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
  const request = releaseRequest(id, idB, { include: ['witnesses'] });
  await olga.call('release.ask', sealing(request, await olga.call('release.preview', request)));
  await olga.call('vault.lock', {});
  const found: string[] = [];
  const { page } = await startApp({ home: a.home, name: 'declined' });
  const look = lookAt(page, found);

  await unlockAs(page, PIA.name, PIA.passphrase);
  await page.getByRole('button', { name: 'Approvals (1)' }).click();
  await page.getByRole('button', { name: 'Look at it' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve a release' });
  await dialog.getByText('UN Convention against Transnational Organized Crime (2000), art. 27(1)–(2)').waitFor();
  await dialog.getByRole('note').getByText('Discloses witnesses.').waitFor();
  const decline = dialog.getByRole('button', { name: 'Decline' });
  expect(await decline.isEnabled(), 'a refusal has a reason').toBe(false);
  await dialog.getByRole('textbox', { name: 'Reason for declining' }).fill('The number is of a witness.');
  await look('decline-release');
  await decline.click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Nothing waits for approval').waitFor();
  await page.keyboard.press('Control+l');

  await unlockAs(page, 'Olga Officer', PASSPHRASE);
  const told = page.getByRole('banner').getByRole('button', { name: '1 release declined' });
  await told.waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command, name, number or plate' }).fill('> approvals');
  await page.getByRole('option', { name: /^Approvals/ }).waitFor();
  await page.keyboard.press('Enter');
  const declined = page.getByRole('table', { name: 'Releases that were declined' });
  await declined
    .getByRole('row', { name: /^Operation Test Lamp Suedhafen Office .* Pia Officer.* The number is of a witness\.$/ })
    .waitFor();
  await told.waitFor({ state: 'detached' });
  await look('approvals-declined');
  expect(found).toEqual([]);
});
