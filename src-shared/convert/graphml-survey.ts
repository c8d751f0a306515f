import { type GraphmlElement, type GraphmlKey, graphmlReader } from './graphml.ts';
import { LIMITS } from './limits.ts';
import type { FileText } from './read-text.ts';

/** What only the end of a GraphML file tells about all of it, without its nodes and edges. */
export type GraphmlSurvey = {
  readonly keys: readonly GraphmlKey[];
  /** Keys of `data` that nodes and edges have, declared or not, in the order in which they are met. */
  readonly used: { readonly node: ReadonlySet<string>; readonly edge: ReadonlySet<string> };
  readonly nodes: number;
  readonly edges: number;
  readonly firstNode: GraphmlElement | undefined;
  readonly firstEdge: GraphmlElement | undefined;
  /** False when a node closes after an edge. */
  readonly hasNodesFirst: boolean;
  /** The first 10 000 of the elements that have no place in a plan. */
  readonly left: readonly { readonly line: number; readonly rule: string; readonly what: string }[];
  readonly leftTotal: number;
  readonly nested: Met;
  readonly drawings: Met;
};

/** How often, and in which line first. */
type Met = { readonly count: number; readonly line: number };

/** Reads all of the file; yields the bytes read after every piece. Throws import.unreadable or import.too-large: it is read as a whole or not at all. */
export function* surveyGraphml(text: FileText): Generator<number, GraphmlSurvey> {
  const keys: GraphmlKey[] = [];
  const used = { node: new Set<string>(), edge: new Set<string>() };
  const left: { line: number; rule: string; what: string }[] = [];
  let [nodes, edges, leftTotal] = [0, 0, 0];
  let firstNode: GraphmlElement | undefined;
  let firstEdge: GraphmlElement | undefined;
  let hasNodesFirst = true;
  let [nested, drawings]: [Met, Met] = [NEVER, NEVER];
  const reader = graphmlReader({
    key: (key) => void keys.push(key),
    node: (node) => {
      nodes += 1;
      firstNode ??= node;
      if (edges > 0) hasNodesFirst = false;
      for (const key of node.data.keys()) used.node.add(key);
    },
    edge: (edge) => {
      edges += 1;
      firstEdge ??= edge;
      for (const key of edge.data.keys()) used.edge.add(key);
    },
    left: (line, rule, what) => {
      leftTotal += 1;
      if (left.length < LIMITS.rejected) left.push({ line, rule, what });
    },
    nestedNode: (line) => {
      nested = again(nested, line);
    },
    drawing: (line) => {
      drawings = again(drawings, line);
    },
  });
  for (const piece of text.pieces()) {
    reader.push(piece.text);
    yield piece.bytesRead;
  }
  reader.end();
  return { keys, used, nodes, edges, firstNode, firstEdge, hasNodesFirst, left, leftTotal, nested, drawings };
}

const NEVER: Met = { count: 0, line: 0 };

function again(met: Met, line: number): Met {
  return { count: met.count + 1, line: met.count === 0 ? line : met.line };
}
