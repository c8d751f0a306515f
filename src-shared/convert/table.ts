import { defaultEntityType } from '../catalogue/kinds.ts';
import { type Column, isReserved } from './columns.ts';
import { type CsvRecord, recordReader } from './csv.ts';
import { detectTable, isComment, type TableShape, trimmedWidth } from './detect-table.ts';
import type { ImportOptions, ImportSlice, ImportSummary, PlannedColumn } from './import-plan.ts';
import type { PlanBuilder } from './plan-builder.ts';
import { type Cell, mentionedEntity, readEdge, readNode, resolveUse } from './read-row.ts';
import type { FileText } from './read-text.ts';

/** Plans a table (docs/formats/import.md §2–§5), a slice for every piece of the file. */
export function* readTable(
  text: FileText,
  total: number,
  options: ImportOptions,
  plan: PlanBuilder,
): Generator<ImportSlice, ImportSummary> {
  const first = text.pieces().next();
  const sample = first.done ? { text: '', bytesRead: total } : first.value;
  const shape = detectTable(sample.text, sample.bytesRead < total, options.mapping);
  const reader = recordReader(shape.delimiter);
  const readRow = shape.isEdgeList ? readEdgeRow : readNodeRow;
  if (text.isGuess) plan.warn(1, 'I2', text.encoding);
  if (!shape.hasHeader) plan.warn(1, 'I9', shape.isEdgeList ? 'edge list' : 'node list');
  let read = 0;
  let isHeaderDue = shape.hasHeader;
  let examples: readonly string[] | undefined;
  function take(records: readonly CsvRecord[]): void {
    for (const record of records) {
      if (isHeaderDue) {
        isHeaderDue = false;
        continue;
      }
      read += 1;
      if (!isWhole(record, shape, plan)) continue;
      examples ??= record.fields;
      readRow(record, shape.columns, options, plan);
    }
  }
  for (const piece of text.pieces()) {
    take(reader.push(piece.text));
    yield { progress: { done: piece.bytesRead, total }, ...plan.take() };
  }
  take(reader.end());
  yield { progress: { done: total, total }, ...plan.take() };
  return {
    format: 'csv',
    read,
    isNodeList: !shape.isEdgeList,
    isEdgeList: shape.isEdgeList,
    ...plan.findings(),
    columns: plannedColumns(shape, options, examples ?? []),
  };
}

/** I6, I10: false, and a rejected row, for a record that cannot be laid out in columns. */
function isWhole(record: CsvRecord, shape: TableShape, plan: PlanBuilder): boolean {
  const { line, fields } = record;
  const width = Math.max(trimmedWidth(fields), Math.min(fields.length, shape.width));
  if (shape.delimiter === 'space' && isComment(fields)) plan.reject(line, 'I5', 'a comment');
  else if (record.isMalformed) plan.reject(line, 'I6', 'text after a closing quote');
  else if (width !== shape.width) plan.reject(line, 'I10', `${width} fields, ${shape.width} expected`);
  else return true;
  return false;
}

function readNodeRow(record: CsvRecord, columns: readonly Column[], options: ImportOptions, plan: PlanBuilder): void {
  const entity = readNode(cellsOf(record, columns), record.line, options, plan);
  if (entity !== undefined) plan.addEntity(entity);
}

function readEdgeRow(record: CsvRecord, columns: readonly Column[], options: ImportOptions, plan: PlanBuilder): void {
  const { line } = record;
  const cells = cellsOf(record, columns);
  const source = cells.find((cell) => cell.column.use === 'source');
  const target = cells.find((cell) => cell.column.use === 'target');
  if (!source?.text || !target?.text) return plan.reject(line, 'I17', 'an end is missing');
  if (source.text === target.text) return plan.reject(line, 'I17', 'both ends are the same');
  for (const key of [source.text, target.text]) {
    plan.mentionEntity(key, () => mentionedEntity(key, line, options, plan));
  }
  const type = options.entityType ?? defaultEntityType;
  const wordDirected = source.column.isDirectedWord ? true : undefined;
  const ends = { source: source.text, target: target.text, sourceType: type, targetType: type, wordDirected };
  plan.addLink(readEdge(ends, cells, line, options, plan));
}

function cellsOf(record: CsvRecord, columns: readonly Column[]): readonly Cell[] {
  return columns.map((column, at) => ({ column, text: record.fields[at] ?? '' }));
}

function plannedColumns(
  shape: TableShape,
  options: ImportOptions,
  examples: readonly string[],
): readonly PlannedColumn[] {
  const type = options.entityType ?? defaultEntityType;
  const describes = shape.isEdgeList ? (options.linkType ?? 'related-to') : type;
  return shape.columns.map((column, at) => ({
    name: column.name,
    use: isReserved(column.use) ? column.use : resolveUse(column, describes),
    example: (examples[at] ?? '').slice(0, 80),
  }));
}
