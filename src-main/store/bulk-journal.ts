import { failure } from '../../src-shared/errors.ts';
import { translated } from './sqlite-errors.ts';
import type { Store } from './store.ts';

/**
 * docs/formats/vault.md V71: a bulk change runs under a rollback journal, because a write-ahead log would write every page of it twice. The
 * journal holds only pages that were there before, so it stays small while new pages come; a process killed meanwhile leaves it behind, and the next open takes
 * everything back before it sets the log again (V21).
 */
export function enterBulkJournal(store: Store): void {
  if (!store.sqlite.memory) setJournal(store, 'delete');
}

/** Back to the write-ahead log, also after a failure; a store that was closed meanwhile gets it when it is opened. */
export function leaveBulkJournal(store: Store): void {
  if (store.sqlite.open && !store.sqlite.memory) setJournal(store, 'wal');
}

function setJournal(store: Store, mode: 'delete' | 'wal'): void {
  const found = translated(() => store.sqlite.pragma(`journal_mode=${mode}`, { simple: true }));
  if (found !== mode) throw failure('vault.store-damaged', { rule: 'V71' });
}
