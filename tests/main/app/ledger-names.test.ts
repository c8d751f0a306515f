import { expect, test } from 'vitest';
import { confirmedPair, handling, source } from '../../support/agency.ts';
import { sealing } from '../../support/case-steps.ts';

test('the ledger calls a drawing a chart, and everything else by its name', async () => {
  const { a, idB } = await confirmedPair();
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const claims = [{ property: 'number', value: '+44 7700 900123' }];
  const said = { case: id, supersedes: [], type: 'phone', claims, source, handling };
  const { subject } = await a.call('entity.save', said);
  await a.call('chart.save', { case: id, positions: [{ subject, x: 1, y: 2, pinned: true }] });
  const terms = { purpose: 'joint work', legalBases: ['untoc-27'], include: [], exclude: [] };
  const request = { case: id, to: [idB], ...terms };
  const preview = await a.call('release.preview', request);
  await a.call('release.seal', sealing(request, preview));
  const { disclosures } = await a.call('ledger.list', {});
  const labels = disclosures.map(({ subjectLabel }) => subjectLabel).toSorted((one, other) => (one < other ? -1 : 1));
  expect(labels).toEqual(['+44 7700 900123', expect.stringMatching(/^Chart [0-9A-F]{4}$/), 'Operation Test Lamp']);
});
