import { torture } from './kills.ts';
import type { KillTally } from './kills.ts';

/** `npm run torture -- <what> [how many] [seed]`: what a vault survives, counted. Exit status 0 when nothing was lost, 1 otherwise, 2 for a wrong call. */

type Torment = { readonly usual: number; readonly run: (count: number, seed: number) => Promise<readonly string[]> };

const TORMENTS: { readonly [name: string]: Torment } = {
  kills: { usual: 1000, run: kills },
};

const [name = '', countText, seedText] = process.argv.slice(2);
const torment = TORMENTS[name];
if (torment === undefined) {
  say(`usage: npm run torture -- ${Object.keys(TORMENTS).join('|')} [how many] [seed]`);
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

function killLine({ kills, done, cutOff }: KillTally): string {
  return `${kills} kills; acknowledged: ${words(done)}; cut off: ${words(cutOff)}`;
}

function words(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
