import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../build/project.ts';

test('nothing imports what STYLE.md section 2 does not allow it to import', () => {
  const roots = ['src-shared', 'src-main', 'src-renderer', 'tests', 'build', 'bench'];
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout, status } = spawnSync(process.execPath, [cruiser, ...roots], { cwd: ROOT, encoding: 'utf8' });
  expect(stdout).toContain('no dependency violations found');
  expect(status).toBe(0);
});
