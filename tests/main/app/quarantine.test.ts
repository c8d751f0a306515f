import { expect, test } from 'vitest';
import { confirmedPair, handling, source } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { sealing } from '../../support/case-steps.ts';

/** Two agencies that know each other, and a bundle of one entity from the first to the second. */
async function bundleOnItsWay() {
  const { a, b, idB } = await confirmedPair();
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const claims = [{ property: 'number', value: '+44 7700 900123' }];
  await a.call('entity.save', { case: id, supersedes: [], type: 'phone', claims, source, handling });
  const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
  const request = { case: id, to: [idB], ...terms };
  const preview = await a.call('release.preview', request);
  const { bytes } = await a.call('release.seal', sealing(request, preview));
  return { a, b, bytes: new Uint8Array(bytes) };
}

async function quarantinedAt(agency: TestAgency): Promise<readonly string[]> {
  const { quarantined } = await agency.call('receive.list', {});
  return quarantined.map(({ quarantine }) => quarantine);
}

test('without a vault a bundle tells its format, size and number of recipients, and not from whom or about what', async () => {
  const { b, bytes } = await bundleOnItsWay();
  const found = await b.call('bundle.inspect', { bytes });
  expect(found).toMatchObject({ format: 'age', version: 1, size: bytes.length, recipients: 1 });
  expect(Object.keys(found).toSorted()).toEqual(['digest', 'format', 'recipients', 'size', 'version']);
});

test('what was opened waits in quarantine, shows the same plan again, and changes nothing until it is accepted', async () => {
  const { b, bytes } = await bundleOnItsWay();
  const plan = await b.call('receive.open', { bytes });
  expect(await quarantinedAt(b)).toEqual([plan.quarantine]);
  expect(await b.call('receive.plan', { quarantine: plan.quarantine })).toEqual(plan);
  expect(await b.call('vault.status', {})).toMatchObject({ entities: 0, quarantined: 1 });
});

test('what is discarded is gone, cannot be applied, and is remembered in the audit log', async () => {
  const { b, bytes } = await bundleOnItsWay();
  const { quarantine } = await b.call('receive.open', { bytes });
  await b.call('receive.discard', { quarantine, reason: 'not for this case' });
  expect(await quarantinedAt(b)).toEqual([]);
  expect(await b.refusal('receive.apply', { quarantine, accept: 'all' })).toBe('store.not-found');
  const { entries } = await b.call('audit.list', { limit: 5 });
  expect(entries.map(({ action }) => action)).toContain('receive.discard');
});
