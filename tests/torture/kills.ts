import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readHead } from '../../src-main/store/head-row.ts';
import { checkVault, learn, nothingKnown } from './check-vault.ts';
import type { Known } from './check-vault.ts';
import { Said } from './said.ts';
import type { Facts } from './said.ts';
import { chanceOf } from './seeded.ts';
import type { Chance } from './seeded.ts';
import { closeStation, FIRST_PASSPHRASE, inTemporaryFolder, makeStation, openStation } from './station.ts';

/** V25, V107: the process that owns a vault is killed at random moments, and the vault is opened again. */

export type KillTally = {
  kills: number;
  /** Steps that were acknowledged before a kill, by name; and those that a kill cut off. */
  readonly done: Map<string, number>;
  readonly cutOff: Map<string, number>;
  readonly problems: string[];
};

/** A vault with more records than this is put away for a new one, so that each check stays short. */
const RECORDS_A_VAULT = 12_000;
/** A kill comes so long after the moment that chance has chosen: within a step, and within opening. */
const WITHIN_MS = { 'step': 60, 'import': 250, 'bulk import': 1500, 'opening': 1200 };

export async function torture(
  kills: number,
  { seed, bulk, tell }: { readonly seed: number; readonly bulk: number; readonly tell?: (tally: KillTally) => void },
): Promise<KillTally> {
  const tally: KillTally = { kills: 0, done: new Map(), cutOff: new Map(), problems: [] };
  while (tally.kills < kills && tally.problems.length === 0) {
    await inTemporaryFolder(async (folder) => {
      const known = await newVault(join(folder, 'home'));
      for (let records = 0; tally.kills < kills && tally.problems.length === 0 && records < RECORDS_A_VAULT;) {
        const killSeed = seed + tally.kills;
        const pending = await workUntilKilled(known, chanceOf(killSeed), { seed: killSeed, bulk }, tally);
        tally.kills += 1;
        const finding = await checkVault(known, pending === undefined ? [] : [pending]);
        if (pending !== undefined && known.gone.size + known.held.size > 0) settlePending(known, pending);
        records = finding.records;
        tally.problems.push(...finding.problems.map((problem) => `kill ${tally.kills}, seed ${killSeed}: ${problem}`));
        tell?.(tally);
      }
    });
  }
  return tally;
}

async function newVault(home: string): Promise<Known> {
  await makeStation(home);
  const station = await openStation(home, FIRST_PASSPHRASE);
  const { sequence, content } = readHead(station.session.store);
  closeStation(station);
  return nothingKnown(home, FIRST_PASSPHRASE, { sequence, content });
}

/** Whether a cut-off erasure took place is not asked: from here on nothing is known of its subjects. */
function settlePending(known: Known, pending: Facts): void {
  for (const subject of pending.gone ?? []) known.held.delete(subject);
}

/** Lets a process work on the vault and kills it; answers what its last step, if it had begun one, was about to make true. */
async function workUntilKilled(
  known: Known,
  chance: Chance,
  { seed, bulk }: { readonly seed: number; readonly bulk: number },
  tally: KillTally,
): Promise<Facts | undefined> {
  const program = fileURLToPath(new URL('./worker.ts', import.meta.url));
  const child = spawn(process.execPath, [program, known.home, String(seed), known.passphrase, String(bulk)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const strike = (): void => void child.kill('SIGKILL');
  const strikeWithin = (ms: number): void => void setTimeout(strike, chance.next() * ms);
  const moment = chance.one(['opening', 'begin', 'begin', 'begin', 'done'] as const);
  let stepsLeft = chance.below(6);
  let pending: { readonly step: string; readonly facts: Facts } | undefined;
  if (moment === 'opening') strikeWithin(WITHIN_MS.opening);
  for await (const line of createInterface(child.stdout)) {
    const said = Said.parse(JSON.parse(line));
    if (said.say === 'ready') known.stand = said.stand;
    if (said.say === 'begin') {
      pending = said;
      if (moment === 'begin' && stepsLeft === 0) strikeWithin(withinOf(said.step));
    }
    if (said.say === 'refused') tally.problems.push(`seed ${seed}: ${said.step} was refused: ${said.code}`);
    if (said.say === 'refused' && tally.problems.length > 0) strike();
    if (said.say === 'done') {
      pending = undefined;
      known.stand = said.stand;
      learn(known, said.facts);
      count(tally.done, said.step);
      if (moment === 'done' && stepsLeft === 0) strike();
      stepsLeft -= 1;
    }
  }
  if (pending !== undefined) count(tally.cutOff, pending.step);
  return pending?.facts;
}

function withinOf(step: string): number {
  return step === 'import' || step === 'bulk import' ? WITHIN_MS[step] : WITHIN_MS.step;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
