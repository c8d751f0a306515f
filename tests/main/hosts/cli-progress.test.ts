import { expect, test } from 'vitest';
import { progressTeller } from '../../../src-main/hosts/cli/progress.ts';

test('every tenth of a stage is told once, on standard error', () => {
  const told: string[] = [];
  const tell = progressTeller({
    environment: {},
    write: () => expect.unreachable('standard output is for the answer'),
    complain: (text) => void told.push(text),
    ask: () => Promise.reject(new Error('nobody is asked')),
  });
  for (let done = 0; done <= 1000; done += 1)
    tell({ type: 'progress', job: 'import', stage: 'records', done, total: 1000 });
  tell({ type: 'progress', job: 'import', stage: 'commit', done: 0, total: 0 });
  tell({ type: 'changed', change: 7 });
  expect(told).toHaveLength(11);
  expect([told[0], told[10]]).toEqual(['chirograph: records 0 %\n', 'chirograph: records 100 %\n']);
});
