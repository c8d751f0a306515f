import { z } from 'zod';
import { buildGraph, changeGraph, type Graph, type GraphChange, nodeOf } from '../../src-shared/graph/graph.ts';
import { readAll, readNumber } from '../store/connection.ts';
import type { ReadDb } from '../store/connection.ts';
import type { Store } from '../store/store.ts';
import { readSnapshot, saveSnapshot, stateOf } from './graph-snapshot.ts';

/**
 * The graph of the whole store: nodes are its entities, ties its drawable links (V40). From the snapshot and what changed since; made anew,
 * and kept unless the vault was opened for reading, when there is no snapshot or too much has changed (V163).
 */
export function storeGraph(store: Store): Graph {
  const known = readSnapshot(store);
  const current = known === undefined ? undefined : upToDate(store, known);
  if (current !== undefined) return current;
  const graph = wholeGraph(store);
  if (!store.isReadOnly) saveSnapshot(store, graph);
  return graph;
}

/** One subject in so many may have changed for a snapshot to be worth changing. */
const CHANGED_AT_MOST = 20;

export const ENTITY_NUMBERS = 'SELECT id FROM entities ORDER BY id';
export const TIES = 'SELECT src, dst FROM links WHERE is_drawable = 1';
export const CHANGED_SINCE = `SELECT r.subject, r.kind FROM records r INDEXED BY records_by_batch WHERE r.batch > ?1
  UNION SELECT t.subject, t.kind FROM records r INDEXED BY records_by_batch CROSS JOIN retractions x ON x.by = r.rid CROSS JOIN records t ON t.id = x.target
  WHERE r.batch > ?1 LIMIT ?2`;
/** Every end that any record gives a link: which of them is shown may have changed (V41). */
export const ENDS_OF = "SELECT src, dst FROM records WHERE subject = ? AND kind = 'link'";
export const TIES_OF = `SELECT dst AS other, is_drawable FROM links WHERE src = ?1
  UNION ALL SELECT src AS other, is_drawable FROM links WHERE dst = ?1 AND src <> ?1`;

const ChangedRow = z.object({ subject: z.number(), kind: z.string() });
const EndsRow = z.object({ src: z.number(), dst: z.number() });
const TieRow = z.object({ other: z.number(), is_drawable: z.number() });

/** Reads columns as they come: rows of millions are not made into objects. */
export function wholeGraph({ sqlite }: ReadDb): Graph {
  const ids = Int32Array.from(z.array(z.number()).parse(sqlite.prepare(ENTITY_NUMBERS).pluck().all()));
  const from: number[] = [];
  const to: number[] = [];
  for (const row of sqlite.prepare(TIES).raw().iterate()) {
    const [src, dst] = Array.isArray(row) ? row : [];
    if (typeof src !== 'number' || typeof dst !== 'number') throw new Error('a link without ends');
    from.push(src);
    to.push(dst);
  }
  return buildGraph(ids, { from: Int32Array.from(from), to: Int32Array.from(to) });
}

type Known = NonNullable<ReturnType<typeof readSnapshot>>;

/** Undefined when the snapshot cannot be brought up to date for less than making it anew. */
function upToDate(db: ReadDb, { graph, state }: Known): Graph | undefined {
  const now = stateOf(db, graph);
  if (now.undone !== state.undone || now.erased !== state.erased) return undefined;
  const changed = now.batch === state.batch ? graph : changedGraph(db, graph, state.batch);
  const isWhole = changed?.ids.length === readNumber(db, 'SELECT count(*) AS n FROM entities');
  return isWhole ? changed : undefined;
}

function changedGraph(db: ReadDb, graph: Graph, batch: number): Graph | undefined {
  const limit = Math.ceil(graph.ids.length / CHANGED_AT_MOST) + 1;
  const changes = readAll(db, ChangedRow, CHANGED_SINCE, batch, limit);
  if (changes.length === limit) return undefined;
  const touched = new Set(changes.flatMap(({ subject, kind }) => nodesTouched(db, subject, kind)));
  return changeGraph(graph, changeOf(db, graph, touched));
}

/** An entity that came or went makes its links drawable or not; a link has new ends, or had others. */
function nodesTouched(db: ReadDb, subject: number, kind: string): number[] {
  if (kind === 'entity') return [subject, ...tiesOf(db, subject).map(({ other }) => other)];
  if (kind !== 'link') return [];
  return readAll(db, EndsRow, ENDS_OF, subject).flatMap(({ src, dst }) => [src, dst]);
}

function changeOf(db: ReadDb, graph: Graph, touched: ReadonlySet<number>): GraphChange {
  const added: number[] = [];
  const removed: number[] = [];
  const rows = new Map<number, number[]>();
  for (const id of touched) {
    const isThere = readNumber(db, 'SELECT count(*) AS n FROM entities WHERE id = ?', id) > 0;
    const wasThere = nodeOf(graph, id) !== -1;
    if (isThere && !wasThere) added.push(id);
    if (!isThere && wasThere) removed.push(id);
    if (isThere) rows.set(id, rowOf(db, id));
  }
  return { added, removed, rows };
}

function rowOf(db: ReadDb, id: number): number[] {
  return tiesOf(db, id).flatMap(({ other, is_drawable: isDrawable }) =>
    isDrawable === 1 && other !== id ? [other] : [],
  );
}

function tiesOf(db: ReadDb, id: number): z.infer<typeof TieRow>[] {
  return readAll(db, TieRow, TIES_OF, id);
}
