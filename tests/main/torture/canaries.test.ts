import { expect, test } from 'vitest';
import { watch } from '../../torture/canaries.ts';

/** The short version of `npm run torture -- canaries`. */
test('[V100] a process that imports, searches, sorts, releases and backs up has planted values in no file, and none are left after erasure', async () => {
  const { problems, scans, stages } = await watch(1000);
  expect(problems).toEqual([]);
  expect(scans).toBeGreaterThan(5);
  expect(stages.at(-1)).toBe('closed');
}, 120_000);
