import { parseArgs } from 'node:util';
import { compareText } from '../../src-shared/crypto/hash.ts';
import { bundleFlips, twoVerifiers } from './bundle-flips.ts';
import { watch } from './canaries.ts';
import { everyCall, HARM } from './every-call.ts';
import type { FaultSum } from './every-call.ts';
import { flip } from './flips.ts';
import { torture } from './kills.ts';
import type { KillTally } from './kills.ts';
import { rollBack } from './rollbacks.ts';
import { hasStrace } from './system-calls.ts';

/** `npm run torture -- <what> [how many] [seed]`: what a vault survives, counted. Exit status 0 when nothing was lost, 1 otherwise, 2 for a wrong call. */

type Torment = { readonly usual: number; readonly run: (count: number, seed: number) => Promise<readonly string[]> };

const TORMENTS: { readonly [name: string]: Torment } = {
  kills: { usual: 1000, run: kills },
  faults: { usual: 1, run: faults },
  flips: { usual: 10_000, run: flips },
  rollbacks: { usual: 6, run: rollbacks },
  canaries: { usual: 10_000, run: canaries },
  'bundle-flips': { usual: 100_000, run: bundleFlips },
  verifier: { usual: 100_000, run: twoVerifiers },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { from: { type: 'string' }, to: { type: 'string' }, jobs: { type: 'string' }, log: { type: 'string' } },
});
const [name = '', countText, seedText] = positionals;
const torment = TORMENTS[name];
if (torment === undefined) {
  say(
    `usage: npm run torture -- ${Object.keys(TORMENTS).join('|')} [how many] [seed] [--from n] [--to n] [--jobs n] [--log file]`,
  );
  process.exitCode = 2;
} else {
  const problems = await torment.run(Number(countText ?? torment.usual), Number(seedText ?? Date.now() % 1_000_000));
  for (const problem of problems) say(`PROBLEM ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function kills(count: number, seed: number): Promise<readonly string[]> {
  say(`${count} kills at random moments, seed ${seed}`);
  const tally = await torture(count, { seed, bulk: 3000, tell: (now) => now.kills % 25 === 0 && say(killLine(now)) });
  say(killLine(tally));
  say(`0 partial, 0 acknowledged-but-lost, 0 unopenable: ${tally.problems.length === 0 ? 'yes' : 'NO'}`);
  return tally.problems;
}

/**
 * `every`: of so many calls one fails. Thousands of processes: `--from` and `--to` do a part of the calls, `--jobs` several at a time, `--log` goes
 * on where a run was stopped; TMPDIR on a disk in memory saves the waiting for flushes.
 */
async function faults(every: number): Promise<readonly string[]> {
  if (!hasStrace()) return ['strace is needed to make system calls fail: apt-get install strace'];
  const each = every > 1 ? `; each ${every}th` : '';
  say(`every call on a file of the vault fails once, and for good, with ENOSPC and EIO${each}`);
  const { outcomes, ...sum } = await everyCall({
    every,
    ...numberOption('from'),
    ...numberOption('to'),
    ...(values.log === undefined ? {} : { log: values.log }),
    jobs: Number(values.jobs ?? 1),
    tell: (now, of) => void (now.runs % 100 === 0 && say(`${now.runs} of ${of}: ${faultLine(now)}`)),
  });
  for (const [what, times] of [...outcomes].toSorted(([one], [other]) => compareText(one, other)))
    say(`${times} x ${what}`);
  say(`${sum.runs} runs: ${faultLine(sum)}`);
  return sum.problems;
}

function numberOption(name: 'from' | 'to'): { readonly [name: string]: number } {
  return values[name] === undefined ? {} : { [name]: Number(values[name]) };
}

function faultLine({ runs, untouched, problems }: Omit<FaultSum, 'outcomes'>): string {
  const harm = Object.entries(HARM).map(
    ([name, words]) => `${problems.filter((problem) => words.test(problem)).length} ${name}`,
  );
  return `calls failed in ${runs - untouched}; ${[...harm, `${problems.length} problems in all`].join(', ')}`;
}

async function flips(count: number, seed: number): Promise<readonly string[]> {
  say(`${count} flips in the closed store file, seed ${seed}`);
  const { outcomes, problems } = await flip(count, seed);
  say(words(outcomes));
  say(`0 silently wrong rows: ${problems.length === 0 ? 'yes' : 'NO'}`);
  return problems;
}

async function rollbacks(count: number): Promise<readonly string[]> {
  say(
    `a vault in ${count} states; every page that differs, every old file and log, every 61st byte of the longest log`,
  );
  const tally = await rollBack(count, 61);
  for (const [what, { outcomes }] of Object.entries(tally)) say(`${what}: ${words(outcomes)}`);
  return Object.values(tally).flatMap(({ problems }) => problems);
}

async function canaries(count: number): Promise<readonly string[]> {
  say(`${count} planted values, all files of the process and of the folders for temporary files, again and again`);
  const { scans, files, stages, problems } = await watch(count);
  say(`${scans} scans of ${files} files while ${stages.join(', ')}`);
  say(`0 found, 0 left after erasure: ${problems.length === 0 ? 'yes' : 'NO'}`);
  return [...new Set(problems)];
}

function killLine({ kills, done, cutOff }: KillTally): string {
  return `${kills} kills; acknowledged: ${words(done)}; cut off: ${words(cutOff)}`;
}

function words(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
