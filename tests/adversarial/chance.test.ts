import { execArgv } from 'node:process';
import { expect, test } from 'vitest';
import { compareVerdicts, flipBundles } from './tallies.ts';

/** SECURITY S2, S22. `npm run torture -- bundle-flips` and `-- verifier` do ten times as much, with another seed each time. */

/** The two runs of this suite, with OpenSSL and without what BoringSSL lacks, look at other ones. */
const seed = execArgv.some((each) => each.includes('boringssl')) ? 20_260_302 : 20_260_301;

test('of 5 000 sealed and inner bundles with a change by somebody without a key none is accepted', async () => {
  const { outcomes, problems } = await flipBundles(5000, seed);
  expect(problems).toEqual([]);
  expect([...outcomes.values()].reduce((sum, times) => sum + times, 0)).toBe(5000);
  expect(outcomes.size).toBeGreaterThan(10);
}, 600_000);

test('the product and the verifier that shares no code agree on 5 000 bundles and cards, damaged or signed anew', async () => {
  const { outcomes, problems } = await compareVerdicts(5000, seed);
  expect(problems).toEqual([]);
  expect(outcomes.get('none'), 'some changes are harmless, and both say so').toBeGreaterThan(20);
  expect(outcomes.size).toBeGreaterThan(20);
}, 600_000);
