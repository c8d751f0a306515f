import { expect, test } from 'vitest';
import { nextRow } from '../../../src-renderer/features/table/next-row.ts';
import { entityRows, linkRows } from '../../../src-renderer/features/table/table-rows.ts';
import type { Attention } from '../../../src-renderer/ui/attention.ts';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import { OURS, entity, link, subject } from '../chart/chart-builders.ts';

const chart: CaseChart = {
  case: {
    id: subject(900),
    title: 'Operation Test Lamp',
    entities: 2,
    links: 1,
    authors: [OURS],
    tlp: 'TLP:AMBER',
    createdAt: '2026-01-01T00:00:00.000Z',
    changedAt: '2026-01-01T00:00:00.000Z',
  },
  description: '',
  entities: [entity(1, { label: 'Zoe', firstOn: '2024' }), entity(2, { label: 'Ana' })],
  links: [link(1, 1, 2, { type: 'called' })],
  positions: [],
  isWhole: true,
  guests: [],
  agencies: [{ id: OURS, name: 'Northmark Agency', isOurs: true }],
};
const attention: Attention = {
  shownEntities: new Set([subject(1), subject(2)]),
  shownLinks: new Set([subject(1001)]),
  mode: 'dim',
  found: undefined,
  selection: [],
};

test('rows are sorted by a column, and empty dates come last either way', () => {
  const labels = (isDescending: boolean) =>
    entityRows(chart, attention, { key: 'firstOn', isDescending }).map((row) => row.label);
  expect(labels(false)).toEqual(['Zoe', 'Ana']);
  expect(labels(true)).toEqual(['Zoe', 'Ana']);
  expect(entityRows(chart, attention, { key: 'label', isDescending: false }).map((row) => row.label)).toEqual([
    'Ana',
    'Zoe',
  ]);
});

test('what the filters dim stays as a faint row, what they hide has none', () => {
  const some = { ...attention, shownEntities: new Set<string>([subject(1)]) };
  const sort = { key: 'label', isDescending: false } as const;
  expect(entityRows(chart, some, sort).map((row) => row.isDim)).toEqual([true, false]);
  expect(entityRows(chart, { ...some, mode: 'hide' }, sort).map((row) => row.label)).toEqual(['Zoe']);
});

test('a link reads as a sentence', () => {
  expect(linkRows(chart, attention, { key: 'label', isDescending: false }).map((row) => row.label)).toEqual([
    'Zoe called Ana',
  ]);
});

test('keys move within the rows and never past their ends', () => {
  expect([
    nextRow('ArrowDown', 0, 3),
    nextRow('ArrowUp', 0, 3),
    nextRow('End', 0, 3),
    nextRow('PageDown', 0, 3),
  ]).toEqual([1, 0, 2, 2]);
  expect([nextRow('x', 0, 3), nextRow('Home', 0, 0)]).toEqual([undefined, undefined]);
});

test('a link gives its two ends apart, and as one label to sort by', () => {
  const [row] = linkRows(chart, attention, { key: 'label', isDescending: false });
  expect(row?.label).toBe('Zoe called Ana');
  expect(row?.ends).toMatchObject({ from: 'Zoe', verb: 'called', to: 'Ana' });
});
