import { z } from 'zod';
import { readAll, readNumber, run } from './connection.ts';
import type { CountName, ReadDb, WriteDb } from './connection.ts';

/**
 * docs/formats/vault.md V72: how many there are of everything the status line tells. Counting four million rows takes a tenth of a second, so
 * every change adds what it added.
 */
export const COUNTS = 'SELECT name, n FROM counts';

const CountRow = z.object({ name: z.string(), n: z.number() });

/** V72: the counts of the last change. */
export function readCounts(db: ReadDb): { readonly [N in CountName]: number } {
  const held = new Map(readAll(db, CountRow, COUNTS).map(({ name, n }) => [name, n]));
  const of = (name: CountName): number => held.get(name) ?? 0;
  return {
    entities: of('entities'),
    links: of('links'),
    undrawn: of('undrawn'),
    records: of('records'),
    cases: of('cases'),
  };
}

/** Notes that there are so many more (or, negative, fewer); `saveCounts` writes it. */
export function count(tx: WriteDb, name: CountName, more: number): void {
  if (more !== 0) tx.change.counts.set(name, (tx.change.counts.get(name) ?? 0) + more);
}

/** Writes what was noted; the last step of every change. */
export function saveCounts(tx: WriteDb): void {
  for (const [name, more] of tx.change.counts) {
    run(
      tx,
      'INSERT INTO counts (name, n) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n',
      name,
      more,
    );
  }
  tx.change.counts.clear();
}

/** Forgets every count, and counts the records again: before the projection is computed anew. */
export function clearCounts(tx: WriteDb): void {
  run(tx, 'DELETE FROM counts');
  tx.change.counts.clear();
  count(tx, 'records', readNumber(tx, 'SELECT count(*) AS n FROM records'));
}
