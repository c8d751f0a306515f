import { spawn } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { geteuid, seteuid } from 'node:process';
import { expect, test } from 'vitest';
import { ROOT } from '../../../build/project.ts';
import { closeVault } from '../../../src-main/vault/open-vault.ts';
import { person, put } from '../../support/store-builders.ts';
import { closedVault, newVault, PASSPHRASE, tryUnlock, unlocked } from '../../support/store-vaults.ts';

/** Ends with what it wrote to standard error. */
async function status(dir: string): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'src-main/hosts/cli/main.ts'), 'vault', 'status', dir], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { CHIROGRAPH_PASSPHRASE: PASSPHRASE, PATH: process.env['PATH'] },
  });
  const parts: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => parts.push(text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, errors: parts.join('') };
}

test('[V22] the command line is refused while a window has the vault, which goes on undisturbed, and gets it afterwards', async () => {
  const { dir, opened } = await newVault();
  put(opened.store, [person('Ada')]);
  const files = readdirSync(dir).toSorted();
  expect(await status(dir)).toEqual({ code: 1, errors: 'chirograph: vault.in-use\n' });
  expect(readdirSync(dir).toSorted()).toEqual(files);
  put(opened.store, [person('Bo')]);
  closeVault(opened);
  expect((await status(dir)).code).toBe(0);
  const again = await unlocked(dir);
  expect(again.store.sqlite.prepare('SELECT count(*) FROM entities').pluck().get()).toBe(2);
});

const NOBODY = 65_534;

test('[V106] a vault that may not be written is refused as that, untouched, and opens when it may', async () => {
  const { dir } = await closedVault();
  const before = readFileSync(join(dir, 'store.db'));
  const files = readdirSync(dir);
  chmodSync(dirname(dir), 0o755);
  for (const name of files) chmodSync(join(dir, name), 0o444);
  chmodSync(dir, 0o555);
  // whoever is root may write anything: then the test is somebody else for a moment
  const isRoot = geteuid?.() === 0;
  if (isRoot) seteuid?.(NOBODY);
  try {
    await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.read-only' });
  } finally {
    if (isRoot) seteuid?.(0);
  }
  chmodSync(dir, 0o700);
  for (const name of files) chmodSync(join(dir, name), 0o600);
  expect(readdirSync(dir)).toEqual(files);
  expect(readFileSync(join(dir, 'store.db'))).toEqual(before);
  await tryUnlock(dir);
});
