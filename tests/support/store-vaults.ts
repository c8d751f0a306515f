import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createVault } from '../../src-main/vault/create-vault.ts';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import { closeVault, unlockVault } from '../../src-main/vault/open-vault.ts';
import type { Credentials, OpenVault } from '../../src-main/vault/open-vault.ts';
import { AT, NORTHMARK, seededBytes } from './store-builders.ts';

/** Vaults in temporary folders, with the cheapest key derivation that is allowed. */

export const PASSPHRASE = 'a lantern over Northmark';
export const SEALING_IDENTITY = 'AGE-SECRET-KEY-1INVENTED0FOR0TESTS';
export const now = (): Date => new Date(AT);
export const circumstances = { kdf: LEAST_KDF, randomBytes: seededBytes('circumstances'), now };

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type NewVault = { readonly dir: string; readonly recoveryKey: string; readonly opened: OpenVault };

/** A new vault of Northmark Agency with the officer Olga; whoever asks closes it. */
export async function makeVault(dir: string): Promise<NewVault> {
  const { recoveryKey, opened } = await createVault(dir, {
    agency: { id: NORTHMARK, name: 'Northmark Agency', country: 'XN', sample: true, card: Uint8Array.of(1, 2, 3) },
    secrets: { version: 1, seed: new Uint8Array(32).fill(7), identity: SEALING_IDENTITY, earlier: [] },
    user: 'Olga',
    passphrase: PASSPHRASE,
    kdf: LEAST_KDF,
    randomBytes: seededBytes(dir),
    now,
  });
  return { dir, recoveryKey, opened };
}

/** The same, in a temporary folder and closed after the test. */
export async function newVault(dir: string = join(temporaryFolder(), 'vault')): Promise<NewVault> {
  const made = await makeVault(dir);
  onTestFinished(() => closeVault(made.opened));
  return made;
}

/** A closed one. */
export async function closedVault(dir?: string): Promise<{ dir: string; recoveryKey: string }> {
  const { opened, ...closed } = await newVault(dir);
  closeVault(opened);
  return closed;
}

/** Opens a vault for the rest of the test. */
export async function unlocked(dir: string, credentials: Credentials = { passphrase: PASSPHRASE }): Promise<OpenVault> {
  const vault = await unlockVault(dir, credentials, { now });
  onTestFinished(() => closeVault(vault));
  return vault;
}

/** Opens and closes again: for tests of what opening refuses. */
export async function tryUnlock(dir: string, credentials: Credentials = { passphrase: PASSPHRASE }): Promise<void> {
  closeVault(await unlockVault(dir, credentials, { now }));
}
