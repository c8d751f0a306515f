import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import * as atomicFile from '../../../src-main/store/atomic-file.ts';
import { decideRenewal, isRenewalDecided, prepareRenewal } from '../../../src-main/vault/renewed-files.ts';
import { failure } from '../../../src-shared/errors.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

vi.mock('../../../src-main/store/atomic-file.ts', { spy: true });

test('[V134] a disk that fails right behind the decision takes it back: what is written to the old store afterwards counts', () => {
  const dir = temporaryFolder();
  const folder = prepareRenewal(dir, 'rotation');
  vi.mocked(atomicFile.syncFolder).mockImplementation((path) => {
    if (path === dir) throw failure('vault.disk-error', { during: 'writing' });
  });
  expect(() => decideRenewal(dir, 'rotation')).toThrow('vault.disk-error');
  expect(isRenewalDecided(dir)).toBe(false);
  expect(existsSync(folder)).toBe(true);
  expect(existsSync(join(dir, 'rotated'))).toBe(false);
});
