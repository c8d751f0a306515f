import type Database from 'better-sqlite3';
import { failure } from '../../src-shared/errors.ts';
import { translated } from './sqlite-errors.ts';

/** What of a store its journal is about. */
type Journalled = { readonly sqlite: Database.Database; readonly logDebt: { isOwed: boolean } };

/**
 * docs/formats/vault.md V71: a bulk change runs under a rollback journal, because a write-ahead log would write every page of it twice. The
 * journal holds only pages that were there before, so it stays small while new pages come; a process killed meanwhile leaves it behind, and the next open takes
 * everything back before it sets the log again (V21).
 */
export function enterBulkJournal(store: Journalled): void {
  if (!store.sqlite.memory) setJournal(store, 'delete');
}

/**
 * Back to the write-ahead log, also after a failure; a store that was closed meanwhile gets it when it is opened. When this fails, neither is a
 * change that is committed called failed (V101) nor does it hide why another one failed: under a rollback journal the store is as safe, and the
 * next bulk change or the next open sets the log.
 */
export function leaveBulkJournal(store: Journalled): void {
  if (!store.sqlite.open || store.sqlite.memory) return;
  // SQLite that could not begin a log says that it has one, and refuses to empty it
  if (!couldSet(store, 'wal') && !couldSet(store, 'delete')) store.logDebt.isOwed = true;
}

/** Before what is in the log is asked for again: whichever journal there is, it is one. Throws what the disk throws. */
export function settleJournal(store: Journalled): void {
  if (store.sqlite.memory) return;
  setJournal(store, 'delete');
  leaveBulkJournal(store);
}

function couldSet(store: Journalled, mode: 'delete' | 'wal'): boolean {
  try {
    setJournal(store, mode);
    return true;
  } catch {
    return false;
  }
}

/** Every row of the answer is asked for: what fails at its end is not told to whoever asks for the first one only. */
function setJournal(store: Journalled, mode: 'delete' | 'wal'): void {
  translated(() => store.sqlite.pragma(`journal_mode=${mode}`));
  const found = translated(() => store.sqlite.pragma('journal_mode', { simple: true }));
  if (found !== mode) throw failure('vault.store-damaged', { rule: 'V71' });
  // until a transaction has ended, nothing can be taken out of a new log
  translated(() => store.sqlite.exec('BEGIN IMMEDIATE; COMMIT'));
}
