import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type TestAgency, PASSPHRASE, createdAgency, temporaryHome } from '../support/agency.ts';
import { startApp } from '../support/browser.ts';
import { filmCodes, pictureOf } from './steps/drawn-codes.ts';
import { openConfirmation, openPartners, partner } from './steps/exchange.ts';
import { type SavedFile, giveFile } from './steps/fields.ts';
import { lookAt } from './steps/look.ts';
import { costOf } from './steps/long-tasks.ts';
import { unlock } from './steps/vault.ts';

/** QR codes both ways: docs/formats/bundle.md K21, docs/decisions/0034. */

const B = 'Suedhafen Office';

test('[K21] what one screen shows the other reads from a picture of it: the card, and the code that confirms it', async () => {
  const [a, b] = [await createdAgency('Northmark Agency'), await createdAgency(B, 'DE')];
  const found: string[] = [];
  const pageOfB = await opened(b, 'codes-shown');
  await pageOfB.getByRole('button', { name: 'Show as QR code' }).click();
  const card = await screenOf(pageOfB.getByRole('img', { name: 'Our card as a QR code' }));
  await pageOfB.keyboard.press('Escape');
  await pageOfB.getByRole('tab', { name: 'Keys of this agency' }).click();
  const code = await screenOf(pageOfB.getByRole('img', { name: 'Code of our card' }));

  const page = await opened(a, 'codes-read');
  const look = lookAt(page, found);
  await page.getByRole('button', { name: 'Read a card from a QR code…' }).click();
  const cards = page.getByRole('dialog', { name: 'Read a partner’s card' });
  await giveFile(cards, 'Choose a picture of the code', code);
  await cards.getByText('This QR code holds no card.').waitFor();
  await look('read-a-card');
  await giveFile(cards, 'Choose a picture of the code', card);
  await partner(page, B).getByText('Not confirmed', { exact: true }).waitFor();

  await partner(page, B).getByRole('button', { name: 'Confirm…' }).click();
  const confirmation = page.getByRole('dialog', { name: `Confirm ${B}` });
  const read = confirmation.getByRole('button', { name: 'Read their QR code…' });
  expect(await read.isEnabled(), 'who and by which channel is asked first').toBe(false);
  await page.keyboard.press('Escape');
  await openConfirmation(page, B, 'Bert');
  await read.click();
  await giveFile(scanner(page), 'Choose a picture of the code', card);
  await scanner(page).getByText('This QR code holds a whole card, or other data.').waitFor();
  await giveFile(scanner(page), 'Choose a picture of the code', code);
  await confirmation.getByText('The code is that of the card that we hold.').waitFor();
  expect(await scanner(page).count()).toBe(0);
  await look('confirm-by-code');
  await confirmation.getByRole('button', { name: 'They match' }).click();
  await partner(page, B).getByText('Confirmed', { exact: true }).waitFor();
  expect(found).toEqual([]);
});

test('[K21] pictures that are of no use, or meant to harm, are each told as what they are, and confirm nothing', async () => {
  const [a, b, c] = [
    await createdAgency('Northmark Agency'),
    await createdAgency(B, 'DE'),
    await createdAgency('Ostmark Grenzdienst', 'AT'),
  ];
  await add(a, b);
  await add(a, c);
  const stranger = (await (await createdAgency('Nobody we know', 'FR')).call('keys.show', {})).code;
  const [ours, theirs, others] = [await codeOf(a), await codeOf(b), await codeOf(c)];
  const page = await opened(a, 'codes-refused');
  await page.getByRole('list', { name: 'Partners' }).getByRole('button', { name: B }).click();
  await openConfirmation(page, B, 'Bert');
  await page.getByRole('button', { name: 'Read their QR code…' }).click();
  const agency = theirs.split(':')[2] ?? '';
  const attempts: readonly (readonly [says: string, file: SavedFile])[] = [
    ['This is our own code.', await pictureOf(page, [ours])],
    ['This is the code of Ostmark Grenzdienst.', await pictureOf(page, [others], 'image/jpeg')],
    ['This is the code of another agency.', await pictureOf(page, [stranger], 'image/webp')],
    [
      'This is the code of another card than the one that we hold.',
      await pictureOf(page, [`CHIROGRAPH-CARD:1:${agency}:${'0F'.repeat(32)}`]),
    ],
    ['This is no code of a Chirograph card.', await pictureOf(page, ['https://example.org/login'])],
    ['There are several different codes in the picture.', await pictureOf(page, [theirs, others])],
    ['No code was found in the picture.', await pictureOf(page, [])],
    ['This is a drawing, not a picture.', file('code.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
    ['This is no picture that Chirograph reads.', file('code.png', Buffer.from(theirs))],
    ['This picture is too large.', file('code.png', hugePng())],
    ['This picture is damaged.', file('code.png', (await pictureOf(page, [theirs])).bytes.subarray(0, 60))],
    ['This file is too large for a picture of a code.', file('code.png', Buffer.alloc(20_000_001))],
  ];
  for (const [says, picture] of attempts) {
    await giveFile(scanner(page), 'Choose a picture of the code', picture);
    await scanner(page).getByText(says).waitFor();
  }
  await page.evaluate(pasteText, others);
  await scanner(page).getByText('This is the code of Ostmark Grenzdienst.').waitFor();
  await page.evaluate(pastePicture, [...(await pictureOf(page, [ours])).bytes]);
  await scanner(page).getByText('This is our own code.').waitFor();
  await page.evaluate(dropPicture, [...(await pictureOf(page, ['HELLO'])).bytes]);
  await scanner(page).getByText('This is no code of a Chirograph card.').waitFor();
  await page.evaluate(pasteText, theirs.toLowerCase());
  await page.getByText('The code is that of the card that we hold.').waitFor();
  expect(await page.getByRole('button', { name: 'They match' }).isEnabled()).toBe(true);
});

test('the camera reads a code, passes over one that does not fit, and goes out by itself', async () => {
  const [a, b] = [await createdAgency('Northmark Agency'), await createdAgency(B, 'DE')];
  await add(a, b);
  const page = await opened(
    a,
    'camera',
    filmCodes(join(temporaryHome(), 'film.y4m'), [await codeOf(a), await codeOf(b)]),
  );
  await page.evaluate(keepTracks);
  await openConfirmation(page, B, 'Bert');
  await page.getByRole('button', { name: 'Read their QR code…' }).click();
  expect(await page.evaluate(tracks), 'nothing is filmed before somebody asks for it').toEqual([]);
  await scanner(page).getByRole('button', { name: 'Use the camera' }).click();
  await page.getByText('The code is that of the card that we hold.').waitFor();
  expect(await page.evaluate(tracks)).toEqual(['video ended']);
  await page.getByRole('button', { name: 'They match' }).click();
  await partner(page, B).getByText('Confirmed', { exact: true }).waitFor();
});

test('the camera is on only while its picture is shown: stopped, closed, hidden or locked, it is off', async () => {
  const [a, b] = [await createdAgency('Northmark Agency'), await createdAgency(B, 'DE')];
  await add(a, b);
  const found: string[] = [];
  const page = await opened(a, 'camera-ends', filmCodes(join(temporaryHome(), 'film.y4m'), [await codeOf(a)]));
  const look = lookAt(page, found);
  await page.evaluate(keepTracks);
  await openConfirmation(page, B, 'Bert');
  const ends: readonly (readonly [how: string, act: () => Promise<void>])[] = [
    ['stopped', () => scanner(page).getByRole('button', { name: 'Stop the camera' }).click()],
    ['another picture', () => giveFile(scanner(page), 'Choose a picture of the code', file('code.svg', hugePng()))],
    ['hidden', () => page.evaluate(hide)],
    ['closed', () => page.keyboard.press('Escape')],
    ['locked', () => page.keyboard.press('Control+l')],
  ];
  await page.getByRole('button', { name: 'Read their QR code…' }).click();
  for (const [how, act] of ends) {
    if ((await scanner(page).count()) === 0) await page.getByRole('button', { name: 'Read their QR code…' }).click();
    await scanner(page).getByRole('button', { name: 'Use the camera' }).click();
    await scanner(page).getByText('The camera is on.').waitFor();
    await scanner(page).getByText('This is our own code.').waitFor();
    expect((await page.evaluate(tracks)).at(-1), `before it is ${how}`).toBe('video live');
    if (how === 'stopped') await look('camera-on');
    await act();
    await expect.poll(() => page.evaluate(tracks).then((all) => all.at(-1)), { message: how }).toBe('video ended');
  }
  expect(found).toEqual([]);
});

test('without a camera, or without leave to use it, a sentence says so and pictures still do', async () => {
  const [a, b] = [await createdAgency('Northmark Agency'), await createdAgency(B, 'DE')];
  await add(a, b);
  const page = await opened(a, 'no-camera');
  await openConfirmation(page, B, 'Bert');
  await page.getByRole('button', { name: 'Read their QR code…' }).click();
  await scanner(page).getByRole('button', { name: 'Use the camera' }).click();
  await scanner(page)
    .getByText(/^(No camera was found|The camera may not be used)\.$/)
    .waitFor();
  await giveFile(scanner(page), 'Choose a picture of the code', await pictureOf(page, [await codeOf(b)]));
  await page.getByText('The code is that of the card that we hold.').waitFor();
  expect(await page.getByRole('button', { name: 'They match' }).isEnabled()).toBe(true);
});

test('a picture of a telephone is read beside the page, which goes on', async () => {
  const [a, b] = [await createdAgency('Northmark Agency'), await createdAgency(B, 'DE')];
  await add(a, b);
  const page = await opened(a, 'large-picture', undefined, false);
  await openConfirmation(page, B, 'Bert');
  await page.getByRole('button', { name: 'Read their QR code…' }).click();
  await page.evaluate(keepLargePicture);
  const cost = await costOf(page, 'reading 12 megapixels', async () => {
    await page.evaluate(pasteLargePicture);
    await scanner(page).getByText('No code was found in the picture.').waitFor();
  });
  expect(cost.costliestTaskMs).toBeLessThan(50);
});

async function opened(agency: TestAgency, name: string, camera?: string, isTraced = true): Promise<Page> {
  await agency.call('vault.lock', {});
  const { page } = await startApp({ home: agency.home, name, isTraced, ...(camera !== undefined && { camera }) });
  await unlock(page, PASSPHRASE);
  await openPartners(page);
  return page;
}

async function add(to: TestAgency, other: TestAgency): Promise<void> {
  await to.call('partner.add', { bytes: (await other.call('partner.card', {})).bytes });
}

async function codeOf(agency: TestAgency): Promise<string> {
  return (await agency.call('keys.show', {})).code;
}

function scanner(page: Page): Locator {
  return page.getByRole('dialog', { name: `Read the code of ${B}` });
}

async function screenOf(shown: Locator): Promise<SavedFile> {
  await shown.waitFor();
  return file('screen.png', await shown.screenshot());
}

function file(name: string, bytes: Uint8Array): SavedFile {
  return { name, bytes };
}

/** 33 bytes that promise 10 gigapixels. */
function hugePng(): Uint8Array {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(100_000, 16);
  bytes.writeUInt32BE(100_000, 20);
  return bytes;
}

declare global {
  interface Window {
    kept?: MediaStreamTrack[];
    largePicture?: File;
  }
}

/** Has the page remember every track of a camera or microphone that it got. */
function keepTracks(): void {
  const kept: MediaStreamTrack[] = [];
  window.kept = kept;
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints);
    kept.push(...stream.getTracks());
    return stream;
  };
}

function tracks(): string[] {
  return (window.kept ?? []).map(({ kind, readyState }) => `${kind} ${readyState}`);
}

/** As a browser does it when another window covers this one. */
function hide(): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: true });
  document.dispatchEvent(new Event('visibilitychange'));
  Object.defineProperty(document, 'hidden', { configurable: true, value: false });
}

function pasteText(text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
}

function pastePicture(bytes: number[]): void {
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([Uint8Array.from(bytes)], 'image.png', { type: 'image/png' }));
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
}

function dropPicture(bytes: number[]): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'image.png', { type: 'image/png' }));
  [...document.querySelectorAll('.file-drop')]
    .at(-1)
    ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
}

/** 4 000 × 3 000 pixels of nothing that a code could be. */
async function keepLargePicture(): Promise<void> {
  const canvas = new OffscreenCanvas(4000, 3000);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  for (let at = 0; at < 5000; at += 1) {
    context.fillStyle = `hsl(${(at * 137) % 360} 50% ${(at * 31) % 100}%)`;
    context.fillRect((at * 769) % 4000, (at * 433) % 3000, 120, 90);
  }
  window.largePicture = new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'large.jpg', {
    type: 'image/jpeg',
  });
}

function pasteLargePicture(): void {
  const clipboardData = new DataTransfer();
  if (window.largePicture !== undefined) clipboardData.items.add(window.largePicture);
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
}
