import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { failure } from '../../../src-shared/errors.ts';
import { nodeOf } from '../../../src-shared/graph/graph.ts';
import { shortestPath } from '../../../src-shared/graph/shortest-path.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { linksBetween, subjectOf } from '../../analysis/graph-rows.ts';
import { storeGraph } from '../../analysis/store-graph.ts';
import { findSubject } from '../../store/identities.ts';
import { entityRows, linkRows } from '../../store/queries.ts';
import type { OpenSession } from '../session.ts';
import { entityView, linkView } from '../views.ts';

/** A path with the fewest links between two entities of the whole store; no path is an empty answer. Throws `store.not-found`. */
export function findPath(session: OpenSession, input: Parsed<'graph.path'>): Output<'graph.path'> {
  const { store } = session;
  const graph = storeGraph(store);
  const [from, to] = [input.from, input.to].map((id) => nodeOf(graph, findSubject(store, id) ?? 0));
  if (from === undefined || to === undefined || from === -1 || to === -1) {
    throw failure('store.not-found', { what: 'subject' });
  }
  const names = new Map<number, SubjectId>();
  const path = shortestPath(graph, from, to, (one, other) => compareText(nameOf(one), nameOf(other)));
  return { paths: path === undefined ? [] : [pathView(session, path.map(nameOf))] };

  function nameOf(node: number): SubjectId {
    const known = names.get(node) ?? subjectOf(store, graph.ids[node] ?? 0);
    if (known === undefined) throw new Error('a node of the graph is a subject');
    names.set(node, known);
    return known;
  }
}

/** The entities of a path in its order, and every link between neighbours. */
function pathView({ store }: OpenSession, ids: readonly SubjectId[]): Output<'graph.path'>['paths'][number] {
  const entities = new Map(entityRows(store, ids).map((row) => [row.id, entityView(row)]));
  const pairs = ids.slice(1).map((id, i) => [ids[i] ?? id, id] as const);
  const links = linkRows(
    store,
    pairs.flatMap(([one, other]) => linksBetween(store, one, other)),
  );
  return { nodes: ids.flatMap((id) => entities.get(id) ?? []), links: links.map(linkView) };
}
