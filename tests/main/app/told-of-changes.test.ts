import { expect, test } from 'vitest';
import { createdAgency, handling, PASSPHRASE } from '../../support/agency.ts';

test('whoever looks is told when records change, and when users do', async () => {
  const agency = await createdAgency('Northmark Agency');
  const told = () => agency.events.filter(({ type }) => type === 'changed').length;
  const before = told();
  await agency.call('case.save', { title: 'Operation Test Lamp', handling });
  expect(told()).toBe(before + 1);
  await agency.call('vault.add-user', { name: 'Anna Analyst', role: 'analyst', passphrase: PASSPHRASE });
  expect(told()).toBe(before + 2);
  await agency.call('vault.remove-user', { name: 'Anna Analyst' });
  expect(told()).toBe(before + 3);
  await agency.call('case.list', {});
  expect(told()).toBe(before + 3);
});
