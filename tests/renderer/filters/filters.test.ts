import { expect, test } from 'vitest';
import { periodCounts } from '../../../src-renderer/features/filters/facets.ts';
import {
  type Filters,
  NO_FILTERS,
  storedFilter,
  UNGRADED,
  activeFacets,
  passing,
  toggleValue,
} from '../../../src-renderer/features/filters/filters.ts';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import type { Grade } from '../../../src-shared/domain/grading.ts';
import type { Period } from '../../../src-shared/domain/period.ts';
import { OURS, THEIRS, entity, link, subject } from '../chart/chart-builders.ts';

const B2: Grade = { scheme: 'europol-4x4', source: 'B', information: '2' };
const people = [
  entity(1, { subjectCategory: 'suspect', grades: [B2] }),
  entity(2, { subjectCategory: 'victim', authors: [THEIRS] }),
  entity(3, { type: 'phone', authors: [OURS, THEIRS], tlp: 'TLP:RED' }),
];
const links = [link(1, 1, 2, { confidence: 'confirmed' }), link(2, 2, 3)];

test('everything passes while nothing is switched off', () => {
  const { entities, links: shown } = passing(people, links, NO_FILTERS);
  expect([entities.size, shown.size]).toEqual([3, 2]);
});

test('people are switched off by what they are to the case', () => {
  const { entities } = passing(people, links, toggleValue(NO_FILTERS, 'types', 'person:victim'));
  expect([...entities]).toEqual([subject(1), subject(3)]);
});

test('a link passes only when both its ends do', () => {
  expect(passing(people, links, toggleValue(NO_FILTERS, 'types', 'phone')).links).toEqual(new Set([subject(1001)]));
});

test('links are switched off by confidence and leave their ends', () => {
  const shown = passing(people, links, toggleValue(NO_FILTERS, 'confidences', 'tentative'));
  expect([shown.entities.size, [...shown.links]]).toEqual([3, [subject(1001)]]);
});

test('what two agencies state passes while one of them is switched on', () => {
  const { entities } = passing(people, links, toggleValue(NO_FILTERS, 'authors', THEIRS));
  expect([...entities]).toEqual([subject(1), subject(3)]);
});

test('ungraded things are a value of the grade facet', () => {
  expect([...passing(people, links, toggleValue(NO_FILTERS, 'grades', UNGRADED)).entities]).toEqual([subject(1)]);
});

test('markings are switched off one by one', () => {
  expect(passing(people, links, toggleValue(NO_FILTERS, 'markings', 'TLP:RED')).entities.has(subject(3))).toBe(false);
});

test('switching a value twice leaves the filters as they were', () => {
  const once = toggleValue(NO_FILTERS, 'types', 'phone');
  expect(activeFacets(once)).toBe(1);
  expect(toggleValue(once, 'types', 'phone')).toEqual(NO_FILTERS);
});

const dated = [
  entity(1, { firstOn: '2023', lastOn: '2023' }),
  entity(2, { firstOn: '2024-05-17', lastOn: '2025' }),
  entity(3),
];
const during = (period: Omit<Period, 'undated'>, undated = true) => ({ ...NO_FILTERS, period: { ...period, undated } });

function shown(filters: Filters): string[] {
  return [...passing(dated, [], filters).entities];
}

test('a period lets through what may have been there in it, and what has no date unless that is switched off', () => {
  expect(shown(during({ from: '2024', to: '2024-06' }))).toEqual([subject(2), subject(3)]);
  expect(shown(during({ from: '2024', to: '2024-06' }, false))).toEqual([subject(2)]);
  expect(shown(during({ to: '2023-12-31' }))).toEqual([subject(1), subject(3)]);
  expect(shown(during({ from: '2026' }))).toEqual([subject(3)]);
  expect(shown(during({}, false))).toEqual([subject(1), subject(2), subject(3)]);
});

test('what is switched off is asked of the store, and nothing is asked while nothing is', () => {
  expect(storedFilter(NO_FILTERS)).toEqual({});
  const period: Period = { from: '2024', undated: false };
  const filters = toggleValue(toggleValue({ ...NO_FILTERS, period }, 'types', 'person:victim'), 'grades', 'ungraded');
  expect(storedFilter(filters)).toEqual({
    period,
    without: { looks: ['person:victim'], grades: ['ungraded'], authors: [], markings: [] },
  });
});

test('a period counts as one filter, and says how much it holds', () => {
  expect(activeFacets(during({ from: '2024' }))).toBe(1);
  const chart = {
    entities: dated,
    links: [link(1, 1, 2, { firstOn: '2023', lastOn: '2024' })],
  } as unknown as CaseChart;
  expect(periodCounts(chart, { from: '2024', undated: true })).toEqual({ inside: 2, outside: 1, undated: 1 });
});
