import type { ChartElements, EdgeData, NodeData } from './chart-elements.ts';

export interface ElementsDiff {
  readonly removed: readonly string[];
  readonly addedNodes: readonly NodeData[];
  readonly addedEdges: readonly EdgeData[];
  readonly changed: readonly (NodeData | EdgeData)[];
}

/**
 * What has to be done to a drawing of `before` to make it a drawing of `after`, in this order: remove, add nodes, add edges, change.
 * An edge that joins other ends is a new edge. O(elements).
 */
export function diffElements(before: ChartElements, after: ChartElements): ElementsDiff {
  const rejoined = [...after.edges.values()].filter((edge) => isRejoined(before.edges.get(edge.id), edge));
  const removedNodes = [...before.nodes.keys()].filter((id) => !after.nodes.has(id));
  const removedEdges = [...before.edges.keys()].filter((id) => !after.edges.has(id));
  return {
    removed: [...removedEdges, ...rejoined.map((edge) => edge.id), ...removedNodes],
    addedNodes: [...after.nodes.values()].filter((node) => !before.nodes.has(node.id)),
    addedEdges: [...[...after.edges.values()].filter((edge) => !before.edges.has(edge.id)), ...rejoined],
    changed: [
      ...[...after.nodes.values()].filter((node) => isChanged(before.nodes.get(node.id), node)),
      ...[...after.edges.values()].filter(
        (edge) => isChanged(before.edges.get(edge.id), edge) && !isRejoined(before.edges.get(edge.id), edge),
      ),
    ],
  };
}

function isRejoined(before: EdgeData | undefined, after: EdgeData): boolean {
  return before !== undefined && (before.source !== after.source || before.target !== after.target);
}

function isChanged<D extends object>(before: D | undefined, after: D): boolean {
  if (before === undefined) return false;
  const keys = Object.keys(after) as (keyof D)[];
  return keys.some((key) => before[key] !== after[key]);
}
