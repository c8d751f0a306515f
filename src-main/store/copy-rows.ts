import type Database from 'better-sqlite3';
import { z } from 'zod';
import { asReadDb } from './connection.ts';
import { createDatabase, openDatabase } from './database.ts';
import { translated } from './sqlite-errors.ts';
import { keyOf } from './table-key.ts';

/** A new database file with its own key and page size, filled from an open one: how a vault is renewed (docs/formats/vault.md, V131). */

/** Told between slices of long work; other calls get through while it is awaited, and what it throws ends the work. `total` 0: not known. */
export type Progress = (stage: string, done: number, total: number) => Promise<void>;

export type CopyTarget = { readonly path: string; readonly key: Uint8Array };

/** Computed again after the copy, in every version of the schema: only their definitions are copied. */
const PROJECTED: ReadonlySet<string> = new Set([
  'entities',
  'links',
  'cases',
  'case_members',
  'case_statements',
  'chart_positions',
  'entity_keys',
]);
const ROWS_A_SLICE = 2_000;

type Table = { readonly name: string; readonly sql: string; readonly key: readonly string[] };

/**
 * Makes the target with the definitions of `source` and copies the rows of every table that is not projection, in slices. The source is only
 * read; nothing else may write to it meanwhile. Throws what `progress` throws, `vault.disk-full`, and `vault.store-damaged` for what cannot be read.
 */
export async function copyRows(source: Database.Database, target: CopyTarget, progress: Progress): Promise<void> {
  const tables = tablesOf(source);
  const definitions = definitionsOf(source);
  translated(() => define(source, target, definitions));
  attach(source, target);
  try {
    await pump(source, tables, progress);
  } finally {
    if (source.open) detach(source);
  }
  await progress('defining', 0, 1);
  translated(() => index(target, definitions));
}

/** Rows of each table that was copied, to be compared: what the head's content does not cover is at least as many. */
export function countRows(sqlite: Database.Database): ReadonlyMap<string, number> {
  return new Map(tablesOf(sqlite).map(({ name }) => [name, countOf(sqlite, name)]));
}

type Definition = { readonly type: string; readonly name: string; readonly sql: string; readonly isShadow: boolean };

const DefinitionRow = z.object({ type: z.string(), name: z.string(), sql: z.string(), shadow: z.number() });

function definitionsOf(source: Database.Database): Definition[] {
  const sql = `SELECT s.type, s.name, s.sql, EXISTS (SELECT 1 FROM pragma_table_list t WHERE t.schema = 'main' AND t.name = s.name AND t.type = 'shadow') AS shadow
    FROM sqlite_schema s WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid`;
  return rowsOf(source, DefinitionRow, sql).map(({ shadow, ...row }) => ({ ...row, isShadow: shadow === 1 }));
}

function isVirtual({ sql }: Definition): boolean {
  return /^CREATE VIRTUAL TABLE/i.test(sql);
}

function tablesOf(source: Database.Database): Table[] {
  const db = asReadDb({ sqlite: source, statements: new Map() });
  return definitionsOf(source)
    .filter((each) => each.type === 'table' && !each.isShadow && !isVirtual(each) && !PROJECTED.has(each.name))
    .map(({ name, sql }) => ({ name, sql, key: keyOf(db, name) }));
}

const SettingRow = z.object({ k: z.string(), v: z.union([z.number(), z.string()]) });

/** Tables only; indexes and triggers come when the rows are in. Settings of a full-text table are rows of its own, so they are set again. */
function define(source: Database.Database, { path, key }: CopyTarget, definitions: readonly Definition[]): void {
  const sqlite = createDatabase(path, key);
  try {
    for (const each of definitions) {
      if (each.type !== 'table' || each.isShadow) continue;
      sqlite.exec(each.sql);
      if (!isVirtual(each)) continue;
      const settings = rowsOf(source, SettingRow, `SELECT k, v FROM ${each.name}_config WHERE k <> 'version'`);
      for (const { k, v } of settings) {
        sqlite
          .prepare(`INSERT INTO ${each.name} (${each.name}, rank) VALUES (?, ?)`)
          .run(k, typeof v === 'number' ? BigInt(v) : v);
      }
    }
    sqlite.pragma(`user_version=${String(source.pragma('user_version', { simple: true }))}`);
  } finally {
    sqlite.close();
  }
}

function index({ path, key }: CopyTarget, definitions: readonly Definition[]): void {
  const sqlite = openDatabase(path, key);
  try {
    for (const { type, sql } of definitions) if (type !== 'table') sqlite.exec(sql);
  } finally {
    sqlite.close();
  }
}

/** The key is bound as bytes (V20). The target is thrown away when anything goes wrong, so it needs no journal on disk and no sync of its own. */
function attach(source: Database.Database, { path, key }: CopyTarget): void {
  const raw = Buffer.concat([Buffer.from('raw:', 'latin1'), key]);
  translated(() => {
    source.prepare('ATTACH ? AS fresh KEY ?').run(path, raw);
    raw.fill(0);
    source.pragma('fresh.journal_mode=MEMORY');
    source.pragma('fresh.synchronous=OFF');
    source.pragma('foreign_keys=OFF');
  });
}

function detach(source: Database.Database): void {
  translated(() => {
    source.exec('DETACH fresh');
    source.pragma('foreign_keys=ON');
  });
}

async function pump(source: Database.Database, tables: readonly Table[], progress: Progress): Promise<void> {
  const total = tables.reduce((sum, { name }) => sum + countOf(source, name), 0);
  let done = 0;
  for (const table of tables) {
    let after: readonly unknown[] | undefined;
    do {
      await progress('copying', done, total);
      const slice = translated(() => copySlice(source, table, after));
      done += slice.copied;
      after = slice.last;
    } while (after !== undefined);
  }
}

type Slice = { readonly copied: number; readonly last: readonly unknown[] | undefined };

/** Copies the next rows by key; `last` is the key of the last one, undefined when there are no more. */
function copySlice(source: Database.Database, { name, key }: Table, after: readonly unknown[] | undefined): Slice {
  const columns = key.join(', ');
  const marks = key.map(() => '?').join(', ');
  const from = after === undefined ? '' : `(${columns}) > (${marks})`;
  const start = after ?? [];
  const last: unknown = source
    .prepare(
      `SELECT ${columns} FROM main.${name} ${where(from)} ORDER BY ${columns} LIMIT 1 OFFSET ${ROWS_A_SLICE - 1}`,
    )
    .raw()
    .get(...start);
  const end = Array.isArray(last) ? last : undefined;
  const until = end === undefined ? '' : `(${columns}) <= (${marks})`;
  const { changes } = source
    .prepare(`INSERT INTO fresh.${name} SELECT * FROM main.${name} ${where(from, until)} ORDER BY ${columns}`)
    .run(...start, ...(end ?? []));
  return { copied: changes, last: end };
}

function where(...conditions: readonly string[]): string {
  const given = conditions.filter((each) => each !== '');
  return given.length === 0 ? '' : `WHERE ${given.join(' AND ')}`;
}

const CountRow = z.object({ n: z.number() });

function countOf(sqlite: Database.Database, table: string): number {
  return rowsOf(sqlite, CountRow, `SELECT count(*) AS n FROM ${table}`)[0]?.n ?? 0;
}

function rowsOf<S extends z.ZodType>(sqlite: Database.Database, row: S, sql: string): z.output<S>[] {
  return translated(() => sqlite.prepare(sql).all()).map((each) => row.parse(each));
}
