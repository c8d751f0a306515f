import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

/** What one step of a day cost the page's thread. */
export interface StepCost {
  readonly step: string;
  /** As the page's own observer sees it: time on the clock, whatever else the machine was doing. */
  readonly longestTaskMs: number;
  /** Tasks of more than 50 ms on the clock. */
  readonly longTasks: number;
  /** Processor time of the costliest task of the page's thread: what is left of it on a machine with nothing else to do. */
  readonly costliestTaskMs: number;
  /** From the act to what it shows. */
  readonly resultMs: number;
}

declare global {
  interface Window {
    longTasks?: number[];
  }
}

/** Has every page of the context keep its long tasks from the first script on. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.context().addInitScript(() => {
    const seen: number[] = [];
    window.longTasks = seen;
    new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
      buffered: true,
    });
  });
  await page.reload();
}

/** Does one step, and notes what it cost until the page has come to rest. */
export async function costOf(page: Page, step: string, act: () => Promise<void>): Promise<StepCost> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without a browser');
  await rest(page);
  await page.evaluate(() => void window.longTasks?.splice(0));
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  const begun = Date.now();
  await act();
  const resultMs = Date.now() - begun;
  await rest(page);
  const costliestTaskMs = await costliestTask(browser);
  const tasks = await page.evaluate(() => window.longTasks ?? []);
  return { step, longestTaskMs: Math.max(0, ...tasks), longTasks: tasks.length, costliestTaskMs, resultMs };
}

const Trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Microseconds of the thread's own time. */
      tdur: z.number().optional(),
      args: z.object({ name: z.unknown().optional() }).optional(),
    }),
  ),
});

async function costliestTask(browser: Browser): Promise<number> {
  const { traceEvents } = Trace.parse(JSON.parse((await browser.stopTracing()).toString()));
  const pages = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && pages.has(`${pid} ${tid}`));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

/** Two idle callbacks: what was queued has run, and the observer has told of it. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((done) => requestIdleCallback(() => requestIdleCallback(() => done()), { timeout: 2000 })),
  );
}

const HEADS = ['step', 'longest task', 'tasks > 50 ms', 'its processor time', 'time to result'];

export function costTable(costs: readonly StepCost[]): string {
  const rows = costs.map((cost) => [
    cost.step,
    ms(cost.longestTaskMs),
    String(cost.longTasks),
    ms(cost.costliestTaskMs),
    ms(cost.resultMs),
  ]);
  const all = [HEADS, ...rows];
  const widths = HEADS.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')).join('\n');
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}
