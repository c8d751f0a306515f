import { spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readHead } from '../../src-main/store/head-row.ts';
import { checkVault, learn, nothingKnown } from './check-vault.ts';
import { newTally } from './flips.ts';
import type { Tally } from './flips.ts';
import { Said } from './said.ts';
import type { Facts } from './said.ts';
import { chanceOf } from './seeded.ts';
import { closeStation, FIRST_PASSPHRASE, inTemporaryFolder, makeStation, openStation, VAULT } from './station.ts';
import { importRows } from './steps.ts';

/**
 * V101: system calls of the vault's process on the vault's files fail, the nth of them for every n, or all from the nth on. Every step is
 * done or refused with a code, reading goes on, and the vault opens again with all that was acknowledged.
 */

/** How a process is made to fail: words before its command, and what to call it. */
export type Fault = { readonly name: string; readonly before: (home: string) => readonly string[] };

const CALLS = 'pwrite64,write,fsync,fdatasync,ftruncate,rename,openat,unlink';
const FILES = ['store.db', 'store.db-wal', 'store.db-journal', 'head', 'head.new', 'vault.json', 'vault.json.new'];
const MORE_FILES = ['vault.json.bak', 'vault.json.bak.new', 'vault.json.previous', 'vault.json.previous.new', ''];

/** The nth call on a file of the vault fails; with `isLasting`, every one from the nth on. */
function straceFault(error: 'ENOSPC' | 'EIO', nth: number, isLasting: boolean): Fault {
  const when = isLasting ? `${nth}+` : String(nth);
  return {
    name: `${error} at ${when}`,
    before: (home) => [...strace(home), '-e', `inject=${CALLS}:error=${error}:when=${when}`],
  };
}

/** No file may grow beyond so many bytes; needs no tool. The shell counts in units of 1 024 bytes. */
export function sizeFault(bytes: number): Fault {
  const limit = `trap '' XFSZ; ulimit -f ${Math.ceil(bytes / 1024)}; exec "$@"`;
  return { name: `files up to ${bytes} bytes`, before: () => ['bash', '-c', limit, 'bash'] };
}

/** Makes the vault that every fault starts from. */
export async function prepare(home: string): Promise<{ readonly sequence: number; readonly content: string }> {
  await makeStation(home);
  const station = await openStation(home, FIRST_PASSPHRASE);
  await importRows(station, chanceOf(7), 40).run();
  const { sequence, content } = readHead(station.session.store);
  closeStation(station);
  return { sequence, content };
}

/** Runs the scenario once on a copy of a prepared vault, with this fault. */
export async function suffer(
  prepared: string,
  stand: { readonly sequence: number; readonly content: string },
  fault: Fault,
  tally: Tally,
): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home');
    cpSync(prepared, home, { recursive: true });
    const known = nothingKnown(home, FIRST_PASSPHRASE, stand);
    let pending: Facts | undefined;
    for (const said of await scenario(home, fault)) {
      if (said.say === 'begin') pending = said.facts;
      if (said.say === 'ready') known.stand = said.stand;
      if (said.say === 'done') {
        known.stand = said.stand;
        learn(known, said.facts);
        pending = undefined;
      }
      if (said.say !== 'refused') continue;
      count(tally, `${said.step}: ${said.code}`);
      if (said.stand !== undefined && said.stand.sequence !== known.stand.sequence)
        tally.problems.push(`${fault.name}: ${said.step} was refused with ${said.code} and changed the store`);
      if (said.stand !== undefined) known.stand = said.stand;
      // what a refused step was about to do has not happened
      if (said.stand?.sequence !== undefined) pending = undefined;
      if (said.code.startsWith('BUG') || said.code === 'internal')
        tally.problems.push(`${fault.name}: ${said.step}: ${said.code}`);
      if (said.reading !== undefined && !isDiskReading(fault, said.reading))
        tally.problems.push(`${fault.name}: after ${said.step} reading failed: ${said.reading}`);
    }
    const { problems } = await checkVault(known, pending);
    tally.problems.push(...problems.map((problem) => `${fault.name}: ${problem}`));
  });
}

/** Every nth call fails, for each n that the scenario gets to; `every` leaves out some. */
export async function everyNth({
  every,
  tell,
}: {
  readonly every: number;
  readonly tell: (nth: number, of: number, problems: number) => void;
}): Promise<Tally> {
  const tally = newTally();
  await inTemporaryFolder(async (folder) => {
    const prepared = join(folder, 'prepared');
    const stand = await prepare(prepared);
    const calls = await countCalls(prepared, folder);
    for (let nth = 1; nth <= calls && tally.problems.length < 20; nth += every) {
      for (const error of ['ENOSPC', 'EIO'] as const) {
        await suffer(prepared, stand, straceFault(error, nth, false), tally);
        await suffer(prepared, stand, straceFault(error, nth, true), tally);
      }
      tell(nth, calls, tally.problems.length);
    }
  });
  return tally;
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

async function countCalls(prepared: string, folder: string): Promise<number> {
  const home = join(folder, 'counted');
  cpSync(prepared, home, { recursive: true });
  const log = join(folder, 'calls');
  await scenario(home, { name: 'none', before: (at) => strace(at, log) });
  const lines = readFileSync(log, 'utf8').split('\n');
  rmSync(home, { recursive: true });
  return lines.filter((line) => /\b(pwrite64|write|fsync|fdatasync|ftruncate|rename|openat|unlink)\(/.test(line))
    .length;
}

function strace(home: string, log = '/dev/null'): readonly string[] {
  const paths = [...FILES, ...MORE_FILES].flatMap((name) => ['-P', join(home, VAULT, name)]);
  return ['strace', '-f', '--seccomp-bpf', '-qq', '-e', `trace=${CALLS}`, ...paths, '-o', log];
}

async function scenario(home: string, fault: Fault): Promise<Said[]> {
  const program = fileURLToPath(new URL('./scenario.ts', import.meta.url));
  const [command, ...words] = [...fault.before(home), process.execPath, program, home, FIRST_PASSPHRASE];
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: Said[] = [];
  for await (const line of createInterface(child.stdout)) said.push(Said.parse(JSON.parse(line)));
  return said;
}

/** A disk that fails for good may refuse to be read, too; a full one may not. */
function isDiskReading(fault: Fault, code: string): boolean {
  return fault.name.startsWith('EIO') && (code === 'vault.disk-error' || code === 'vault.read-only');
}

function count({ outcomes }: Tally, what: string): void {
  outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
}
