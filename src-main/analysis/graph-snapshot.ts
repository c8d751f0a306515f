import { z } from 'zod';
import type { Graph } from '../../src-shared/graph/graph.ts';
import { readEach, readNumber, readOne } from '../store/connection.ts';
import type { ReadDb } from '../store/connection.ts';
import { translated } from '../store/sqlite-errors.ts';

/** docs/formats/vault.md V160–V163: the graph as blobs in the store, so that it is there in moments after unlocking. */

/** What the store had when a snapshot was made. */
export type GraphState = {
  readonly nodes: number;
  /** Twice the ties. */
  readonly ends: number;
  readonly batch: number;
  readonly undone: number;
  readonly erased: number;
};

const PART = 1_048_576;
const WIDTH = Int32Array.BYTES_PER_ELEMENT;

const StateRow = z.object({
  nodes: z.number(),
  ends: z.number(),
  batch: z.number(),
  undone: z.number(),
  erased: z.number(),
});
const PartRow = z.object({ bytes: z.instanceof(Uint8Array) });

/** What the store has now; nodes and ends are those of the graph. */
export function stateOf(db: ReadDb, { ids, neighbours }: Graph): GraphState {
  return {
    nodes: ids.length,
    ends: neighbours.length,
    batch: readNumber(db, 'SELECT coalesce(max(id), 0) AS n FROM batches'),
    undone: readNumber(db, 'SELECT count(*) AS n FROM batches WHERE undone_at IS NOT NULL'),
    erased: readNumber(db, 'SELECT count(*) AS n FROM tombstones'),
  };
}

/** The snapshot and when it was made; undefined when there is none whose parts add up (V161). */
export function readSnapshot(db: ReadDb): { readonly graph: Graph; readonly state: GraphState } | undefined {
  const state = readOne(db, StateRow, 'SELECT nodes, ends, batch, undone, erased FROM graph_state WHERE id = 1');
  if (state === undefined) return undefined;
  const length = state.nodes + (state.nodes + 1) + state.ends;
  const bytes = new Uint8Array(length * WIDTH);
  let at = 0;
  for (const part of readEach(db, PartRow, 'SELECT bytes FROM graph_snapshot ORDER BY part')) {
    if (at + part.bytes.length > bytes.length) return undefined;
    bytes.set(part.bytes, at);
    at += part.bytes.length;
  }
  if (at !== bytes.length) return undefined;
  const all = new Int32Array(bytes.buffer);
  const ids = all.subarray(0, state.nodes);
  const offsets = all.subarray(state.nodes, 2 * state.nodes + 1);
  return { graph: { ids, offsets, neighbours: all.subarray(2 * state.nodes + 1) }, state };
}

/** V162: puts a graph in the place of the snapshot. It is no statement of anybody: no audit entry, no change of the head. */
export function saveSnapshot(db: ReadDb, graph: Graph): void {
  const state = stateOf(db, graph);
  const { sqlite } = db;
  const save = sqlite.transaction(() => {
    sqlite.exec('DELETE FROM graph_snapshot');
    const insert = sqlite.prepare('INSERT INTO graph_snapshot (part, bytes) VALUES (?, ?)');
    for (const [part, bytes] of partsOf(graph).entries()) insert.run(part, bytes);
    sqlite
      .prepare('INSERT OR REPLACE INTO graph_state (id, nodes, ends, batch, undone, erased) VALUES (1, ?, ?, ?, ?, ?)')
      .run(state.nodes, state.ends, state.batch, state.undone, state.erased);
  });
  translated(() => save.immediate());
}

function partsOf({ ids, offsets, neighbours }: Graph): Uint8Array[] {
  const all = Buffer.concat(
    [ids, offsets, neighbours].map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
  );
  return Array.from({ length: Math.ceil(all.length / PART) }, (_, i) => all.subarray(i * PART, (i + 1) * PART));
}
