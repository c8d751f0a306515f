import type { Page } from 'playwright-core';

/** What one step of a day cost the page's thread. */
export interface StepCost {
  readonly step: string;
  readonly longestTaskMs: number;
  /** Tasks of more than 50 ms, as the page's own observer sees them. */
  readonly longTasks: number;
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
  await rest(page);
  await page.evaluate(() => void window.longTasks?.splice(0));
  const begun = Date.now();
  await act();
  const resultMs = Date.now() - begun;
  await rest(page);
  const tasks = await page.evaluate(() => window.longTasks ?? []);
  return { step, longestTaskMs: Math.max(0, ...tasks), longTasks: tasks.length, resultMs };
}

/** Two idle callbacks: what was queued has run, and the observer has told of it. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((done) => requestIdleCallback(() => requestIdleCallback(() => done()), { timeout: 2000 })),
  );
}

/** step | longest task | tasks > 50 ms | time to result */
export function costTable(costs: readonly StepCost[]): string {
  const rows = costs.map(({ step, longestTaskMs, longTasks, resultMs }) => [
    step,
    `${Math.round(longestTaskMs)} ms`,
    String(longTasks),
    `${resultMs} ms`,
  ]);
  const all = [['step', 'longest task', '> 50 ms', 'to result'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')).join('\n');
}
