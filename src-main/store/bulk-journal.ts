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

/**
 * Back to the write-ahead log, also after a failure; a store that was closed meanwhile gets it when it is opened. When this fails, neither is a
 * change that is committed called failed (V101) nor does it hide why another one failed: under a rollback journal the store is as safe, and the
 * next bulk change or the next open sets the log.
 */
export function leaveBulkJournal(store: Store): void {
  if (!store.sqlite.open || store.sqlite.memory) return;
  try {
    setJournal(store, 'wal');
  } catch {
    // as safe as before, only slower: see above
  }
}

function setJournal(store: Store, mode: 'delete' | 'wal'): void {
  const found = translated(() => store.sqlite.pragma(`journal_mode=${mode}`, { simple: true }));
  if (found !== mode) throw failure('vault.store-damaged', { rule: 'V71' });
}
