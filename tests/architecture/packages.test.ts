import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../../build/project.ts';

const Versions = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies: Versions, devDependencies: Versions, optionalDependencies: Versions });
/** npm writes one name as a text, several as a list. */
const Names = z.union([z.array(z.string()), z.string().transform((name) => [name])]).default([]);
const Package = z.object({
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  integrity: z.string().optional(),
  os: Names,
  cpu: Names,
  libc: Names,
  optionalDependencies: Versions,
});
type Package = z.infer<typeof Package>;
const Lock = z.object({ packages: z.record(z.string(), Package) });

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
}

const manifest = Manifest.parse(readJson('package.json'));
const packages = Object.entries(Lock.parse(readJson('package-lock.json')).packages).filter(([path]) => path !== '');

/**
 * npm marks a package whose folder holds a binding.gyp as having an install script even when its own manifest says `gypfile: false`; this one
 * brings its binaries along and needs none (DESIGN section 9).
 */
const WITHOUT_REAL_SCRIPT = ['node_modules/better-sqlite3'];

test('every version is exact', () => {
  const all = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  expect(all.filter(([, version]) => !/^(npm:[a-z0-9-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('no package that ships runs a script when it is installed', () => {
  const scripted = packages.filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev).map(([path]) => path);
  expect(scripted.filter((path) => !WITHOUT_REAL_SCRIPT.includes(path))).toEqual([]);
});

test('the one exception says itself that it builds nothing, and has no script', () => {
  const Own = z.object({ gypfile: z.literal(false), scripts: z.record(z.string(), z.string()).default({}) });
  for (const path of WITHOUT_REAL_SCRIPT) {
    const { scripts } = Own.parse(readJson(`${path}/package.json`));
    expect(['preinstall', 'install', 'postinstall'].filter((name) => name in scripts)).toEqual([]);
  }
});

test('npm is told to run no scripts of packages', () => {
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

/** docs/decisions/0014: named so that `npm ci` accepts the file, never fetched on the machines that tests run on. */
const isElsewhere = ({ dev, optional, os, cpu, libc }: Package): boolean =>
  dev && optional && !(os.includes('linux') && cpu.includes('x64') && !libc.includes('musl'));

test('every package is locked to its hash, but for development tools of other platforms', () => {
  const unhashed = packages.filter(([, entry]) => entry.integrity === undefined && !isElsewhere(entry));
  expect(unhashed.map(([path]) => path)).toEqual([]);
});

test('the lock file has every optional package that another one names, or npm ci refuses it', () => {
  const named = packages.flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies).map((name) => [path, name] as const),
  );
  const paths = new Set(packages.map(([path]) => path));
  const missing = named.filter(
    ([path, name]) => !paths.has(`node_modules/${name}`) && !paths.has(`${path}/node_modules/${name}`),
  );
  expect(missing).toEqual([]);
});
