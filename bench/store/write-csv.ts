import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type Database from 'better-sqlite3';
import { z } from 'zod';

export type Cells = readonly unknown[];

const CHUNK = 20_000;

/** The rows of a query in arrays, so many at a time that memory stays bounded. */
export function* chunksOf(source: Database.Database, sql: string): Generator<Cells[]> {
  let rows: Cells[] = [];
  for (const row of source.prepare(sql).raw().iterate()) {
    rows.push(z.array(z.unknown()).parse(row));
    if (rows.length < CHUNK) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** Writes the rows of a query, blobs as hex because CSV has none; answers how many. */
export async function writeCsv(source: Database.Database, sql: string, path: string): Promise<number> {
  const out = createWriteStream(path);
  let count = 0;
  for (const rows of chunksOf(source, sql)) {
    count += rows.length;
    if (!out.write(rows.map(csvLine).join(''))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return count;
}

function csvLine(row: Cells): string {
  return `${row.map(csvCell).join(',')}\n`;
}

function csvCell(value: unknown): string {
  if (value === null) return '';
  const text = Buffer.isBuffer(value) ? value.toString('hex') : String(z.union([z.string(), z.number()]).parse(value));
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
