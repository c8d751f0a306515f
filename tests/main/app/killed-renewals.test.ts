import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '../../../src-main/store/audit.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import { backupSource } from '../../../src-main/vault/backup-vault.ts';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import type { OpenVault } from '../../../src-main/vault/open-vault.ts';
import { expectedOf, goldenVault, OFFICER, recordsDigest } from '../../support/golden-vaults.ts';
import { seededBytes } from '../../support/store-builders.ts';
import { now, temporaryFolder, tryUnlock, unlocked } from '../../support/store-vaults.ts';

/** Every step, or (without SLOW=1) every fourth. */
const STRIDE = process.env['SLOW'] === '1' ? 1 : 4;
const SCRIPT = fileURLToPath(new URL('../../support/vault-dying.ts', import.meta.url));

function run(what: string, dir: string, at: number, ...more: readonly string[]): string {
  const args = [SCRIPT, what, dir, OFFICER.passphrase, String(at), ...more];
  return spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}

function stepsOf(output: string): number {
  return Number(output.trim().split('\n').at(-1));
}

/** Opens as if nothing had happened: whole, with everything in it, and with nothing left over. */
async function opens(dir: string, passphrase: string = OFFICER.passphrase): Promise<OpenVault> {
  const vault = await unlockVault(dir, { ...OFFICER, passphrase }, { now });
  try {
    expect(recordsDigest(vault.store)).toBe(expectedOf('v1').recordsDigest);
    expect(verifyHead(vault.store).ok).toBe(true);
    expect(verifyAudit(vault.store).ok).toBe(true);
  } finally {
    closeVault(vault);
  }
  const left = readdirSync(dir).filter((name) => !KEPT.has(name));
  expect(left).toEqual([]);
  return vault;
}

const KEPT = new Set(['head', 'store.db', 'vault.json', 'vault.json.bak', 'expected.json']);

test('[V135] killed at any step of bringing it up to date, a vault opens as the old one or the new one', async () => {
  const steps = stepsOf(run('update', goldenVault('v1'), 0));
  expect(steps).toBeGreaterThan(8);
  for (let at = 1; at <= steps; at += STRIDE) {
    const dir = goldenVault('v1');
    expect(run('update', dir, at)).toBe('');
    await opens(dir);
  }
}, 240_000);

test('[V135] killed at any step of a rotation, a vault opens under the old key or under the new one', async () => {
  const current = goldenVault('v1');
  await tryUnlock(current, OFFICER);
  const copy = (): string => {
    const dir = join(temporaryFolder(), 'vault');
    cpSync(current, dir, { recursive: true });
    return dir;
  };
  const steps = stepsOf(run('rotate', copy(), 0));
  expect(steps).toBeGreaterThan(10);
  const outcomes = new Set<string>();
  for (let at = 1; at <= steps; at += STRIDE) {
    const dir = copy();
    const before = readFileSync(join(dir, 'vault.json'), 'utf8');
    expect(run('rotate', dir, at)).toBe('');
    await opens(dir);
    const isOld = readFileSync(join(dir, 'vault.json'), 'utf8') === before;
    outcomes.add(isOld ? 'old' : 'new');
    const recovery = tryUnlock(dir, { recoveryKey: expectedOf('v1').recoveryKey });
    if (isOld) await recovery;
    else await expect(recovery).rejects.toMatchObject({ code: 'vault.wrong-recovery-key' });
  }
  expect([...outcomes].toSorted()).toEqual(['new', 'old']);
}, 240_000);

test('[V102] killed at any step of a change of passphrase, exactly one of the two opens the vault', async () => {
  const current = goldenVault('v1');
  await tryUnlock(current, OFFICER);
  const copy = (): string => {
    const dir = join(temporaryFolder(), 'vault');
    cpSync(current, dir, { recursive: true });
    return dir;
  };
  const steps = stepsOf(run('passphrase', copy(), 0));
  for (let at = 1; at <= steps; at += STRIDE) {
    const dir = copy();
    const isAcknowledged = run('passphrase', dir, at).includes('acknowledged');
    const opened: string[] = [];
    for (const passphrase of [OFFICER.passphrase, `${OFFICER.passphrase} anew`]) {
      const isOpen = await opens(dir, passphrase).then(
        () => true,
        (error: { code?: string }) => {
          if (error.code === 'vault.wrong-passphrase') return false;
          throw error;
        },
      );
      if (isOpen) opened.push(passphrase);
    }
    expect(opened).toHaveLength(1);
    if (isAcknowledged) expect(opened).toEqual([`${OFFICER.passphrase} anew`]);
    expect(existsSync(join(dir, 'vault.json.new'))).toBe(false);
  }
}, 240_000);

test('[U20] killed at any step of a restore, there is no vault or a whole one, and the next restore goes through', async () => {
  const source = await unlocked(goldenVault('v1'), OFFICER);
  const backups = backupSource(source);
  onTestFinished(() => backups.close());
  const backup = backups.begin({ randomBytes: seededBytes('backup'), now });
  const parts: Uint8Array[] = [];
  for (let part = backup.next(); part !== undefined; part = backup.next()) parts.push(part);
  backup.end();
  const file = join(temporaryFolder(), 'file.chirovault');
  writeFileSync(file, Buffer.concat(parts));
  const steps = stepsOf(run('restore', join(temporaryFolder(), 'v'), 0, file));
  for (let at = 1; at <= steps; at += STRIDE) {
    const parent = temporaryFolder();
    const dir = join(parent, 'v');
    run('restore', dir, at, file);
    if (existsSync(dir)) await opens(dir);
    else expect(stepsOf(run('restore', dir, 0, file))).toBeGreaterThan(0);
    await opens(dir);
    expect(readdirSync(parent)).toEqual(['v']);
  }
}, 240_000);
