import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readHead } from '../../src-main/store/head-row.ts';
import { checkVault, learn, nothingKnown } from './check-vault.ts';
import type { Tally } from './flips.ts';
import { Said } from './said.ts';
import type { Facts } from './said.ts';
import { chanceOf } from './seeded.ts';
import { closeStation, FIRST_PASSPHRASE, inTemporaryFolder, makeStation, openStation } from './station.ts';
import { importRows } from './steps.ts';
import { calledIn, WATCHED } from './system-calls.ts';
import type { Called, Failed, Fault } from './system-calls.ts';

/**
 * V101: system calls of the vault's process on the vault's files fail, the nth of them for every n, or all from the nth on. Every step is
 * done or refused with a code, reading goes on, and the vault opens again with all that was acknowledged.
 */

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

/** What the scenario calls when nothing fails. */
export async function watchCalls(prepared: string): Promise<Called> {
  return inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home');
    cpSync(prepared, home, { recursive: true });
    await scenario(home, WATCHED, compiledBeside(prepared));
    return calledIn(home);
  });
}

/** Runs the scenario once on a copy of a prepared vault, with this fault; answers what failed, where that is known. */
export async function suffer(
  prepared: string,
  stand: { readonly sequence: number; readonly content: string },
  fault: Fault,
  tally: Tally,
): Promise<Failed | undefined> {
  return inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home');
    cpSync(prepared, home, { recursive: true });
    const known = nothingKnown(home, FIRST_PASSPHRASE, stand);
    let pending: Facts | undefined;
    const undecided: Facts[] = [];
    const { said: sayings, status } = await scenario(home, fault, compiledBeside(prepared));
    const failed = fault.failedIn?.(home);
    if (status !== 0) tally.problems.push(`${fault.name}: the process ended with ${String(status)}`);
    for (const said of sayings) {
      if (said.say === 'begin') pending = said.facts;
      if (said.say === 'ready') known.stand = said.stand;
      if (said.say === 'done') {
        known.stand = said.stand;
        learn(known, said.facts);
        pending = undefined;
      }
      if (said.say !== 'refused') continue;
      count(tally, `${said.step}: ${said.code}`);
      const isUnknown = said.code === 'vault.outcome-unknown';
      if (isUnknown && fault.isLasting === false)
        tally.problems.push(`${fault.name}: ${said.step}: one call failed, and nobody knows what happened`);
      if (isUnknown && pending !== undefined) undecided.push(pending);
      if (said.stand !== undefined && said.stand.sequence !== known.stand.sequence && !isUnknown)
        tally.problems.push(`${fault.name}: ${said.step} was refused with ${said.code} and changed the store`);
      if (said.stand !== undefined) known.stand = said.stand;
      // what a refused step was about to do has not happened
      if (said.stand?.sequence !== undefined || isUnknown) pending = undefined;
      if (said.code.startsWith('BUG') || said.code === 'internal')
        tally.problems.push(`${fault.name}: ${said.step}: ${said.code}`);
      if (said.reading !== undefined && !isDiskReading(said.reading, fault, failed))
        tally.problems.push(`${fault.name}: after ${said.step} reading failed: ${said.reading}`);
    }
    const refused = sayings.filter(({ say }) => say === 'refused').length;
    if (fault.isLasting === false && refused > (failed?.calls ?? refused))
      tally.problems.push(`${fault.name}: ${failed?.calls} calls failed, and ${refused} steps were refused`);
    const { problems } = await checkVault(known, pending === undefined ? undecided : [...undecided, pending]);
    tally.problems.push(...problems.map((problem) => `${fault.name}: ${problem}`));
    return failed;
  });
}

/** Each run is a process of its own; what it takes to compile the program is paid by the first. */
function compiledBeside(prepared: string): string {
  return join(dirname(prepared), 'compiled');
}

async function scenario(
  home: string,
  fault: Fault,
  compiled: string,
): Promise<{ readonly said: readonly Said[]; readonly status: unknown }> {
  const program = fileURLToPath(new URL('./scenario.ts', import.meta.url));
  const [command, ...words] = [...fault.before(home), process.execPath, program, home, FIRST_PASSPHRASE];
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  const ended = once(child, 'exit');
  const said: Said[] = [];
  for await (const line of createInterface(child.stdout)) said.push(Said.parse(JSON.parse(line)));
  const [status] = await ended;
  return { said, status };
}

/**
 * A disk that fails for good may refuse to be read, too. A full one may not, but where a bulk change cannot be taken back because what it
 * overwrote cannot be put back or flushed (V71).
 */
function isDiskReading(code: string, { name }: Fault, failed: Failed | undefined): boolean {
  if (name.startsWith('EIO')) return code === 'vault.disk-error' || code === 'vault.read-only';
  return failed?.isTakingBack === true && (code === 'vault.disk-full' || code === 'vault.disk-error');
}

function count({ outcomes }: Tally, what: string): void {
  outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
}
