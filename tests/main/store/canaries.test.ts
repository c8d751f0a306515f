import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { caseChart } from '../../../src-main/store/queries.ts';
import { newBatch } from '../../../src-main/store/batches.ts';
import { writeInBulk } from '../../../src-main/store/bulk.ts';
import { rebuildInSteps } from '../../../src-main/store/rebuild.ts';
import { findEntities } from '../../../src-main/store/search.ts';
import { storeKeys } from '../../../src-main/vault/open-vault.ts';
import { AT, caseOf, NORTHMARK, note, person, put, retract, subjectId } from '../../support/store-builders.ts';
import { newVault, PASSPHRASE, SEALING_IDENTITY } from '../../support/store-vaults.ts';

/** V20, V100: nothing of a case, and no key, in any file that the vault's process touches while it works. */

const COUNT = 1000;
const CANARY = 'kanarienvogel';

test('a thousand canaries, the passphrase and the keys are in no file while importing, sorting, searching and erasing', async () => {
  const { dir, opened } = await newVault();
  const { store } = opened;
  const since = Date.now() - 1000;
  const records = Array.from({ length: COUNT }, (_, i) =>
    person(`p${i}`, [
      ['name', `${CANARY}${i} Berg`],
      ['note', `note ${CANARY}${i}`],
    ]),
  );
  put(store, [
    ...records,
    caseOf(
      `${CANARY} case`,
      records.map((_, i) => `p${i}`),
    ),
  ]);
  const found: string[] = [];
  const scan = (when: string): void =>
    void found.push(...leaks(dir, since, secretsOf(opened)).map((leak) => `${when}: ${leak}`));
  scan('after the import');
  // sorts and temporary tables of more than memory would like
  store.sqlite.exec('CREATE TEMP TABLE sorted AS SELECT body FROM records ORDER BY body DESC');
  store.sqlite.prepare('SELECT a.body FROM records a ORDER BY substr(a.body, 40), a.body').all();
  scan('while sorting');
  expect(findEntities(store, { text: CANARY, limit: 100 }).hits).toHaveLength(100);
  expect(caseChart(store, subjectId(`${CANARY} case`), { ours: NORTHMARK })?.entities).toHaveLength(COUNT);
  await rebuildInSteps(store, note('store.rebuilt'), () => Promise.resolve());
  scan('after searching and rebuilding');
  put(store, [retract(records.slice(0, 500), 'erase')]);
  scan('after erasing');
  expect(found).toEqual([]);
});

test('what was erased is in no table, index, full text or log of the decrypted database', async () => {
  const { opened } = await newVault();
  const { store } = opened;
  const ada = person('Ada', [
    ['name', `${CANARY} Ample`],
    ['alias', `${CANARY}-alias`],
    ['note', `${CANARY} note`],
  ]);
  put(store, [ada, person('Bo'), caseOf('Operation Example', ['Ada', 'Bo'])]);
  expect(imageOf(store.sqlite.serialize())).toContain(CANARY);
  put(store, [retract([ada], 'erase')]);
  // the log is empty, so the decrypted image is all there is
  expect(statSync(join(opened.dir, 'store.db-wal')).size).toBe(0);
  expect(imageOf(store.sqlite.serialize())).not.toContain(CANARY);
});

const MANY = process.env['SLOW'] === '1' ? 10_000 : 1500;

test('[V100] records that came in bulk and are all erased are in nothing of the decrypted database, free pages included', async () => {
  const { opened } = await newVault();
  const { store } = opened;
  const records = Array.from({ length: MANY }, (_, i) =>
    person(`p${i}`, [
      ['name', `${CANARY}${i} Berg`],
      ['note', `${CANARY} note ${i}`],
    ]),
  );
  await writeInBulk(store, note('import'), nothing, async (bulk) => {
    bulk.put(newBatch(bulk.tx, { kind: 'import', at: AT, actor: 'Ana' }), records);
  });
  expect(imageOf(store.sqlite.serialize())).toContain(CANARY);
  for (let at = 0; at < records.length; at += 1000) put(store, [retract(records.slice(at, at + 1000), 'erase')]);
  expect(imageOf(store.sqlite.serialize())).not.toContain(CANARY);
  expect(statSync(join(opened.dir, 'store.db-wal')).size).toBe(0);
});

test('[V100] a cancelled import leaves nothing in the decrypted database, free pages included', async () => {
  const { opened } = await newVault();
  const { store } = opened;
  put(store, [person('Bo')]);
  const pages = store.sqlite.pragma('page_count', { simple: true });
  const importing = writeInBulk(store, note('import'), cancel, async (bulk) => {
    const records = Array.from({ length: 500 }, (_, i) => person(`p${i}`, [['name', `${CANARY}${i}`]]));
    bulk.put(newBatch(bulk.tx, { kind: 'import', at: AT, actor: 'Ana' }), records);
  });
  await expect(importing).rejects.toThrow('cancelled');
  expect(imageOf(store.sqlite.serialize())).not.toContain(CANARY);
  expect(store.sqlite.pragma('page_count', { simple: true })).toBe(pages);
});

test('[V100] a log that cannot be emptied after an erasure is owed: the erasure stands, and the next change pays', async () => {
  const { opened } = await newVault();
  const { store } = opened;
  const ada = person('Ada', [['name', `${CANARY} Ample`]]);
  put(store, [ada, person('Bo')]);
  // a statement that is being read keeps the log from being emptied
  const reading = store.sqlite.prepare('SELECT id FROM records').iterate();
  reading.next();
  store.sqlite.unsafeMode(true);
  put(store, [retract([ada], 'erase')]);
  expect(store.logDebt.isOwed).toBe(true);
  reading.return?.();
  store.sqlite.unsafeMode(false);
  put(store, [person('Cy')]);
  expect(store.logDebt.isOwed).toBe(false);
  expect(imageOf(store.sqlite.serialize())).not.toContain(CANARY);
});

async function nothing(): Promise<void> {}

async function cancel(stage: string): Promise<void> {
  if (stage === 'commit') throw new Error('cancelled');
}

function imageOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').toLowerCase();
}

type Opened = Awaited<ReturnType<typeof newVault>>['opened'];

function secretsOf({ masterKey, vault, signing }: Opened): readonly Buffer[] {
  const keys = [masterKey, ...Object.values(storeKeys(masterKey, vault)), signing?.seed ?? masterKey];
  const texts = [CANARY, PASSPHRASE, SEALING_IDENTITY];
  return [
    ...keys.map((key) => Buffer.from(key)),
    ...keys.map((key) => Buffer.from(Buffer.from(key).toString('hex'))),
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]),
  ];
}

/** Files of the vault, temporary files younger than the test, and deleted files that are still open. */
function leaks(dir: string, since: number, secrets: readonly Buffer[]): string[] {
  const places = [dir, tmpdir(), '/var/tmp', '/tmp'].flatMap(filesIn);
  const young = places.filter((path) => path.startsWith(dir) || (ageOf(path) ?? 0) >= since);
  return [...young, ...openFiles()].filter((path) => {
    const bytes = read(path);
    return secrets.some((secret) => bytes.includes(secret));
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}

function openFiles(): string[] {
  try {
    return readdirSync('/proc/self/fd')
      .map((fd) => `/proc/self/fd/${fd}`)
      .filter((path) => readlinkSync(path).endsWith('(deleted)'));
  } catch {
    return [];
  }
}

function ageOf(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
