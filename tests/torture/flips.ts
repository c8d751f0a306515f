import type { Corpus, Outcome, State } from './corpus.ts';
import { lay, makeCorpus, outcomeOf, truthOf } from './corpus.ts';
import { chanceOf } from './seeded.ts';
import { join } from 'node:path';
import { inTemporaryFolder } from './station.ts';

/** V20: bits of the closed store are flipped, one at a time. Nothing wrong may be read without being noticed. */

export type Tally = { readonly outcomes: Map<string, number>; readonly problems: string[] };

export async function flip(flips: number, seed: number): Promise<Tally> {
  return inTemporaryFolder(async (folder) => {
    const corpus = await makeCorpus(join(folder, 'home'), 3);
    const state = lastOf(corpus.closed);
    const truth = truthOf(corpus, state);
    const tally = newTally();
    const chance = chanceOf(seed);
    for (let each = 0; each < flips; each += 1) {
      const [at, bit] = [chance.below(state.database.length), chance.below(8)];
      const outcome = withFlip(corpus, state, truth, at, bit);
      note(tally, outcome, `byte ${at}, bit ${bit}`);
    }
    return tally;
  });
}

function withFlip(corpus: Corpus, state: State, truth: string, at: number, bit: number): Outcome {
  lay(corpus, { ...state, database: flipped(state.database, at, bit) });
  return outcomeOf(corpus, truth);
}

export function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(at) ^ (1 << bit), at);
  return changed;
}

export function newTally(): Tally {
  return { outcomes: new Map(), problems: [] };
}

/** Counts an outcome; one that nobody would notice, or that has no name, is a problem. */
export function note(
  { outcomes, problems }: Tally,
  outcome: Outcome,
  where: string,
  allowed?: ReadonlySet<string>,
): void {
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const isBad = outcome === 'SILENT' || outcome.startsWith('BUG') || allowed?.has(outcome) === false;
  if (isBad) problems.push(`${where}: ${outcome}`);
}

export function lastOf<T>(list: readonly T[]): T {
  const last = list.at(-1);
  if (last === undefined) throw new Error('an empty list');
  return last;
}
