import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { ASSET_POLICY, NONCE_PLACEHOLDER, PAGE_HEADERS, pagePolicy } from '../../src-shared/contract/page-policy.ts';

export interface PageFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The built page: what stands at an address path, or undefined. */
export type PageFiles = (path: string) => PageFile | undefined;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Lists the folder once: a path that is not in the list does not exist, so no path can lead out of the folder. */
export function openPageFiles(root: string): PageFiles {
  const files = new Map(listFiles(root).map((file) => [`/${file.split(sep).join('/')}`, join(root, file)]));
  return (path) => {
    if (path === '/' || path === '/index.html') return page(readFileSync(join(root, 'index.html'), 'utf8'));
    const file = files.get(path);
    return file === undefined ? undefined : asset(file);
  };
}

function listFiles(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length)
        .replace(/^[/\\]/, ''),
    );
}

function page(template: string): PageFile {
  const nonce = randomBytes(18).toString('base64');
  return {
    headers: {
      ...PAGE_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy(nonce),
    },
    body: new TextEncoder().encode(template.replaceAll(NONCE_PLACEHOLDER, nonce)),
  };
}

function asset(file: string): PageFile {
  const type = MEDIA_TYPES[extname(file)] ?? 'application/octet-stream';
  return {
    headers: { ...PAGE_HEADERS, 'content-type': type, 'content-security-policy': ASSET_POLICY },
    body: new Uint8Array(readFileSync(file)),
  };
}
