import { expect, test } from 'vitest';
import { freshDeclines } from '../../../src-renderer/shell/fresh-declines.ts';

const NOW = Date.parse('2026-05-20T12:00:00.000Z');
const declined = (id: string, declinedAt: string, isYours = true) => ({
  id,
  by: 'Olga Officer',
  at: '2026-05-01T12:00:00.000Z',
  caseTitle: 'Operation Test Lamp',
  recipients: [],
  purpose: 'test',
  isYours,
  declinedBy: 'Pia Officer',
  declinedAt,
  reason: 'The number is of a witness.',
});

test('who asked for a release is told for a week that it was declined, and nobody else', () => {
  const all = [
    declined('fresh', '2026-05-20T11:00:00.000Z'),
    declined('of last week', '2026-05-13T12:00:00.000Z'),
    declined('older', '2026-05-13T11:59:59.000Z'),
    declined('of somebody else', '2026-05-20T11:00:00.000Z', false),
  ];
  expect(freshDeclines(all, NOW).map(({ id }) => id)).toEqual(['fresh', 'of last week']);
});
