import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { newBatch } from '../../../src-main/store/batches.ts';
import { writeInBulk } from '../../../src-main/store/bulk.ts';
import type { BulkProgress } from '../../../src-main/store/bulk.ts';
import { readHead } from '../../../src-main/store/head-row.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { closeStore, createStore, openStore, verifyHead } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { AT, note, person, put } from '../../support/store-builders.ts';
import { KILLED_KEYS, killedPlace } from '../../support/store-killed.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

/** V71 in files: a bulk change that ends in any way leaves the change or nothing, and never its journal. */

const keys = (): typeof KILLED_KEYS => ({ store: KILLED_KEYS.store.slice(), head: KILLED_KEYS.head.slice() });

function newStore(folder: string): Store {
  const store = createStore(killedPlace(folder), keys(), note('vault.created'));
  put(store, [person('Ada')]);
  return store;
}

function putMany(store: Store, progress: BulkProgress): Promise<unknown> {
  return writeInBulk(
    store,
    note('test.bulk'),
    progress,
    ({ tx, put: add }) =>
      Promise.resolve(
        add(
          newBatch(tx, { kind: 'import', at: AT, actor: 'Ana' }),
          Array.from({ length: 300 }, (_, i) => person(`Invented ${i}`)),
        ),
      ),
    { gathered: 1, putOff: 100 },
  );
}

const journalMode = (store: Store): unknown => store.sqlite.pragma('journal_mode', { simple: true });
const leftovers = (folder: string): string[] => readdirSync(folder).filter((name) => name.includes('journal'));

test('[V71] while it runs the store has a rollback journal, afterwards its log again', async () => {
  const folder = temporaryFolder();
  const store = newStore(folder);
  const modes: unknown[] = [];
  await putMany(store, () => Promise.resolve(void modes.push(journalMode(store))));
  expect(new Set(modes)).toEqual(new Set(['delete']));
  expect([journalMode(store), leftovers(folder)]).toEqual(['wal', []]);
  expect(statusCounts(store).entities).toBe(301);
  closeStore(store);
  const again = openStore(killedPlace(folder), keys());
  expect(verifyHead(again).ok).toBe(true);
  closeStore(again);
});

test('[V71] a cancelled one leaves the file as large as it was, no journal, and a store that takes changes', async () => {
  const folder = temporaryFolder();
  const store = newStore(folder);
  store.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  const size = statSync(killedPlace(folder).database).size;
  store.sqlite.pragma('cache_size=10');
  const cancelled = putMany(store, (stage) =>
    stage === 'commit' ? Promise.reject(new Error('enough')) : Promise.resolve(),
  );
  await expect(cancelled).rejects.toThrow('enough');
  expect(statSync(killedPlace(folder).database).size).toBe(size);
  expect([journalMode(store), leftovers(folder)]).toEqual(['wal', []]);
  put(store, [person('Bo')]);
  expect(statusCounts(store)).toMatchObject({ entities: 2, records: 2 });
  expect(verifyHead(store).ok).toBe(true);
  closeStore(store);
});

test('[V71] a store that is locked meanwhile is as it was when it is opened again', async () => {
  const folder = temporaryFolder();
  const store = newStore(folder);
  const { sequence } = readHead(store);
  await expect(putMany(store, () => Promise.resolve(closeStore(store)))).rejects.toThrow('not open');
  const again = openStore(killedPlace(folder), keys());
  expect([journalMode(again), leftovers(folder)]).toEqual(['wal', []]);
  expect([readHead(again).sequence, statusCounts(again).entities]).toEqual([sequence, 1]);
  expect(verifyHead(again).ok).toBe(true);
  closeStore(again);
});

test('[V71] a killed process leaves a journal, and the next open takes everything back', async () => {
  const folder = temporaryFolder();
  closeStore(newStore(folder));
  const script = fileURLToPath(new URL('../../support/bulk-writer.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(existsSync(join(folder, 'store.db-journal'))).toBe(true);
  const store = openStore(killedPlace(folder), keys());
  expect([journalMode(store), leftovers(folder)]).toEqual(['wal', []]);
  expect(statusCounts(store)).toMatchObject({ entities: 1, records: 1 });
  expect(verifyHead(store).ok).toBe(true);
  put(store, [person('Bo')]);
  expect(statusCounts(store).entities).toBe(2);
  closeStore(store);
});

test('[V71, V101] a change whose log cannot be set again is no failed change, and the next open sets the log', async () => {
  const folder = temporaryFolder();
  const store = newStore(folder);
  const pragma = store.sqlite.pragma.bind(store.sqlite);
  store.sqlite.pragma = (source, options) => {
    if (source === 'journal_mode=wal') throw new Error('disk I/O error');
    return pragma(source, options);
  };
  await putMany(store, () => Promise.resolve());
  expect([journalMode(store), statusCounts(store).entities]).toEqual(['delete', 301]);
  put(store, [person('Bo')]);
  closeStore(store);
  const again = openStore(killedPlace(folder), keys());
  expect([journalMode(again), statusCounts(again).entities, verifyHead(again).ok]).toEqual(['wal', 302, true]);
  closeStore(again);
});

test.each(['finished', 'cancelled'])(
  '[V73] sorting indexes borrows the memory of pages; a bulk that is %s gives it back',
  async (end) => {
    const store = newStore(temporaryFolder());
    const cache = (): unknown => store.sqlite.pragma('cache_size', { simple: true });
    const usual = cache();
    const sorting: unknown[] = [];
    const bulk = putMany(store, async (stage) => {
      if (stage !== 'indexes') return;
      sorting.push(cache());
      if (end === 'cancelled') throw new Error('cancelled');
    });
    const outcome = await bulk.then(
      () => 'finished',
      () => 'cancelled',
    );
    expect(outcome).toBe(end);
    expect(sorting[0]).toBe(-32_768);
    expect(cache()).toBe(usual);
    closeStore(store);
  },
);
