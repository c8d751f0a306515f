import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type Database from 'better-sqlite3';
import { quantile } from '../bench.ts';
import { writeCsv } from './write-csv.ts';

/** DuckDB with one thread and an index on every end: the same entities and links, the same questions. It cannot write an encrypted file offline. */

type Connection = {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
};
type Library = {
  DuckDBInstance: {
    create(path: string, options: Readonly<Record<string, string>>): Promise<{ connect(): Promise<Connection> }>;
  };
};

export const DUCKDB_COMMAND =
  '@duckdb/node-api 1.5.6, threads=1: COPY entities, links FROM CSV; CREATE INDEX on id, src, dst; the same question in SQL';

/** Median times in ms of one and two hops from these entities; undefined where the package cannot be installed. */
export async function askDuckdb(
  source: Database.Database,
  folder: string,
  entities: readonly number[],
): Promise<{ readonly oneHop: number; readonly twoHops: number } | undefined> {
  const library = await loadLibrary();
  if (library === undefined) return undefined;
  const file = join(folder, 'duck.db');
  const instance = await library.DuckDBInstance.create(file, { threads: '1' });
  const connection = await instance.connect();
  for (const [table, columns] of TABLES) {
    const csv = join(folder, `duck-${table}.csv`);
    await writeCsv(source, `SELECT ${columns} FROM ${table}`, csv);
    await connection.run(
      `CREATE TABLE ${table} (${columns.replaceAll(/\b(type|label)\b/g, '$1 VARCHAR').replaceAll(/\b(id|src|dst)\b/g, '$1 INTEGER')})`,
    );
    await connection.run(`COPY ${table} FROM '${csv}' (HEADER false)`);
    rmSync(csv);
  }
  for (const index of ['e ON entities (id)', 's ON links (src)', 'd ON links (dst)'])
    await connection.run(`CREATE INDEX ${index}`);
  const times = async (question: (id: number) => string, count: number): Promise<number> => {
    const taken: number[] = [];
    for (const id of entities.slice(0, count)) {
      const begun = performance.now();
      (await connection.runAndReadAll(question(id))).getRows();
      taken.push(performance.now() - begun);
    }
    return quantile(taken, 0.5);
  };
  return { oneHop: await times(oneHop, 60), twoHops: await times(twoHops, 20) };
}

const TABLES = [
  ['entities', 'id, type, label'],
  ['links', 'id, type, src, dst'],
] as const;

function oneHop(id: number): string {
  return `SELECT e.id, e.type, e.label FROM (SELECT dst x FROM links WHERE src = ${id} UNION SELECT src FROM links WHERE dst = ${id}) n JOIN entities e ON e.id = n.x LIMIT 2000`;
}

function twoHops(id: number): string {
  return `WITH h1 AS (SELECT dst x FROM links WHERE src = ${id} UNION SELECT src FROM links WHERE dst = ${id}),
    h2 AS (SELECT l.dst x FROM h1 JOIN links l ON l.src = h1.x UNION SELECT l.src FROM h1 JOIN links l ON l.dst = h1.x)
    SELECT e.id, e.type, e.label FROM h2 JOIN entities e ON e.id = h2.x LIMIT 2000`;
}

async function loadLibrary(): Promise<Library | undefined> {
  const peers = fileURLToPath(new URL('../peers/', import.meta.url));
  const entry = join(peers, 'node_modules/@duckdb/node-api/lib/index.js');
  if (!existsSync(entry)) spawnSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: peers, stdio: 'ignore' });
  if (!existsSync(entry)) return undefined;
  return (await import(pathToFileURL(entry).href)) as Library;
}
