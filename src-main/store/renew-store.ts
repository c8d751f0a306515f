import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { failure } from '../../src-shared/errors.ts';
import { verifyAudit } from './audit.ts';
import { asReadDb } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { contentInSteps, recordsDigest } from './content-in-steps.ts';
import { contentV1 } from './content-v1.ts';
import { copyRows, countRows } from './copy-rows.ts';
import type { Progress } from './copy-rows.ts';
import { openDatabase } from './database.ts';
import { readHead } from './head-row.ts';
import { isOutdated, migrate, schemaVersion } from './migrate.ts';
import { requireWhole } from './prove-in-steps.ts';
import { rebuildInSteps } from './rebuild.ts';
import { requireRoom, sizeOnDisk } from './room.ts';
import type { FreeSpace } from './room.ts';
import { compareWithSidecar, writeSidecar } from './sidecar.ts';
import { onDisk, translated } from './sqlite-errors.ts';
import { closeStore, openStore, write } from './store.ts';
import type { Store, StoreKeys, StorePlace } from './store.ts';
import type { AuditNote } from './types.ts';

/** A store that is written anew beside the old one: by a program with a newer schema, or under a new key (docs/formats/vault.md, V130–V134). */
export type Renewal = {
  /** The open database, in whose file nothing is changed. Nobody else may write to it meanwhile. */
  readonly source: Database.Database;
  readonly from: StorePlace;
  readonly headKey: Uint8Array;
  /** Where nothing is yet. */
  readonly to: StorePlace;
  readonly keys: StoreKeys;
  /** The entry that says in the new store what was done. */
  readonly note: AuditNote<void>;
  readonly progress: Progress;
  /** V54: the store need not fit its head. */
  readonly isAccepted?: boolean;
  readonly free?: FreeSpace;
  /** Further changes in the transaction of the entry. */
  readonly finish?: (store: Store) => void;
};

/** Free pages above this share of the file are left behind by one more copy. */
const MOST_FREE_PAGES = 0.2;
/** The copy, what a migration writes twice, and the log. */
const ROOM_NEEDED = 2.5;

/**
 * Copies, proves the copy by the old head, brings it up to date, computes the projection again and proves the result. Throws `vault.no-room`,
 * `vault.rolled-back` when the old store is not what its head says, and what `progress` throws; the caller removes what was made.
 */
export async function renewStore(renewal: Renewal): Promise<void> {
  const { source, from, to, headKey, keys, progress } = renewal;
  requireRoom(dirname(to.database), sizeOnDisk(from.database) * ROOM_NEEDED, renewal.free);
  const isProved = renewal.isAccepted !== true;
  if (isProved) compareWithSidecar({ path: from.sidecar, vault: from.vault, key: headKey }, readHead(readerOf(source)));
  await copyRows(source, { path: to.database, key: keys.store }, progress);
  await progress('checking', 0, 1);
  await using(to.database, keys, async (sqlite) => {
    requireSame(source, sqlite);
    const checking = (): Promise<void> => progress('checking', 1, 2);
    if (isProved) await requireContent(readerOf(sqlite), headKey, checking);
    if (isOutdated(sqlite)) await bringUpToDate(sqlite, progress);
  });
  await compact(to.database, keys, progress);
  await finish(renewal);
}

async function using(
  path: string,
  keys: StoreKeys,
  work: (sqlite: Database.Database) => void | Promise<void>,
): Promise<void> {
  const sqlite = openDatabase(path, keys.store);
  try {
    await work(sqlite);
  } finally {
    sqlite.close();
  }
}

function requireSame(source: Database.Database, copy: Database.Database): void {
  const copied = countRows(copy);
  for (const [table, rows] of countRows(source)) {
    if (copied.get(table) !== rows) throw new Error(`the copy of ${table} is not whole`);
  }
}

/** V131: the rows that arrived are those that the old head counts, by the rule of their schema; the audit log is whole. */
async function requireContent(db: ReadDb, headKey: Uint8Array, pause: () => Promise<void>): Promise<void> {
  const { content, sequence } = readHead(db);
  const rule = schemaVersion(db.sqlite) === 1 ? contentV1 : contentInSteps;
  const found = await rule(db, headKey, pause);
  if (found !== content || !verifyAudit(db).ok)
    throw failure('vault.rolled-back', { found: sequence, expected: sequence, what: 'page' });
}

/** V132: a migration may change tables, never a record. */
async function bringUpToDate(sqlite: Database.Database, progress: Progress): Promise<void> {
  const updating = (): Promise<void> => progress('updating', 1, 2);
  await progress('updating', 0, 2);
  const before = await recordsDigest(readerOf(sqlite), updating);
  translated(() => migrate(sqlite));
  const after = await recordsDigest(readerOf(sqlite), updating);
  if (before !== after) throw new Error('a migration changed records');
}

/** A migration that wrote tables anew leaves their old pages free; `VACUUM` would need the whole file in memory. */
async function compact(path: string, keys: StoreKeys, progress: Progress): Promise<void> {
  const compacted = `${path}.compact`;
  let isNeeded = false;
  await using(path, keys, async (sqlite) => {
    const [free, pages] = ['freelist_count', 'page_count'].map((name) => Number(sqlite.pragma(name, { simple: true })));
    isNeeded = (free ?? 0) > (pages ?? 0) * MOST_FREE_PAGES;
    if (isNeeded) await copyRows(sqlite, { path: compacted, key: keys.store }, progress);
  });
  if (isNeeded) onDisk('writing', () => renameSync(compacted, path));
}

/** V133: the head by today's rule and under the new key, the entry, the projection; then everything is proved once more. */
async function finish({ to, keys, note, progress, finish: more }: Renewal): Promise<void> {
  await using(to.database, keys, (sqlite) => renewHead(sqlite, to, keys.head, () => progress('defining', 1, 1)));
  const store = openStore(to, { store: keys.store, head: keys.head.slice() });
  try {
    write(store, note, () => undefined);
    await rebuildInSteps(store, { ...note, action: 'store.rebuilt', details: {} }, progress);
    more?.(store);
    await requireWhole(store, 'V133', progress);
  } finally {
    closeStore(store);
  }
}

async function renewHead(
  sqlite: Database.Database,
  { sidecar, vault }: StorePlace,
  key: Uint8Array,
  pause: () => Promise<void>,
): Promise<void> {
  const db = readerOf(sqlite);
  const content = await contentInSteps(db, key, pause);
  translated(() => sqlite.prepare('UPDATE head SET content = ?').run(content));
  writeSidecar({ path: sidecar, vault, key }, readHead(db));
}

function readerOf(sqlite: Database.Database): ReadDb {
  return asReadDb({ sqlite, statements: new Map() });
}
