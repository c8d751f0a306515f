import { z } from 'zod';
import { Cells } from './columns.ts';
import { readAll, readNumber } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import type { Finding, ProofStep } from './proof.ts';
import { keyOf } from './table-key.ts';

/** An index of a table: every row that `where` takes has exactly one entry in it. */
type Index = { readonly name: string; readonly columns: readonly string[]; readonly where: string };

const ROWS_A_STEP = 256;

/**
 * V92: every row of a table is found by each of its indexes, and no index has more entries than the table has rows. That is what `integrity_check`
 * says of indexes, but in small steps. `rows` is the number of rows where the caller knows it exactly at every moment.
 */
export function* proveIndexes(
  db: ReadDb,
  table: string,
  rows?: () => number,
): Generator<ProofStep, readonly Finding[], undefined> {
  const indexes = indexesOf(db, table);
  if (indexes.length === 0) return [];
  const missing = new Map<string, number>();
  let passed = 0;
  for (const { from, to, count } of rangesOf(db, table)) {
    for (const index of indexes) {
      const found = readNumber(db, rowsWithoutEntry(db, table, index, from !== undefined), ...(from ?? []), ...to);
      if (found > 0) missing.set(index.name, (missing.get(index.name) ?? 0) + found);
    }
    passed += count;
    yield { stage: 'indexes', rows: passed };
  }
  for (const index of indexes) {
    const surplus = entriesOf(db, table, index) - rowsFor(db, table, index, rows);
    if (surplus !== 0 && !missing.has(index.name)) missing.set(index.name, Math.abs(surplus));
    yield { stage: 'indexes', rows: passed };
  }
  return [...missing].map(([where, count]) => ({ what: 'index', where, count }));
}

/** Tables with indexes to prove: all but those of the full text, which proves itself. */
export function indexedTables(db: ReadDb): readonly string[] {
  return readAll(db, NameRow, INDEXED_TABLES).map(({ name }) => name);
}

const NameRow = z.object({ name: z.string() });
const INDEXED_TABLES = `SELECT DISTINCT t.name FROM pragma_table_list t
  WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
    AND EXISTS (SELECT 1 FROM pragma_index_list(t.name) i WHERE i.origin <> 'pk' OR t.wr = 0) ORDER BY t.name`;
const IndexRow = z.object({ name: z.string(), sql: z.string().nullable() });
const ColumnRow = z.object({ name: z.string().nullable() });

function indexesOf(db: ReadDb, table: string): readonly Index[] {
  const isKey = keyOf(db, table)[0] !== 'rowid';
  const sql = `SELECT i.name, s.sql FROM pragma_index_list(?) i LEFT JOIN sqlite_schema s ON s.name = i.name
    WHERE i.origin <> 'pk' OR ? = 0`;
  return readAll(db, IndexRow, sql, table, isKey ? 1 : 0).flatMap((row) => {
    const columns = readAll(db, ColumnRow, 'SELECT name FROM pragma_index_xinfo(?) WHERE key = 1', row.name);
    const names = columns.flatMap(({ name }) => name ?? []);
    const where = /\bWHERE\b([\s\S]*)$/i.exec(row.sql ?? '')?.[1] ?? '1';
    return names.length === columns.length ? [{ name: row.name, columns: names, where }] : [];
  });
}

type Range = {
  readonly from: readonly SqlValue[] | undefined;
  readonly to: readonly SqlValue[];
  readonly count: number;
};

/** Slices of a table in the order of its key, as pairs of keys: after `from`, up to `to`. */
function* rangesOf(db: ReadDb, table: string): Generator<Range> {
  const key = keyOf(db, table);
  const keys = key.map((column, i) => `${column} AS key_${i}`).join(', ');
  let from: readonly SqlValue[] | undefined;
  for (;;) {
    const where = from === undefined ? '' : `WHERE ${after(key)}`;
    const sql = `SELECT ${keys} FROM ${table} NOT INDEXED ${where} ORDER BY ${key.join(', ')} LIMIT ${ROWS_A_STEP}`;
    const rows = readAll(db, Cells, sql, ...(from ?? []));
    const last = rows.at(-1);
    if (last === undefined) return;
    const to = key.map((_, i) => last[`key_${i}`] ?? null);
    yield { from, to, count: rows.length };
    from = to;
  }
}

function rowsWithoutEntry(db: ReadDb, table: string, { name, columns, where }: Index, hasFrom: boolean): string {
  const key = keyOf(db, table);
  const same = [...columns, ...key].map((column) => `i.${column} IS t.${column}`).join(' AND ');
  return `SELECT count(*) AS n FROM ${table} t NOT INDEXED WHERE ${hasFrom ? after(key, 't.') : '1'}
    AND (${key.map((column) => `t.${column}`).join(', ')}) <= (${key.map(() => '?').join(', ')}) AND (${where})
    AND NOT EXISTS (SELECT 1 FROM ${table} i INDEXED BY ${name} WHERE ${same} AND (${where}))`;
}

function entriesOf(db: ReadDb, table: string, { name, where }: Index): number {
  return readNumber(db, `SELECT count(*) AS n FROM ${table} INDEXED BY ${name} WHERE ${where}`);
}

function rowsFor(db: ReadDb, table: string, { where }: Index, rows: (() => number) | undefined): number {
  if (where === '1' && rows !== undefined) return rows();
  return readNumber(db, `SELECT count(*) AS n FROM ${table} NOT INDEXED WHERE ${where}`);
}

function after(key: readonly string[], prefix = ''): string {
  return `(${key.map((column) => prefix + column).join(', ')}) > (${key.map(() => '?').join(', ')})`;
}
