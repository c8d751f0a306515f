import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';
import { failure } from '../../src-shared/errors.ts';
import { onDisk, translate, translated } from './sqlite-errors.ts';

const KEY_LENGTH = 32;
/** V21, of new stores: scans and bulk changes cost a tenth less CPU than with 4 KiB (docs/decisions/0020-bulk-changes.md). */
export const PAGE_SIZE = 16_384;
const PLAINTEXT = Buffer.from('SQLite format 3\0');

/** V21: set in this order (locking before the journal, so that no shared-memory file is made) and read back. */
const SETTINGS: readonly Setting[] = [
  ['locking_mode', 'EXCLUSIVE', 'exclusive'],
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['temp_store', 'MEMORY', 2],
  ['secure_delete', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['mmap_size', '0', 0],
  ['foreign_keys', 'ON', 1],
  ['cache_size', '-262144', -262_144],
];

type Setting = readonly [name: string, value: string, expected: string | number];

/**
 * Makes an encrypted database; the folder must exist and the file must not. Throws `vault.key-missing`, `vault.exists`.
 * The key may be overwritten as soon as this returns.
 */
export function createDatabase(path: string, key: Uint8Array): Database.Database {
  requireKey(key);
  if (existsSync(path)) throw failure('vault.exists', {});
  // SQLite would make the file as open as the umask allows; it gives its log the mode that it finds here (V1)
  translated(() => closeSync(openSync(path, 'wx', 0o600)));
  return openKeyed(path, key, [['page_size', String(PAGE_SIZE), PAGE_SIZE], ...SETTINGS]);
}

/**
 * Opens an encrypted database (V20–V22). Throws `vault.key-missing`, `vault.store-missing`, `vault.plaintext-store`, `vault.in-use`,
 * `vault.store-damaged` (also for another key: the vault's header has already proved the key).
 */
export function openDatabase(path: string, key: Uint8Array): Database.Database {
  requireKey(key);
  if (!existsSync(path)) throw failure('vault.store-missing', {});
  if (onDisk('reading', () => beginsInClear(path))) throw failure('vault.plaintext-store', {});
  return openKeyed(path, key, SETTINGS);
}

/** For tests of queries and projection: the same settings where they apply, no file, no cipher. */
export function memoryDatabase(): Database.Database {
  const sqlite = new Database(':memory:');
  for (const [name, value, expected] of SETTINGS) {
    if (name !== 'journal_mode' && name !== 'mmap_size') set(sqlite, name, value, expected);
  }
  return sqlite;
}

function requireKey(key: Uint8Array): void {
  if (key?.length !== KEY_LENGTH || key.every((byte) => byte === 0)) throw failure('vault.key-missing', {});
}

function openKeyed(path: string, key: Uint8Array, settings: readonly Setting[]): Database.Database {
  let sqlite: Database.Database | undefined;
  try {
    sqlite = new Database(path, { timeout: 0 });
    setCipher(sqlite, key);
    for (const [name, value, expected] of settings) set(sqlite, name, value, expected);
    sqlite.exec('BEGIN EXCLUSIVE; COMMIT');
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw translate(error);
  }
}

/** The key goes in as bytes, never as SQL text (V20); `raw:` tells the library to derive nothing. */
function setCipher(sqlite: Database.Database, key: Uint8Array): void {
  if (!hasCiphers(sqlite)) throw failure('vault.store-damaged', { rule: 'V20' });
  sqlite.pragma("cipher='chacha20'");
  const raw = Buffer.alloc(4 + KEY_LENGTH);
  raw.write('raw:', 'latin1');
  raw.set(key, 4);
  sqlite.key(raw);
  raw.fill(0);
  if (sqlite.pragma('cipher', { simple: true }) !== 'chacha20') throw failure('vault.store-damaged', { rule: 'V21' });
}

/** False for the plain library under the same name, which would write everything in clear. Its types do not have `key` either. */
function hasCiphers(sqlite: Database.Database): sqlite is Database.Database & { key(key: Buffer): number } {
  return 'key' in sqlite;
}

function set(sqlite: Database.Database, name: string, value: string, expected: string | number): void {
  sqlite.pragma(`${name}=${value}`);
  if (sqlite.pragma(name, { simple: true }) !== expected) throw failure('vault.store-damaged', { rule: 'V21' });
}

/** Opened for writing, too: SQLite would take a file that it may not write, and fail at the first lock with an error that says nothing (V106). */
function beginsInClear(path: string): boolean {
  const start = Buffer.alloc(PLAINTEXT.length);
  const file = openSync(path, 'r+');
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  return start.equals(PLAINTEXT);
}
