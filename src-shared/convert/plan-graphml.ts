import { defaultEntityType } from '../catalogue/kinds.ts';
import { column, type Column, isReserved, edgeDataColumns, mapColumns, nodeColumns } from './columns.ts';
import { DRAWN_LABEL, type GraphmlEdge, type GraphmlElement, type GraphmlKey, graphmlReader } from './graphml.ts';
import { type GraphmlSurvey, surveyGraphml } from './graphml-survey.ts';
import type { ImportOptions, ImportSlice, ImportSummary, PlannedColumn } from './import-plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { type Cell, readEdge, readNode, resolveUse } from './read-row.ts';
import type { FileText } from './read-text.ts';

type KeyColumns = readonly { readonly key: GraphmlKey; readonly column: Column }[];
type Taker = {
  readonly node?: (node: GraphmlElement) => void;
  readonly edge?: (edge: GraphmlEdge) => void;
};

const ID: Column = column('id', 'id');

/**
 * Plans a GraphML file (docs/formats/import.md §6), a slice for every piece of it. What a column means is known only at the end of the file, so
 * it is read once to look and once to plan; a third time, edges alone, when some of them stand before nodes (I26).
 */
export function* readGraphml(
  text: FileText,
  total: number,
  options: ImportOptions,
  plan: PlanBuilder,
): Generator<ImportSlice, ImportSummary> {
  const nothing = plan.take();
  const surveying = surveyGraphml(text);
  let looked = surveying.next();
  for (; !looked.done; looked = surveying.next()) yield { progress: { done: looked.value / 2, total }, ...nothing };
  const survey = looked.value;
  if (text.isGuess) plan.warn(1, 'I2', text.encoding);
  tellOfSurvey(survey, plan);
  const nodeKeys = keyColumns(survey, 'node', options);
  const edgeKeys = keyColumns(survey, 'edge', options);
  const node = (one: GraphmlElement): void => addNode(one, nodeKeys, options, plan);
  const edge = (one: GraphmlEdge): void => addEdge(one, edgeKeys, options, plan);
  for (const taker of survey.hasNodesFirst ? [{ node, edge }] : [{ node }, { edge }]) {
    for (const done of readElements(text, taker))
      yield { progress: { done: (total + done) / 2, total }, ...plan.take() };
  }
  return {
    format: 'graphml',
    read: survey.nodes + survey.edges + survey.leftTotal,
    isNodeList: survey.nodes > 0,
    isEdgeList: survey.edges > 0,
    ...plan.findings(),
    columns: [
      ...planned(nodeKeys, survey.firstNode, options.entityType ?? defaultEntityType),
      ...planned(edgeKeys, survey.firstEdge, options.linkType ?? 'related-to'),
    ],
  };
}

/** Bytes read, after every piece of the file. */
function* readElements(text: FileText, taker: Taker): Generator<number> {
  const reader = graphmlReader(taker);
  for (const piece of text.pieces()) {
    reader.push(piece.text);
    yield piece.bytesRead;
  }
  reader.end();
}

function tellOfSurvey({ left, leftTotal, nested, drawings }: GraphmlSurvey, plan: PlanBuilder): void {
  for (const { line, rule, what } of left) plan.reject(line, rule, what);
  plan.rejectMore(leftTotal - left.length);
  if (nested.count > 0) plan.warn(nested.line, 'I27', 'nested graph', nested.count);
  if (drawings.count > 0) plan.warn(drawings.line, 'I24', 'drawing', drawings.count);
}

/** I23: the declared keys of one scope as columns, and the labels of drawings (I24) as one more. */
function keyColumns(survey: GraphmlSurvey, scope: 'node' | 'edge', options: ImportOptions): KeyColumns {
  const keys = survey.keys.filter((key) => key.scope === scope || key.scope === 'all');
  const declared = new Set(survey.keys.map((key) => key.id));
  const undeclared = [...survey.used[scope]].filter((id) => !declared.has(id));
  const all: readonly GraphmlKey[] = [
    ...keys,
    ...undeclared.map((id): GraphmlKey => ({ id, name: id === DRAWN_LABEL ? 'label' : id, scope, default: '' })),
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
