import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import config from '../electron.vite.config.ts';
import { ROOT } from './project.ts';

export const PAGE_FOLDER = join(ROOT, 'out/renderer');
const SOURCES = ['src-main', 'src-renderer', 'src-shared', 'electron.vite.config.ts', 'package-lock.json'];

/** Builds the page into out/renderer, as `npm run build` does, without the Electron parts. */
export async function buildPage(): Promise<void> {
  // under a test runner NODE_ENV is `test`, and the page would be built with the slow, talkative React
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    ...config.renderer,
    mode: 'production',
    configFile: false,
    base: './',
    logLevel: 'warn',
    root: join(ROOT, 'src-renderer'),
    build: { ...config.renderer?.build, outDir: PAGE_FOLDER, emptyOutDir: true },
  });
  if (before === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = before;
}

/** Whether something built is missing or older than what it is made of. */
export function isStale(built: string): boolean {
  const builtAt = statSync(join(ROOT, built), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return SOURCES.some((source) => newestIn(join(ROOT, source)) > builtAt);
}

function newestIn(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
