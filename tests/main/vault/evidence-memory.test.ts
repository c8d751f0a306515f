import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/store-vaults.ts';

/** `SLOW=1`: 1 GiB. */
const MEBIBYTES = process.env['SLOW'] === '1' ? 1024 : 256;

/** The most memory of a process that adds and proves a file of so many MiB, in MiB. */
function memoryFor(mebibytes: number): number {
  const program = fileURLToPath(new URL('../../support/evidence-stream.ts', import.meta.url));
  return Number(execFileSync(process.execPath, [program, temporaryFolder(), String(mebibytes)], { encoding: 'utf8' }));
}

test('[V125] the memory that a file needs does not grow with the file', () => {
  expect(memoryFor(MEBIBYTES) - memoryFor(8)).toBeLessThan(100);
});
