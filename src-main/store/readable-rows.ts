import { Cells } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { isDamage } from './prove.ts';
import { indexesOf, keyOf } from './table-key.ts';

/** How many rows of a table could be read, and how many cannot; `lost` is what is known to be there and cannot be read. */
export type Reading = { readonly table: string; rows: number; lost: number };
export type CellRow = { readonly [column: string]: SqlValue };

const ROWS_A_STEP = 128;
/** Row numbers tried one by one behind the last known row, where nothing says that there are no more. */
const TRIED_BEYOND = 65_536;

/**
 * V97: every row of a table that stands on whole pages, in the order of its key. Pages are only checked when they are read, so a damaged one costs the rows
 * on it and no other: where a slice cannot be read its rows are tried one by one. A table without row numbers is read from both ends.
 */
export function* readableRows(db: ReadDb, table: string, columns: readonly string[]): Generator<CellRow, Reading> {
  const reading: Reading = { table, rows: 0, lost: 0 };
  const rows = keyOf(db, table)[0] === 'rowid' ? numberedRows(db, reading, columns) : keyedRows(db, reading, columns);
  for (const row of rows) {
    reading.rows += 1;
    yield row;
  }
  return reading;
}

function* numberedRows(db: ReadDb, reading: Reading, columns: readonly string[]): Generator<CellRow> {
  const { table } = reading;
  // >= and not >: the row before may be the last one of a damaged page, which would be read to find what follows
  const from = (limit: number): string =>
    `SELECT rowid AS row_number, ${columns.join(', ')} FROM ${table} NOT INDEXED WHERE rowid >= ? ORDER BY rowid LIMIT ${limit}`;
  const highest = highestRow(db, table);
  let next = 0;
  let failed = 0;
  for (;;) {
    const rows = tried(db, from(ROWS_A_STEP), next) ?? tried(db, from(1), next);
    if (rows === undefined) {
      next += 1;
      failed += 1;
      if (highest !== undefined ? next > highest : failed > TRIED_BEYOND) break;
      continue;
    }
    const last = rows.at(-1)?.['row_number'];
    if (last === undefined) break;
    if (failed > 0) reading.lost += Math.max(1, Number(rows[0]?.['row_number']) - next + failed);
    failed = 0;
    next = Number(last) + 1;
    for (const { row_number: _, ...row } of rows) yield row;
  }
  if (failed > 0) reading.lost += highest === undefined ? 1 : failed;
}

function* keyedRows(db: ReadDb, reading: Reading, columns: readonly string[]): Generator<CellRow> {
  const key = keyOf(db, reading.table);
  const order = (direction: 'ASC' | 'DESC'): string => key.map((column) => `${column} ${direction}`).join(', ');
  const select = `SELECT ${[...new Set([...columns, ...key])].join(', ')} FROM ${reading.table}`;
  let end: string | undefined;
  for (const [direction, compare] of [
    ['ASC', '>'],
    ['DESC', '<'],
  ] as const) {
    let last: readonly SqlValue[] | undefined;
    for (;;) {
      const where = last === undefined ? '' : `WHERE (${key.join(', ')}) ${compare} (${key.map(() => '?').join(', ')})`;
      const sql = (limit: number): string => `${select} ${where} ORDER BY ${order(direction)} LIMIT ${limit}`;
      const rows = tried(db, sql(ROWS_A_STEP), ...(last ?? [])) ?? tried(db, sql(1), ...(last ?? []));
      if (rows === undefined) break;
      for (const row of rows) {
        last = key.map((column) => row[column] ?? null);
        if (direction === 'DESC' && nameOf(last) === end) return;
        yield row;
      }
      if (rows.length === 0) return;
    }
    if (direction === 'ASC') reading.lost += 1;
    end = last === undefined ? undefined : nameOf(last);
  }
}

function tried(db: ReadDb, sql: string, ...values: readonly SqlValue[]): readonly CellRow[] | undefined {
  try {
    return readAll(db, Cells, sql, ...values);
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

/** By the table itself, or by any of its indexes where its last page cannot be read; undefined where neither can. */
function highestRow(db: ReadDb, table: string): number | undefined {
  const sources = ['NOT INDEXED', ...indexesOf(db, table).map((name) => `INDEXED BY ${name}`)];
  for (const source of sources) {
    const found = tried(db, `SELECT coalesce(max(rowid + 0), -1) AS n FROM ${table} ${source}`)?.[0]?.['n'];
    if (typeof found === 'number') return found;
  }
  return undefined;
}

function nameOf(key: readonly SqlValue[]): string {
  return JSON.stringify(key.map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value)));
}
