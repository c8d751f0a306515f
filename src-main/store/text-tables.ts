import { z } from 'zod';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
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
