import { expect, test } from 'vitest';
import { flip } from '../../torture/flips.ts';
import { rollBack } from '../../torture/rollbacks.ts';

/** The short versions of `npm run torture -- flips` and `rollbacks`. */

const FLIPS = process.env['SLOW'] === '1' ? 10_000 : 120;

test('a flipped bit in the closed store is refused as damage, or changes nothing of what is read', async () => {
  const { outcomes, problems } = await flip(FLIPS, 11);
  expect(problems).toEqual([]);
  expect([...outcomes.keys()].toSorted()).toEqual(['vault.store-damaged']);
}, 120_000);

test('[V53] old files, old pages and logs that are old, cut, damaged or gone are noticed and named', async () => {
  const tally = await rollBack(2, 9973);
  expect(Object.values(tally).flatMap(({ problems }) => problems)).toEqual([]);
  for (const { outcomes } of Object.values(tally)) expect(outcomes.size).toBeGreaterThan(0);
}, 120_000);
