import { readFileSync } from 'node:fs';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import { closeVault, unlockVault } from '../../src-main/vault/open-vault.ts';
import { beginRestore } from '../../src-main/vault/restore-vault.ts';
import { rotateVault } from '../../src-main/vault/rotate-vault.ts';
import { changePassphrase } from '../../src-main/vault/users.ts';
import { dieAt } from './dies-at.ts';
import { seededBytes } from './store-builders.ts';

/** A process that unlocks a vault, rotates its key, changes a passphrase or restores a backup, and dies at the nth step. Says how many there are. */

const [what = '', dir = '', passphrase = '', at = '0', more = ''] = process.argv.slice(2);
const now = (): Date => new Date('2026-03-02T10:00:00.000Z');
const world = { now, kdf: LEAST_KDF, randomBytes: seededBytes(`${what} ${at}`) };
const progress = async (): Promise<void> => undefined;
const credentials = { passphrase, user: what === 'update' && more !== '' ? more : 'Olga Officer' };

if (what === 'update') {
  const count = dieAt(Number(at));
  closeVault(await unlockVault(dir, credentials, { now }));
  process.stdout.write(`${count()}\n`);
}
if (what === 'rotate' || what === 'passphrase') {
  const vault = await unlockVault(dir, credentials, { now });
  const count = dieAt(Number(at));
  if (what === 'rotate') {
    const { opened } = await rotateVault(vault, { ...world, passphrase, progress });
    closeVault(opened);
  } else {
    await changePassphrase(vault, { ...world, old: passphrase, new: `${passphrase} anew` });
    process.stdout.write('acknowledged\n');
    closeVault(vault);
  }
  process.stdout.write(`${count()}\n`);
}
if (what === 'restore') {
  const bytes = new Uint8Array(readFileSync(more));
  const count = dieAt(Number(at));
  const restore = await beginRestore(dir, bytes, { passphrase }, { now });
  await restore.finish(progress);
  process.stdout.write(`${count()}\n`);
}
