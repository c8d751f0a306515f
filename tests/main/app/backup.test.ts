import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confirmedPair, createdAgency, PASSPHRASE, startAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { attach, exported } from '../../support/attachment-steps.ts';
import { addEntity, openCase, receiveAll, release } from '../../support/case-steps.ts';

async function backupOf(at: TestAgency): Promise<Uint8Array<ArrayBuffer>> {
  const { backup, size, fileName } = await at.call('backup.begin', {});
  expect(fileName).toMatch(/^[a-z0-9-]+\.chirovault$/);
  const parts: Uint8Array[] = [];
  for (let isLast = false; !isLast;) {
    const piece = await at.call('backup.read', { backup });
    parts.push(piece.bytes);
    isLast = piece.isLast;
  }
  await at.call('backup.end', { backup });
  const bytes = new Uint8Array(Buffer.concat(parts));
  expect(bytes.length).toBe(size);
  return bytes;
}

const FIRST = 200_000;

async function restoreInto(at: TestAgency, vault: string, bytes: Uint8Array<ArrayBuffer>) {
  const first = bytes.slice(0, FIRST);
  const { restore } = await at.call('restore.begin', { vault, passphrase: PASSPHRASE, bytes: first });
  await at.call('restore.append', { restore, bytes: bytes.slice(FIRST) });
  return at.call('restore.finish', { restore, job: 'restoring' });
}

test('[U10] a vault goes to another machine as a backup, is unlocked there, and its log says both', async () => {
  const a = await createdAgency('Northmark Agency');
  const id = await openCase(a);
  await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  const bytes = await backupOf(a);
  const before = await a.call('case.fingerprint', { case: id });
  const elsewhere = startAgency();
  const restored = await restoreInto(elsewhere, 'again', bytes);
  expect(restored).toMatchObject({ vault: 'again', agency: 'Northmark Agency' });
  expect(elsewhere.events.some((event) => event.type === 'progress' && event.job === 'restoring')).toBe(true);
  await elsewhere.call('vault.unlock', { vault: 'again', passphrase: PASSPHRASE });
  expect(await elsewhere.call('case.fingerprint', { case: id })).toEqual(before);
  const { entries } = await elsewhere.call('audit.list', { limit: 20 });
  expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['vault.backup', 'vault.restored']));
  expect((await elsewhere.call('audit.verify', {})).ok).toBe(true);
});

test('[U23] a restored vault never uses a number twice, and names what it released after the backup', async () => {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  const backup = await backupOf(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900124' });
  const lost = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  expect(lost.plan.sequence).toBe(2);

  const again = startAgency();
  await restoreInto(again, 'main', backup);
  await again.call('vault.unlock', { vault: 'main', passphrase: PASSPHRASE });
  const receipt = lost.result.bytes;
  if (receipt === undefined) throw new Error('no receipt');
  expect(await again.refusal('receive.open', { bytes: receipt })).toBe('receive.lost-release');
  await addEntity(again, id, 'phone', { number: '+44 7700 900125' });
  const { quarantine, epoch, ...plan } = await b.call('receive.open', {
    bytes: (await release(again, id, idB)).sealed.bytes,
  });
  expect([plan.sequence, plan.stream]).toEqual([1, 'new-epoch']);
  expect(await b.refusal('receive.apply', { quarantine, accept: 'all' })).toBe('receive.new-epoch');
  await b.call('receive.apply', { quarantine, accept: 'all', epoch });
  const next = await receiveAll(b, (await release(again, id, idB)).sealed.bytes);
  expect([next.plan.sequence, next.plan.stream, next.result.verdict]).toEqual([2, 'next', 'applied']);
  const seen = await b.call('search.find', { text: '900125', limit: 5 });
  expect(seen.hits).toHaveLength(1);
});

test('a backup that was not read to its end, and one that was never begun, hand out nothing', async () => {
  const a = await createdAgency('Northmark Agency');
  const first = await a.call('backup.begin', {});
  const second = await a.call('backup.begin', {});
  expect(await a.refusal('backup.read', { backup: first.backup })).toBe('backup.no-transfer');
  await a.call('backup.read', { backup: second.backup });
  expect(await a.refusal('backup.read', { backup: second.backup })).toBe('backup.no-transfer');
});

test('a restore that is cancelled, refused or interrupted by a lock leaves no folder', async () => {
  const a = await createdAgency('Northmark Agency');
  const bytes = await backupOf(a);
  const at = startAgency();
  const begun = await at.call('restore.begin', { vault: 'x', passphrase: PASSPHRASE, bytes: bytes.slice(0, FIRST) });
  await at.call('restore.cancel', { restore: begun.restore });
  expect(await at.refusal('restore.append', { restore: begun.restore, bytes })).toBe('backup.no-transfer');
  const cut = await at.call('restore.begin', { vault: 'x', passphrase: PASSPHRASE, bytes: bytes.slice(0, FIRST) });
  expect(await at.refusal('restore.finish', { restore: cut.restore })).toBe('backup.damaged');
  expect(await at.refusal('restore.begin', { vault: 'x', passphrase: 'another one', bytes })).toBe(
    'vault.wrong-passphrase',
  );
  await at.call('restore.begin', { vault: 'x', passphrase: PASSPHRASE, bytes: bytes.slice(0, FIRST) });
  await at.call('vault.lock', {});
  expect(readdirSync(at.home)).toEqual([]);
});

test('wrong passphrases for a backup cost pauses, like those for a vault', async () => {
  const a = await createdAgency('Northmark Agency');
  const bytes = await backupOf(a);
  const at = startAgency();
  for (let guess = 0; guess < 5; guess += 1) {
    await at.refusal('restore.begin', { vault: 'x', passphrase: `wrong guess ${guess}`, bytes });
  }
  expect(await at.refusal('restore.begin', { vault: 'x', passphrase: PASSPHRASE, bytes })).toBe(
    'vault.too-many-attempts',
  );
});

test('[V137] a rotated vault stays open, has another recovery key, and lets nobody else in', async () => {
  const a = await createdAgency('Northmark Agency');
  const id = await openCase(a);
  await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  await a.call('vault.add-user', { name: 'Ana Analyst', role: 'analyst', passphrase: 'the analyst of the day' });
  const before = await a.call('case.fingerprint', { case: id });
  expect(await a.refusal('vault.rotate', { passphrase: 'not the one' })).toBe('vault.wrong-passphrase');
  const rotated = await a.call('vault.rotate', { passphrase: PASSPHRASE, job: 'rotating' });
  expect(rotated.removed).toEqual(['Ana Analyst']);
  expect(a.events.some((event) => event.type === 'progress' && event.job === 'rotating')).toBe(true);
  expect(await a.call('case.fingerprint', { case: id })).toEqual(before);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  expect((await a.call('vault.users', {})).users).toEqual([{ name: 'Olga Officer', role: 'officer' }]);
  await a.call('vault.add-user', { name: 'Ana Analyst', role: 'analyst', passphrase: 'the analyst of today' });
  const bytes = await backupOf(a);
  await a.call('vault.lock', {});
  expect(readdirSync(join(a.home, 'main')).toSorted()).toEqual(['head', 'store.db', 'vault.json', 'vault.json.bak']);

  const next = startAgency(a.home);
  expect(await next.refusal('vault.unlock', { vault: 'main', passphrase: 'the analyst of the day' })).toBe(
    'vault.wrong-passphrase',
  );
  await next.call('vault.unlock', { vault: 'main', recoveryKey: rotated.recoveryKey });
  const elsewhere = startAgency();
  await restoreInto(elsewhere, 'main', bytes);
});

test('[V137] evidence files are encrypted anew under a new key, and come back from a backup', async () => {
  const a = await createdAgency('Northmark Agency');
  const id = await openCase(a);
  const { subject } = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  const content = Buffer.from(`an invented lease ${'page '.repeat(40_000)}`);
  const { sha256 } = await attach(a, [subject], content);
  const folder = join(a.home, 'main', 'attachments');
  const [before = ''] = readdirSync(folder);
  const stored = readFileSync(join(folder, before));
  await a.call('vault.rotate', { passphrase: PASSPHRASE });
  const [after = ''] = readdirSync(folder);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(after).not.toBe(before);
  expect(readFileSync(join(folder, after)).subarray(0, 4096).equals(stored.subarray(0, 4096))).toBe(false);
  expect((await exported(a, sha256)).bytes.equals(content)).toBe(true);
  const elsewhere = startAgency();
  await restoreInto(elsewhere, 'again', await backupOf(a));
  await elsewhere.call('vault.unlock', { vault: 'again', passphrase: PASSPHRASE });
  expect((await exported(elsewhere, sha256)).bytes.equals(content)).toBe(true);
});

test('a rotation that is cancelled leaves the vault open under the key that it had', async () => {
  const a = await createdAgency('Northmark Agency');
  const id = await openCase(a);
  const rotation = a.refusal('vault.rotate', { passphrase: PASSPHRASE, job: 'rotating' });
  const cancel = async (): Promise<void> => {
    if (!a.events.some((event) => event.type === 'progress'))
      return new Promise((resolve) => setImmediate(() => resolve(cancel())));
    await a.call('job.cancel', { job: 'rotating' });
  };
  await cancel();
  expect(await rotation).toBe('request.cancelled');
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  await a.call('vault.lock', {});
  const next = startAgency(a.home);
  await next.call('vault.unlock', { vault: 'main', passphrase: PASSPHRASE });
  expect((await next.call('vault.status', {})).entities).toBe(1);
  expect(readdirSync(join(a.home, 'main')).some((name) => name.startsWith('rotat'))).toBe(false);
});
