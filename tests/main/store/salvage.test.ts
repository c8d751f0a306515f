import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { auditEntries } from '../../../src-main/store/audit.ts';
import { PAGE_SIZE } from '../../../src-main/store/database.ts';
import { salvageLines } from '../../../src-main/store/salvage.ts';
import type { SalvageReport } from '../../../src-main/store/salvage.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { closeVault, unlockForReading } from '../../../src-main/vault/open-vault.ts';
import type { OpenVault } from '../../../src-main/vault/open-vault.ts';
import { caseOf, chart, identity, link, person, put, retract } from '../../support/store-builders.ts';
import { newVault, now, PASSPHRASE, tryUnlock } from '../../support/store-vaults.ts';

const NAMES = Array.from({ length: 400 }, (_, i) => `Person ${i}`);

async function filledVault(): Promise<{ dir: string; opened: OpenVault }> {
  const { dir, opened } = await newVault();
  const people = NAMES.map((name) => person(name));
  put(opened.store, people);
  put(opened.store, [
    caseOf('Lantern', NAMES.slice(0, 50)),
    link('one link', 'knows', ['Person 0', 'Person 1']),
    identity('same', 'Person 2', 'Person 3'),
    chart('drawing', 'Lantern', { 'Person 0': [1, 2] }),
    person('Person 4', [['name', 'Another']], {
      supersedes: people.slice(4, 5).map(({ id }) => id),
    }),
  ]);
  put(opened.store, [retract(people.slice(5, 6), 'suppress'), retract(people.slice(6, 7), 'erase')]);
  return { dir, opened };
}

/** Pages of a table or an index, by number. */
function pagesOf(store: Store, name: string): number[] {
  const sql = `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno`;
  return store.sqlite.prepare(sql).pluck().all(name).map(Number);
}

function damage(dir: string, page: number): void {
  const file = readFileSync(join(dir, 'store.db'));
  const at = (page - 1) * PAGE_SIZE + 5000;
  file.writeUInt8(file.readUInt8(at) ^ 1, at);
  writeFileSync(join(dir, 'store.db'), file);
}

async function openedForReading(dir: string): Promise<OpenVault> {
  const vault = await unlockForReading(dir, { passphrase: PASSPHRASE }, { now });
  onTestFinished(() => closeVault(vault));
  return vault;
}

function salvaged({ store }: OpenVault): { lines: string[]; report: SalvageReport } {
  const header = { vault: 'v', agency: { id: 'a', name: 'Northmark Agency', country: 'XN' }, at: '', by: 'Olga' };
  const generator = salvageLines(store, header, () => 'mac');
  const lines: string[] = [];
  for (;;) {
    const { value, done } = generator.next();
    if (done === true) return { lines, report: value };
    lines.push(value);
  }
}

test('[W2] a whole store is salvaged whole: every record, row and entry, and nothing is lost', async () => {
  const { opened } = await filledVault();
  const { lines, report } = salvaged(opened);
  expect(report).toMatchObject({ records: 406, entries: 5, lost: [], lostRecords: [] });
  expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
  expect(lines.filter((line) => line.includes('"line":"record"'))).toHaveLength(406);
});

test('[V97] a damaged page of records refuses the unlock, and costs only the records on it', async () => {
  const { dir, opened } = await filledVault();
  const pages = pagesOf(opened.store, 'records');
  const on = pages[3] ?? 0;
  closeVault(opened);
  damage(dir, on);
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.store-damaged' });
  const { report } = salvaged(await openedForReading(dir));
  const lost = report.lost.find(({ table }) => table === 'records')?.rows ?? 0;
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(60);
  expect(report.records + lost).toBe(406);
  expect(report.lostRecords).toHaveLength(lost);
});

test('[V97] the first, the last and several damaged pages are skipped alike', async () => {
  const { dir, opened } = await filledVault();
  const pages = pagesOf(opened.store, 'records');
  closeVault(opened);
  for (const page of [pages.at(0), pages.at(-1), pages.at(5), pages.at(6)]) damage(dir, page ?? 0);
  const { report } = salvaged(await openedForReading(dir));
  const lost = report.lost.find(({ table }) => table === 'records')?.rows ?? 0;
  expect(report.records).toBeGreaterThan(200);
  expect(report.records + lost).toBe(406);
});

test('[V97] a damaged index costs nothing: every record is read from the table', async () => {
  const { dir, opened } = await filledVault();
  const [page = 0] = pagesOf(opened.store, 'records_by_id');
  closeVault(opened);
  damage(dir, page);
  const { report } = salvaged(await openedForReading(dir));
  expect(report).toMatchObject({ records: 406, lost: [] });
});

test('[W5] a record that is not what its id says is not passed on', async () => {
  const { opened } = await filledVault();
  opened.store.sqlite.exec(
    `UPDATE records SET body = replace(body, 'Person 7"', 'Parson 7"') WHERE body LIKE '%Person 7"%'`,
  );
  const { lines, report } = salvaged(opened);
  expect(report).toMatchObject({ records: 405, lost: [{ table: 'records', rows: 1 }] });
  expect(lines.join('')).not.toContain('Parson');
});

test('[V97] nothing can be changed in a vault that was opened for reading, and nothing was', async () => {
  const { dir, opened } = await filledVault();
  closeVault(opened);
  const before = ['store.db', 'head', 'vault.json'].map((name) => readFileSync(join(dir, name)));
  const vault = await unlockForReading(dir, { passphrase: PASSPHRASE }, { now });
  expect(() => put(vault.store, [person('Nobody')])).toThrow('vault.opened-for-reading');
  expect(auditEntries(vault.store, { limit: 1 })).toMatchObject([{ action: 'test.put' }]);
  closeVault(vault);
  expect(['store.db', 'head', 'vault.json'].map((name) => readFileSync(join(dir, name)))).toEqual(before);
});
