import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createDatabase, openDatabase } from '../../../src-main/store/database.ts';
import { migrate, MIGRATIONS, requireSchema } from '../../../src-main/store/migrate.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

const KEY = new Uint8Array(32).fill(1);

function newDatabase(): string {
  const path = join(temporaryFolder(), 'store.db');
  const sqlite = createDatabase(path, KEY);
  migrate(sqlite);
  sqlite.close();
  return path;
}

test('[V20] a database opens with its key and with no other', () => {
  const path = newDatabase();
  openDatabase(path, KEY).close();
  expect(() => openDatabase(path, new Uint8Array(32).fill(2))).toThrow(
    expect.objectContaining({ code: 'vault.store-damaged' }),
  );
});

test.each([
  ['none', undefined as unknown as Uint8Array],
  ['an empty one', new Uint8Array()],
  ['a short one', new Uint8Array(31).fill(1)],
  ['a long one', new Uint8Array(33).fill(1)],
  ['an overwritten one', new Uint8Array(32)],
])('[V20] %s is not a key, and no file is made', (_, key) => {
  const path = join(temporaryFolder(), 'store.db');
  expect(() => createDatabase(path, key)).toThrow(expect.objectContaining({ code: 'vault.key-missing' }));
  expect(existsSync(path)).toBe(false);
  expect(() => openDatabase(newDatabase(), key)).toThrow(expect.objectContaining({ code: 'vault.key-missing' }));
});

test('[V20] a plaintext database in its place is refused and not touched', () => {
  const path = newDatabase();
  const plain = join(temporaryFolder(), 'plain.db');
  const planted = new Database(plain);
  planted.exec('CREATE TABLE t (a)');
  planted.close();
  const bytes = readFileSync(plain);
  writeFileSync(path, bytes);
  expect(() => openDatabase(path, KEY)).toThrow(expect.objectContaining({ code: 'vault.plaintext-store' }));
  expect(readFileSync(path)).toEqual(bytes);
});

test('[V20] the file begins with nothing that tells what it is', () => {
  const bytes = readFileSync(newDatabase());
  expect(bytes.includes('SQLite format 3')).toBe(false);
  expect(bytes.includes('records_by_subject')).toBe(false);
});

test('a missing database is told apart from a damaged one', () => {
  expect(() => openDatabase(join(temporaryFolder(), 'store.db'), KEY)).toThrow(
    expect.objectContaining({ code: 'vault.store-missing' }),
  );
  const path = newDatabase();
  writeFileSync(path, Buffer.concat([Buffer.from('damaged beyond recognition'), readFileSync(path).subarray(26)]));
  expect(() => openDatabase(path, KEY)).toThrow(expect.objectContaining({ code: 'vault.store-damaged' }));
});

test('[V21] an open database keeps temporary data in memory, syncs every commit and overwrites what is deleted', () => {
  const sqlite = openDatabase(newDatabase(), KEY);
  const read = Object.fromEntries(
    [
      'cipher',
      'locking_mode',
      'journal_mode',
      'synchronous',
      'temp_store',
      'secure_delete',
      'trusted_schema',
      'mmap_size',
      'cell_size_check',
      'foreign_keys',
    ].map((name) => [name, sqlite.pragma(name, { simple: true })]),
  );
  sqlite.close();
  expect(read).toEqual({
    cipher: 'chacha20',
    locking_mode: 'exclusive',
    journal_mode: 'wal',
    synchronous: 2,
    temp_store: 2,
    secure_delete: 1,
    trusted_schema: 0,
    mmap_size: 0,
    cell_size_check: 1,
    foreign_keys: 1,
  });
});

test('[V22] a second opener is refused while the first is open, and welcome after', () => {
  const path = newDatabase();
  const first = openDatabase(path, KEY);
  expect(() => openDatabase(path, KEY)).toThrow(expect.objectContaining({ code: 'vault.in-use' }));
  expect(readdirSync(join(path, '..')).some((name) => name.endsWith('-shm'))).toBe(false);
  first.close();
  openDatabase(path, KEY).close();
});

test('[V23] a schema from the future is refused untouched', () => {
  const path = newDatabase();
  const newer = openDatabase(path, KEY);
  newer.pragma('user_version=99');
  newer.close();
  const before = readFileSync(path);
  const sqlite = openDatabase(path, KEY);
  expect(() => requireSchema(sqlite)).toThrow(
    expect.objectContaining({ code: 'vault.newer-version', details: { found: 99, supported: MIGRATIONS.length } }),
  );
  sqlite.close();
  expect(readFileSync(path)).toEqual(before);
});

test('[V23] migrations are numbered from one without gaps, and every table is STRICT', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  const sqlite = openDatabase(newDatabase(), KEY);
  const loose = sqlite
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all();
  sqlite.close();
  expect(loose).toEqual([]);
});

test('one flipped bit in a page is refused, never read as data', () => {
  const path = newDatabase();
  const sqlite = openDatabase(path, KEY);
  for (let i = 0; i < 200; i += 1) {
    sqlite.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run(`name ${i}`, `"value ${i}"`);
  }
  sqlite.close();
  const bytes = readFileSync(path);
  for (let flip = 0; flip < 60; flip += 1) {
    const at = Math.floor((flip * bytes.length) / 60) + (flip % 13);
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (flip % 8)), at);
    writeFileSync(path, damaged);
    const read = readAllOf(path);
    expect(read === 'refused' || read === 'whole').toBe(true);
    if (at < 4096) expect(read).toBe('refused');
  }
});

/** Everything, or nothing: `whole` only where the damaged page holds no row of the table. */
function readAllOf(path: string): string {
  try {
    const sqlite = openDatabase(path, KEY);
    try {
      const rows = sqlite.prepare('SELECT name, value FROM settings').all();
      return rows.every((row) => /^\{"name":"name (\d+)","value":"\\"value \1\\""\}$/.test(JSON.stringify(row))) &&
        rows.length === 200
        ? 'whole'
        : 'wrong';
    } finally {
      sqlite.close();
    }
  } catch {
    return 'refused';
  }
}
