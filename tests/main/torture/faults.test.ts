import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHead } from '../../../src-main/store/head-row.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { prepare, sizeFault, suffer, watchCalls } from '../../torture/faults.ts';
import { newTally } from '../../torture/flips.ts';
import { chanceOf } from '../../torture/seeded.ts';
import { FIRST_PASSPHRASE, closeStation, inTemporaryFolder, openStation } from '../../torture/station.ts';
import { edit, erase, importRows } from '../../torture/steps.ts';
import type { Memory } from '../../torture/steps.ts';
import { faultsOf, hasStrace } from '../../torture/system-calls.ts';

/** The short version of `npm run torture -- faults`, without tools. A shell that can limit the size of files is on
 * every system but Windows. Under the smallest limit a header can be replaced and the database not be written, which must put the header back (V102). */
const SIZES = process.platform === 'win32' ? [] : [8_192, 400_000];

test('[V101] where no file may grow further, steps are refused by name, and the vault opens with all that was acknowledged', async () => {
  const tally = newTally();
  await inTemporaryFolder(async (folder) => {
    const prepared = join(folder, 'prepared');
    const stand = await prepare(prepared);
    for (const size of SIZES) await suffer(prepared, stand, sizeFault(size), tally);
  });
  if (SIZES.length === 0) process.stdout.write('No file size can be limited here.\n');
  expect(tally.problems).toEqual([]);
  const refused = [...tally.outcomes.values()].reduce((sum, times) => sum + times, 0);
  expect(refused).toBeGreaterThanOrEqual(SIZES.length);
}, 180_000);

test('[V101] however many pages a disk has left, a step is done or refused, and the same process reads and writes on', async () => {
  await inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home');
    await prepare(home);
    const station = await openStation(home, FIRST_PASSPHRASE);
    const { store } = station.session;
    const memory: Memory = { made: [], passphrase: FIRST_PASSPHRASE };
    const chance = chanceOf(3);
    await edit(station, chance, memory).run();
    const codes = new Set<string>();
    for (let pages = 0; pages < 24; pages += 3) {
      const used = Number(store.sqlite.pragma('page_count', { simple: true }));
      store.sqlite.pragma(`max_page_count=${used + pages}`);
      const before = readHead(store);
      const make = [edit, erase, () => importRows(station, chance, 200)][(pages / 3) % 3] ?? edit;
      const code = await codeOf(() => make(station, chance, memory).run());
      codes.add(code);
      if (code !== 'done') expect(readHead(store)).toEqual(before);
      store.sqlite.pragma('max_page_count=1000000');
      expect((await station.call('search.find', { text: 'Invented', limit: 5 })).hits.length).toBeGreaterThan(0);
      await edit(station, chance, memory).run();
      expect(verifyHead(store).ok).toBe(true);
    }
    closeStation(station);
    expect([...codes].toSorted()).toEqual(['done', 'vault.disk-full']);
  });
}, 60_000);

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ChirographError) return error.code;
    throw error;
  }
  return 'done';
}

test('[V71, V101] one write of the database that fails after a bulk change costs at most one step, and all later ones are done', async () => {
  if (!hasStrace()) {
    process.stdout.write('No system call can be made to fail here: strace is missing.\n');
    return;
  }
  const tally = newTally();
  await inTemporaryFolder(async (folder) => {
    const prepared = join(folder, 'prepared');
    const stand = await prepare(prepared);
    const called = await watchCalls(prepared);
    const after = (at: number): string | undefined => called.main[at - 1]?.file;
    const once = faultsOf(called).flatMap(([fault], at) =>
      called.main[at]?.call === 'pwrite64' && called.main[at].file === 'store.db' && after(at) === 'store.db-journal'
        ? [fault]
        : [],
    );
    expect(once.length).toBeGreaterThan(1);
    for (const fault of once.slice(0, 6)) if (fault !== undefined) await suffer(prepared, stand, fault, tally);
  });
  expect(tally.problems).toEqual([]);
}, 180_000);

test('[V109] what was refused because the log could not be flushed does not come back, though the disk goes on refusing', async () => {
  if (!hasStrace()) {
    process.stdout.write('No system call can be made to fail here: strace is missing.\n');
    return;
  }
  const tally = newTally();
  await inTemporaryFolder(async (folder) => {
    const prepared = join(folder, 'prepared');
    const stand = await prepare(prepared);
    const called = await watchCalls(prepared);
    const flushes = faultsOf(called).flatMap(([, lasting], at) => {
      const { call, file } = called.main[at] ?? {};
      return lasting !== undefined && call?.endsWith('sync') === true && file === 'store.db-wal' ? [lasting] : [];
    });
    expect(flushes.length).toBeGreaterThan(10);
    for (const fault of flushes.filter((_, at) => at % 3 === 0)) await suffer(prepared, stand, fault, tally);
  });
  expect(tally.problems).toEqual([]);
  expect([...tally.outcomes.keys()]).toContain('erase: vault.disk-full');
}, 240_000);
