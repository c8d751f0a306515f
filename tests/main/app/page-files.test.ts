import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, afterAll, test } from 'vitest';
import { type PageFiles, openPageFiles } from '../../../src-main/app/page-files.ts';

let folder: string;
let page: PageFiles;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  mkdirSync(join(folder, 'page/assets'), { recursive: true });
  writeFileSync(join(folder, 'outside.txt'), 'not ours');
  writeFileSync(
    join(folder, 'page/index.html'),
    '<meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__">1</script>',
  );
  writeFileSync(join(folder, 'page/assets/a.js'), '1');
  page = openPageFiles(join(folder, 'page'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every load of the page has a new nonce, in its policy and in its text', () => {
  const nonces = [page('/'), page('/index.html')].map((file) => {
    const nonce = /'nonce-([^']+)'/.exec(file?.headers['content-security-policy'] ?? '')?.[1];
    expect(new TextDecoder().decode(file?.body)).toBe(`<meta nonce="${nonce}"><script nonce="${nonce}">1</script>`);
    return nonce;
  });
  expect(new Set(nonces).size).toBe(2);
});

test('the policy starts from nothing and allows no eval, no inline without the nonce and no other host', () => {
  const policy = page('/')?.headers['content-security-policy'] ?? '';
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

test('an asset is served with its media type and a policy of its own', () => {
  expect(page('/assets/a.js')?.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-security-policy': "default-src 'none'; script-src 'self'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
});

test.each([
  '/../outside.txt',
  '/assets/../../outside.txt',
  '/assets/%2e%2e/a.js',
  '//etc/passwd',
  '/assets',
  '',
  '/a\0.js',
])('nothing stands at %j', (path) => expect(page(path)).toBeUndefined());
