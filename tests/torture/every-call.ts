import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { prepare, suffer, watchCalls } from './faults.ts';
import { newTally } from './flips.ts';
import { inTemporaryFolder } from './station.ts';
import { faultsOf } from './system-calls.ts';

/** V101, in full: every system call of the scenario on a file of the vault fails, once and for good, with ENOSPC and with EIO. */

export type EveryCall = {
  /** One in so many calls. */
  readonly every: number;
  /** The first and the last call of this run: a long one can be done in parts. */
  readonly from?: number;
  readonly to?: number;
  /** So many processes at a time. */
  readonly jobs: number;
  /** What was done is added to this file as it is done, and not done again. */
  readonly log?: string;
  readonly tell: (sum: FaultSum, of: number) => void;
};

/** One run of the scenario. */
const Run = z.object({
  fault: z.string(),
  hits: z.number(),
  refused: z.record(z.string(), z.number()),
  problems: z.array(z.string()),
});
type Run = z.infer<typeof Run>;

export type FaultSum = {
  readonly runs: number;
  /** Runs in which no call failed any more: the scenario was over. */
  readonly untouched: number;
  readonly outcomes: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
};

export async function everyCall({ every, from = 1, to, jobs, log, tell }: EveryCall): Promise<FaultSum> {
  const runs = log === undefined ? [] : readLog(log);
  await inTemporaryFolder(async (folder) => {
    const prepared = join(folder, 'prepared');
    const stand = await prepare(prepared);
    const all = faultsOf(await watchCalls(prepared));
    const faults = all.slice(from - 1, to).flatMap((four, at) => (at % every === 0 ? four : []));
    const done = new Set(runs.map(({ fault }) => fault));
    const left = faults.filter(({ name }) => !done.has(name)).values();
    const work = async (): Promise<void> => {
      for (const fault of left) {
        const tally = newTally();
        const failed = await suffer(prepared, stand, fault, tally);
        const { outcomes, problems } = tally;
        const run: Run = {
          fault: fault.name,
          hits: failed?.calls ?? 0,
          refused: Object.fromEntries(outcomes),
          problems,
        };
        runs.push(run);
        if (log !== undefined) appendFileSync(log, `${JSON.stringify(run)}\n`);
        tell(sumOf(runs), faults.length);
      }
    };
    await Promise.all(Array.from({ length: jobs }, work));
  });
  return sumOf(runs);
}

/** What a problem means to whoever owns the vault. */
export const HARM: { readonly [name: string]: RegExp } = {
  partial: /: holds |same sequence, other content|the head does not fit|the audit log is broken/,
  lost: /acknowledged|erased and|file lost/,
  unopenable: /does not open/,
};

function readLog(log: string): Run[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('{')).map((line) => Run.parse(JSON.parse(line)));
}

function sumOf(runs: readonly Run[]): FaultSum {
  const outcomes = new Map<string, number>();
  for (const { refused } of runs)
    for (const [what, times] of Object.entries(refused)) outcomes.set(what, (outcomes.get(what) ?? 0) + times);
  return {
    runs: runs.length,
    untouched: runs.filter(({ hits }) => hits === 0).length,
    outcomes,
    problems: runs.flatMap(({ problems }) => problems),
  };
}
