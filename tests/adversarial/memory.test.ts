import { spawnSync } from 'node:child_process';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';

const Told = z.strictObject({ grown: z.number(), read: z.number(), wrong: z.array(z.string()) });
const LIMIT = 64 * 1024;

test('hostile files, bombs of a gigabyte among them, are refused within 64 MB', () => {
  const program = fileURLToPath(new URL('memory-program.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(execPath, ['--max-old-space-size=64', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { grown, read, wrong } = Told.parse(JSON.parse(stdout));
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(500);
  expect(grown).toBeLessThan(LIMIT);
}, 600_000);
