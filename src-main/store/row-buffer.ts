import { runRows } from './connection.ts';
import type { SqlValue, WriteDb } from './connection.ts';

/** Rows on their way into a table, many a statement: a fifth less than one by one. */
export type RowBuffer = { readonly one: string; readonly many: string; values: SqlValue[]; rows: number };

const ROWS_AT_ONCE = 32;

/** `row` is what one row's values look like, `?` for each: `(?, CAST(? AS TEXT))`. */
export function newRowBuffer(table: string, columns: readonly string[], row: string): RowBuffer {
  const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES`;
  const rows = Array.from({ length: ROWS_AT_ONCE }, () => row).join(', ');
  return { one: `${into} ${row}`, many: `${into} ${rows}`, values: [], rows: 0 };
}

/** Writes when so many have come that one statement takes them all. */
export function addRow(tx: WriteDb, buffer: RowBuffer, values: readonly SqlValue[]): void {
  for (const value of values) buffer.values.push(value);
  buffer.rows += 1;
  if (buffer.rows < ROWS_AT_ONCE) return;
  runRows(tx, buffer.many, buffer.values);
  buffer.values = [];
  buffer.rows = 0;
}

/** Writes what is still on its way. */
export function flushRows(tx: WriteDb, buffer: RowBuffer): void {
  const width = buffer.values.length / Math.max(1, buffer.rows);
  for (let row = 0; row < buffer.rows; row += 1)
    runRows(tx, buffer.one, buffer.values.slice(row * width, (row + 1) * width));
  buffer.values = [];
  buffer.rows = 0;
}
