import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoAgency, type DemoWorld, startDemoAgency } from './demo-agency.ts';
import {
  answer,
  audit,
  buildCase,
  changeAndSendAgain,
  type DemoStep,
  firstExchange,
  importList,
  recall,
} from './demo-story.ts';
import { LANTERN_AGENCIES } from './sample/lantern-sources.ts';

export interface DemoReport {
  readonly ok: true;
  readonly steps: readonly DemoStep[];
}

/**
 * Two agencies, the sample case, a full exchange and a recall, in a new temporary folder that is deleted afterwards. Every sentence told has been
 * asserted; a wrong one ends the demo as a bug. Only calls of the contract are made.
 */
export async function runDemo(world: DemoWorld, say: (line: string) => void): Promise<DemoReport> {
  const folder = mkdtempSync(join(world.temporary ?? tmpdir(), 'chirograph-demo-'));
  const steps: DemoStep[] = [];
  const tell = (line: string, step: DemoStep): void => {
    say(line);
    steps.push(step);
  };
  const agencies: DemoAgency[] = [];
  try {
    for (const { name, country } of LANTERN_AGENCIES) {
      agencies.push(await startDemoAgency(join(folder, country), name, country, world));
    }
    const [north, south] = agencies;
    assert(north !== undefined && south !== undefined);
    tell(`Two vaults: ${north.name} and ${south.name}. Each has its own keys; nothing is shared.`, {
      step: 'create',
      vaults: 2,
    });
    const story = await buildCase(north, south, tell);
    await importList(story);
    await firstExchange(story);
    await answer(story);
    await changeAndSendAgain(story);
    await recall(story);
    await audit(story);
    return { ok: true, steps };
  } finally {
    for (const agency of agencies) await agency.call('vault.lock', {});
    rmSync(folder, { recursive: true, force: true });
  }
}
