import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PAGE_SIZE } from '../../../src-main/store/database.ts';
import { auditEntries } from '../../../src-main/store/audit.ts';
import { entityRows, statusCounts } from '../../../src-main/store/queries.ts';
import { proveNow } from '../../../src-main/store/prove.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import { saveSetting } from '../../../src-main/store/settings.ts';
import { closeVault, unlockAsItIs, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { addUser } from '../../../src-main/vault/users.ts';
import { AT, emptyStore, note, person, put, storeWith, subjectId } from '../../support/store-builders.ts';
import { circumstances, newVault, now, PASSPHRASE, tryUnlock, unlocked } from '../../support/store-vaults.ts';

/** A vault with two changes, and copies of its files after the first. */
async function twoStates(): Promise<{ dir: string; earlier: Record<'store.db' | 'head', Buffer> }> {
  const { dir, opened } = await newVault();
  put(opened.store, [person('Ada')]);
  closeVault(opened);
  const earlier = { 'store.db': readFileSync(join(dir, 'store.db')), 'head': readFileSync(join(dir, 'head')) };
  const again = await unlocked(dir);
  put(again.store, [person('Bo')]);
  closeVault(again);
  return { dir, earlier };
}

test('[V53] an old database file put back is noticed, with both numbers', async () => {
  const { dir, earlier } = await twoStates();
  writeFileSync(join(dir, 'store.db'), earlier['store.db']);
  await expect(tryUnlock(dir)).rejects.toMatchObject({
    code: 'vault.rolled-back',
    details: { found: 3, expected: 4, what: 'file', lastAt: AT },
  });
});

test('[V53] a lost or damaged write-ahead log is noticed', async () => {
  const { dir } = await twoStates();
  const vault = await unlocked(dir);
  put(vault.store, [person('Cy')]);
  const log = readFileSync(join(dir, 'store.db-wal'));
  const base = readFileSync(join(dir, 'store.db'));
  const head = readFileSync(join(dir, 'head'));
  closeVault(vault);
  for (const at of [20, Math.floor(log.length / 2), log.length - 2000]) {
    const damaged = Buffer.from(log);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 4, at);
    writeFileSync(join(dir, 'store.db'), base);
    writeFileSync(join(dir, 'store.db-wal'), damaged);
    writeFileSync(join(dir, 'head'), head);
    await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.rolled-back', details: { what: 'log' } });
    rmSync(join(dir, 'store.db-wal'), { force: true });
  }
  writeFileSync(join(dir, 'store.db'), base);
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.rolled-back' });
});

test('[V55] one old page put back is noticed although every page is authentic', async () => {
  const { dir, earlier } = await twoStates();
  const current = readFileSync(join(dir, 'store.db'));
  const before = earlier['store.db'];
  const pages = Array.from({ length: before.length / PAGE_SIZE }, (_, i) => i);
  const differing = pages.filter((i) => !pageOf(before, i).equals(pageOf(current, i)));
  expect(differing.length).toBeGreaterThan(3);
  const unseen: number[] = [];
  for (const page of differing) {
    const mixed = Buffer.from(current);
    pageOf(before, page).copy(mixed, page * PAGE_SIZE);
    writeFileSync(join(dir, 'store.db'), mixed);
    const found = await unlockVault(dir, { passphrase: PASSPHRASE }, { now }).then(
      (vault) => {
        const findings = proveNow(vault.store).map(({ what }) => what);
        closeVault(vault);
        return findings;
      },
      (error: unknown) => [error instanceof Error ? error.message : 'bug'],
    );
    expect(EXPECTED_OF_OLD_PAGES).toEqual(expect.arrayContaining(found));
    if (found.length === 0) unseen.push(page + 1);
  }
  writeFileSync(join(dir, 'store.db'), current);
  const { store } = await unlocked(dir);
  const names = unseen.map((page) =>
    store.sqlite.prepare('SELECT name FROM dbstat WHERE pageno = ?').pluck().get(page),
  );
  // neither the planner's statistics nor where the full text begins to look hold anything that anybody is shown (V93)
  expect(names.filter((name) => !['sqlite_stat1', 'entity_texts_idx'].includes(String(name)))).toEqual([]);
});

function pageOf(file: Buffer, i: number): Buffer {
  return file.subarray(i * PAGE_SIZE, (i + 1) * PAGE_SIZE);
}

/** What the unlock refuses, and what the proof finds of rows that are computed from records. */
const EXPECTED_OF_OLD_PAGES = ['vault.rolled-back', 'vault.store-damaged', 'projection', 'texts', 'index'];

test('[V52, V53] a sidecar that is missing, edited or another vault’s is refused', async () => {
  const { dir, earlier } = await twoStates();
  const head = readFileSync(join(dir, 'head'));
  rmSync(join(dir, 'head'));
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.head-damaged', details: { rule: 'V53' } });
  writeFileSync(join(dir, 'head'), head.toString().replace('"sequence":4', '"sequence":3'));
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.head-damaged', details: { rule: 'V52' } });
  const other = await newVault();
  copyFileSync(join(other.dir, 'head'), join(dir, 'head'));
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.head-damaged' });
  writeFileSync(join(dir, 'head'), head);
  await tryUnlock(dir);
  expect(earlier['head']).not.toEqual(head);
});

test('[V53] a crash between commit and sidecar is mended', async () => {
  const { dir, earlier } = await twoStates();
  const current = readFileSync(join(dir, 'head'));
  writeFileSync(join(dir, 'head'), earlier['head']);
  await tryUnlock(dir);
  expect(readFileSync(join(dir, 'head'))).toEqual(current);
});

test('[V53] a store two ahead of its sidecar is no crash', async () => {
  const { dir, earlier } = await twoStates();
  const vault = await unlocked(dir);
  put(vault.store, [person('Cy')]);
  closeVault(vault);
  writeFileSync(join(dir, 'head'), earlier['head']);
  await expect(tryUnlock(dir)).rejects.toMatchObject({
    code: 'vault.rolled-back',
    details: { found: 5, expected: 3, what: 'sidecar' },
  });
});

test('[V25] a sidecar that cannot be written is owed: the change stands, and the next one waits until it is paid', async () => {
  const { dir, opened } = await newVault();
  mkdirSync(join(dir, 'head.new'));
  put(opened.store, [person('Ada')]);
  expect(() => put(opened.store, [person('Bo')])).toThrow('vault.disk-error');
  expect(statusCounts(opened.store)).toMatchObject({ records: 1 });
  rmSync(join(dir, 'head.new'), { recursive: true });
  put(opened.store, [person('Bo')]);
  closeVault(opened);
  expect(statusCounts((await unlocked(dir)).store)).toMatchObject({ records: 2 });
});

test('[V54] an officer may go on from what is there, and the audit log says so', async () => {
  const { dir, earlier } = await twoStates();
  writeFileSync(join(dir, 'store.db'), earlier['store.db']);
  const vault = await unlockAsItIs(dir, { passphrase: PASSPHRASE }, { now });
  expect(auditEntries(vault.store, { limit: 1 })).toMatchObject([{ actor: 'Olga', action: 'vault.head-accepted' }]);
  expect(entityRows(vault.store, [subjectId('Ada'), subjectId('Bo')])).toMatchObject([{ label: 'Ada' }]);
  closeVault(vault);
  await tryUnlock(dir);
});

test('[V54] an analyst may not', async () => {
  const { dir, opened } = await newVault();
  await addUser(opened, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: 'analyst of the house' });
  closeVault(opened);
  rmSync(join(dir, 'head'));
  await expect(unlockAsItIs(dir, { passphrase: 'analyst of the house' }, { now })).rejects.toMatchObject({
    code: 'vault.needs-officer',
  });
});

test.each([
  ['records', `UPDATE records SET body = replace(body, 'Ada', 'Eva')`],
  ['the state of a record', `UPDATE records SET state = 'superseded'`],
  ['settings', `UPDATE settings SET value = '2'`],
  ['settings deleted', 'DELETE FROM settings'],
  ['batches', `UPDATE batches SET actor = 'Somebody'`],
])('[V51] a change of %s behind the store’s back does not fit the head', (_, sql) => {
  const store = storeWith(person('Ada'));
  write(store, note('test'), (tx) => saveSetting(tx, 'one', 1));
  expect(verifyHead(store).ok).toBe(true);
  store.sqlite.exec(sql);
  expect(verifyHead(store).ok).toBe(false);
});

test('[V25] a change that fails leaves nothing: no record, no audit entry, the same head', () => {
  const store = emptyStore();
  const before = statusCounts(store).sequence;
  const failing = (): unknown =>
    write(store, note('test'), (tx) => {
      saveSetting(tx, 'one', 1);
      throw new Error('half way');
    });
  expect(failing).toThrow('half way');
  expect(statusCounts(store).sequence).toBe(before);
  expect(auditEntries(store, { limit: 9 })).toHaveLength(1);
  expect(verifyHead(store).ok).toBe(true);
});
