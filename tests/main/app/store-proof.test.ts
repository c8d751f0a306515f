import { expect, test } from 'vitest';
import { createdAgency, handling } from '../../support/agency.ts';

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
