import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { createDatabase } from '../../src-main/store/database.ts';
import { cpuOf } from '../bench.ts';
import { type Cells, chunksOf, writeCsv } from './write-csv.ts';

/**
 * The same final rows again: tables, indexes and full text of a store, written without records, hashes and heads. What reading them from the
 * store costs is not counted.
 */
/** How the rows are written: one at a time through the library's own idiom, or as the bulk import writes. */
export type Writing = 'usual' | 'bulk';

const ROWS_A_STATEMENT = 32;

const Master = z.object({ type: z.string(), name: z.string(), tbl_name: z.string(), sql: z.string().nullable() });
type Master = z.infer<typeof Master>;

export type Copied = { readonly cpuMs: number; readonly bytes: number };

/** Plain SQLite through the same library, with its usual settings: WAL, FULL, one prepared statement a row, indexes after the rows. */
export function copyPlain(source: Database.Database, path: string, writing: Writing, only?: readonly string[]): Copied {
  removeDatabase(path);
  const target = new Database(path);
  target.pragma(writing === 'bulk' ? 'page_size=16384' : 'page_size=4096');
  for (const setting of ['locking_mode=EXCLUSIVE', 'synchronous=FULL', 'temp_store=MEMORY', 'cache_size=-262144'])
    target.pragma(setting);
  return copy(source, target, path, writing, only);
}

/** The encrypted database as the product makes it. */
export function copyEncrypted(source: Database.Database, path: string): Copied {
  removeDatabase(path);
  return copy(source, createDatabase(path, new Uint8Array(32).fill(9)), path, 'bulk');
}

function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-journal', '-shm']) rmSync(path + end, { force: true });
}

function copy(
  source: Database.Database,
  target: Database.Database,
  path: string,
  writing: Writing,
  only?: readonly string[],
): Copied {
  const { tables, indexes } = schemaOf(source, only);
  let cpuMs = 0;
  const measured = (work: () => void): void => void (cpuMs += cpuOf(work));
  measured(() => {
    target.pragma(`journal_mode=${writing === 'bulk' ? 'DELETE' : 'WAL'}`);
    target.exec('BEGIN IMMEDIATE');
    for (const { sql } of tables) target.exec(sql ?? '');
  });
  for (const { name } of tables) {
    for (const rows of chunksOf(source, `SELECT * FROM ${name}`)) measured(() => insert(target, name, rows, writing));
  }
  measured(() => {
    for (const { sql } of indexes) target.exec(sql ?? '');
    target.exec('COMMIT');
    target.pragma('wal_checkpoint(TRUNCATE)');
  });
  target.close();
  return { cpuMs, bytes: statSync(path).size };
}

/** Tables as they were made, virtual ones included and their shadows left out; indexes that SQL made. */
function schemaOf(
  source: Database.Database,
  only?: readonly string[],
): {
  readonly tables: readonly Master[];
  readonly indexes: readonly Master[];
} {
  const all = z
    .array(Master)
    .parse(
      source
        .prepare(
          "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND sql IS NOT NULL",
        )
        .all(),
    );
  const virtual = all.filter(({ sql }) => sql?.startsWith('CREATE VIRTUAL') === true).map(({ name }) => name);
  const isShadow = ({ tbl_name: table }: Master): boolean => virtual.some((name) => table.startsWith(`${name}_`));
  const kept = all.filter((each) => !isShadow(each) && (only === undefined || only.includes(each.tbl_name)));
  return { tables: kept.filter(({ type }) => type === 'table'), indexes: kept.filter(({ type }) => type === 'index') };
}

function insert(target: Database.Database, table: string, rows: readonly Cells[], writing: Writing): void {
  const width = rows[0]?.length ?? 0;
  const statement = (count: number): Database.Statement =>
    target.prepare(
      `INSERT INTO ${table} VALUES ${Array.from({ length: count }, () => `(${Array.from({ length: width }, () => '?').join()})`).join()}`,
    );
  const one = statement(1);
  if (writing === 'usual') {
    for (const row of rows) one.run(row);
    return;
  }
  const many = statement(ROWS_A_STATEMENT);
  let at = 0;
  for (; at + ROWS_A_STATEMENT <= rows.length; at += ROWS_A_STATEMENT)
    many.run(rows.slice(at, at + ROWS_A_STATEMENT).flat());
  for (; at < rows.length; at += 1) one.run(rows[at] ?? []);
}

/** The `sqlite3` program: `.import` of CSV into the same tables, then the same indexes. Its processor time, in ms; undefined where there is none. */
export async function importWithCli(
  source: Database.Database,
  folder: string,
): Promise<{ cpuMs: number; command: string } | undefined> {
  if (spawnSync('sqlite3', ['--version']).status !== 0) return undefined;
  const { tables, indexes } = schemaOf(source);
  const database = join(folder, 'cli.db');
  removeDatabase(database);
  const script = [
    'PRAGMA journal_mode=WAL;',
    'PRAGMA temp_store=MEMORY;',
    'PRAGMA cache_size=-262144;',
    'BEGIN;',
    ...tables.map(({ sql }) => `${textOnly(sql ?? '')};`),
  ];
  for (const { name } of tables) {
    const file = join(folder, `${name}.csv`);
    if ((await writeCsv(source, `SELECT * FROM ${name}`, file)) > 0) script.push(`.import --csv ${file} ${name}`);
  }
  script.push(...indexes.map(({ sql }) => `${sql ?? ''};`), 'COMMIT;');
  const timed = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time sqlite3 "$0" > /dev/null', database], {
    input: script.join('\n'),
    encoding: 'utf8',
  });
  const times = /([\d.]+) ([\d.]+)\s*$/.exec(timed.stderr);
  for (const { name } of tables) rmSync(join(folder, `${name}.csv`), { force: true });
  removeDatabase(database);
  if (timed.status !== 0 || times === null) throw new Error(`sqlite3: ${timed.stderr.slice(0, 500)}`);
  return {
    cpuMs: (Number(times[1]) + Number(times[2])) * 1000,
    command: "sqlite3 plain.db '.import --csv TABLE.csv TABLE' for every table, then CREATE INDEX",
  };
}

/** CSV has neither blobs nor NULL: columns that take text, and no constraint that would refuse it. */
function textOnly(sql: string): string {
  return sql
    .replaceAll(/\bBLOB\b/g, 'TEXT')
    .replaceAll(/ CHECK \((?:[^()]|\([^()]*\))*\)/g, '')
    .replaceAll(/\bSTRICT,? ?/g, '');
}
