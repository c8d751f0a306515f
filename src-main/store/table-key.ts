import { z } from 'zod';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';

const Name = z.object({ name: z.string() });
const Table = z.object({ wr: z.number() });
const Column = z.object({ name: z.string(), pk: z.number() });

/** All columns of a table; none where there is no such table. */
export function columnsOf(db: ReadDb, table: string): readonly string[] {
  return readAll(db, Name, 'SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name);
}

/** Its indexes of all rows. */
export function indexesOf(db: ReadDb, table: string): readonly string[] {
  return readAll(db, Name, 'SELECT name FROM pragma_index_list(?) WHERE partial = 0', table).map(({ name }) => name);
}

/** The columns by which a table is in order and every row has its own: `rowid`, or the primary key of one without. */
export function keyOf(db: ReadDb, table: string): readonly string[] {
  const [found] = readAll(db, Table, 'SELECT wr FROM pragma_table_list WHERE schema = ? AND name = ?', 'main', table);
  if (found?.wr !== 1) return ['rowid'];
  const columns = readAll(db, Column, 'SELECT name, pk FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', table);
  return columns.map(({ name }) => name);
}
