import type { Graph } from './graph.ts';

/** Order of nodes that does not depend on where they are stored: negative when the first comes first. */
export type CompareNodes = (one: number, other: number) => number;

/** A breadth-first search from one end: how far every node is that was reached, -1 elsewhere. */
type Side = { readonly distance: Int32Array; frontier: number[]; depth: number };

/**
 * A path with the fewest ties between two nodes, ends included; undefined when there is none. Of several such paths the one whose nodes come
 * first by `compare`, node by node from `from`. Breadth-first search from both ends (Pohl 1971), the smaller frontier first. O(n + m), usually far
 * less.
 */
export function shortestPath(graph: Graph, from: number, to: number, compare: CompareNodes): number[] | undefined {
  if (from === to) return [from];
  const near = sideFrom(graph, from);
  const far = sideFrom(graph, to);
  for (;;) {
    const side = near.frontier.length <= far.frontier.length ? near : far;
    if (side.frontier.length === 0) return undefined;
    widen(graph, side);
    const meeting = side.frontier.filter((node) => reached(side === near ? far : near, node));
    if (meeting.length > 0) return walk(graph, near, far, meeting, from, compare);
  }
}

function sideFrom(graph: Graph, node: number): Side {
  const distance = new Int32Array(graph.ids.length).fill(-1);
  distance[node] = 0;
  return { distance, frontier: [node], depth: 0 };
}

/** One more level, whole: so that every shortest path is found, not only the first. */
function widen(graph: Graph, side: Side): void {
  const next: number[] = [];
  side.depth += 1;
  for (const node of side.frontier) {
    for (const other of neighboursOf(graph, node)) {
      if (reached(side, other)) continue;
      side.distance[other] = side.depth;
      next.push(other);
    }
  }
  side.frontier = next;
}

/** From `from` towards the other end, over nodes that lie on some shortest path, always to the first of them. */
function walk(
  graph: Graph,
  near: Side,
  far: Side,
  meeting: readonly number[],
  from: number,
  compare: CompareNodes,
): number[] {
  const shortest = Math.min(...meeting.map((node) => length(near, far, node)));
  const onPath = nodesBefore(
    graph,
    near,
    meeting.filter((node) => length(near, far, node) === shortest),
  );
  const path = [from];
  for (let node = from; path.length <= shortest;) {
    const isNear = distanceOf(near, node) !== -1 && !meeting.includes(node) && onPath.has(node);
    const candidates = neighboursOf(graph, node).filter((other) =>
      isNear
        ? onPath.has(other) && distanceOf(near, other) === distanceOf(near, node) + 1
        : distanceOf(far, other) === distanceOf(far, node) - 1 && reached(far, other),
    );
    node = candidates.reduce((best, other) => (compare(other, best) < 0 ? other : best));
    path.push(node);
  }
  return path;
}

/** The nodes between the start of a side and some nodes that it reached, these included. */
function nodesBefore(graph: Graph, side: Side, reachedNodes: readonly number[]): ReadonlySet<number> {
  const found = new Set(reachedNodes);
  for (const node of found) {
    for (const other of neighboursOf(graph, node)) {
      if (reached(side, other) && distanceOf(side, other) === distanceOf(side, node) - 1) found.add(other);
    }
  }
  return found;
}

function length(near: Side, far: Side, node: number): number {
  return distanceOf(near, node) + distanceOf(far, node);
}

function reached(side: Side, node: number): boolean {
  return distanceOf(side, node) !== -1;
}

function distanceOf({ distance }: Side, node: number): number {
  return distance[node] ?? -1;
}

function neighboursOf({ offsets, neighbours }: Graph, node: number): Int32Array {
  return neighbours.subarray(offsets[node], offsets[node + 1]);
}
