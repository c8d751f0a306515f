/**
 * An undirected graph as compressed sparse rows (Saad 2003, §3.4): the neighbours of node `i` are `neighbours[offsets[i] … offsets[i + 1] - 1]`,
 * ascending, each tie in the rows of both its ends; parallel ties are repeated, a tie of a node to itself is left out. `ids` names the nodes,
 * ascending. 4 bytes a node twice, 8 bytes a tie.
 */
export type Graph = {
  readonly ids: Int32Array;
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
};

/** Ties as the ids of their ends, in any order. */
export type Ties = { readonly from: Int32Array; readonly to: Int32Array };

/** Builds a graph from the ids of its nodes, ascending, and its ties; a tie with an unknown end is left out. O(n + m log n). */
export function buildGraph(ids: Int32Array, ties: Ties): Graph {
  const from = indexesOf(ids, ties.from);
  const to = indexesOf(ids, ties.to);
  const offsets = new Int32Array(ids.length + 1);
  eachTie(from, to, (one, other) => {
    offsets[one + 1] = (offsets[one + 1] ?? 0) + 1;
    offsets[other + 1] = (offsets[other + 1] ?? 0) + 1;
  });
  for (let i = 0; i < ids.length; i += 1) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
  const neighbours = new Int32Array(offsets[ids.length] ?? 0);
  const next = offsets.slice(0, ids.length);
  eachTie(from, to, (one, other) => {
    neighbours[claim(next, one)] = other;
    neighbours[claim(next, other)] = one;
  });
  for (let i = 0; i < ids.length; i += 1) neighbours.subarray(offsets[i], offsets[i + 1]).sort();
  return { ids, offsets, neighbours };
}

/** The node of an id; -1 when the graph has none. O(log n). */
export function nodeOf({ ids }: Pick<Graph, 'ids'>, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle] ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What became of a graph: nodes that came and went, and the whole row, as ids, of every node whose ties changed. */
export type GraphChange = {
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly rows: ReadonlyMap<number, readonly number[]>;
};

/** The graph after a change; both ends of every tie that came or went must have a row. O(n + m). */
export function changeGraph(graph: Graph, { added, removed, rows }: GraphChange): Graph {
  const gone = new Set(removed);
  const ids = Int32Array.from([...graph.ids.filter((id) => !gone.has(id)), ...added]).sort();
  const changed = new Map([...rows].map(([id, row]) => [nodeOf({ ids }, id), nodesOf(ids, row)]));
  const before = Int32Array.from(ids, (id) => nodeOf(graph, id));
  const offsets = new Int32Array(ids.length + 1);
  for (let node = 0; node < ids.length; node += 1) {
    offsets[node + 1] = (offsets[node] ?? 0) + (changed.get(node)?.length ?? degreeOf(graph, before[node] ?? -1));
  }
  const after = Int32Array.from(graph.ids, (id) => nodeOf({ ids }, id));
  const neighbours = new Int32Array(offsets[ids.length] ?? 0);
  for (let node = 0; node < ids.length; node += 1) {
    const row = changed.get(node);
    if (row === undefined) copyRow(graph, before[node] ?? -1, after, neighbours, offsets[node] ?? 0);
    else neighbours.set(row, offsets[node]);
  }
  return { ids, offsets, neighbours };
}

function nodesOf(ids: Int32Array, row: readonly number[]): Int32Array {
  return Int32Array.from(row.map((id) => nodeOf({ ids }, id)).filter((node) => node !== -1)).sort();
}

function degreeOf({ offsets }: Graph, node: number): number {
  return node === -1 ? 0 : (offsets[node + 1] ?? 0) - (offsets[node] ?? 0);
}

function copyRow(graph: Graph, node: number, after: Int32Array, neighbours: Int32Array, at: number): void {
  const first = node === -1 ? 0 : (graph.offsets[node] ?? 0);
  for (let i = 0; i < degreeOf(graph, node); i += 1) {
    neighbours[at + i] = after[graph.neighbours[first + i] ?? -1] ?? -1;
  }
}

/** Nodes of ids. Ids that follow one another closely, as rows of a database do, are found without a search. */
function indexesOf(ids: Int32Array, wanted: Int32Array): Int32Array {
  const first = ids[0] ?? 0;
  return wanted.map((id) => (ids[id - first] === id ? id - first : nodeOf({ ids }, id)));
}

function eachTie(from: Int32Array, to: Int32Array, work: (one: number, other: number) => void): void {
  for (let i = 0; i < from.length; i += 1) {
    const one = from[i] ?? -1;
    const other = to[i] ?? -1;
    if (one !== -1 && other !== -1 && one !== other) work(one, other);
  }
}

function claim(next: Int32Array, node: number): number {
  const at = next[node] ?? 0;
  next[node] = at + 1;
  return at;
}
