import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { ROOT, run } from '../../../build/project.ts';
import { linkVaultProcess } from '../../../src-main/app/vault-link.ts';
import { forkVault } from '../../../src-main/hosts/loopback/fork-vault.ts';

/** Below the project, so that the packages with a native part are found as they are from out/. */
const OUT = join(ROOT, 'test-results/electron-build');

function built(file: string): string {
  return readFileSync(join(OUT, file), 'utf8');
}

beforeAll(() => {
  expect(
    run('electron-vite', ['build', '--config', 'electron.vite.config.ts', '--outDir', OUT, '--logLevel', 'warn']),
  ).toBe(0);
}, 120_000);

test('the vault process that Electron starts works as it was built', async () => {
  const link = linkVaultProcess(() => forkVault(join(OUT, 'no-home'), join(OUT, 'main/vault-process.js')));
  onTestFinished(() => link.kill());
  expect(await link.call('vault.list', {})).toEqual({ ok: true, value: { vaults: [], place: { kind: 'local' } } });
  expect(await link.call('sample.open', {})).toMatchObject({ ok: true, value: { isSample: true } });
});

test('the preload is CommonJS, needs Electron only, and gives the page three functions', () => {
  const preload = built('preload/preload.cjs');
  expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(preload).not.toMatch(/^\s*(import|export) /m);
  expect(preload).toMatch(/exposeInMainWorld\("chirograph", \{\s*call:[^]*onEvent[^]*allowCamera/);
});

test('the host holds no store, no key and no case: only the vault process does', () => {
  expect(built('main/main.js')).not.toMatch(/better-sqlite3|argon2|tweetnacl|secretbox/);
});

test('the page asks for its nonce wherever a script or style stands in it', () => {
  const page = built('renderer/index.html');
  const tags = [...page.matchAll(/<(?:script|style|link rel="stylesheet")[^>]*>/g)].map(([tag]) => tag);
  expect(tags.length).toBeGreaterThan(2);
  expect(tags.filter((tag) => !tag.includes('nonce="__CSP_NONCE__"'))).toEqual([]);
});
