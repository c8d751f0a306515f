import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startAgency } from '../../support/agency.ts';

test('a sample vault whose process was killed is removed by the next one, and its own when it locks', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const leftover = join(tmpdir(), `chirograph-sample-${gone}-test`);
  const running = join(tmpdir(), `chirograph-sample-${process.ppid}-test`);
  for (const folder of [leftover, running]) mkdirSync(folder);
  const agency = startAgency();
  await agency.call('sample.open', {});
  expect([existsSync(leftover), existsSync(running), own().length]).toEqual([false, true, 1]);
  await agency.call('vault.lock', {});
  expect(own()).toEqual([]);
  rmSync(running, { recursive: true });
});

function own(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`chirograph-sample-${process.pid}-`));
}
