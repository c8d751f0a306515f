import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../../src-main/store/audit.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { translate } from '../../../src-main/store/sqlite-errors.ts';
import { closeStore, createStore, openStore, verifyHead } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { note, person, put } from '../../support/store-builders.ts';
import { KILLED_KEYS, killedPlace, RECORDS_A_BATCH } from '../../support/store-killed.ts';
import { newVault, temporaryFolder } from '../../support/store-vaults.ts';

const keys = (): typeof KILLED_KEYS => ({ store: KILLED_KEYS.store.slice(), head: KILLED_KEYS.head.slice() });
const KILLS = process.env['SLOW'] === '1' ? 60 : 8;

test('a killed import leaves whole batches, everything acknowledged, and a store that fits its head', async () => {
  const folder = temporaryFolder();
  closeStore(createStore(killedPlace(folder), keys(), note('vault.created')));
  let batches = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const acknowledged = await importUntilKilled(folder, batches, kill);
    const store = openStore(killedPlace(folder), keys());
    const { records, entities } = statusCounts(store);
    expect(records % RECORDS_A_BATCH).toBe(0);
    expect(entities).toBe(records);
    batches = records / RECORDS_A_BATCH;
    expect(batches).toBeGreaterThanOrEqual(acknowledged);
    expect(verifyHead(store).ok).toBe(true);
    expect(verifyAudit(store)).toMatchObject({ ok: true, entries: batches + 1 });
    closeStore(store);
  }
  expect(batches).toBeGreaterThan(0);
});

/** Kills the importing process at another moment each time: right after a commit, or some way into the next. */
async function importUntilKilled(folder: string, start: number, kill: number): Promise<number> {
  const script = fileURLToPath(new URL('../../support/store-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder, String(start)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acknowledged = start;
  let turns = 0;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    acknowledged = Number(text.trim().split('\n').at(-1));
    if (acknowledged < start + 1 + (kill % 3)) return;
    const strike = (): void => {
      turns += 1;
      if (turns > kill * 40) child.kill('SIGKILL');
      else setImmediate(strike);
    };
    if (turns === 0) strike();
  });
  await new Promise((resolve) => child.once('close', resolve));
  return acknowledged;
}

test('a full disk is said, undoes the change and leaves the store readable and writable again', async () => {
  const { opened } = await newVault();
  const { store } = opened;
  put(store, [person('Ada')]);
  const pages = Number(store.sqlite.pragma('page_count', { simple: true }));
  store.sqlite.pragma(`max_page_count=${pages + 4}`);
  const many = Array.from({ length: 400 }, (_, i) => person(`p${i}`));
  expect(() => put(store, many)).toThrow(expect.objectContaining({ code: 'vault.disk-full' }));
  expect(wholeCounts(store)).toEqual([1, 1, true]);
  store.sqlite.pragma('max_page_count=1000000');
  put(store, many);
  expect(wholeCounts(store)).toEqual([401, 401, true]);
});

function wholeCounts(store: Store): [number, number, boolean] {
  const { records, entities } = statusCounts(store);
  return [records, entities, verifyHead(store).ok];
}

test.each([
  ['SQLITE_FULL', 'vault.disk-full'],
  ['SQLITE_BUSY', 'vault.in-use'],
  ['SQLITE_READONLY', 'vault.read-only'],
  ['SQLITE_READONLY_DIRECTORY', 'vault.read-only'],
  ['SQLITE_CORRUPT', 'vault.store-damaged'],
  ['SQLITE_NOTADB', 'vault.store-damaged'],
  ['SQLITE_IOERR_WRITE', 'vault.disk-error'],
  ['SQLITE_IOERR_READ', 'vault.disk-error'],
])('%s is %s', (code, expected) => {
  expect(translate(new Database.SqliteError('message with case data', code))).toMatchObject({
    code: expected,
    message: expected,
  });
});

test.each([
  ['ENOSPC', 'vault.disk-full'],
  ['EROFS', 'vault.read-only'],
  ['EACCES', 'vault.read-only'],
  ['EFBIG', 'vault.disk-full'],
  ['EIO', 'vault.disk-error'],
])('%s of the file system is %s', (code, expected) => {
  expect(translate(Object.assign(new Error('path'), { code }))).toMatchObject({ code: expected });
});

test('a bug stays a bug', () => {
  const bug = new TypeError('bug');
  expect(translate(bug)).toBe(bug);
});
