import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** More stops than any screen has. */
const MOST_STOPS = 80;

/** Walks with Tab until a control has the focus: proof that it can be reached without a pointer. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await hasFocus(control)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(control)}`);
}

/** Waits until the program itself has put the caret where a person goes on. */
export async function startsAt(control: Locator): Promise<void> {
  await control.waitFor();
  await expect.poll(() => hasFocus(control)).toBe(true);
}

/** Types into a field that is a list too, and takes the first thing that fits. */
export async function typeAndTake(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
  await page.getByRole('option', { name: text }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

function hasFocus(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement);
}

/** Each is handled before the page does anything else that waits: what a busy machine does to whoever holds a key down. */
export async function keysInOneBreath(grid: Element, { key, times }: { key: string; times: number }): Promise<void> {
  for (let pressed = 0; pressed < times; pressed++) {
    grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await Promise.resolve();
  }
}
