import { chanceOf } from '../torture/seeded.ts';
import { acceptedInputs, damaged, signedAnew } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import { refusalAt } from './read.ts';
import { disagreement, independentBundle, independentCard } from './verifier.ts';

/** What became of many inputs that chance has changed. */
export type Tally = { readonly outcomes: ReadonlyMap<string, number>; readonly problems: readonly string[] };

/** Sealed and inner bytes that somebody without a key has changed: none may be accepted, and each is refused with a code. */
export async function flipBundles(count: number, seed: number): Promise<Tally> {
  const bases = await acceptedInputs();
  const chance = chanceOf(seed);
  return tallyOf(count, async () => {
    const mutant = damaged(bases, ['inner', 'sealed'], chance);
    const refusal = await told(mutant);
    return [refusal, refusal === 'none' ? 'accepted' : undefined, mutant];
  });
}

/** The product and the verifier that shares no code with it, on bytes that were damaged and on bundles and cards that were signed anew. */
export async function compareVerdicts(count: number, seed: number): Promise<Tally> {
  const bases = await acceptedInputs();
  const chance = chanceOf(seed);
  return tallyOf(count, async () => {
    const mutant = chance.below(3) === 0 ? damaged(bases, ['card', 'inner'], chance) : signedAnew(bases, chance);
    const refusal = await told(mutant);
    const verdict = mutant.door === 'card' ? independentCard(mutant.bytes) : independentBundle(mutant.bytes);
    return [refusal, disagreement(refusal, verdict), mutant];
  });
}

type Finding = readonly [outcome: string, problem: string | undefined, mutant: Mutant];

async function tallyOf(count: number, next: () => Promise<Finding>): Promise<Tally> {
  const outcomes = new Map<string, number>();
  const problems: string[] = [];
  for (let each = 0; each < count; each += 1) {
    const [outcome, problem, { door, from, how }] = await next();
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const isBug = outcome.startsWith('BUG');
    if (isBug || problem !== undefined) problems.push(`${each}: ${door} ${from}, ${how}: ${isBug ? outcome : problem}`);
  }
  return { outcomes, problems };
}

/** What is thrown that is no refusal is a bug, and is told as one. */
async function told({ door, bytes }: Mutant): Promise<string> {
  try {
    return await refusalAt(door, bytes);
  } catch (error) {
    return `BUG ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error)}`;
  }
}
