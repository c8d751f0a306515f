import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/store/database.ts';
import { MIGRATIONS } from '../../../src-main/store/migrate.ts';
import { closeVault, openHeader, storeKeys, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { readHeader } from '../../../src-main/vault/header-file.ts';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { startAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { expectedOf, goldenVault, OFFICER, recordsDigest, snapshotOf } from '../../support/golden-vaults.ts';
import { now, temporaryFolder } from '../../support/store-vaults.ts';

/** salvage.md W13: a vault of an older version that is damaged cannot be brought up to date, and what is in it is not lost. */

const GIVEN = { ...OFFICER, vault: 'vault' };
const SUPPORTED = MIGRATIONS.at(-1)?.version ?? 0;
type Report = NonNullable<Output<'store.salvage-part'>['report']>;

type Golden = 'v1' | 'v6';

/** A home with a golden vault in it. */
function homeWith(name: Golden | `${Golden}-killed`): { readonly home: string; readonly dir: string } {
  const home = temporaryFolder();
  const dir = join(home, 'vault');
  cpSync(goldenVault(name), dir, { recursive: true });
  return { home, dir };
}

/** Flips bits in the middle of a page of each of these tables or indexes. */
async function damage(dir: string, ...names: readonly string[]): Promise<void> {
  const copy = join(temporaryFolder(), 'copy');
  cpSync(dir, copy, { recursive: true });
  const { secrets } = await openHeader(readHeader(copy), OFFICER);
  const { vault } = readHeader(copy).header;
  const sqlite = openDatabase(join(copy, 'store.db'), storeKeys(secrets.masterKey, vault).store);
  const size = Number(sqlite.pragma('page_size', { simple: true }));
  const leaf = sqlite.prepare("SELECT max(pageno) FROM dbstat WHERE name = ? AND pagetype = 'leaf'").pluck();
  const pages = names.map((name) => Number(leaf.get(name)));
  sqlite.close();
  for (const page of pages) flip(dir, (page - 1) * size + size / 2);
}

function flip(dir: string, at: number): void {
  const path = join(dir, 'store.db');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}

async function salvaged(agency: TestAgency): Promise<{ readonly bytes: Uint8Array; readonly report: Report }> {
  const { salvage } = await agency.call('store.salvage', {});
  const parts: Uint8Array[] = [];
  for (;;) {
    const { bytes, report } = await agency.call('store.salvage-part', { salvage });
    parts.push(bytes);
    if (report !== undefined) return { bytes: new Uint8Array(Buffer.concat(parts)), report };
  }
}

/** Opens it for reading, salvages it, and makes a new vault of the file beside it. */
async function throughSalvage(
  home: string,
  schema: number,
): Promise<{ readonly report: Report; readonly rescued: Output<'rescue.finish'> }> {
  const reader = startAgency(home);
  expect(await reader.call('vault.accept', { ...GIVEN, how: 'for-reading' })).toMatchObject({
    isReadOnly: true,
    olderSchema: schema,
  });
  const { bytes, report } = await salvaged(reader);
  await reader.call('vault.lock', {});
  const maker = startAgency(home);
  const { rescue } = await maker.call('rescue.begin', { ...GIVEN, into: 'rescued' });
  await maker.call('rescue.append', { rescue, bytes });
  return { report, rescued: await maker.call('rescue.finish', { rescue, job: 'rescue' }) };
}

/** A whole vault of today's schema, by the proof of everything in it. */
async function requireWhole(home: string): Promise<Output<'vault.status'>> {
  const agency = startAgency(home);
  const status = await agency.call('vault.unlock', { ...OFFICER, vault: 'rescued' });
  expect(await agency.call('store.check', { wait: true })).toMatchObject({ phase: 'whole' });
  expect(await agency.call('audit.verify', {})).toMatchObject({ ok: true });
  await agency.call('vault.lock', {});
  return status;
}

describe.each([
  { name: 'v1', schema: 1, ids: 'sqlite_autoindex_records_1' },
  { name: 'v6', schema: 6, ids: 'records_by_id' },
] as const)('[W13] a vault of schema $schema', ({ name, schema, ids }) => {
  test('with a damaged page of records is not brought up to date, says so, is untouched, and what is on whole pages is in the new vault', async () => {
    const { home, dir } = homeWith(name);
    await damage(dir, 'records');
    const before = snapshotOf(dir);
    const agency = startAgency(home);
    const refused = agency.call('vault.unlock', GIVEN);
    await expect(refused).rejects.toMatchObject({ code: 'vault.store-damaged', details: { older: schema } });
    expect(snapshotOf(dir)).toEqual(before);
    const { records = 0 } = expectedOf(name).counts;
    const { report, rescued } = await throughSalvage(home, schema);
    expect(report.lostRecords.length).toBeGreaterThan(0);
    expect(report.records).toBe(records - report.lostRecords.length);
    expect(report.lost).toEqual([
      { table: 'records', rows: report.lostRecords.length },
      // where those of them stand that were signed
      { table: 'placements', rows: 3 },
    ]);
    expect(rescued).toMatchObject({ records: report.records });
    expect(snapshotOf(dir)).toEqual(before);
    expect(await requireWhole(home)).toMatchObject({ records: report.records });
  });

  test('whose head does not fit is salvaged whole', async () => {
    const { home, dir } = homeWith(name);
    const head = readFileSync(join(dir, 'head'), 'utf8');
    writeFileSync(join(dir, 'head'), head.replace(/"mac":"./, '"mac":"x'));
    const agency = startAgency(home);
    await expect(agency.call('vault.unlock', GIVEN)).rejects.toMatchObject({
      code: 'vault.head-damaged',
      details: { older: schema },
    });
    const { report } = await throughSalvage(home, schema);
    expect(report).toMatchObject({ records: expectedOf(name).counts['records'], lost: [], lostRecords: [] });
    await requireWhole(home);
    const vault = await unlockVault(join(home, 'rescued'), OFFICER, { now });
    expect(recordsDigest(vault.store)).toBe(expectedOf(name).recordsDigest);
    closeVault(vault);
  });

  test.each([
    ['the projection', ['entities', 'links']],
    ['indexes', ['records_by_subject', ids]],
  ])('with a damaged page of %s loses nothing, by salvage or by being brought up to date', async (_what, names) => {
    const { home, dir } = homeWith(name);
    await damage(dir, ...names);
    const before = snapshotOf(dir);
    const { report } = await throughSalvage(home, schema);
    expect(report).toMatchObject({ records: expectedOf(name).counts['records'], lost: [], lostRecords: [] });
    expect(snapshotOf(dir)).toEqual(before);
    await requireWhole(home);
    const updated = await unlockVault(dir, OFFICER, { now });
    expect(recordsDigest(updated.store)).toBe(expectedOf(name).recordsDigest);
    closeVault(updated);
  });

  test('whose first page is damaged is refused by name, and nothing is changed', async () => {
    const { home, dir } = homeWith(name);
    flip(dir, 2000);
    const before = snapshotOf(dir);
    for (const how of ['for-reading', 'as-it-is'] as const)
      expect(await startAgency(home).refusal('vault.accept', { ...GIVEN, how })).toBe('vault.store-damaged');
    expect(snapshotOf(dir)).toEqual(before);
  });

  test('whose process was killed, with its last record only in the log, is salvaged with it', async () => {
    const { home, dir } = homeWith(`${name}-killed`);
    await damage(dir, 'entities');
    expect(existsSync(join(dir, 'store.db-wal'))).toBe(true);
    const { report, rescued } = await throughSalvage(home, schema);
    expect(report).toMatchObject({ lost: [], lostRecords: [] });
    expect(rescued).toMatchObject({ records: report.records });
    const agency = startAgency(home);
    await agency.call('vault.unlock', { ...OFFICER, vault: 'rescued' });
    const { hits } = await agency.call('search.find', { text: 'Lena Lastword', limit: 5 });
    expect(hits).toHaveLength(1);
  });

  test('that is open for reading answers nothing but its salvage', async () => {
    const { home, dir } = homeWith(name);
    const agency = startAgency(home);
    await agency.call('vault.accept', { ...GIVEN, how: 'for-reading' });
    expect(await agency.call('vault.status', {})).toMatchObject({ olderSchema: schema, records: 0 });
    expect(await agency.call('store.state', {})).toMatchObject({ phase: 'unproved' });
    for (const refused of [
      agency.call('case.list', {}),
      agency.call('audit.verify', {}),
      agency.call('partner.card', {}),
    ])
      await expect(refused).rejects.toMatchObject({
        code: 'vault.older-version',
        details: { found: schema, supported: SUPPORTED },
      });
    expect(readdirSync(dir)).not.toContain('updating');
  });
});
