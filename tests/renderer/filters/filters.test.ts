import { expect, test } from 'vitest';
import {
  NO_FILTERS,
  UNGRADED,
  activeFacets,
  passing,
  toggleValue,
} from '../../../src-renderer/features/filters/filters.ts';
import type { Grade } from '../../../src-shared/domain/grading.ts';
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
