import { expect, test } from 'vitest';
import { chartElements } from '../../../src-renderer/features/chart/chart-elements.ts';
import { entity, link, subject } from './chart-builders.ts';

test('a link whose end is not on the chart is not drawn', () => {
  const { edges } = chartElements([entity(1), entity(2)], [link(1, 1, 2), link(2, 1, 9)]);
  expect([...edges.keys()]).toEqual([subject(1001)]);
});

test('links in the store that the chart does not show are counted on the entity', () => {
  const { nodes } = chartElements([entity(1, { degree: 5 }), entity(2, { degree: 1 })], [link(1, 1, 2)]);
  expect(nodes.get(subject(1))?.more).toBe(4);
  expect(nodes.get(subject(2))?.more).toBe(0);
});

test('seven links make a hub on a small chart', () => {
  const people = Array.from({ length: 8 }, (_, number) => entity(number));
  const { nodes } = chartElements(
    people,
    people.slice(1).map((_, index) => link(index, 0, index + 1)),
  );
  expect([...nodes.values()].filter((node) => node.isHub).map((node) => node.id)).toEqual([subject(0)]);
});

test('where everybody has many links only the few with most are hubs', () => {
  const people = Array.from({ length: 300 }, (_, number) => entity(number));
  const ring = people.flatMap((_, index) =>
    [1, 2, 3, 4].map((step) => link(index * 8 + step, index, (index + step) % 300)),
  );
  const extra = [5, 6, 7].map((step) => link(5000 + step, 0, step));
  const { nodes } = chartElements(people, [...ring, ...extra]);
  const hubs = [...nodes.values()].filter((node) => node.isHub);
  expect(nodes.get(subject(150))?.degree).toBe(8);
  expect(hubs.map((node) => node.id)).toEqual([0, 5, 6, 7].map(subject));
});

test('a label is isolated, so that its direction cannot turn what stands around it', () => {
  const { nodes } = chartElements([entity(1, { label: 'مثال' })], []);
  expect(nodes.get(subject(1))?.label).toBe('\u2068مثال\u2069');
});
