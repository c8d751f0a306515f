import { z } from 'zod';
import { run, readAll, readColumn } from './connection.ts';
import type { Deferred, WriteDb } from './connection.ts';
import { newHeldIds } from './held-ids.ts';
import type { HeldIds } from './held-ids.ts';
import { buildKeys, clearKeys } from './save-texts.ts';

/**
 * docs/formats/vault.md V73: an index whose keys come in no order is twice as fast to sort once as to fill entry by entry (docs/decisions/0020-bulk-changes.md), so a large
 * change drops these first and makes them again at its end, in the same transaction.
 */
export type PutOff = { readonly indexes: readonly { readonly name: string; readonly sql: string }[] };

const OF_PROJECTION = ['entities_by_type', 'links_out', 'links_in'];
const OF_RECORDS = ['records_by_id'];

const IndexRow = z.object({ name: z.string(), sql: z.string() });
const INDEXES = `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name IN (SELECT value FROM json_each(?)) ORDER BY rowid`;

/** Drops them and clears the search keys; with `all` also the index of record ids, which is then answered from memory. */
export function putOffIndexes(tx: WriteDb, deferred: Deferred, which: 'all' | 'projection'): PutOff {
  if (which === 'all') deferred.heldIds = rememberedIds(tx);
  const names = which === 'all' ? [...OF_RECORDS, ...OF_PROJECTION] : OF_PROJECTION;
  const indexes = readAll(tx, IndexRow, INDEXES, JSON.stringify(names));
  for (const { name } of indexes) run(tx, `DROP INDEX ${name}`);
  clearKeys(tx);
  return { indexes };
}

/** Makes them again, one a step; tells how far it is. Each is one call into SQLite, which nothing can interrupt. */
export function* makeIndexes(tx: WriteDb, { indexes }: PutOff): Generator<readonly [done: number, total: number]> {
  const total = indexes.length + 1;
  const restoreCache = shrinkCache(tx);
  try {
    for (const [done, { sql }] of indexes.entries()) {
      yield [done, total];
      run(tx, sql);
    }
    yield [indexes.length, total];
    buildKeys(tx);
  } finally {
    restoreCache();
  }
}

/** Sorting happens in memory (temp_store) and reads each page once, so the pages' memory is lent to it: a million entities then stay below 1 GiB. */
const CACHE_WHILE_SORTING = -32_768;

function shrinkCache({ sqlite }: WriteDb): () => void {
  const usual = z.number().parse(sqlite.pragma('cache_size', { simple: true }));
  sqlite.pragma(`cache_size=${CACHE_WHILE_SORTING}`);
  sqlite.pragma('shrink_memory');
  return () => void (sqlite.open && sqlite.pragma(`cache_size=${usual}`));
}

const HELD_AFTER = 'SELECT rid, id FROM records WHERE rid > ? ORDER BY rid LIMIT 4096';
const HeldRow = z.object({ rid: z.number(), id: z.instanceof(Uint8Array) });

function rememberedIds(tx: WriteDb): HeldIds {
  const heldIds = newHeldIds((rid, id) => {
    const [held] = readColumn(tx, 'SELECT id FROM records WHERE rid = ?', rid);
    return held instanceof Uint8Array && Buffer.from(held).equals(id);
  });
  for (let last = 0, isMore = true; isMore;) {
    const rows = readAll(tx, HeldRow, HELD_AFTER, last);
    for (const { rid, id } of rows) heldIds.add(id, rid);
    last = rows.at(-1)?.rid ?? last;
    isMore = rows.length > 0;
  }
  return heldIds;
}
