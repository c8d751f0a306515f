import { defaultEntityType } from '../catalogue/kinds.ts';
import { column, type Column, isReserved, edgeDataColumns, mapColumns, nodeColumns } from './columns.ts';
import {
  DRAWN_LABEL,
  type GraphmlEdge,
  type GraphmlElement,
  type GraphmlFile,
  type GraphmlKey,
  graphmlReader,
} from './graphml.ts';
import type { ImportOptions, ImportPlan, PlannedColumn, Progress } from './import-plan.ts';
import { planBuilder, type PlanBuilder } from './plan-builder.ts';
import { type Cell, readEdge, readNode, resolveUse } from './read-row.ts';
import type { FileText } from './read-text.ts';

type KeyColumns = readonly { readonly key: GraphmlKey; readonly column: Column }[];

/** Elements between two steps, when all of the file has been read. */
const STEP = 4096;
const ID: Column = column('id', 'id');

/** Plans a GraphML file (docs/formats/import.md §6), yielding after every piece of it. */
export function* planGraphml(text: FileText, total: number, options: ImportOptions): Generator<Progress, ImportPlan> {
  const reader = graphmlReader();
  for (const piece of text.pieces()) {
    reader.push(piece.text);
    yield { done: piece.bytesRead, total };
  }
  const file = reader.end();
  const plan = planBuilder();
  if (text.isGuess) plan.warn(1, 'I2', text.encoding);
  for (const { line, rule, what } of file.left) plan.reject(line, rule, what);
  for (const line of file.nestedNodes) plan.warn(line, 'I27', 'nested graph');
  for (const line of file.drawings) plan.warn(line, 'I24', 'drawing');
  const nodeKeys = keyColumns(file, 'node', options);
  const edgeKeys = keyColumns(file, 'edge', options);
  for (const [at, node] of file.nodes.entries()) {
    if (at % STEP === STEP - 1) yield { done: total, total };
    addNode(node, nodeKeys, options, plan);
  }
  for (const [at, edge] of file.edges.entries()) {
    if (at % STEP === STEP - 1) yield { done: total, total };
    addEdge(edge, edgeKeys, options, plan);
  }
  return {
    format: 'graphml',
    read: file.nodes.length + file.edges.length + file.left.length,
    isNodeList: file.nodes.length > 0,
    isEdgeList: file.edges.length > 0,
    ...plan.built(),
    columns: [
      ...planned(nodeKeys, file.nodes[0], options.entityType ?? defaultEntityType),
      ...planned(edgeKeys, file.edges[0], options.linkType ?? 'related-to'),
    ],
  };
}

/** I23: the declared keys of one scope as columns, and the labels of drawings (I24) as one more. */
function keyColumns(file: GraphmlFile, scope: 'node' | 'edge', options: ImportOptions): KeyColumns {
  const elements: readonly GraphmlElement[] = scope === 'node' ? file.nodes : file.edges;
  const keys = file.keys.filter((key) => key.scope === scope || key.scope === 'all');
  const declared = new Set(file.keys.map((key) => key.id));
  const undeclared = new Set(elements.flatMap((element) => [...element.data.keys()]).filter((id) => !declared.has(id)));
  const all: readonly GraphmlKey[] = [
    ...keys,
    ...[...undeclared].map((id): GraphmlKey => ({ id, name: id === DRAWN_LABEL ? 'label' : id, scope, default: '' })),
  ];
  const names = all.map((key) => key.name);
  const columns = (scope === 'node' ? nodeColumns(names) : edgeDataColumns(names)).map(withoutEnds);
  const mapped = mapColumns(columns, options.mapping ?? {});
  return all.flatMap((key, at) => {
    const column = mapped[at];
    return column === undefined ? [] : [{ key, column }];
  });
}

/** The XML has ids and ends of its own: a key called `id` is one more attribute. */
function withoutEnds(column: Column): Column {
  return column.use === 'id' ? { ...column, use: 'attribute' } : column;
}

function addNode(node: GraphmlElement, keys: KeyColumns, options: ImportOptions, plan: PlanBuilder): void {
  if (node.id === '') return plan.reject(node.line, 'I26', 'a node without an id');
  const entity = readNode([{ column: ID, text: node.id }, ...cellsOf(node, keys)], node.line, options, plan);
  if (entity !== undefined) plan.addEntity(entity);
}

function addEdge(edge: GraphmlEdge, keys: KeyColumns, options: ImportOptions, plan: PlanBuilder): void {
  const { source, target, line } = edge;
  const sourceType = plan.typeOf(source);
  const targetType = plan.typeOf(target);
  if (sourceType === undefined || targetType === undefined)
    return plan.reject(line, 'I26', 'an end is not a node of the file');
  if (source === target) return plan.reject(line, 'I17', 'both ends are the same');
  const cells = [...(edge.id === '' ? [] : [{ column: ID, text: edge.id }]), ...cellsOf(edge, keys)];
  const ends = { source, target, sourceType, targetType, saidDirected: edge.directed };
  plan.addLink(readEdge(ends, cells, line, options, plan));
}

function cellsOf(element: GraphmlElement, keys: KeyColumns): readonly Cell[] {
  return keys.map(({ key, column }) => ({ column, text: element.data.get(key.id) ?? key.default }));
}

function planned(keys: KeyColumns, first: GraphmlElement | undefined, describes: string): readonly PlannedColumn[] {
  return keys.map(({ key, column }) => ({
    name: column.name,
    use: isReserved(column.use) ? column.use : resolveUse(column, describes),
    example: (first?.data.get(key.id) ?? key.default).slice(0, 80),
  }));
}
