import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { auditEntries, verifyAudit } from '../../../src-main/store/audit.ts';
import { readAll } from '../../../src-main/store/connection.ts';
import type { ReadDb } from '../../../src-main/store/connection.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { caseFingerprint, fingerprint } from '../../../src-main/store/fingerprint.ts';
import { MIGRATIONS } from '../../../src-main/store/migrate.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { rebuildInSteps } from '../../../src-main/store/rebuild.ts';
import { memoryStore, verifyHead } from '../../../src-main/store/store.ts';
import { closeVault, storeKeys, unlockAsItIs, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { updateVault } from '../../../src-main/vault/update-vault.ts';
import { ANALYST, expectedOf, goldenVault, OFFICER, recordsDigest, snapshotOf } from '../../support/golden-vaults.ts';
import { newVault, now, tryUnlock, unlocked } from '../../support/store-vaults.ts';
import { note } from '../../support/store-builders.ts';

const LATEST = MIGRATIONS.at(-1)?.version ?? 0;
function schema(db: ReadDb): readonly { readonly sql: string }[] {
  return readAll(
    db,
    SqlRow,
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY name`,
  );
}

const SqlRow = z.object({ sql: z.string() });
const CountRow = z.object({ n: z.number() });

describe.each([
  { name: 'v1', schemaThen: 1 },
  { name: 'v6', schemaThen: 6 },
] as const)('a vault of schema $schemaThen', ({ name, schemaThen }) => {
  test('[V130] opens with the same records, states, cases, log and bookkeeping, and says that it was brought up to date', async () => {
    const expected = expectedOf(name);
    const { store } = await unlocked(goldenVault(name), OFFICER);
    const { sequence: _sequence, ...counts } = expected.counts;
    expect(statusCounts(store)).toMatchObject(counts);
    expect(recordsDigest(store)).toBe(expected.recordsDigest);
    for (const [id, digest] of Object.entries(expected.cases)) {
      expect(caseFingerprint(store, id as SubjectId)).toBe(digest);
    }
    const kept = Object.entries(expected.tables).filter(
      ([table]) => !/^(case_members|entity_texts|settings)$/.test(table),
    );
    for (const [table, rows] of kept) {
      expect([table, readAll(store, CountRow, `SELECT count(*) AS n FROM ${table}`)]).toEqual([table, [{ n: rows }]]);
    }
    expect(verifyHead(store).ok).toBe(true);
    expect(verifyAudit(store).ok).toBe(true);
    const entries = auditEntries(store, { limit: 100 });
    const told = { action: 'vault.migrated', actor: OFFICER.user, details: { from: schemaThen, to: LATEST } };
    expect(entries.filter(({ sequence }) => sequence === expected.audit.entries + 1)).toMatchObject(
      schemaThen === LATEST ? [] : [told],
    );
  });

  test('[V132] has the projection that its records say, and the schema and page size of a new one', async () => {
    const { store } = await unlocked(goldenVault(name), ANALYST);
    const before = fingerprint(store);
    await rebuildInSteps(store, note('test.rebuild'), () => Promise.resolve());
    expect(fingerprint(store)).toBe(before);
    expect(schema(store)).toEqual(schema(memoryStore(note('vault.created'))));
    const { opened } = await newVault();
    expect(store.sqlite.pragma('page_size')).toEqual(opened.store.sqlite.pragma('page_size'));
  });

  test('opens by its recovery key too, and a second time without being brought up to date again', async () => {
    const dir = goldenVault(name);
    await tryUnlock(dir, { recoveryKey: expectedOf(name).recoveryKey });
    const { store } = await unlocked(dir, OFFICER);
    expect(auditEntries(store, { limit: 100 }).filter(({ action }) => action === 'vault.migrated')).toHaveLength(
      schemaThen === LATEST ? 0 : 1,
    );
    expect(readdirSync(dir).filter((name) => name.startsWith('updat'))).toEqual([]);
  });

  test('whose process was killed keeps what was only in its log', async () => {
    const { store } = await unlocked(goldenVault(`${name}-killed`), { passphrase: OFFICER.passphrase });
    expect(readAll(store, z.object({ label: z.string() }), 'SELECT label FROM entities ORDER BY label')).toEqual([
      { label: 'Lena Lastword' },
      { label: 'Sergo Madeupson' },
    ]);
  });

  test('[V54] that does not fit its head can still be accepted by an officer', async () => {
    const dir = goldenVault(name);
    await putOldStoreBack(name, dir);
    await expect(tryUnlock(dir, OFFICER)).rejects.toMatchObject({ code: 'vault.rolled-back' });
    await expect(unlockAsItIs(dir, ANALYST, { now })).rejects.toMatchObject({ code: 'vault.needs-officer' });
    const vault = await unlockAsItIs(dir, OFFICER, { now });
    expect(verifyHead(vault.store).ok).toBe(true);
    closeVault(vault);
  });
});

/** An old copy of the store beside a newer head, which only the head can tell. */
async function putOldStoreBack(name: 'v1' | 'v6', dir: string): Promise<void> {
  const key = await keyOf(name, dir);
  const sqlite = openDatabase(join(dir, 'store.db'), key);
  sqlite.exec("UPDATE records SET state = 'retracted' WHERE rid = (SELECT min(rid) FROM records)");
  sqlite.close();
}

async function keyOf(name: 'v1' | 'v6', dir: string): Promise<Uint8Array> {
  const copy = goldenVault(name);
  const vault = await unlockVault(copy, OFFICER, { now });
  const { store } = storeKeys(vault.masterKey, vault.vault);
  closeVault(vault);
  expect(existsSync(dir)).toBe(true);
  return store;
}

describe('before the decision the old vault is what it was', () => {
  test('[V131] when it is cancelled at any step', async () => {
    const stages = new Set<string>();
    await tryUpdate(goldenVault('v1'), async (stage) => void stages.add(stage));
    expect([...stages]).toEqual(expect.arrayContaining(['copying', 'checking', 'updating', 'projection', 'proving']));
    for (const cancelled of stages) {
      const dir = goldenVault('v1');
      const before = snapshotOf(dir);
      const stop = async (stage: string): Promise<void> => {
        if (stage === cancelled) throw failure('request.cancelled', { job: 'test' });
      };
      await expect(tryUpdate(dir, stop)).rejects.toMatchObject({ code: 'request.cancelled' });
      expect(snapshotOf(dir)).toEqual(before);
    }
    expect(stages.size).toBeGreaterThan(5);
  }, 60_000);

  test('[V131] when there is not enough room, which is told in bytes', async () => {
    const dir = goldenVault('v1');
    const before = snapshotOf(dir);
    const key = await keysOf(dir);
    const update = { ...key, note: { ...note('vault.migrated') }, progress: async () => undefined, free: () => 1000 };
    const size = statSync(join(dir, 'store.db')).size;
    await expect(updateVault(dir, update)).rejects.toMatchObject({ code: 'vault.no-room', details: { free: 1000 } });
    await expect(updateVault(dir, update)).rejects.toSatisfy(
      (error: { details: { needed: number } }) => error.details.needed > 2 * size,
    );
    expect(snapshotOf(dir)).toEqual(before);
  });

  test('[V131] when its content is not what its head says', async () => {
    const dir = goldenVault('v1');
    await putOldStoreBack('v1', dir);
    const before = snapshotOf(dir);
    await expect(tryUnlock(dir, OFFICER)).rejects.toMatchObject({ code: 'vault.rolled-back' });
    expect(snapshotOf(dir)).toEqual(before);
  });
});

async function tryUpdate(dir: string, progress: (stage: string) => Promise<void>): Promise<void> {
  closeVault(await unlockVault(dir, OFFICER, { now, progress }));
}

async function keysOf(dir: string) {
  const vault = await unlockVault(goldenVault('v1'), OFFICER, { now });
  const keys = storeKeys(vault.masterKey, vault.vault);
  closeVault(vault);
  return { keys, from: { database: join(dir, 'store.db'), sidecar: join(dir, 'head'), vault: vault.vault } };
}

test('[V23] a vault of a newer version is refused untouched: not a byte and not a time changes', async () => {
  const dir = goldenVault('v1');
  const key = await keyOf('v1', dir);
  const sqlite = openDatabase(join(dir, 'store.db'), key);
  sqlite.pragma('user_version=999');
  sqlite.close();
  const times = () => readdirSync(dir).map((name) => [name, statSync(join(dir, name), { bigint: true }).mtimeNs]);
  const before = [snapshotOf(dir), times()];
  await expect(tryUnlock(dir, OFFICER)).rejects.toMatchObject({
    code: 'vault.newer-version',
    details: { found: 999, supported: LATEST },
  });
  expect([snapshotOf(dir), times()]).toEqual(before);
});
