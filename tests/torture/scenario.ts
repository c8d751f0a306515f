import { writeSync } from 'node:fs';
import { readHead } from '../../src-main/store/head-row.ts';
import { findEntities } from '../../src-main/store/search.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import type { Said } from './said.ts';
import { chanceOf } from './seeded.ts';
import { closeStation, openStation } from './station.ts';
import type { Station } from './station.ts';
import { scenarioSteps } from './steps.ts';
import type { Memory } from './steps.ts';

/**
 * The process whose writes fail: `scenario.ts <home> <passphrase>`. Always the same steps with the same random bytes under a clock of its own, so that
 * the nth call is the same in every run and evidence files have the same names; after one that was refused, something is read in the
 * same process. What is refused, opening included, has a code.
 */

const [home = '', passphrase = ''] = process.argv.slice(2);
const memory: Memory = { made: [], passphrase };
const station = await guarded('unlock', () => openStation(home, passphrase, sameWorld()));
if (station !== undefined) await work(station);

function sameWorld(): { now: () => Date; randomBytes: (length: number) => Uint8Array } {
  const bytes = chanceOf(5);
  let time = Date.now();
  return {
    now: () => new Date((time += 10)),
    randomBytes: (length) => Uint8Array.from({ length }, () => bytes.below(256)),
  };
}

async function work(station: Station): Promise<void> {
  say({ say: 'ready', stand: standOf(station) });
  const chance = chanceOf(1);
  for (const make of scenarioSteps) {
    const step = make(station, chance, memory);
    say({ say: 'begin', step: step.name, facts: step.foreseen });
    const facts = await guarded(step.name, () => step.run(), station);
    if (facts !== undefined) say({ say: 'done', step: step.name, stand: standOf(station), facts });
  }
  await guarded('close', async () => closeStation(station));
}

async function guarded<T>(step: string, run: () => Promise<T>, station?: Station): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    const stand = station === undefined ? undefined : afterwards(station);
    say({ say: 'refused', step, code: codeOf(error), ...stand });
    return undefined;
  }
}

/** Where the store stands after a refusal, read from the store itself; what cannot be read has a code, too. */
function afterwards(station: Station): Pick<Extract<Said, { say: 'refused' }>, 'stand' | 'reading'> {
  try {
    findEntities(station.session.store, { text: 'Invented', limit: 5 });
    return { stand: standOf(station) };
  } catch (error) {
    return { reading: codeOf(error) };
  }
}

function standOf({ session }: Station): { sequence: number; content: string } {
  const { sequence, content } = readHead(session.store);
  return { sequence, content };
}

function codeOf(error: unknown): string {
  return error instanceof ChirographError
    ? error.code
    : `BUG ${error instanceof Error ? `${error.stack}` : String(error)}`;
}

function say(said: Said): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}
