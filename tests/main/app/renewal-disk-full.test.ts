import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { backupSource } from '../../../src-main/vault/backup-vault.ts';
import { goldenVault, OFFICER, snapshotOf } from '../../support/golden-vaults.ts';
import { seededBytes } from '../../support/store-builders.ts';
import { now, temporaryFolder, tryUnlock, unlocked } from '../../support/store-vaults.ts';

/** SQLite reports a file that may not grow as an error of the disk, Node as a full one. */
const DISK = /vault\.disk-(full|error)/;

const SCRIPT = fileURLToPath(new URL('../../support/vault-dying.ts', import.meta.url));

/** Runs in a process whose files may not grow beyond so many KiB: what a person calls a full disk (vault.md V101). */
function withLargestFile(kibibytes: number, what: string, dir: string, more = ''): string {
  const command = `ulimit -f ${kibibytes}; trap '' XFSZ; exec "$0" "$@"`;
  const args = ['-c', command, process.execPath, SCRIPT, what, dir, OFFICER.passphrase, '0', more];
  return spawnSync('bash', args, { encoding: 'utf8' }).stderr;
}

test('[V131] a disk that fills while a vault is brought up to date leaves the old one', async () => {
  for (const limit of [64, 400, 900]) {
    const dir = goldenVault('v1');
    const before = snapshotOf(dir);
    expect(withLargestFile(limit, 'update', dir)).toMatch(DISK);
    expect(snapshotOf(dir)).toEqual(before);
    await tryUnlock(dir, OFFICER);
  }
});

test('[V137] a disk that fills while a vault gets a new key leaves the old one open and whole', async () => {
  const dir = goldenVault('v1');
  await tryUnlock(dir, OFFICER);
  expect(withLargestFile(900, 'rotate', dir)).toMatch(DISK);
  await tryUnlock(dir, OFFICER);
});

test('[U20] a disk that fills while a vault is restored leaves nothing', async () => {
  const vault = await unlocked(goldenVault('v1'), OFFICER);
  const source = backupSource(vault);
  onTestFinished(() => source.close());
  const backup = source.begin({ randomBytes: seededBytes('backup'), now });
  const parts: Uint8Array[] = [];
  for (let part = backup.next(); part !== undefined; part = backup.next()) parts.push(part);
  backup.end();
  const file = join(temporaryFolder(), 'file.chirovault');
  writeFileSync(file, Buffer.concat(parts));
  const parent = temporaryFolder();
  expect(withLargestFile(500, 'restore', join(parent, 'v'), file)).toMatch(DISK);
  expect(snapshotOf(parent)).toEqual([]);
});
