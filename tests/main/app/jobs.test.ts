import { expect, test } from 'vitest';
import { createJobs } from '../../../src-main/app/jobs.ts';

test('every step of a long piece of work, named or not, is a sign of life: the vault does not lock itself over it', async () => {
  let signs = 0;
  const jobs = createJobs(
    () => undefined,
    () => void (signs += 1),
  );
  await jobs.begin('import').step('records', 1, 2);
  await jobs.begin(undefined).step('records', 1, 2);
  expect(signs).toBe(2);
});

test('a cancelled piece of work stops at its next step and says so; another one of the same name does not', async () => {
  const jobs = createJobs(
    () => undefined,
    () => undefined,
  );
  const job = jobs.begin('import');
  jobs.cancel('import');
  await expect(job.step('records', 1, 2)).rejects.toMatchObject({ code: 'request.cancelled' });
  jobs.end('import');
  await expect(jobs.begin('import').step('records', 1, 2)).resolves.toBeUndefined();
});
