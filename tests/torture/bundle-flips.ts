import { compareVerdicts, flipBundles } from '../adversarial/tallies.ts';
import type { Tally } from '../adversarial/tallies.ts';

/** SECURITY S2: bundles that somebody without a key has changed; S22: what the verifier that shares no code with the product says of bundles. */

export async function bundleFlips(count: number, seed: number): Promise<readonly string[]> {
  tell(`${count} changes of sealed and inner bytes, seed ${seed}`);
  const tally = await flipBundles(count, seed);
  tellOf(tally);
  tell(`0 accepted: ${tally.problems.length === 0 ? 'yes' : 'NO'}`);
  return tally.problems;
}

export async function twoVerifiers(count: number, seed: number): Promise<readonly string[]> {
  tell(`${count} bundles and cards, damaged or signed anew, seed ${seed}`);
  const tally = await compareVerdicts(count, seed);
  tellOf(tally);
  tell(`the product and tools/verify agree: ${tally.problems.length === 0 ? 'yes' : 'NO'}`);
  return tally.problems;
}

function tellOf({ outcomes }: Tally): void {
  for (const [outcome, times] of [...outcomes].toSorted((one, other) => other[1] - one[1])) tell(`${times} ${outcome}`);
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
