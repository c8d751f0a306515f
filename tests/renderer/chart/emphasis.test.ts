import { expect, test } from 'vitest';
import { chartElements } from '../../../src-renderer/features/chart/chart-elements.ts';
import { emphasise } from '../../../src-renderer/features/chart/emphasis.ts';
import type { Attention } from '../../../src-renderer/ui/attention.ts';
import { entity, link, subject } from './chart-builders.ts';

const elements = chartElements(
  [entity(1), entity(2), entity(3), entity(4)],
  [link(1, 1, 2), link(2, 2, 3), link(3, 3, 4)],
);
const all: Attention = {
  shownEntities: new Set(elements.nodes.keys()),
  shownLinks: new Set(elements.edges.keys()),
  mode: 'dim',
  found: undefined,
  selection: [],
};

test('nothing is faint while nothing is selected, searched or filtered', () => {
  expect(emphasise(elements, all)).toEqual({ gone: new Set(), dim: new Set(), lit: new Set() });
});

test('a selected entity lights its links and neighbours and leaves the rest faint', () => {
  const { lit, dim } = emphasise(elements, { ...all, selection: [subject(1)] });
  expect(lit).toEqual(new Set([subject(1), subject(1001), subject(2)]));
  expect(dim).toEqual(new Set([subject(3), subject(4), subject(1002), subject(1003)]));
});

test('a selected link lights both its ends', () => {
  expect(emphasise(elements, { ...all, selection: [subject(1002)] }).lit).toEqual(
    new Set([subject(1002), subject(2), subject(3)]),
  );
});

test('what is found stays clear and everything else is faint', () => {
  const { dim } = emphasise(elements, { ...all, found: new Set([subject(3), subject(4)]) });
  expect(dim).toEqual(new Set([subject(1), subject(2), subject(1001), subject(1002)]));
});

test('filters win over the selection: a selected entity that they hide is gone', () => {
  const shownEntities = new Set([subject(1), subject(3)] as string[]);
  const filtered: Attention = { ...all, shownEntities, shownLinks: new Set(), mode: 'hide', selection: [subject(2)] };
  expect(emphasise(elements, filtered).gone.has(subject(2))).toBe(true);
  expect(emphasise(elements, { ...filtered, mode: 'dim' }).dim.has(subject(2))).toBe(true);
});
