import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { createdAgency, handling, PASSPHRASE, source } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';

async function person(agency: TestAgency, name: string): Promise<SubjectId> {
  const claims = [{ property: 'name', value: name }];
  const { subject } = await agency.call('entity.save', { type: 'person', supersedes: [], claims, source, handling });
  return subject;
}

async function tie(agency: TestAgency, from: SubjectId, to: SubjectId): Promise<SubjectId> {
  const said = { type: 'paid', from, to, directed: true, supersedes: [], claims: [], source, handling };
  return (await agency.call('link.save', said)).subject;
}

test('a path goes over as few links as it can, against their direction too, and changes with the store', async () => {
  const agency = await createdAgency('Northmark Agency');
  const [ada, bo, cy, di, eve] = [
    await person(agency, 'Ada'),
    await person(agency, 'Bo'),
    await person(agency, 'Cy'),
    await person(agency, 'Di'),
    await person(agency, 'Eve'),
  ];
  const ties = [await tie(agency, ada, bo), await tie(agency, cy, bo), await tie(agency, cy, di)];
  const long = await agency.call('graph.path', { from: ada, to: di });
  expect(long.paths.map(({ nodes }) => nodes.map(({ label }) => label))).toEqual([['Ada', 'Bo', 'Cy', 'Di']]);
  expect(long.paths[0]?.links.map(({ id }) => id).toSorted()).toEqual(ties.toSorted());
  const direct = await tie(agency, di, ada);
  const short = await agency.call('graph.path', { from: ada, to: di });
  expect(short.paths[0]?.nodes.map(({ label }) => label)).toEqual(['Ada', 'Di']);
  expect(short.paths[0]?.links.map(({ id }) => id)).toEqual([direct]);
  expect(await agency.call('graph.path', { from: ada, to: eve })).toEqual({ paths: [] });
});

test('what is no entity of the store has no path', async () => {
  const agency = await createdAgency('Northmark Agency');
  const ada = await person(agency, 'Ada');
  const nobody = '01950a00-0000-7000-8000-000000000000' as SubjectId;
  expect(await agency.refusal('graph.path', { from: ada, to: nobody })).toBe('store.not-found');
});

test('[V164] whoever was linked to whom by an erased record is not in the snapshot either', async () => {
  const agency = await createdAgency('Northmark Agency');
  const [ada, bo] = [await person(agency, 'Ada'), await person(agency, 'Bo')];
  const said = { type: 'paid', from: ada, to: bo, directed: true, supersedes: [], claims: [], source, handling };
  const { record } = await agency.call('link.save', said);
  await agency.call('graph.path', { from: ada, to: bo });
  await agency.call('record.retract', { records: [record], action: 'erase', reason: 'Not theirs' });
  await agency.call('vault.lock', {});
  const vault = await unlockVault(join(agency.home, 'main'), { passphrase: PASSPHRASE }, { now: () => new Date() });
  const kept = vault.store.sqlite.prepare('SELECT count(*) FROM graph_snapshot').pluck().get();
  closeVault(vault);
  expect(kept).toBe(0);
});
