import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, chromium } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { writeLaunchFile } from '../../build/app-window.ts';
import { NO_BROWSER, findBrowser } from '../../build/find-browser.ts';
import { PAGE_FOLDER, buildPage, isStale } from '../../build/page.ts';
import { ROOT } from '../../build/project.ts';
import { startLoopback } from '../../src-main/hosts/loopback/loopback.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const RESULTS = join(ROOT, 'test-results');

/** A running app of one agency: its own loopback host, vault process and browser. */
export interface TestApp {
  readonly origin: string;
  readonly page: Page;
  /** What the page must never do: console errors, uncaught errors, policy violations, requests to anywhere else. Empty, or the test fails. */
  readonly problems: readonly string[];
  /** Opens the app once more in the same browser (the session is there already). */
  openPage(): Promise<Page>;
  /** Ends everything; keeps a trace and a screenshot in test-results/ under `name` when told that the test failed. */
  close(end: { readonly hasFailed: boolean }): Promise<void>;
}

export interface AppOptions {
  readonly home: string;
  /** What trace and screenshot are called when the test fails. */
  readonly name?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** False for a test that measures the page: a trace takes the whole document down at every step, on the page's own thread. */
  readonly isTraced?: boolean;
  /** What a camera sees that the person allows: a file of pictures (Y4M). None is there otherwise, and asking is refused. */
  readonly camera?: string;
}

/** Starts an app for one test and ends it with the test, which fails when the page had a problem. */
export async function startApp(options: AppOptions): Promise<TestApp> {
  const app = await launchApp(options);
  onTestFinished(async ({ task }) => {
    await app.close({ hasFailed: task.result?.state === 'fail' || app.problems.length > 0 });
    expect(app.problems).toEqual([]);
  });
  return app;
}

/**
 * Starts an app that several tests share, opened through a launch file as `npm start` does; whoever starts it closes it and looks at
 * `problems`.
 */
export async function launchApp(options: AppOptions): Promise<TestApp> {
  const { home, name = 'app', colorScheme = 'light', isTraced = true, camera } = options;
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error(NO_BROWSER);
  if (isStale('out/renderer/index.html')) await buildPage();
  const server = await startLoopback({ home, pageFolder: PAGE_FOLDER, port: 0 });
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, ...cameraFlags(camera)] });
  const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  if (camera !== undefined) await context.grantPermissions(['camera'], { origin: server.origin });
  if (isTraced) await context.tracing.start({ snapshots: true });
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-launch-'));
  const launchFile = writeLaunchFile(folder, server.launchAddress);
  const problems = watch(context, server.origin, launchFile);
  const page = await context.newPage();
  await page.goto(launchFile, { waitUntil: 'commit' });
  await page.waitForURL(`${server.origin}/`);
  return {
    origin: server.origin,
    page,
    problems,
    async openPage() {
      const another = await context.newPage();
      await another.goto(server.origin);
      return another;
    },
    async close({ hasFailed }) {
      if (hasFailed) await keep(context, name, isTraced);
      await browser.close();
      rmSync(folder, { recursive: true });
      await server.close();
    },
  };
}

function cameraFlags(file: string | undefined): readonly string[] {
  return file === undefined ? [] : ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

function watch(context: BrowserContext, origin: string, launchFile: string): readonly string[] {
  const problems: string[] = [];
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const isInside = [`${origin}/`, `blob:${origin}/`, 'data:'].some((start) => request.url().startsWith(start));
    if (!isInside && request.url() !== launchFile) problems.push(`request: ${request.url()}`);
  });
  context.on('page', (page) => page.on('websocket', (socket) => problems.push(`web socket: ${socket.url()}`)));
  return problems;
}

async function keep(context: BrowserContext, name: string, isTraced: boolean): Promise<void> {
  mkdirSync(RESULTS, { recursive: true });
  for (const [i, page] of context.pages().entries()) {
    await page.screenshot({ path: join(RESULTS, `${name}-${i}.png`) });
  }
  if (isTraced) await context.tracing.stop({ path: join(RESULTS, `${name}-trace.zip`) });
}
