import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditEntries } from '../../../src-main/store/audit.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { readVaultHeader, restoreHeader } from '../../../src-main/vault/header-file.ts';
import { closeVault } from '../../../src-main/vault/open-vault.ts';
import { addUser, changePassphrase, removeUser, resetPassphrase } from '../../../src-main/vault/users.ts';
import { NORTHMARK } from '../../support/store-builders.ts';
import {
  circumstances,
  closedVault,
  newVault,
  now,
  PASSPHRASE,
  SEALING_IDENTITY,
  temporaryFolder,
  tryUnlock,
  unlocked,
} from '../../support/store-vaults.ts';

test('a new vault opens for its first officer, who can sign for the agency', async () => {
  const { dir } = await closedVault();
  const vault = await unlocked(dir);
  expect(vault).toMatchObject({ user: 'Olga', role: 'officer', agency: { id: NORTHMARK, name: 'Northmark Agency' } });
  expect(vault.signing?.seed).toEqual(new Uint8Array(32).fill(7));
  expect(vault.signing?.identity).toBe(SEALING_IDENTITY);
  expect(statusCounts(vault.store)).toMatchObject({ entities: 0, records: 0 });
});

test('[V1] a vault is never made where something is, and a refused one leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const dir = join(folder, 'vault');
  mkdirSync(dir);
  writeFileSync(join(dir, 'notes.txt'), 'mine');
  await expect(newVault(dir)).rejects.toMatchObject({ code: 'vault.exists' });
  const { dir: made } = await closedVault(join(folder, 'other'));
  await expect(newVault(made)).rejects.toMatchObject({ code: 'vault.exists' });
});

test.runIf(process.platform !== 'win32')('[V1] nobody else on the machine can read the files', async () => {
  const { dir } = await closedVault();
  expect(statSync(dir).mode & 0o077).toBe(0);
  for (const name of ['vault.json', 'vault.json.bak', 'head', 'store.db'])
    expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
});

test('a folder that is no vault says so', async () => {
  await expect(tryUnlock(temporaryFolder())).rejects.toMatchObject({ code: 'vault.not-found' });
});

test('a wrong passphrase, an unknown user and another recovery key are told apart', async () => {
  const { dir } = await closedVault();
  const other = await closedVault();
  await expect(tryUnlock(dir, { passphrase: 'incorrect horse' })).rejects.toMatchObject({
    code: 'vault.wrong-passphrase',
  });
  await expect(tryUnlock(dir, { passphrase: PASSPHRASE, user: 'Nobody' })).rejects.toMatchObject({
    code: 'vault.user-unknown',
  });
  await expect(tryUnlock(dir, { recoveryKey: other.recoveryKey })).rejects.toMatchObject({
    code: 'vault.wrong-recovery-key',
  });
  await expect(tryUnlock(dir, { recoveryKey: 'ABCD' })).rejects.toMatchObject({ code: 'vault.recovery-key-typo' });
});

test('without a key the folder tells whose it is and who may open it, and nothing more', async () => {
  const { dir } = await closedVault();
  expect(readVaultHeader(dir)).toMatchObject({
    generation: 1,
    agency: { name: 'Northmark Agency', country: 'XN', sample: true, card: Uint8Array.of(1, 2, 3) },
    users: [{ name: 'Olga', role: 'officer' }],
  });
});

test('[V14] an analyst opens the store and cannot sign for the agency', async () => {
  const { dir, opened } = await newVault();
  await addUser(opened, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: 'analyst of the house' });
  closeVault(opened);
  const vault = await unlocked(dir, { passphrase: 'analyst of the house' });
  expect(vault).toMatchObject({ user: 'Ana', role: 'analyst' });
  expect(vault.signing).toBeUndefined();
  const officer = { ...circumstances, name: 'Eve', role: 'officer', passphrase: 'never an officer' } as const;
  await expect(addUser(vault, officer)).rejects.toMatchObject({ code: 'vault.needs-officer' });
});

test('[V16] with and without a user name the right slot opens', async () => {
  const { dir, opened } = await newVault();
  await addUser(opened, { ...circumstances, name: 'Lea', role: 'lead', passphrase: 'lead of the force' });
  closeVault(opened);
  closeVault(await unlocked(dir, { passphrase: 'lead of the force', user: ' LEA ' }));
  await expect(tryUnlock(dir, { passphrase: 'lead of the force', user: 'Olga' })).rejects.toMatchObject({
    code: 'vault.wrong-passphrase',
  });
  closeVault(await unlocked(dir, { passphrase: PASSPHRASE }));
});

test('[V12] a short or blank passphrase is refused', async () => {
  const { opened } = await newVault();
  for (const passphrase of ['', '1234567', '         ']) {
    const user = { ...circumstances, name: 'Ana', role: 'analyst', passphrase } as const;
    await expect(addUser(opened, user)).rejects.toMatchObject({ code: 'vault.weak-passphrase' });
  }
});

test('[V12] two spellings of one passphrase are the same', async () => {
  const { dir, opened } = await newVault();
  await addUser(opened, { ...circumstances, name: 'Zoé', role: 'lead', passphrase: 'caf\u00e9 au lait' });
  closeVault(opened);
  await expect(unlocked(dir, { passphrase: 'cafe\u0301 au lait' })).resolves.toMatchObject({ user: 'Zoé' });
});

test('[V17] users are distinct, and the last officer stays', async () => {
  const { opened } = await newVault();
  const ana = { ...circumstances, name: 'Ana', role: 'analyst', passphrase: 'analyst of the house' } as const;
  await addUser(opened, ana);
  await expect(addUser(opened, { ...ana, name: 'ANA' })).rejects.toMatchObject({ code: 'vault.user-exists' });
  await expect(addUser(opened, { ...ana, name: 'recovery' })).rejects.toMatchObject({ code: 'vault.user-exists' });
  expect(() => removeUser(opened, { name: 'Olga', now })).toThrow(
    expect.objectContaining({ code: 'vault.last-officer' }),
  );
  expect(() => removeUser(opened, { name: 'Nobody', now })).toThrow(
    expect.objectContaining({ code: 'vault.user-unknown' }),
  );
  removeUser(opened, { name: 'Ana', now });
  expect(readVaultHeader(opened.dir).users).toEqual([{ name: 'Olga', role: 'officer' }]);
});

test('a removed user cannot open the vault any more', async () => {
  const { dir, opened } = await newVault();
  await addUser(opened, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: 'analyst of the house' });
  removeUser(opened, { name: 'Ana', now });
  closeVault(opened);
  await expect(tryUnlock(dir, { passphrase: 'analyst of the house' })).rejects.toMatchObject({
    code: 'vault.wrong-passphrase',
  });
});

test('changing a passphrase needs the old one, and the old one no longer opens', async () => {
  const { dir, opened } = await newVault();
  const next = 'another passphrase';
  await expect(changePassphrase(opened, { ...circumstances, old: 'wrong wrong', new: next })).rejects.toMatchObject({
    code: 'vault.wrong-passphrase',
  });
  await expect(changePassphrase(opened, { ...circumstances, old: PASSPHRASE, new: 'short' })).rejects.toMatchObject({
    code: 'vault.weak-passphrase',
  });
  await changePassphrase(opened, { ...circumstances, old: PASSPHRASE, new: next });
  closeVault(opened);
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.wrong-passphrase' });
  const vault = await unlocked(dir, { passphrase: next });
  expect(vault.signing?.identity).toBe(SEALING_IDENTITY);
});

test('the recovery key opens everything and gives a forgotten passphrase a successor', async () => {
  const { dir, recoveryKey } = await closedVault();
  const spoken = recoveryKey.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  const byKey = await unlocked(dir, { recoveryKey: spoken });
  expect(byKey).toMatchObject({ user: 'recovery', role: 'officer', signing: { identity: SEALING_IDENTITY } });
  closeVault(byKey);
  await resetPassphrase(dir, { ...circumstances, recoveryKey, user: 'Olga', passphrase: 'found it again' });
  const vault = await unlocked(dir, { passphrase: 'found it again' });
  expect(vault).toMatchObject({ user: 'Olga', role: 'officer', signing: { identity: SEALING_IDENTITY } });
  expect(auditEntries(vault.store, { limit: 2 })).toMatchObject([
    { actor: 'recovery', action: 'vault.header-in-force' },
    { actor: 'recovery', action: 'vault.passphrase-changed', details: { user: 'Olga' } },
  ]);
});

test('every change of users is in the audit log', async () => {
  const { opened } = await newVault();
  await addUser(opened, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: 'analyst of the house' });
  removeUser(opened, { name: 'Ana', now });
  expect(auditEntries(opened.store, { limit: 9 }).map(({ action }) => action)).toEqual([
    'vault.header-in-force',
    'vault.user-removed',
    'vault.header-in-force',
    'vault.user-added',
    'vault.header-seen',
    'vault.created',
  ]);
});

test('[V15] closing overwrites the keys', async () => {
  const { opened } = await newVault();
  const { masterKey, signing } = opened;
  closeVault(opened);
  for (const key of [masterKey, signing?.seed, opened.store.headKey])
    expect(key?.every((byte) => byte === 0)).toBe(true);
});

test('[V18] an older header put back is noticed', async () => {
  const { dir, opened } = await newVault();
  const old = readFileSync(join(dir, 'vault.json'));
  await addUser(opened, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: 'analyst of the house' });
  closeVault(opened);
  writeFileSync(join(dir, 'vault.json'), old);
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.rolled-back', details: { found: 1, expected: 2 } });
});

test('[V18] a header that is newer than the store knows is a change that a crash cut off', async () => {
  const { dir, opened } = await newVault();
  closeVault(opened);
  const settled = { database: readFileSync(join(dir, 'store.db')), head: readFileSync(join(dir, 'head')) };
  const again = await unlocked(dir);
  await addUser(again, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: 'analyst of the house' });
  closeVault(again);
  writeFileSync(join(dir, 'store.db'), settled.database);
  writeFileSync(join(dir, 'head'), settled.head);
  const vault = await unlocked(dir, { passphrase: 'analyst of the house' });
  expect(auditEntries(vault.store, { limit: 1 })).toMatchObject([{ actor: 'Ana', action: 'vault.header-seen' }]);
});

test('[V3] a lost header is not guessed from its copy, but a person can restore it', async () => {
  const { dir } = await closedVault();
  writeFileSync(join(dir, 'vault.json'), '{}');
  await expect(tryUnlock(dir)).rejects.toMatchObject({ code: 'vault.header-changed' });
  restoreHeader(dir);
  await tryUnlock(dir);
  expect(existsSync(join(dir, 'vault.json.damaged'))).toBe(true);
});
