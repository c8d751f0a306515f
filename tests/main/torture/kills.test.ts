import { expect, test } from 'vitest';
import { torture } from '../../torture/kills.ts';

const KILLS = process.env['SLOW'] === '1' ? 100 : 8;

/** The short version of `npm run torture -- kills`. */
test('[V25] a vault whose process is killed opens whole, with everything that was acknowledged and nothing left behind', async () => {
  const { kills, done, problems } = await torture(KILLS, { seed: 40, bulk: 1500 });
  expect(problems).toEqual([]);
  expect(kills).toBe(KILLS);
  expect(done.size).toBeGreaterThan(0);
}, 180_000);
