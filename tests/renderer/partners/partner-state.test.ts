import { expect, test } from 'vitest';
import { STATES, explainState } from '../../../src-renderer/features/partners/partner-state.ts';
import { PartnerState, PartnerView } from '../../../src-shared/contract/views.ts';

const NOON = '2026-05-03T10:00:00.000Z';
const partner = PartnerView.parse({
  agency: 'a'.repeat(64),
  name: 'Ostmark Grenzdienst',
  country: 'AT',
  kind: 'border',
  isSample: false,
  state: 'confirmed',
  words: 'boil adapt bacon',
  keyVersion: 1,
  approvers: 0,
  asksApprovals: 0,
  requiredApprovals: 0,
  forks: [],
  looksLike: [],
  code: '4821 7730',
  confirmed: { by: 'R. Hale', with: 'K. Brandt', channel: 'In person', at: NOON },
  sent: 0,
  received: 0,
  unconfirmedSent: 0,
  unproven: 0,
  unprovenOf: [],
});

test('every state of a partner has a name and an explanation', () => {
  for (const state of PartnerState.options) {
    expect(STATES[state].label).not.toBe('');
    expect(explainState({ ...partner, state })).toMatch(/\.$/);
  }
});

test('a confirmed partner names who compared the words, with whom and by which channel', () => {
  expect(explainState(partner)).toMatch(/R\. Hale .* K\. Brandt \(In person\)/);
});

test('a sample agency is said to be confirmed because it is invented, not because somebody compared words', () => {
  const confirmed = { by: 'Sample analyst', with: 'nobody: this is the sample case', channel: 'none', at: NOON };
  const said = explainState({ ...partner, isSample: true, confirmed });
  expect(said).toMatch(/invented/);
  expect(said).not.toMatch(/nobody: |\(none\)|Sample analyst/);
});

test('only a confirmed partner is said to be one that files can be exchanged with', () => {
  const open = PartnerState.options.filter((state) =>
    explainState({ ...partner, state }).includes('Files can be exchanged'),
  );
  expect(open).toEqual(['confirmed']);
});
