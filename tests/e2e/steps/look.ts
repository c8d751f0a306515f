import { join } from 'node:path';
import { env } from 'node:process';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Looks at the page as it is now, in light and dark, and says what is wrong with it. */
export type Look = (name: string) => Promise<void>;

/** Every rule that axe has, the best practices too; in dark what colours can change. */
const RULES = { light: '', dark: "runOnly: ['color-contrast', 'link-in-text-block']" } as const;
const SCHEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
];

/** What axe finds goes into `found`. With a folder in CHIROGRAPH_SHOTS a picture of everything that was looked at is kept for people. */
export function lookAt(page: Page, found: string[]): Look {
  return async (name) => {
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
      if (env['CHIROGRAPH_SHOTS'] !== undefined)
        await keep(page, join(env['CHIROGRAPH_SHOTS'], `${name}-${colorScheme}`));
      found.push(
        ...(await axeProblems(page, RULES[colorScheme])).map((problem) => `${name}, ${colorScheme}: ${problem}`),
      );
    }
  };
}

/** One line a place. */
async function axeProblems(page: Page, rules: string): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run({ resultTypes: ['violations'], ${rules} })`);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

async function keep(page: Page, path: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.screenshot({ path: `${path}-${size.width}.png` });
  }
}
