import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { failure } from '../../src-shared/errors.ts';
import { syncFolder } from './atomic-file.ts';
import { headHash } from './head.ts';
import { readHead } from './head-row.ts';
import type { ReadDb } from './connection.ts';
import type { Head } from './types.ts';

/**
 * V101, V109: ends the transaction that made `head`. What this throws, but `vault.outcome-unknown`, means that the change is not there and does not
 * come back; after `vault.outcome-unknown` nobody can say before the vault is opened again.
 */
export function commit(db: ReadDb, head: Head): void {
  try {
    db.sqlite.exec('COMMIT');
  } catch (error) {
    if (db.sqlite.memory) throw error;
    if (db.sqlite.pragma('journal_mode', { simple: true }) === 'wal') takeOutOfLog(db.sqlite, error);
    else finishJournal(db, head, error);
  }
}

/** Gives up the transaction that is open, if there is one. */
export function rollBack({ sqlite }: ReadDb): void {
  if (sqlite.open && sqlite.inTransaction) sqlite.exec('ROLLBACK');
}

/**
 * A log that could not be flushed already has the whole change in it, and whoever reads it again, such as the next unlock, would find it. So it is
 * cut off behind the last change that counts; a full disk allows that. Throws `error`, or that it cannot be told.
 */
function takeOutOfLog(sqlite: Database.Database, error: unknown): never {
  try {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    cutLog(sqlite);
  } catch {
    throw failure('vault.outcome-unknown', {}, error);
  }
  throw error;
}

const FILE_HEADER = 32;
const FRAME_HEADER = 24;
const LogRow = z.object({ log: z.number().int().nonnegative() });

/** The log's length by its own format (SQLite, "WAL-mode File Format" §4): a header, and every page behind a header of its own. */
function cutLog(sqlite: Database.Database): void {
  const [{ log }] = z.tuple([LogRow]).parse(sqlite.pragma('wal_checkpoint(NOOP)'));
  const page = z.number().parse(sqlite.pragma('page_size', { simple: true }));
  const path = `${sqlite.name}-wal`;
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, log === 0 ? 0 : FILE_HEADER + log * (FRAME_HEADER + page));
  } finally {
    closeSync(file);
  }
}

/**
 * A commit under a rollback journal is the end of the journal, which is then flushed. Where only that was refused, the change is there, and is done
 * once it is flushed; refused again it is not known to last.
 */
function finishJournal(db: ReadDb, head: Head, error: unknown): void {
  if (db.sqlite.inTransaction || headHash(readHead(db)) !== headHash(head)) throw error;
  try {
    flushJournal(`${db.sqlite.name}-journal`);
  } catch {
    throw failure('vault.outcome-unknown', {}, error);
  }
}

function flushJournal(path: string): void {
  if (existsSync(path)) {
    const file = openSync(path, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
  syncFolder(dirname(path));
}
