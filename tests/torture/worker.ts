import { writeSync } from 'node:fs';
import { readHead } from '../../src-main/store/head-row.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import type { Said, Stand } from './said.ts';
import { chanceOf } from './seeded.ts';
import { openStation } from './station.ts';
import type { Station } from './station.ts';
import { nextStep } from './steps.ts';
import type { Memory } from './steps.ts';

/** The process that works on a vault until somebody kills it: `worker.ts <home> <seed> <passphrase> <rows of a large import>`. */

const [home = '', seed = '0', passphrase = '', bulk = '3000'] = process.argv.slice(2);
const chance = chanceOf(Number(seed));
const memory: Memory = { made: [], passphrase };
const station = await openStation(home, passphrase);
station.session.proof.begin();
say({ say: 'ready', stand: standOf(station) });
for (;;) {
  const step = nextStep(station, chance, memory, Number(bulk));
  say({ say: 'begin', step: step.name, facts: step.foreseen });
  try {
    const facts = await step.run();
    say({ say: 'done', step: step.name, stand: standOf(station), facts });
  } catch (error) {
    const code = error instanceof ChirographError ? error.code : `bug ${String(error)}`;
    say({ say: 'refused', step: step.name, code, stand: standOf(station) });
  }
}

/** Written before the next step begins, so that what was said was acknowledged. */
function say(said: Said): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}

function standOf({ session }: Station): Stand {
  const { sequence, content } = readHead(session.store);
  return { sequence, content };
}
