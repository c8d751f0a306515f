import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getuid } from 'node:process';
import { VAULT } from './station.ts';

/** System calls of a process on the files of its vault, counted and made to fail with strace. */

/** How a process is made to fail: words before its command, and what to call it. */
export type Fault = {
  readonly name: string;
  readonly before: (home: string) => readonly string[];
  readonly isLasting?: boolean;
  /** What failed, where that is known. */
  readonly failedIn?: (home: string) => Failed;
};

export type Failed = {
  readonly calls: number;
  /** A rollback journal was not flushed, or what the database file had already was not put back: then it cannot be read before that is done. */
  readonly isTakingBack: boolean;
};

/** By name, which call of that name is the first to fail. strace counts each name, and each thread, for itself. */
export type Failing = {
  readonly error: 'ENOSPC' | 'EIO';
  readonly isLasting: boolean;
  readonly calls: ReadonlyMap<string, number>;
  /** Relative to the vault's folder; '' is the folder. */
  readonly files: readonly string[];
};

const CALLS = ['pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'openat', 'unlink'];
/** What a full disk refuses and goes on refusing; it still opens, renames and removes. */
const NEEDING_ROOM: ReadonlySet<string> = new Set(['pwrite64', 'write', 'fsync', 'fdatasync']);
const STORE_FILES = ['store.db', 'store.db-wal', 'store.db-journal', 'head', 'head.new'];
const HEADER_FILES = ['vault.json', 'vault.json.new', 'vault.json.bak', 'vault.json.bak.new'];
const MORE_FILES = ['vault.json.previous', 'vault.json.previous.new', ''];

export function straceFault(where: string, { error, isLasting, calls, files }: Failing): Fault {
  const inject = [...calls].flatMap(([call, nth]) => [
    '-e',
    `inject=${call}:error=${error}:when=${nth}${isLasting ? '+' : ''}`,
  ]);
  return {
    name: `${error} at ${where}${isLasting ? ' and from then on' : ''}`,
    isLasting,
    before: (home) => [...strace(home), ...pathsOf(home, files), ...inject],
    failedIn: (home) => failedOf(linesOf(home)),
  };
}

/** Every call of the process, alone, and everything from it on: all that a full disk refuses, or all. */
export function faultsOf({ main, elsewhere, files }: Called): readonly (readonly Fault[])[] {
  const count = new Map(CALLS.map((call) => [call, 0]));
  const onMain = main.map(({ call }, at) => {
    const from = new Map([...count].map(([name, before]) => [name, before + 1]));
    count.set(call, (count.get(call) ?? 0) + 1);
    const only = new Map([[call, from.get(call) ?? 1]]);
    return fourOf(`call ${at + 1}`, files, only, from);
  });
  const onOthers = elsewhere.map(({ call, file }) => {
    const only = new Map([[call, 1]]);
    return fourOf(`${call} of ${file}`, [file], only, only);
  });
  return [...onMain, ...onOthers];
}

function fourOf(
  where: string,
  files: readonly string[],
  only: ReadonlyMap<string, number>,
  from: ReadonlyMap<string, number>,
): readonly Fault[] {
  const room = new Map([...from].filter(([call]) => NEEDING_ROOM.has(call)));
  return [
    straceFault(where, { error: 'ENOSPC', isLasting: false, calls: only, files }),
    straceFault(where, { error: 'ENOSPC', isLasting: true, calls: room, files }),
    straceFault(where, { error: 'EIO', isLasting: false, calls: only, files }),
    straceFault(where, { error: 'EIO', isLasting: true, calls: from, files }),
  ];
}

/** Nothing fails; what is called is written down. */
export const WATCHED: Fault = {
  name: 'watched',
  before: strace,
};

export type Call = { readonly call: string; readonly file: string };

/** What a watched process called on files of its vault. */
export type Called = {
  /** In order, of the thread that does nearly everything. */
  readonly main: readonly Call[];
  /** Of other threads, each once. */
  readonly elsewhere: readonly Call[];
  readonly files: readonly string[];
};

export function calledIn(home: string): Called {
  const folder = join(home, VAULT);
  const lines = linesOf(home).filter((line) => line.includes(folder) && !line.includes('resumed>'));
  const main = lines[0]?.split(' ')[0];
  const others = lines.filter((line) => !line.startsWith(`${main} `));
  const callIn = (line: string): Call => ({ call: nameOf(line), file: filesOf(line, folder)[0] ?? '' });
  return {
    main: lines.filter((line) => line.startsWith(`${main} `)).map(callIn),
    elsewhere: [...new Map(others.map(callIn).map((each) => [`${each.call} ${each.file}`, each])).values()],
    files: [
      ...new Set([...STORE_FILES, ...HEADER_FILES, ...MORE_FILES, ...lines.flatMap((line) => filesOf(line, folder))]),
    ],
  };
}

function failedOf(lines: readonly string[]): Failed {
  const failed = lines.filter((line) => line.includes('(INJECTED)'));
  return {
    calls: failed.length,
    isTakingBack: failed.some((line) =>
      /(pwrite64\(\d+<[^>]*\/store\.db|fsync\(\d+<[^>]*\/store\.db-journal)>/.test(line),
    ),
  };
}

/** strace, installed when it is missing and may be; false where neither is possible. */
export function hasStrace(): boolean {
  if (straceRuns()) return true;
  if (getuid?.() !== 0) return false;
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'strace'], { stdio: 'ignore' });
  return straceRuns();
}

function straceRuns(): boolean {
  return spawnSync('strace', ['-V']).status === 0;
}

function strace(home: string): string[] {
  return ['strace', '-f', '--seccomp-bpf', '-qq', '-y', '-s', '0', '-e', `trace=${CALLS.join(',')}`, '-o', logOf(home)];
}

function pathsOf(home: string, files: readonly string[]): readonly string[] {
  return files.flatMap((file) => ['-P', file === '' ? join(home, VAULT) : join(home, VAULT, file)]);
}

function logOf(home: string): string {
  return join(dirname(home), 'calls');
}

function linesOf(home: string): readonly string[] {
  return existsSync(logOf(home)) ? readFileSync(logOf(home), 'utf8').split('\n') : [];
}

function nameOf(line: string): string {
  return /^\d+ +(\w+)\(/.exec(line)?.[1] ?? '';
}

function filesOf(line: string, folder: string): string[] {
  return line
    .split(folder)
    .slice(1)
    .map((rest) => (/^[^">]*/.exec(rest)?.[0] ?? '').replace('/', ''));
}
