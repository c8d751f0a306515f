import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import { appendAudit, continueLog, endsAsAnchored, lastEntry, lastEntryAt } from './audit.ts';
import type { LoggedEntry } from './audit.ts';
import { settleJournal } from './bulk-journal.ts';
import { commit, rollBack } from './commit.ts';
import { asReadDb, asWriteDb, readEach, readNumber } from './connection.ts';
import type { Change, Deferred, ReadDb, WriteDb } from './connection.ts';
import { saveCounts } from './counts.ts';
import { createDatabase, memoryDatabase, openDatabase } from './database.ts';
import { addElement, contentWith, EMPTY_HEAD, headHash, newContentSum, recordElement, ZERO_HASH } from './head.ts';
import { readHead, saveHead } from './head-row.ts';
import { migrate, olderSchema, requireSchema } from './migrate.ts';
import type { OlderSchema } from './migrate.ts';
import { compareWithSidecar, markClosed, writeSidecar } from './sidecar.ts';
import type { SidecarPlace } from './sidecar.ts';
import { remakeIndexes } from './text-tables.ts';
import { translated } from './sqlite-errors.ts';
import { addTruth } from './truth.ts';
import type { AuditNote, Head } from './types.ts';

/** An open store. It is a `ReadDb`: every query takes it. Close it with `closeStore`. */
export type Store = ReadDb & {
  readonly headKey: Uint8Array;
  readonly sidecar: SidecarPlace | undefined;
  /** V25: a commit whose sidecar could not be written yet. */
  readonly sidecarDebt: { isOwed: boolean };
  /** V100: something was erased, and the write-ahead log could not be emptied yet. */
  readonly logDebt: { isOwed: boolean };
  /** V97: opened for reading although something is wrong with it; every change is refused. */
  readonly isReadOnly: boolean;
  /** W13: opened for reading before it was brought up to date; only what salvage reads is as this program knows it. */
  readonly older: OlderSchema | undefined;
};

export type StoreKeys = { readonly store: Uint8Array; readonly head: Uint8Array };
export type StorePlace = { readonly database: string; readonly sidecar: string; readonly vault: string };

/** V55: up to this many records the whole content is proved at every open. */
const PROVED_AT_OPEN = 50_000;

/** Makes a new, empty store with its first audit entry; behind the entries of a log that it goes on with, where there is one. */
export function createStore(
  place: StorePlace,
  keys: StoreKeys,
  note: AuditNote<void>,
  log: readonly LoggedEntry[] = [],
): Store {
  const store = storeOf(createDatabase(place.database, keys.store), keys.head, place);
  begin(store, note, log);
  return store;
}

/** Opens a store: schema (V23), freshness (V53) and, up to a size, content (V55). Throws what `openDatabase` throws, and these. */
export function openStore(place: StorePlace, keys: StoreKeys): Store {
  return openWith(place, keys, (store) => {
    compareWithSidecar(sidecarOf(store), readHead(store), lastEntryAt(store));
    if (readNumber(store, 'SELECT coalesce(max(rid), 0) AS n FROM records') <= PROVED_AT_OPEN) requireHead(store);
  });
}

/**
 * V54: opens a store that is not what its head or its sidecar says, because a person decided to go on from what is there. Indexes
 * that differ from their tables are made again. Throws `vault.store-damaged` when some of it cannot be read.
 */
export function acceptHead(place: StorePlace, keys: StoreKeys, note: AuditNote<void>): Store {
  return openWith(place, keys, (store) => {
    if (!hasWholeIndexes(store)) remakeIndexes(store);
    translated(() => store.sqlite.transaction(() => headFromRows(store)).immediate());
    write(store, note, () => undefined);
  });
}

/** V97: opens a store for reading, whatever is wrong with it, because a person decided to. Nothing in it can be changed; an older one is salvaged. */
export function openForReading(place: StorePlace, keys: StoreKeys): Store {
  const store = storeOf(openDatabase(place.database, keys.store), keys.head, place);
  try {
    return { ...store, isReadOnly: true, older: translated(() => olderSchema(store.sqlite)) };
  } catch (error) {
    store.sqlite.close();
    throw error;
  }
}

/** A store without file, key and sidecar, for tests of queries and projection. */
export function memoryStore(note: AuditNote<void>): Store {
  const store = storeOf(memoryDatabase(), randomBytes(32), undefined);
  begin(store, note);
  return store;
}

/**
 * The only way to change a store (V25): one transaction with the work, its audit entry and the new head; then the sidecar. `work` is
 * synchronous; what it throws undoes everything. Throws `vault.busy`, `vault.disk-full`, `vault.read-only`, `vault.store-damaged`,
 * `vault.outcome-unknown` (V109).
 */
export function write<T>(store: Store, note: AuditNote<T>, work: (tx: WriteDb) => T): T {
  const tx = beginChange(store);
  const { result, head } = translated(() => {
    try {
      store.sqlite.exec('BEGIN IMMEDIATE');
      const result = work(tx);
      const head = endChange(tx, note, result);
      commit(store, head);
      return { result, head };
    } catch (error) {
      rollBack(store);
      throw error;
    }
  });
  saveSidecar(store, head);
  if (tx.change.hasErased) emptyLog(store);
  return result;
}

/** Throws `vault.busy` while a bulk change is under way. */
export function requireFree({ sqlite }: Pick<Store, 'sqlite'>): void {
  if (sqlite.inTransaction) throw failure('vault.busy', {});
}

/** What a change begins with, in one transaction or in bulk: an owed sidecar is paid first. */
export function beginChange(store: Store, deferred?: Deferred): WriteDb {
  if (store.isReadOnly) throw failure('vault.opened-for-reading', {});
  requireFree(store);
  if (store.sidecarDebt.isOwed) payDebt(store);
  if (store.logDebt.isOwed) payLogDebt(store);
  return asWriteDb(store, newChange(store.headKey, deferred));
}

/** What a change ends with, inside its transaction: the audit entry and the head. The sidecar follows after the commit. */
export function endChange<T>(tx: WriteDb, note: AuditNote<T>, result: T): Head {
  saveCounts(tx);
  const head = nextHead(tx, note, result);
  saveHead(tx, head);
  return head;
}

/** V55: recomputes the head's content from every row, and compares tables with their indexes. Cost: a few seconds a million records. */
export function verifyHead(store: Store): { readonly ok: boolean; readonly sequence: number } {
  return { ok: hasWholeIndexes(store) && hasItsContent(store), sequence: readHead(store).sequence };
}

/** Closes the database, which empties its write-ahead log, and overwrites the head key. */
export function closeStore(store: Store): void {
  store.statements.clear();
  if (store.sqlite.open) closeInOrder(store);
  store.headKey.fill(0);
}

function storeOf(sqlite: Database.Database, headKey: Uint8Array, place: StorePlace | undefined): Store {
  return {
    ...asReadDb({ sqlite, statements: new Map() }),
    headKey,
    sidecar: place === undefined ? undefined : { path: place.sidecar, vault: place.vault, key: headKey },
    sidecarDebt: { isOwed: false },
    logDebt: { isOwed: false },
    isReadOnly: false,
    older: undefined,
  };
}

function openWith(place: StorePlace, keys: StoreKeys, check: (store: Store) => void): Store {
  const store = storeOf(openDatabase(place.database, keys.store), keys.head, place);
  try {
    translated(() => requireSchema(store.sqlite));
    check(store);
    return store;
  } catch (error) {
    store.sqlite.close();
    throw error;
  }
}

function begin(store: Store, note: AuditNote<void>, log: readonly LoggedEntry[] = []): void {
  translated(() => migrate(store.sqlite));
  const tx = asWriteDb(store, newChange(store.headKey));
  translated(() => store.sqlite.transaction(() => saveHead(tx, { ...EMPTY_HEAD, audit: continueLog(tx, log) }))());
  write(store, note, () => undefined);
}

function newChange(headKey: Uint8Array, deferred?: Deferred): Change {
  return {
    content: newContentSum(headKey),
    numbers: new Map(),
    counts: new Map(),
    deferred,
    hasErased: false,
    withdrawn: [],
  };
}

function nextHead<T>(tx: WriteDb, note: AuditNote<T>, result: T): Head {
  const before = readHead(tx);
  const details = typeof note.details === 'function' ? note.details(result) : note.details;
  const { at, actor, role, action } = note;
  const { withdrawn } = tx.change;
  return {
    sequence: before.sequence + 1,
    audit: appendAudit(tx, before.audit, {
      at,
      actor,
      role,
      action,
      details: withdrawn.length === 0 ? details : { ...details, withdrawn },
    }),
    content: contentWith(before.content, tx.change.content),
    previous: headHash(before),
  };
}

/**
 * The change is committed, so a sidecar that cannot be written now must not look like a change that failed: it is owed, and the next change
 * does not begin before it is paid. A store one ahead of its sidecar opens (V53).
 */
export function saveSidecar(store: Store, head: Head): void {
  if (store.sidecar === undefined) return;
  try {
    writeSidecar(store.sidecar, head);
  } catch {
    store.sidecarDebt.isOwed = true;
  }
}

function payDebt(store: Store): void {
  writeSidecar(sidecarOf(store), readHead(store));
  store.sidecarDebt.isOwed = false;
}

/** V100: the erasure is committed, so a log that cannot be emptied now is owed like a sidecar. Closing empties it too. */
function emptyLog(store: Store): void {
  try {
    payLogDebt(store);
  } catch (error) {
    if (!(error instanceof ChirographError)) throw error;
    store.logDebt.isOwed = true;
  }
}

const CheckpointRow = z.object({ busy: z.number() });

function payLogDebt(store: Store): void {
  if (store.logDebt.isOwed) settleJournal(store);
  const [answer] = translated(() => z.array(CheckpointRow).parse(store.sqlite.pragma('wal_checkpoint(TRUNCATE)')));
  store.logDebt.isOwed = answer?.busy !== 0;
}

function sidecarOf(store: Store): SidecarPlace {
  if (store.sidecar === undefined) throw failure('vault.head-damaged', { rule: 'V53' });
  return store.sidecar;
}

const ContentRow = z.object({ id: z.instanceof(Uint8Array), state: z.string(), body: z.string() });

function contentOf(store: Store): string {
  const sum = newContentSum(store.headKey);
  for (const { id, state, body } of readEach(store, ContentRow, 'SELECT id, state, body FROM records')) {
    addElement(sum, recordElement(id, state, body));
  }
  addTruth(store, sum);
  return contentWith(ZERO_HASH, sum);
}

/** V55, V96: a row that is not the one the head counts is an old page; an index that differs from its table is told apart from it. */
function requireHead(store: Store): void {
  const { sequence } = readHead(store);
  const lastAt = lastEntryAt(store);
  if (!hasItsContent(store)) {
    const details = { found: sequence, expected: sequence, what: 'page' } as const;
    throw failure('vault.rolled-back', { ...details, ...(lastAt !== undefined && { lastAt }) });
  }
  if (!hasWholeIndexes(store)) throw failure('vault.store-damaged', { rule: 'V92' });
}

function hasItsContent(store: Store): boolean {
  return endsAsAnchored(store) && contentOf(store) === readHead(store).content;
}

function hasWholeIndexes(store: Store): boolean {
  return translated(() => store.sqlite.pragma('integrity_check(1)', { simple: true })) === 'ok';
}

/** V54: the head of what is there, under the number that the store has. */
function headFromRows(store: Store): void {
  const tx = asWriteDb(store, newChange(store.headKey));
  saveHead(tx, { ...readHead(store), content: contentOf(store), audit: lastEntry(store) });
}

/** V96: says beside the store that no log belongs to it any more. Not worth a failure: it only helps to name one. */
function closeInOrder(store: Store): void {
  const head = store.sidecar === undefined || store.isReadOnly ? undefined : headOrNothing(store);
  store.sqlite.close();
  if (store.sidecar === undefined || head === undefined) return;
  try {
    markClosed(store.sidecar, head);
  } catch (error) {
    if (!(error instanceof ChirographError)) throw error;
  }
}

function headOrNothing(store: Store): Head | undefined {
  try {
    return readHead(store);
  } catch (error) {
    if (error instanceof ChirographError) return undefined;
    throw error;
  }
}
