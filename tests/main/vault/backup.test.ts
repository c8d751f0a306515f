import { spawnSync } from 'node:child_process';
import { createDecipheriv, hash, hkdfSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ChirographError } from '../../../src-shared/errors.ts';
import { auditEntries } from '../../../src-main/store/audit.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { ourEpoch } from '../../../src-main/store/epoch.ts';
import { fingerprint } from '../../../src-main/store/fingerprint.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import { encodeContents } from '../../../src-main/vault/backup-format.ts';
import { backupSource } from '../../../src-main/vault/backup-vault.ts';
import { closeVault, storeKeys } from '../../../src-main/vault/open-vault.ts';
import type { Credentials, OpenVault } from '../../../src-main/vault/open-vault.ts';
import { beginRestore } from '../../../src-main/vault/restore-vault.ts';
import { expectedOf, goldenVault, OFFICER } from '../../support/golden-vaults.ts';
import { person, put, seededBytes } from '../../support/store-builders.ts';
import { newVault, now, PASSPHRASE, temporaryFolder, unlocked } from '../../support/store-vaults.ts';

const UNLOCKING = fileURLToPath(new URL('../../support/vault-dying.ts', import.meta.url));

/** What another process says that unlocks the vault; it is the only one that POSIX locks hold off. */
function unlockElsewhere(dir: string): string {
  return spawnSync(process.execPath, [UNLOCKING, 'update', dir, PASSPHRASE, '0', 'Olga'], { encoding: 'utf8' }).stderr;
}

const progress = async (): Promise<void> => undefined;

function backupOf(vault: OpenVault, between: (part: number) => void = () => undefined): Uint8Array {
  const source = backupSource(vault);
  onTestFinished(() => source.close());
  const backup = source.begin({ randomBytes: seededBytes('backup'), now });
  try {
    const parts: Uint8Array[] = [];
    for (let part = backup.next(); part !== undefined; part = backup.next()) {
      parts.push(part);
      between(parts.length);
    }
    const bytes = new Uint8Array(Buffer.concat(parts));
    expect(bytes.length).toBe(backup.size);
    return bytes;
  } finally {
    backup.end();
  }
}

async function restored(
  bytes: Uint8Array,
  credentials: Credentials = { passphrase: PASSPHRASE },
  { dir = join(temporaryFolder(), 'restored'), piece = 700_001 } = {},
) {
  const restore = await beginRestore(dir, bytes.subarray(0, Math.min(piece, bytes.length)), credentials, { now });
  for (let at = piece; at < bytes.length; at += piece) restore.append(bytes.subarray(at, at + piece));
  return { dir, ...(await restore.finish(progress)) };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ChirographError) return error.code;
    throw error;
  }
  return 'accepted';
}

/** A vault of some megabytes with evidence files, so that a backup has several chunks. */
async function richVault(): Promise<OpenVault & { readonly recoveryKey: string }> {
  const { opened, recoveryKey } = await newVault();
  put(
    opened.store,
    Array.from({ length: 1500 }, (_, i) => person(`p${i}`)),
  );
  const folder = join(opened.dir, 'attachments');
  mkdirSync(folder);
  for (const [i, size] of [0, 1, 65_536].entries()) {
    writeFileSync(join(folder, `${i}`.repeat(64)), seededBytes(`file ${i}`)(size));
  }
  return { ...opened, recoveryKey };
}

describe('a backup', () => {
  test('[U21] makes the same vault again elsewhere, evidence files included, with a passphrase or the recovery key', async () => {
    const vault = await richVault();
    const bytes = backupOf(vault);
    const before = { print: fingerprint(vault.store), counts: statusCounts(vault.store) };
    for (const credentials of [{ passphrase: PASSPHRASE }, { recoveryKey: vault.recoveryKey }]) {
      const { dir, sequence, agency } = await restored(bytes, credentials);
      expect([sequence, agency]).toEqual([before.counts.sequence, 'Northmark Agency']);
      const again = await unlocked(dir);
      expect(fingerprint(again.store)).toBe(before.print);
      expect(statusCounts(again.store)).toEqual({ ...before.counts, sequence: before.counts.sequence + 1 });
      expect(again.signing?.seed).toEqual(vault.signing?.seed);
      for (const name of readdirSync(join(vault.dir, 'attachments'))) {
        const file = readFileSync(join(vault.dir, 'attachments', name));
        expect(readFileSync(join(dir, 'attachments', name)).equals(file)).toBe(true);
      }
    }
  });

  test('[U7] holds one moment: what is changed while it is read stays in the vault and is not in it', async () => {
    const vault = await richVault();
    const print = fingerprint(vault.store);
    const log = () => vault.store.sqlite.pragma('wal_autocheckpoint', { simple: true });
    const bytes = backupOf(vault, (part) => {
      expect(log()).toBe(0);
      put(vault.store, [person(`late ${part}`)]);
    });
    expect(log()).toBe(1000);
    expect(bytes.length).toBeGreaterThan(2 * 1_048_576);
    expect(statusCounts(vault.store).records).toBeGreaterThan(1502);
    const { dir } = await restored(bytes);
    expect(fingerprint((await unlocked(dir)).store)).toBe(print);
    closeVault(vault);
    const reopened = await unlocked(vault.dir);
    expect(verifyHead(reopened.store).ok).toBe(true);
  });

  test('[U7] ends when something rewrites the store under it', async () => {
    const vault = await richVault();
    const disturb = (): void => {
      put(vault.store, [person('disturbing')]);
      vault.store.sqlite.pragma('wal_checkpoint(TRUNCATE)');
    };
    expect(() => backupOf(vault, disturb)).toThrow(expect.objectContaining({ code: 'backup.disturbed' }));
  });

  test('[U7] leaves the lock of the store where it is: no other process can open it, not even after the backup', async () => {
    const vault = await richVault();
    backupOf(vault);
    expect(unlockElsewhere(vault.dir)).toContain('vault.in-use');
    closeVault(vault);
    expect(unlockElsewhere(vault.dir)).not.toContain('vault.');
  });

  test('[U2] has nothing in it that can be read: no name, no text, no page of SQLite', async () => {
    const vault = await richVault();
    const bytes = Buffer.from(backupOf(vault));
    for (const text of [
      'Northmark',
      'Olga',
      'SQLite',
      'store.db',
      'attachments',
      'sqlite_schema',
      'agency',
      'AGE-SECRET',
    ]) {
      expect([text, bytes.includes(text)]).toEqual([text, false]);
    }
    const database = readFileSync(join(vault.dir, 'store.db'));
    expect(bytes.includes(database.subarray(4096, 4160))).toBe(false);
  });

  test('[U1–U6] is what its page says: read by nothing but Node and the page', async () => {
    const vault = await richVault();
    const file = Buffer.from(backupOf(vault));
    expect(file.subarray(0, 10)).toEqual(Buffer.from('CHIROVLT\0\x01', 'latin1'));
    const end = 14 + file.readUInt32BE(10);
    const opening = z.object({ vault: z.string(), salt: z.string() }).parse(JSON.parse(file.toString('utf8', 14, end)));
    const [id, salt] = [Buffer.from(opening.vault, 'hex'), Buffer.from(opening.salt, 'base64url')];
    const backupKey = Buffer.from(hkdfSync('sha256', vault.masterKey, id, 'chirograph/vault-backup/v1', 32));
    const info = Buffer.concat([
      Buffer.from('chirograph/backup-file/v1\n'),
      hash('sha256', file.subarray(0, end), 'buffer'),
    ]);
    const key = Buffer.from(hkdfSync('sha256', backupKey, salt, info, 32));
    const chunks: Buffer[] = [];
    for (let at = end; at < file.length; at += 1_048_592) {
      const chunk = file.subarray(at, at + 1_048_592);
      const nonce = Buffer.alloc(12);
      nonce.writeUInt32BE(chunks.length, 7);
      nonce[11] = at + 1_048_592 >= file.length ? 1 : 0;
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
      decipher.setAuthTag(chunk.subarray(-16));
      chunks.push(Buffer.concat([decipher.update(chunk.subarray(0, -16)), decipher.final()]));
    }
    const plain = Buffer.concat(chunks);
    let at = 4 + plain.readUInt32BE(0);
    const contents: unknown = JSON.parse(plain.toString('utf8', 4, at));
    const { files } = z.object({ files: z.array(z.object({ name: z.string(), size: z.number() })) }).parse(contents);
    const digests = plain.subarray(-32 * files.length);
    for (const [i, { name, size }] of files.entries()) {
      const content = plain.subarray(at, at + size);
      expect([name, content.equals(readFileSync(join(vault.dir, name)))]).toEqual([name, true]);
      expect(hash('sha256', content, 'buffer')).toEqual(digests.subarray(32 * i, 32 * i + 32));
      at += size;
    }
    expect(plain.length).toBe(at + 32 * files.length);
    expect(files.map(({ name }) => name).slice(0, 4)).toEqual([
      'vault.json',
      'head',
      'store.db',
      `attachments/${'0'.repeat(64)}`,
    ]);
  });

  test('[U6] of more files than can be restored is never begun', () => {
    expect(() => encodeContents({ v: 1, sequence: 1, files: manyFiles(100_000) })).not.toThrow();
    expect(() => encodeContents({ v: 1, sequence: 1, files: manyFiles(100_001) })).toThrow(
      expect.objectContaining({ code: 'backup.too-many-files', details: { found: 100_001, supported: 100_000 } }),
    );
  });

  test('[U7] that cannot begin lets the log flow into the store again', async () => {
    const vault = await richVault();
    renameSync(join(vault.dir, 'vault.json'), join(vault.dir, 'elsewhere'));
    expect(() => backupOf(vault)).toThrow(ChirographError);
    expect(vault.store.sqlite.pragma('wal_autocheckpoint', { simple: true })).toBe(1000);
  });

  test('[U8] writes to no disk', async () => {
    const vault = await richVault();
    const names = readdirSync(vault.dir, { recursive: true });
    backupOf(vault, () => expect(readdirSync(vault.dir, { recursive: true })).toEqual(names));
  });
});

describe('a restored vault', () => {
  test('[U22] says so in its log, and [U23] begins an epoch of its own', async () => {
    const vault = await richVault();
    const first = await restored(backupOf(vault));
    const once = await unlocked(first.dir);
    const entries = auditEntries(once.store, { limit: 10 });
    const { created, sequence } = first;
    expect(entries.find(({ action }) => action === 'vault.restored')?.details).toEqual({ created, sequence });
    expect(ourEpoch(vault.store)).toBe(1);
    expect(ourEpoch(once.store)).toBe(Math.floor((now().getTime() - Date.UTC(2026, 0, 1)) / 1000));
    const second = await restored(backupOf(once));
    expect(ourEpoch((await unlocked(second.dir)).store)).toBe(ourEpoch(once.store) + 1);
  });

  test('[U21] of an older version is brought up to date on the way', async () => {
    const dir = goldenVault('v1');
    const current = await unlocked(goldenVault('v1'), OFFICER);
    const sqlite = openDatabase(join(dir, 'store.db'), storeKeys(current.masterKey, current.vault).store);
    const bytes = backupOf({ ...current, dir, store: { ...current.store, sqlite, statements: new Map() } });
    sqlite.close();
    const made = await restored(bytes, { recoveryKey: expectedOf('v1').recoveryKey });
    expect(made.sequence).toBe(expectedOf('v1').sequence);
    expect(fingerprint((await unlocked(made.dir, OFFICER)).store)).toBe(fingerprint(current.store));
  });

  test('[U20] is never put where something is, and nothing is left of a cancelled one', async () => {
    const vault = await richVault();
    const bytes = backupOf(vault);
    expect(await refusal(restored(bytes, { passphrase: PASSPHRASE }, { dir: vault.dir }))).toBe('vault.exists');
    const parent = temporaryFolder();
    const restore = await beginRestore(
      join(parent, 'v'),
      bytes.subarray(0, 1_500_000),
      { passphrase: PASSPHRASE },
      { now },
    );
    expect(readdirSync(parent)).toHaveLength(1);
    restore.cancel();
    expect(readdirSync(parent)).toEqual([]);
  });
});

async function leavesNothing(bytes: Uint8Array, credentials?: Credentials): Promise<string> {
  const parent = temporaryFolder();
  const code = await refusal(restored(bytes, credentials, { dir: join(parent, 'v') }));
  expect(readdirSync(parent)).toEqual([]);
  return code;
}

describe('nothing is restored and nothing is left', () => {
  test('[U3] with a wrong passphrase, another vault’s recovery key, or a typing mistake in it', async () => {
    const bytes = backupOf(await richVault());
    const other = await newVault(join(temporaryFolder(), 'other'));
    expect(await leavesNothing(bytes, { passphrase: 'another lantern' })).toBe('vault.wrong-passphrase');
    expect(await leavesNothing(bytes, { recoveryKey: other.recoveryKey })).toBe('vault.wrong-recovery-key');
    expect(await leavesNothing(bytes, { recoveryKey: 'ABCD' })).toBe('vault.recovery-key-typo');
  });

  test('[U1] from what is no backup, or one of a newer version', async () => {
    const bytes = backupOf(await richVault());
    const newer = bytes.slice();
    newer[9] = 2;
    expect(await leavesNothing(newer)).toBe('backup.newer-version');
    expect(await leavesNothing(new Uint8Array(100_000))).toBe('backup.malformed');
    expect(await leavesNothing(bytes.slice(0, 20))).toBe('backup.malformed');
  });

  test('[U5] from one that was cut anywhere, extended, or whose chunks were exchanged, repeated or left out', async () => {
    const bytes = backupOf(await richVault());
    const start = 14 + Buffer.from(bytes).readUInt32BE(10);
    const chunk = 1_048_592;
    const parts = [bytes.slice(0, start)];
    for (let at = start; at < bytes.length; at += chunk) parts.push(bytes.slice(at, at + chunk));
    const [head = bytes, one = bytes, two = bytes, ...rest] = parts;
    expect(rest.length).toBeGreaterThan(0);
    const built = [
      [head, two, one, ...rest],
      [head, one, one, two, ...rest],
      [head, one, ...rest],
      [head, one, two],
      [head, one],
      [head],
      [...parts, new Uint8Array(1)],
      [...parts, ...rest],
      [bytes.slice(0, -1)],
    ];
    for (const each of built) expect(await leavesNothing(Buffer.concat(each))).toBe('backup.damaged');
  });

  test('[U4, U5] from one with a flipped bit anywhere', async () => {
    const bytes = backupOf(await richVault());
    const start = 14 + Buffer.from(bytes).readUInt32BE(10);
    const flips = fc.tuple(fc.oneof(fc.nat(start - 1), fc.nat(bytes.length - 1)), fc.nat(7));
    await fc.assert(
      fc.asyncProperty(flips, async ([at, bit]) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(await leavesNothing(changed)).not.toBe('accepted');
      }),
      { numRuns: process.env['SLOW'] === '1' ? 400 : 20 },
    );
  });
});

function manyFiles(count: number): { readonly name: string; readonly size: number }[] {
  return Array.from({ length: count }, () => ({ name: 'head', size: 0 }));
}
