import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addKeyVersion, officerKeys, successionsAfter } from '../../../src-main/store/own-keys.ts';
import { write } from '../../../src-main/store/store.ts';
import { closeVault } from '../../../src-main/vault/open-vault.ts';
import type { OpenVault } from '../../../src-main/vault/open-vault.ts';
import { makeOfficerKey, withOfficerKey } from '../../../src-main/vault/officer-key.ts';
import { rotateVault } from '../../../src-main/vault/rotate-vault.ts';
import { readSigning, writeSigning } from '../../../src-main/vault/signing-secrets.ts';
import type { SigningSecrets } from '../../../src-main/vault/signing-secrets.ts';
import { openSuccession, sealSuccession } from '../../../src-main/vault/succession.ts';
import { addUser, changePassphrase, removeUser } from '../../../src-main/vault/users.ts';
import { AT, seededBytes } from '../../support/store-builders.ts';
import { circumstances, newVault, now, PASSPHRASE, SEALING_IDENTITY, unlocked } from '../../support/store-vaults.ts';

const randomBytes = seededBytes('own keys');
const note = { actor: 'Olga', role: 'officer', action: 'keys.own', at: AT, details: {} } as const;
const OTHER = 'a different lantern altogether';

function makeKey(vault: OpenVault): Uint8Array {
  const { officer } = vault;
  if (officer === undefined) throw new Error('an officer');
  return Uint8Array.from(write(vault.store, note, (tx) => makeOfficerKey(tx, officer, randomBytes, AT)));
}

function keyOf(vault: OpenVault): Uint8Array {
  return withOfficerKey(vault.store, vault.officer, ({ publicKey }) => publicKey);
}

async function reopened(
  { dir, opened }: { dir: string; opened: OpenVault },
  passphrase = PASSPHRASE,
): Promise<OpenVault> {
  closeVault(opened);
  return unlocked(dir, { passphrase, user: 'Olga' });
}

test('[V143] an officer makes one key, and opens it again with the passphrase', async () => {
  const made = await newVault();
  expect(() => keyOf(made.opened)).toThrow('keys.no-own-key');
  const key = makeKey(made.opened);
  expect(makeKey(made.opened), 'a second time it is the same').toEqual(key);
  expect(keyOf(made.opened)).toEqual(key);
  expect(keyOf(await reopened(made))).toEqual(key);
});

test('[V143] neither another officer nor the recovery key opens it', async () => {
  const { dir, opened, recoveryKey } = await newVault();
  makeKey(opened);
  await addUser(opened, { ...circumstances, name: 'Pia', role: 'officer', passphrase: OTHER });
  const mine = opened.officer;
  closeVault(opened);
  const pia = await unlocked(dir, { passphrase: OTHER, user: 'Pia' });
  expect(() => keyOf(pia)).toThrow('keys.no-own-key');
  const seat = { slot: mine?.slot ?? '', user: 'Olga', key: pia.officer?.key ?? new Uint8Array() };
  expect(() => withOfficerKey(pia.store, seat, () => undefined)).toThrow('vault.header-changed');
  closeVault(pia);
  const recovered = await unlocked(dir, { recoveryKey });
  expect(recovered.officer).toBeUndefined();
  expect(() => keyOf(recovered)).toThrow('keys.no-own-key');
});

test('[V144] it stays when the passphrase changes, and goes with the user', async () => {
  const made = await newVault();
  const key = makeKey(made.opened);
  await changePassphrase(made.opened, { ...circumstances, old: PASSPHRASE, new: OTHER });
  expect(keyOf(made.opened), 'at once').toEqual(key);
  expect(officerKeys(made.opened.store)).toHaveLength(1);
  const again = await reopened(made, OTHER);
  expect(keyOf(again)).toEqual(key);
  await addUser(again, { ...circumstances, name: 'Pia', role: 'officer', passphrase: PASSPHRASE });
  closeVault(again);
  const pia = await unlocked(made.dir, { passphrase: PASSPHRASE, user: 'Pia' });
  makeKey(pia);
  removeUser(pia, { name: 'Olga', now });
  expect(officerKeys(pia.store).map(({ user }) => user)).toEqual(['Pia']);
});

test('[V144] whoever forgot the passphrase has no key any more', async () => {
  const { dir, opened, recoveryKey } = await newVault();
  makeKey(opened);
  closeVault(opened);
  const recovered = await unlocked(dir, { recoveryKey });
  await changePassphrase(recovered, { ...circumstances, new: OTHER, user: 'Olga' });
  expect(officerKeys(recovered.store)).toEqual([]);
  closeVault(recovered);
  const olga = await unlocked(dir, { passphrase: OTHER });
  expect(() => keyOf(olga)).toThrow('keys.no-own-key');
});

test('[V144] a kill between the key and the header loses nothing', async () => {
  const made = await newVault();
  const key = makeKey(made.opened);
  const name = join(made.dir, 'vault.json');
  // a header that cannot be replaced: the folder is where its new copy would be written
  mkdirSync(`${name}.new`);
  await expect(changePassphrase(made.opened, { ...circumstances, old: PASSPHRASE, new: OTHER })).rejects.toThrow(
    /EISDIR|EEXIST|vault\./,
  );
  expect(officerKeys(made.opened.store).length).toBeGreaterThan(0);
  expect(keyOf(made.opened)).toEqual(key);
  rmdirSync(`${name}.new`);
  expect(keyOf(await reopened(made))).toEqual(key);
});

const [seedOne, seedTwo, seedThree] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
const first: SigningSecrets = { version: 1, seed: seedOne ?? randomBytes(32), identity: SEALING_IDENTITY, earlier: [] };
const second: SigningSecrets = {
  version: 2,
  seed: seedTwo ?? randomBytes(32),
  identity: 'AGE-SECRET-KEY-1INVENTED0SECOND',
  earlier: [{ identity: SEALING_IDENTITY, retired: AT }],
};

test.each([first, second, { ...second, seed: new Uint8Array(32).fill(0x41) }])(
  '[V140] secrets of version $version come out of their box as they went in',
  (secrets) => {
    expect(readSigning(writeSigning(secrets))).toEqual(secrets);
  },
);

test('[V140] a seed that begins like a later version is still one of version 1', () => {
  const odd = { ...first, seed: Uint8Array.from([2, 0, 0, 0, 2, ...new Uint8Array(27)]) };
  expect(readSigning(writeSigning(odd))).toEqual(odd);
});

test('[V141] only who had the keys before and can open the vault opens the next ones', () => {
  const keys = { vault: 'ab'.repeat(16), masterKey: new Uint8Array(32).fill(9) };
  const box = sealSuccession(second, first, keys, randomBytes);
  expect(openSuccession(box, first, keys)).toEqual(second);
  expect(openSuccession(box, { ...first, seed: seedThree ?? first.seed }, keys)).toBeUndefined();
  expect(openSuccession(box, first, { ...keys, masterKey: new Uint8Array(32) })).toBeUndefined();
  expect(openSuccession(box, first, { ...keys, vault: 'cd'.repeat(16) })).toBeUndefined();
  expect(openSuccession(box, { ...first, version: 2 }, keys)).toBeUndefined();
});

/** What a change of keys leaves in the store. */
function succeed(vault: OpenVault): void {
  const { signing, masterKey } = vault;
  if (signing === undefined) throw new Error('an officer');
  const box = sealSuccession(second, signing, { vault: vault.vault, masterKey }, randomBytes);
  write(vault.store, note, (tx) => addKeyVersion(tx, { version: 2, card: Uint8Array.of(1), at: AT }, box));
}

test('[V141] every officer and the recovery key come by the new keys, whoever changed them', async () => {
  const made = await newVault();
  await addUser(made.opened, { ...circumstances, name: 'Pia', role: 'officer', passphrase: OTHER });
  succeed(made.opened);
  const olga = await reopened(made);
  expect(olga.signing).toEqual(second);
  closeVault(olga);
  const pia = await unlocked(made.dir, { passphrase: OTHER, user: 'Pia' });
  expect(pia.signing).toEqual(second);
  await addUser(pia, { ...circumstances, name: 'Quin', role: 'officer', passphrase: 'a third lantern over it' });
  closeVault(pia);
  const quin = await unlocked(made.dir, { passphrase: 'a third lantern over it', user: 'Quin' });
  expect(quin.signing, 'a slot that was made later').toEqual(second);
  closeVault(quin);
  expect((await unlocked(made.dir, { recoveryKey: made.recoveryKey })).signing).toEqual(second);
});

test('[V137, V141, V143] a new key of the vault keeps the agency’s keys and the officer’s own', async () => {
  const { opened } = await newVault();
  const key = makeKey(opened);
  succeed(opened);
  const olga = { ...opened, signing: { ...second, seed: second.seed.slice() } };
  const rotation = { ...circumstances, passphrase: PASSPHRASE, progress: async () => undefined };
  const { opened: renewed } = await rotateVault(olga, rotation);
  expect(keyOf(renewed)).toEqual(key);
  expect(successionsAfter(renewed.store, 0)).toEqual([]);
  closeVault(renewed);
  const again = await unlocked(renewed.dir);
  expect(again.signing).toEqual(second);
  expect(keyOf(again)).toEqual(key);
});
