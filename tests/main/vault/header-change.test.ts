import { copyFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditEntries } from '../../../src-main/store/audit.ts';
import { saveSetting } from '../../../src-main/store/settings.ts';
import { write } from '../../../src-main/store/store.ts';
import { ENTERED } from '../../../src-main/vault/header-in-force.ts';
import { closeVault } from '../../../src-main/vault/open-vault.ts';
import type { Credentials, OpenVault } from '../../../src-main/vault/open-vault.ts';
import { addUser, changePassphrase, ourHeader, removeUser } from '../../../src-main/vault/users.ts';
import { circumstances, newVault, now, PASSPHRASE, temporaryFolder, unlocked } from '../../support/store-vaults.ts';

const NEW = 'another lantern over Northmark';
const ANA = 'analyst of the house';

/** A vault of Olga and Ana before Olga changes her passphrase, and after it. */
async function beforeAndAfter(): Promise<{ readonly before: string; readonly after: string; readonly key: string }> {
  const { dir, opened, recoveryKey } = await newVault();
  await addUser(opened, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: ANA });
  closeVault(opened);
  const before = join(temporaryFolder(), 'before');
  cpSync(dir, before, { recursive: true });
  const vault = await unlocked(dir);
  await changePassphrase(vault, { ...circumstances, old: PASSPHRASE, new: NEW });
  closeVault(vault);
  return { before, after: dir, key: recoveryKey };
}

/** What a kill leaves between the two files and the store, and a disk that refuses everything from there on, too. */
async function undecided(): Promise<{ readonly dir: string; readonly key: string }> {
  const { before, after, key } = await beforeAndAfter();
  copyFileSync(join(before, 'vault.json'), join(before, 'vault.json.previous'));
  for (const name of ['vault.json', 'vault.json.bak']) copyFileSync(join(after, name), join(before, name));
  return { dir: before, key };
}

async function opensWith(dir: string, credentials: Credentials): Promise<true | string> {
  try {
    closeVault(await unlocked(dir, credentials));
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const actionsOf = (vault: OpenVault): string[] => auditEntries(vault.store, { limit: 3 }).map(({ action }) => action);

test('[V102] of a change that was not decided the old passphrase puts the old header back, and then the new one opens nothing', async () => {
  const { dir } = await undecided();
  const old = readFileSync(join(dir, 'vault.json.previous'));
  expect(await opensWith(dir, { passphrase: PASSPHRASE })).toBe(true);
  expect(readFileSync(join(dir, 'vault.json'))).toEqual(old);
  expect(readFileSync(join(dir, 'vault.json.bak'))).toEqual(old);
  expect(existsSync(join(dir, 'vault.json.previous'))).toBe(false);
  expect(await opensWith(dir, { passphrase: NEW })).toBe('vault.wrong-passphrase');
});

test('[V102] of a change that was not decided the new passphrase makes the new header count, and then the old one opens nothing', async () => {
  const { dir } = await undecided();
  expect(await opensWith(dir, { passphrase: NEW })).toBe(true);
  expect(existsSync(join(dir, 'vault.json.previous'))).toBe(false);
  expect(await opensWith(dir, { passphrase: PASSPHRASE })).toBe('vault.wrong-passphrase');
});

test('[V102] whoever both headers know puts the old one back: nobody was told that the change is made', async () => {
  for (const who of ['Ana', 'recovery'] as const) {
    const { dir, key } = await undecided();
    expect(await opensWith(dir, who === 'Ana' ? { passphrase: ANA } : { recoveryKey: key })).toBe(true);
    expect(await opensWith(dir, { passphrase: PASSPHRASE })).toBe(true);
    expect(await opensWith(dir, { passphrase: NEW })).toBe('vault.wrong-passphrase');
  }
});

test('[V102] of a change that was decided the old header opens nothing, though it still lies there', async () => {
  const { before, after } = await beforeAndAfter();
  copyFileSync(join(before, 'vault.json'), join(after, 'vault.json.previous'));
  expect(await opensWith(after, { passphrase: PASSPHRASE })).toBe('vault.wrong-passphrase');
  expect(existsSync(join(after, 'vault.json.previous'))).toBe(true);
  expect(await opensWith(after, { passphrase: ANA })).toBe(true);
  expect(existsSync(join(after, 'vault.json.previous'))).toBe(false);
  expect(await opensWith(after, { passphrase: NEW })).toBe(true);
});

test('[V18, V102] an older header beside the one that counts is not put in its place', async () => {
  const { dir, opened } = await newVault();
  const first = readFileSync(join(dir, 'vault.json'));
  await addUser(opened, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: ANA });
  removeUser(opened, { name: 'Ana', now });
  closeVault(opened);
  writeFileSync(join(dir, 'vault.json.previous'), first);
  closeVault(await unlocked(dir));
  expect(readFileSync(join(dir, 'vault.json'))).not.toEqual(first);
});

test('[V102] what lies there as the previous header and is none, or another vault’s, is cleared away', async () => {
  const other = await newVault();
  const damaged = Buffer.from('{"v":1}');
  for (const bytes of [damaged, readFileSync(join(other.dir, 'vault.json'))]) {
    const { dir, opened } = await newVault();
    closeVault(opened);
    writeFileSync(join(dir, 'vault.json.previous'), bytes);
    expect(await opensWith(dir, { passphrase: PASSPHRASE })).toBe(true);
    expect(existsSync(join(dir, 'vault.json.previous'))).toBe(false);
  }
});

test('[V102, V109] an entry that came back of a change whose header was put back is taken for undone, and said', async () => {
  const { dir, opened } = await newVault();
  const note = {
    actor: 'Olga',
    role: 'officer',
    action: 'vault.user-added',
    at: now().toISOString(),
    details: {},
  } as const;
  write(opened.store, note, (tx) => saveSetting(tx, ENTERED, 2));
  closeVault(opened);
  const vault = await unlocked(dir);
  expect(actionsOf(vault).slice(0, 2)).toEqual(['vault.header-put-back', 'vault.user-added']);
  closeVault(vault);
  const again = await unlocked(dir);
  expect(actionsOf(again)[0]).toBe('vault.header-put-back');
  await addUser(again, { ...circumstances, name: 'Ana', role: 'analyst', passphrase: ANA });
  closeVault(again);
  expect(await opensWith(dir, { passphrase: ANA })).toBe(true);
});

test('[V102] in an open vault a change begins from the header that counts', async () => {
  const { before, after } = await beforeAndAfter();
  const vault = await unlocked(before);
  copyFileSync(join(before, 'vault.json'), join(before, 'vault.json.previous'));
  copyFileSync(join(after, 'vault.json'), join(before, 'vault.json'));
  expect(ourHeader(vault).generation).toBe(2);
  removeUser(vault, { name: 'Ana', now });
  closeVault(vault);
  expect(await opensWith(before, { passphrase: PASSPHRASE })).toBe(true);
  expect(await opensWith(before, { passphrase: ANA })).toBe('vault.wrong-passphrase');
});
