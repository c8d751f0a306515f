import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph, changeGraph, type Graph, nodeOf } from '../../../src-shared/graph/graph.ts';
import { shortestPath } from '../../../src-shared/graph/shortest-path.ts';

type Drawn = { readonly ids: readonly number[]; readonly ties: readonly (readonly [number, number])[] };

const drawn: fc.Arbitrary<Drawn> = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 14 })
  .chain((ids) =>
    fc.record({
      ids: fc.constant(ids.toSorted((one, other) => one - other)),
      ties: fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 30 }),
    }),
  );

function graphOf({ ids, ties }: Drawn): Graph {
  const [from, to] = [Int32Array.from(ties, ([one]) => one), Int32Array.from(ties, ([, other]) => other)];
  return buildGraph(Int32Array.from(ids), { from, to });
}

function rowsOf(graph: Graph): [number, number[]][] {
  const idOf = (node: number): number => graph.ids[node] ?? 0;
  return Array.from(graph.ids, (id, node) => [
    id,
    Array.from(graph.neighbours.subarray(graph.offsets[node], graph.offsets[node + 1]), idOf),
  ]);
}

test('a row holds the other end of every tie, ascending, parallel ones repeated and loops left out', () => {
  fc.assert(
    fc.property(drawn, (all) => {
      const expected = all.ids.map((id) => [
        id,
        all.ties
          .flatMap(([one, other]) =>
            one === other
              ? []
              : [
                  [one, other],
                  [other, one],
                ],
          )
          .flatMap(([one, other = 0]) => (one === id ? [other] : []))
          .toSorted((one, other) => one - other),
      ]);
      expect(rowsOf(graphOf(all))).toEqual(expected);
    }),
  );
});

test('a tie with an end that is no node is left out', () => {
  const graph = buildGraph(Int32Array.of(2, 5), { from: Int32Array.of(2, 2), to: Int32Array.of(5, 9) });
  expect(rowsOf(graph)).toEqual([
    [2, [5]],
    [5, [2]],
  ]);
  expect([nodeOf(graph, 5), nodeOf(graph, 9)]).toEqual([1, -1]);
});

test('a graph that was changed is the graph that is built anew', () => {
  fc.assert(
    fc.property(drawn, drawn, (before, after) => {
      const target = graphOf(after);
      const touched = new Set([...before.ids, ...after.ids]);
      const change = {
        added: after.ids.filter((id) => !before.ids.includes(id)),
        removed: before.ids.filter((id) => !after.ids.includes(id)),
        rows: new Map(rowsOf(target).filter(([id]) => touched.has(id))),
      };
      expect(rowsOf(changeGraph(graphOf(before), change))).toEqual(rowsOf(target));
    }),
  );
});

test('rows that did not change are kept under their new numbers', () => {
  const before = graphOf({
    ids: [3, 5, 9],
    ties: [
      [3, 5],
      [5, 9],
    ],
  });
  const after = changeGraph(before, {
    added: [1, 4],
    removed: [],
    rows: new Map([
      [9, [5, 4]],
      [4, [9]],
    ]),
  });
  expect(rowsOf(after)).toEqual([
    [1, []],
    [3, [5]],
    [4, [9]],
    [5, [3, 9]],
    [9, [4, 5]],
  ]);
});

test('a shortest path is as short as a search by hand finds, and the first of them', () => {
  fc.assert(
    fc.property(drawn, fc.nat(), fc.nat(), fc.boolean(), (all, one, other, isReversed) => {
      const graph = graphOf(all);
      const [from, to] = [one % all.ids.length, other % all.ids.length];
      const compare = (a: number, b: number): number => (isReversed ? b - a : a - b);
      expect(shortestPath(graph, from, to, compare)).toEqual(firstOfShortest(graph, from, to, compare));
    }),
    { numRuns: 500 },
  );
});

/** Every path without a repeated node, the shortest first and of these the first by the order of their nodes. */
function firstOfShortest(
  graph: Graph,
  from: number,
  to: number,
  compare: (a: number, b: number) => number,
): number[] | undefined {
  let paths = [[from]];
  for (let steps = 0; steps < graph.ids.length; steps += 1) {
    const arrived = paths.filter((path) => path.at(-1) === to);
    if (arrived.length > 0) return arrived.toSorted((one, other) => comparePaths(one, other, compare))[0];
    const visited = new Set(paths.flat());
    const next = paths.flatMap((path) => {
      const at = path.at(-1) ?? 0;
      const row = graph.neighbours.subarray(graph.offsets[at], graph.offsets[at + 1]);
      return [...new Set(row)].filter((node) => !visited.has(node)).map((node) => [...path, node]);
    });
    paths = next;
  }
  return undefined;
}

function comparePaths(
  one: readonly number[],
  other: readonly number[],
  compare: (a: number, b: number) => number,
): number {
  for (const [i, node] of one.entries()) {
    const order = compare(node, other[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
