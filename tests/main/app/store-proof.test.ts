import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { createdAgency, handling, PASSPHRASE, source, startAgency } from '../../support/agency.ts';

test('[V90] after unlocking the store is proved while nobody calls, and whoever looks is told', async () => {
  const agency = await createdAgency('Northmark Agency');
  await expect.poll(async () => (await agency.call('store.state', {})).phase).toBe('whole');
  const state = await agency.call('store.state', {});
  expect(state).toMatchObject({ findings: [], advice: 'none' });
  expect(state.provedAt).toBeDefined();
  const phases = agency.events.flatMap((event) => (event.type === 'store' ? [event.phase] : []));
  expect(phases.slice(0, 1)).toEqual(['proving']);
  expect(phases.at(-1)).toBe('whole');
});

test('[V90] a check that somebody waits for goes to the end and says so', async () => {
  const agency = await createdAgency('Northmark Agency');
  await agency.call('case.save', { title: 'Operation Test Lamp', handling });
  const state = await agency.call('store.check', { wait: true, job: 'check' });
  expect(state).toMatchObject({ phase: 'whole', findings: [] });
});

test('[V95] a projection that is wrong is found, named, and computed again', async () => {
  const agency = await createdAgency('Northmark Agency');
  const claims = [{ property: 'name', value: 'Ada' }];
  await agency.call('entity.save', { supersedes: [], type: 'person', claims, source, handling });
  await agency.call('vault.lock', {});
  const vault = await unlockVault(join(agency.home, 'main'), { passphrase: PASSPHRASE }, { now: () => new Date() });
  vault.store.sqlite.exec(`UPDATE entities SET label = 'Eva'`);
  closeVault(vault);
  const again = startAgency(agency.home);
  await again.call('vault.unlock', { vault: 'main', passphrase: PASSPHRASE });
  expect(await again.call('store.check', { wait: true })).toMatchObject({
    phase: 'damaged',
    findings: [{ what: 'projection', where: 'entities', count: 1 }],
    advice: 'rebuild',
  });
  await again.call('store.rebuild', { job: 'rebuild' });
  expect(await again.call('store.check', { wait: true })).toMatchObject({ phase: 'whole', advice: 'none' });
  expect((await again.call('audit.list', { limit: 1 })).entries).toMatchObject([{ action: 'store.rebuilt' }]);
});

test('[V90] a check that is cancelled proves nothing, and says so', async () => {
  const agency = await createdAgency('Northmark Agency');
  const claims = [{ property: 'name', value: 'Ada' }];
  for (let i = 0; i < 40; i += 1) {
    await agency.call('entity.save', { supersedes: [], type: 'person', claims, source, handling });
  }
  const checking = agency.refusal('store.check', { wait: true, job: 'check' });
  await agency.call('job.cancel', { job: 'check' });
  expect(await checking).toBe('request.cancelled');
  expect(await agency.call('store.state', {})).toMatchObject({ phase: 'unproved', findings: [] });
});
