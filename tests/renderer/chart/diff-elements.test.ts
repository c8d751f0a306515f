import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ChartElements,
  type EdgeData,
  type NodeData,
  NO_ELEMENTS,
  chartElements,
} from '../../../src-renderer/features/chart/chart-elements.ts';
import { diffElements } from '../../../src-renderer/features/chart/diff-elements.ts';
import { entity, link, subject } from './chart-builders.ts';

test('applying the difference turns the drawing of one case into that of another', () => {
  fc.assert(
    fc.property(anyElements(), anyElements(), (before, after) => {
      expect(applied(before, after)).toEqual(after);
    }),
  );
});

test('equal cases differ in nothing', () => {
  const one = chartElements([entity(1), entity(2)], [link(1, 1, 2)]);
  const other = chartElements([entity(1), entity(2)], [link(1, 1, 2)]);
  expect(diffElements(one, other)).toEqual({ removed: [], addedNodes: [], addedEdges: [], changed: [] });
});

test('a link that joins another entity now is drawn anew', () => {
  const people = [entity(1), entity(2), entity(3)];
  const before = chartElements(people, [link(1, 1, 2)]);
  const diff = diffElements(before, chartElements(people, [link(1, 1, 3)]));
  expect(diff.removed).toEqual([subject(1001)]);
  expect(diff.addedEdges.map((edge) => [edge.source, edge.target])).toEqual([[subject(1), subject(3)]]);
});

test('links go before the entities they join, and entities come before the links that join them', () => {
  const full = chartElements([entity(1), entity(2)], [link(1, 1, 2)]);
  expect(diffElements(full, NO_ELEMENTS).removed).toEqual([subject(1001), subject(1), subject(2)]);
});

function applied(before: ChartElements, after: ChartElements): ChartElements {
  const diff = diffElements(before, after);
  const nodes = new Map(before.nodes);
  const edges = new Map(before.edges);
  for (const id of diff.removed) {
    nodes.delete(id);
    edges.delete(id);
  }
  for (const node of diff.addedNodes) nodes.set(node.id, node);
  for (const edge of diff.addedEdges) edges.set(edge.id, edge);
  for (const data of diff.changed) {
    if ('source' in data) edges.set(data.id, data);
    else nodes.set(data.id, data);
  }
  return { nodes: inOrder<NodeData>(nodes, after.nodes), edges: inOrder<EdgeData>(edges, after.edges) };
}

/** Maps compare by order of insertion, which says nothing about a drawing. */
function inOrder<D>(map: ReadonlyMap<string, D>, like: ReadonlyMap<string, D>): ReadonlyMap<string, D> {
  const rank = [...like.keys()];
  return new Map([...map].toSorted(([one], [other]) => rank.indexOf(one) - rank.indexOf(other)));
}

function anyElements(): fc.Arbitrary<ChartElements> {
  const person = fc.record({ number: fc.nat({ max: 8 }), label: fc.constantFrom('A', 'B') });
  const tie = fc.record({ number: fc.nat({ max: 6 }), from: fc.nat({ max: 8 }), to: fc.nat({ max: 8 }) });
  const people = fc.uniqueArray(person, { selector: ({ number }) => number });
  const ties = fc.uniqueArray(tie, { selector: ({ number }) => number });
  return fc.tuple(people, ties).map(([some, others]) =>
    chartElements(
      some.map(({ number, label }) => entity(number, { label })),
      others.map(({ number, from, to }) => link(number, from, to)),
    ),
  );
}
