import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { PAGE_SIZE } from '../../../src-main/store/database.ts';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { createdAgency, handling, PASSPHRASE, source, startAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';

const VAULT = 'main';

type Salvage = { readonly bytes: Uint8Array; readonly report: Output<'store.salvage-part'>['report'] };

/** An agency with a case of some people. */
async function filledAgency(people: number): Promise<TestAgency> {
  const agency = await createdAgency('Northmark Agency');
  const lantern = await agency.call('case.save', { title: 'Operation Lantern', handling });
  for (let i = 0; i < people; i += 1) {
    const claims = [{ property: 'name', value: `Person ${i}` }];
    await agency.call('entity.save', { case: lantern.id, supersedes: [], type: 'person', claims, source, handling });
  }
  return agency;
}

async function salvage(agency: TestAgency): Promise<Salvage> {
  const { salvage: id } = await agency.call('store.salvage', {});
  const parts: Uint8Array[] = [];
  for (;;) {
    const { bytes, isLast, report } = await agency.call('store.salvage-part', { salvage: id });
    parts.push(bytes);
    if (isLast) return { bytes: new Uint8Array(Buffer.concat(parts)), report };
  }
}

async function rescue(agency: TestAgency, { bytes }: Pick<Salvage, 'bytes'>): Promise<Output<'rescue.finish'>> {
  const { rescue: id } = await agency.call('rescue.begin', { vault: VAULT, passphrase: PASSPHRASE, into: 'rescued' });
  for (let at = 0; at < bytes.length; at += 1000) {
    await agency.call('rescue.append', { rescue: id, bytes: bytes.slice(at, at + 1000) });
  }
  return agency.call('rescue.finish', { rescue: id, job: 'rescue' });
}

async function unlocked(agency: TestAgency, vault: string): Promise<Output<'vault.status'>> {
  return agency.call('vault.unlock', { vault, user: 'Olga Officer', passphrase: PASSPHRASE });
}

test('[W1, W3] what is salvaged opens with the exported identity alone, and every line of it is JSON', async () => {
  const agency = await filledAgency(3);
  const { bytes } = await salvage(agency);
  const identity = await agency.call('vault.identity', {});
  const decrypter = new Decrypter();
  decrypter.addIdentity(Buffer.from(identity.bytes).toString().trim());
  const lines = Buffer.from(await decrypter.decrypt(bytes))
    .toString()
    .trimEnd()
    .split('\n');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ line: 'salvage', v: 1, agency: { name: 'Northmark Agency' } });
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ line: 'end', lost: [] });
  expect(lines.filter((line) => line.includes('Person 2'))).toHaveLength(1);
});

test('[W7, W9, W10] a vault made of a salvage file holds the same, opens for the same users, and goes on with the same log', async () => {
  const agency = await filledAgency(30);
  const { cases } = await agency.call('case.list', {});
  const print = await agency.call('case.fingerprint', { case: cases[0]?.id ?? '' });
  const entries = (await agency.call('audit.list', { limit: 500 })).entries;
  const file = await salvage(agency);
  const before = await agency.call('vault.status', {});
  await agency.call('vault.lock', {});
  const again = restarted(agency);
  expect(await rescue(again, file)).toMatchObject({ vault: 'rescued', records: before.records, leftOut: 0, lost: [] });
  const { records, entities } = await unlocked(again, 'rescued');
  expect({ records, entities }).toEqual({ records: before.records, entities: before.entities });
  expect(await again.call('case.fingerprint', { case: cases[0]?.id ?? '' })).toEqual(print);
  const log = (await again.call('audit.list', { limit: 500 })).entries;
  expect(log.slice(-entries.length)).toEqual(entries);
  expect(await again.call('audit.verify', {})).toMatchObject({ ok: true });
  expect(await again.call('store.check', { wait: true })).toMatchObject({ phase: 'whole' });
});

test('[V97] a damaged vault opens for reading, is salvaged, and what was whole is in the new one', async () => {
  const agency = await filledAgency(120);
  const before = await agency.call('vault.status', {});
  await agency.call('vault.lock', {});
  const path = join(agency.home, VAULT, 'store.db');
  const page = await pageWith(agency, 'records');
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8((page - 1) * PAGE_SIZE + 5000) ^ 1, (page - 1) * PAGE_SIZE + 5000);
  writeFileSync(path, bytes);
  const again = restarted(agency);
  const given = { vault: VAULT, passphrase: PASSPHRASE };
  expect(await again.refusal('vault.unlock', given)).toBe('vault.store-damaged');
  expect(await again.refusal('vault.accept', { ...given, how: 'as-it-is' })).toBe('vault.store-damaged');
  expect(await again.call('vault.accept', { ...given, how: 'for-reading' })).toMatchObject({ isReadOnly: true });
  expect(await again.refusal('case.save', { title: 'Another', handling })).toBe('vault.opened-for-reading');
  expect(await again.refusal('vault.change-passphrase', { old: PASSPHRASE, new: 'another one' })).toBe(
    'vault.opened-for-reading',
  );
  expect(await again.call('store.check', { wait: true })).toMatchObject({ phase: 'damaged', advice: 'salvage' });
  const file = await salvage(again);
  const lost = file.report?.lostRecords.length ?? 0;
  expect(lost).toBeGreaterThan(0);
  await again.call('vault.lock', {});
  const after = restarted(agency);
  expect(await rescue(after, file)).toMatchObject({ records: before.records - lost });
  expect(await unlocked(after, 'rescued')).toMatchObject({ records: before.records - lost, isReadOnly: false });
});

test('[W8] a salvage file that is cut, lengthened or changed makes no vault', async () => {
  const agency = await filledAgency(2);
  const { bytes } = await salvage(agency);
  await agency.call('vault.lock', {});
  const again = restarted(agency);
  const changed = bytes.slice();
  changed[bytes.length - 40] = (changed[bytes.length - 40] ?? 0) ^ 1;
  for (const wrong of [bytes.slice(0, -30), new Uint8Array([...bytes, 1]), changed, new Uint8Array(500)]) {
    await expect(rescue(again, { bytes: wrong })).rejects.toThrow(/^salvage\.(malformed|not-ours)$/);
    expect(await again.call('vault.list', {})).toMatchObject({ vaults: [{ vault: VAULT }] });
  }
});

test('[W12] whoever knows the card of an agency cannot make a salvage file for it', async () => {
  const agency = await filledAgency(3);
  const { bytes } = await salvage(agency);
  const identity = Buffer.from((await agency.call('vault.identity', {})).bytes)
    .toString()
    .trim();
  await agency.call('vault.lock', {});
  const again = restarted(agency);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const lines = Buffer.from(await decrypter.decrypt(bytes))
    .toString()
    .split(/(?<=\n)/);
  const kept = lines.slice(0, -1).filter((line) => !line.includes('Person 2'));
  const digest = createHash('sha256').update(kept.join('')).digest('hex');
  const end = (lines.at(-1) ?? '').replace(/"digest":"[0-9a-f]{64}"/, `"digest":"${digest}"`);
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  const forged = await encrypter.encrypt([...kept, end].join(''));
  await expect(rescue(again, { bytes: forged })).rejects.toThrow('salvage.not-ours');
  expect(await again.call('vault.list', {})).toMatchObject({ vaults: [{ vault: VAULT }] });
});

/** The same home, as a new process would find it. */
function restarted({ home }: TestAgency): TestAgency {
  return startAgency(home);
}

/** A page in the middle of a table, found through the vault itself. */
async function pageWith(agency: TestAgency, table: string): Promise<number> {
  const { store, ...vault } = await unlockVault(
    join(agency.home, VAULT),
    { passphrase: PASSPHRASE },
    { now: () => new Date() },
  );
  const sql = `SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno`;
  const pages = store.sqlite.prepare(sql).pluck().all(table).map(Number);
  closeVault({ ...vault, store });
  return pages[Math.floor(pages.length / 2)] ?? 0;
}
