import { ChirographError, failure } from '../errors.ts';
import { column, type Column, edgeColumns, isColumnWord, mapColumns, nodeColumns } from './columns.ts';
import { type CsvRecord, type Delimiter, recordReader } from './csv.ts';

/** What a table turned out to be, from its sample. */
export type TableShape = {
  readonly delimiter: Delimiter;
  readonly hasHeader: boolean;
  readonly width: number;
  readonly isEdgeList: boolean;
  readonly columns: readonly Column[];
};

const NUMBER = /^[+-]?\d+([.,]\d+)?$/u;

/** I5, I8, I9, I10: reads a sample, which may be cut in the middle of a record. Throws import.nothing-found when no column says who or what a row is about. */
export function detectTable(
  sample: string,
  isCut: boolean,
  mapping: Readonly<Record<string, string>> = {},
): TableShape {
  const delimiter = detectDelimiter(sample, isCut);
  const records = sampleRecords(sample, delimiter, isCut).map((record) => record.fields);
  const [first = []] = records;
  const rows = records.slice(1);
  const hasHeader = records.length > 0 && isHeader(first, rows);
  const width = hasHeader ? trimmedWidth(first) : mostFrequent(records.map(trimmedWidth));
  if (width === 0) throw failure('import.nothing-found', { rule: 'I9' });
  const names = Array.from({ length: width }, (_, at) => (hasHeader && first[at]) || `column ${at + 1}`);
  const columns = mapColumns(hasHeader ? columnsOf(names) : guessColumns(names, records), mapping);
  const isEdgeList = columns.some((one) => one.use === 'source') && columns.some((one) => one.use === 'target');
  if (!isEdgeList && !columns.some((one) => ['id', 'name'].includes(one.use))) {
    throw failure('import.nothing-found', { rule: 'I9' });
  }
  return { delimiter, hasHeader, width, isEdgeList, columns };
}

/** The number of fields without the empty ones at the end (I10). */
export function trimmedWidth(fields: readonly string[]): number {
  return fields.findLastIndex((field) => field !== '') + 1;
}

function detectDelimiter(sample: string, isCut: boolean): Delimiter {
  const scores = ([',', ';', '\t', '|'] as const).map((delimiter) => {
    const widths = sampleRecords(sample, delimiter, isCut).map((record) => record.fields.length);
    const width = mostFrequent(widths);
    const share = widths.filter((other) => other === width).length / Math.max(1, widths.length);
    return { delimiter, score: width > 1 && share > 0.5 ? share : 0 };
  });
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  if (best.score > 0) return best.delimiter;
  return isSplitBySpace(sample, isCut) ? 'space' : ',';
}

/** Names have spaces too, so white space splits only a table whose words all look like ids, or whose header names two ends. */
function isSplitBySpace(sample: string, isCut: boolean): boolean {
  const records = sampleRecords(sample, 'space', isCut).filter((record) => !isComment(record.fields));
  const width = records[0]?.fields.length ?? 0;
  if (width < 2 || records.some((record) => record.fields.length !== width)) return false;
  const [first = { fields: [] }, ...rest] = records;
  return rest.every((record) => areIds(record.fields)) && (areIds(first.fields) || first.fields.some(isColumnWord));
}

function areIds(fields: readonly string[]): boolean {
  return fields.every((word) => /\d/u.test(word) || word.length === 1);
}

export function isComment(fields: readonly string[]): boolean {
  return /^[#%]/u.test(fields[0] ?? '');
}

/** What a delimiter makes of the sample. One that breaks a limit or a quote is no candidate; the reader itself says so later if it is. */
function sampleRecords(sample: string, delimiter: Delimiter, isCut: boolean): readonly CsvRecord[] {
  const reader = recordReader(delimiter);
  let records: readonly CsvRecord[] = [];
  try {
    records = reader.push(sample);
    return isCut ? records : [...records, ...reader.end()];
  } catch (error) {
    if (!(error instanceof ChirographError)) throw error;
    return records;
  }
}

function isHeader(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  if (first.some(isColumnWord)) return true;
  const fields = first.slice(0, trimmedWidth(first));
  const isDistinct =
    new Set(fields).size === fields.length && fields.every((field) => field !== '' && !NUMBER.test(field));
  const isNumeric = (at: number): boolean => rows.every((row) => NUMBER.test(row[at] ?? ''));
  return isDistinct && rows.length > 0 && fields.some((_, at) => isNumeric(at));
}

function columnsOf(names: readonly string[]): readonly Column[] {
  return edgeColumns(names) ?? nodeColumns(names);
}

/** I9 without a header. */
function guessColumns(names: readonly string[], records: readonly (readonly string[])[]): readonly Column[] {
  const isEdges = names.length > 1 && !looksLikeNodes(records);
  const uses = isEdges ? ['source', 'target'] : names.length === 1 ? ['name'] : ['id', 'name'];
  return names.map((name, at) => column(name, uses[at] ?? 'attribute'));
}

function looksLikeNodes(records: readonly (readonly string[])[]): boolean {
  const ids = new Set(records.map((fields) => fields[0] ?? ''));
  const labels = records.map((fields) => fields[1] ?? '');
  const withLetters = labels.filter((label) => /\p{L}/u.test(label)).length;
  return ids.size === records.length && !labels.some((label) => ids.has(label)) && withLetters * 2 > labels.length;
}

/** Ties go to the wider. */
function mostFrequent(widths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  return [...counts].reduce(
    (best, [width, count]) =>
      count > best.count || (count === best.count && width > best.width) ? { width, count } : best,
    { width: 0, count: 0 },
  ).width;
}
