import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { z } from 'zod';
import { NO_BROWSER, findBrowser } from './find-browser.ts';
import { buildPage } from './page.ts';
import { ROOT, run, say } from './project.ts';

/** `npm test`: everything, with a browser found or installed first; the last line is `N passed, N failed`. Arguments go to vitest. */
const REPORT = 'test-results/vitest.json';
const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

provideTools();
await buildPage();
mkdirSync(join(ROOT, 'test-results'), { recursive: true });
rmSync(join(ROOT, REPORT), { force: true });
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
const exitCode = run('vitest', ['run', ...reporters, ...process.argv.slice(2)]);
const { passed, failed, skipped } = count();
if (skipped > 0) say(`${skipped} skipped`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : exitCode;

/** On Debian as root they can be installed; elsewhere the tests that need a browser fail and say what to do, and those with stock age say that it is not here. */
function provideTools(): void {
  const missing = [...(findBrowser() === undefined ? ['chromium'] : []), ...(hasAge() ? [] : ['age'])];
  if (missing.length > 0 && getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say(`Installing ${missing.join(' and ')} for the tests …`);
    const quietly = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], quietly);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quietly);
  }
  if (findBrowser() === undefined) say(NO_BROWSER);
}

function hasAge(): boolean {
  return spawnSync('age', ['--version']).status === 0;
}

/** A file that could not run at all counts as one failed test. */
function count(): { readonly passed: number; readonly failed: number; readonly skipped: number } {
  if (!existsSync(join(ROOT, REPORT))) return { passed: 0, failed: 1, skipped: 0 };
  const report = Report.parse(JSON.parse(readFileSync(join(ROOT, REPORT), 'utf8')));
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests,
  };
}
