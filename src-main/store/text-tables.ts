import { z } from 'zod';
import { readAll, readOne, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { translated } from './sqlite-errors.ts';

const NameRow = z.object({ name: z.string() });
const TEXT_TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%' ORDER BY name`;

/** The full-text tables, which keep and prove indexes of their own. */
export function textTables(db: ReadDb): readonly string[] {
  return readAll(db, NameRow, TEXT_TABLES).map(({ name }) => name);
}

/** Makes every index anew from its table. O(store); throws `vault.store-damaged` when a table cannot be read. */
export function remakeIndexes(db: ReadDb): void {
  translated(() => {
    db.sqlite.exec('REINDEX');
    for (const name of textTables(db)) db.sqlite.exec(`INSERT INTO ${name} (${name}) VALUES ('rebuild')`);
  });
}

const DefinitionRow = z.object({ sql: z.string() });
const SettingRow = z.object({ k: z.string(), v: z.union([z.number(), z.string()]) });

/** Drops a full-text table and makes it again, empty, with its settings: deleting its rows would undo every entry of its index one by one. */
export function renewTextTable(tx: WriteDb, name: string): void {
  const definition = readOne(tx, DefinitionRow, 'SELECT sql FROM sqlite_schema WHERE name = ?', name);
  const settings = readAll(tx, SettingRow, `SELECT k, v FROM ${name}_config WHERE k <> 'version'`);
  if (definition === undefined) return;
  tx.sqlite.exec(`DROP TABLE ${name}; ${definition.sql}`);
  for (const { k, v } of settings) {
    // numbers are bound as real numbers, which the table does not take
    const value = typeof v === 'number' ? 'CAST(? AS INTEGER)' : '?';
    run(tx, `INSERT INTO ${name} (${name}, rank) VALUES (?, ${value})`, k, v);
  }
}
