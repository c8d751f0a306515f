import { expect, test } from 'vitest';
import { importProgress } from '../../../src-renderer/features/import/import-progress.ts';

test('a stage of the file is told in megabytes, one of the store in what it counts', () => {
  expect(importProgress({ stage: 'records', done: 1_500_000, total: 3_000_000 }, 'Importing')).toEqual({
    label: 'Sealing and storing records',
    progress: { stage: 'MB', done: 1.5, total: 3 },
  });
  expect(importProgress({ stage: 'indexes', done: 2, total: 9 }, 'Importing')).toEqual({
    label: 'Making indexes',
    progress: { stage: '', done: 2, total: 9 },
  });
});

test('until a word comes, and for a stage without one, it is what was begun', () => {
  expect(importProgress(undefined, 'Importing')).toEqual({ label: 'Importing', progress: undefined });
  const unknown = { stage: 'x', done: 1, total: 2 };
  expect(importProgress(unknown, 'Importing')).toEqual({ label: 'Importing', progress: unknown });
});
