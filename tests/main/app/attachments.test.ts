import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newBatch } from '../../../src-main/store/batches.ts';
import { putRecords } from '../../../src-main/store/records.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { FileHash, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { Handling } from '../../../src-shared/domain/record.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import type { RecordId } from '../../../src-shared/domain/ids.ts';
import { sealRecord } from '../../../src-shared/records/seal-record.ts';
import { confirmedPair, createdAgency, handling, PASSPHRASE, source, startAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { attach, attachmentsOf, exported } from '../../support/attachment-steps.ts';
import { addEntity, openCase, releaseRequest, sealing } from '../../support/case-steps.ts';
import { inventedBytes } from '../../support/evidence.ts';
import { note, seededBytes } from '../../support/store-builders.ts';
import { openFully } from '../../support/review.ts';

const pdf = Buffer.concat([Buffer.from('%PDF-1.7 an invented lease '), inventedBytes(150_000)]);

function folderOf(at: TestAgency): string {
  return join(at.home, 'main', 'attachments');
}

function filesIn(at: TestAgency): string[] {
  return existsSync(folderOf(at)) ? readdirSync(folderOf(at)) : [];
}

async function withPerson() {
  const a = await createdAgency('Northmark Agency');
  const id = await openCase(a);
  const { subject } = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  return { a, id, subject };
}

async function reopened(a: TestAgency): Promise<TestAgency> {
  await a.call('vault.lock', {});
  const again = startAgency(a.home);
  await again.call('vault.unlock', { vault: 'main', passphrase: PASSPHRASE });
  return again;
}

const events = (custody: readonly { readonly event: string }[]) => custody.map(({ event }) => event);

test('a file is added in pieces, listed with who added it, and comes back the same', async () => {
  const { a, id, subject } = await withPerson();
  const added = await attach(a, [subject, id], pdf, { note: 'found in an invented flat' });
  expect(added).toMatchObject({
    size: pdf.length,
    type: 'application/pdf',
    name: 'invented lease.pdf',
    sniffed: 'application/pdf',
    isOdd: false,
    notes: ['found in an invented flat'],
    state: 'held',
    addedBy: 'Olga Officer',
    isOurs: true,
    source,
    handling,
  });
  expect(new Map(added.supports.map(({ kind, label }) => [kind, label]))).toEqual(
    new Map([
      ['case', 'Operation Test Lamp'],
      ['entity', 'Sergo Madeupson'],
    ]),
  );
  expect(await attachmentsOf(a, subject)).toEqual([added]);
  expect(await attachmentsOf(a, id)).toEqual([added]);
  expect(await attachmentsOf(a)).toEqual([added]);
  expect((await a.call('subject.show', { subject })).totals.attachments).toBe(1);
  const out = await exported(a, added.sha256);
  expect(out.fileName).toBe('invented lease.pdf');
  expect(out.bytes.equals(pdf)).toBe(true);
});

test('[V123] who added, exported and proved a file stands in its custody and in the audit log, the reason only in custody', async () => {
  const { a, subject } = await withPerson();
  const { sha256 } = await attach(a, [subject], pdf);
  await exported(a, sha256);
  expect(await a.call('attachment.verify', { sha256, job: 'proof' })).toEqual({ state: 'held' });
  const [shown] = await attachmentsOf(a, subject);
  expect(shown?.custody).toMatchObject([
    { event: 'verified', actor: 'Olga Officer' },
    { event: 'exported', note: 'for the invented court' },
    { event: 'added' },
  ]);
  const { entries } = await a.call('audit.list', { limit: 50 });
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['attachment.add', 'attachment.export', 'attachment.verify']),
  );
  expect(JSON.stringify(entries)).not.toContain('invented');
});

test('[V123] a file that is asked for and never fetched counts as exported', async () => {
  const { a, subject } = await withPerson();
  const { sha256 } = await attach(a, [subject], pdf);
  const { transfer } = await a.call('attachment.export', { sha256, reason: 'to look at' });
  expect(events((await attachmentsOf(a, subject))[0]?.custody ?? [])).toEqual(['exported', 'added']);
  await a.call('attachment.cancel', { transfer });
  expect(await a.refusal('attachment.read', { transfer })).toBe('attachment.no-transfer');
});

test('[V119] the same file added twice lies there once, with two records and two entries of custody', async () => {
  const { a, id, subject } = await withPerson();
  const one = await attach(a, [subject], pdf);
  const other = await attach(a, [id], pdf, { name: 'the same.pdf' });
  expect(other.record).not.toBe(one.record);
  expect(other.sha256).toBe(one.sha256);
  expect(filesIn(a)).toHaveLength(1);
  expect(events(other.custody)).toEqual(['added', 'added']);
});

test('[V117, V119, V121] a file that is missing, cut or damaged is shown as that, and healed when it is added again', async () => {
  const { a, subject } = await withPerson();
  const { sha256 } = await attach(a, [subject], pdf);
  const state = async () => (await attachmentsOf(a, subject))[0]?.state;
  const path = join(folderOf(a), filesIn(a)[0] ?? '');
  const length = statSync(path).size;
  truncateSync(path, length - 1);
  expect(await state()).toBe('damaged');
  expect(await a.call('attachment.verify', { sha256 })).toEqual({ state: 'damaged', rule: 'V114' });
  rmSync(path);
  expect(await state()).toBe('missing');
  expect(await a.refusal('attachment.export', { sha256, reason: 'to look at' })).toBe('attachment.missing');
  await attach(a, [subject], pdf);
  expect(await state()).toBe('held');
  flipByte(path, 100_000);
  expect(await state()).toBe('held');
  await expect(exported(a, sha256)).rejects.toThrow('attachment.damaged');
  expect(await state()).toBe('damaged');
  expect(events((await attachmentsOf(a, subject))[0]?.custody ?? [])).toContain('damaged');
  await attach(a, [subject], pdf);
  expect(await state()).toBe('held');
  expect((await exported(a, sha256)).bytes.equals(pdf)).toBe(true);
});

test('[V122] erasing the last record of a file takes the file, its notes and its key material with it', async () => {
  const { a, subject } = await withPerson();
  const one = await attach(a, [subject], pdf);
  const other = await attach(a, [subject], pdf, { name: 'the same.pdf' });
  await exported(a, one.sha256);
  const erase = { action: 'erase' as const, reason: 'collected without a basis' };
  await a.call('record.retract', { records: [one.record], ...erase });
  expect(filesIn(a)).toHaveLength(1);
  expect((await exported(a, one.sha256)).bytes.equals(pdf)).toBe(true);
  await a.call('record.retract', { records: [other.record], ...erase });
  expect(filesIn(a)).toEqual([]);
  expect(await attachmentsOf(a)).toEqual([]);
  expect(await a.refusal('attachment.export', { sha256: one.sha256, reason: 'again' })).toBe('attachment.missing');
  const { entries } = await a.call('audit.list', { limit: 3 });
  expect(entries.map(({ action }) => action)).toContain('attachment.erased');
  const again = await attach(a, [subject], pdf);
  expect(again.state).toBe('held');
  expect(events(again.custody).slice(0, 2)).toEqual(['added', 'erased']);
  expect(again.custody.every((event) => event.note === undefined)).toBe(true);
  const reopenedAgency = await reopened(a);
  expect((await attachmentsOf(reopenedAgency))[0]?.state).toBe('held');
});

test('[V122] an erased file that is on its way out stays behind', async () => {
  const { a, subject } = await withPerson();
  const { record, sha256 } = await attach(a, [subject], inventedBytes(5_000_000));
  const { transfer } = await a.call('attachment.export', { sha256, reason: 'an invented request' });
  await a.call('attachment.read', { transfer });
  await a.call('record.retract', { records: [record], action: 'erase', reason: 'collected without a basis' });
  expect(await a.refusal('attachment.read', { transfer })).toBe('attachment.no-transfer');
});

test('[V122] neither the name, the note nor the reason of an erased file is in the decrypted database, its free pages or its log', async () => {
  const { a, subject } = await withPerson();
  const canary = 'kanarienvogel';
  const { record, sha256 } = await attach(a, [subject], pdf, { name: `${canary}.pdf`, note: `${canary} note` });
  await a.call('attachment.export', { sha256, reason: `${canary} reason` });
  await a.call('record.retract', { records: [record], action: 'erase', reason: 'collected without a basis' });
  expect(statSync(join(a.home, 'main', 'store.db-wal')).size).toBe(0);
  await a.call('vault.lock', {});
  const vault = await unlockVault(join(a.home, 'main'), { passphrase: PASSPHRASE }, { now: () => new Date() });
  expect(Buffer.from(vault.store.sqlite.serialize()).toString('latin1')).not.toContain(canary);
  closeVault(vault);
});

test('[V122] a record that is corrected or superseded stays in the history, and its file with it', async () => {
  const { a, subject } = await withPerson();
  const { record } = await attach(a, [subject], pdf);
  await a.call('record.retract', { records: [record], action: 'correct', reason: 'another flat' });
  expect(await attachmentsOf(a)).toEqual([]);
  expect(filesIn(a)).toHaveLength(1);
});

test('[V33, V122] undoing the addition of a file removes it', async () => {
  const { a, subject } = await withPerson();
  await attach(a, [subject], pdf);
  const { batches } = await a.call('batch.list', { limit: 1 });
  for (const { id } of batches) await a.call('batch.undo', { batch: id });
  expect(filesIn(a)).toEqual([]);
  expect(await attachmentsOf(a, subject)).toEqual([]);
});

test('[V118] an erasure that a crash cut off is finished at the next open', async () => {
  const { a, subject } = await withPerson();
  const { record } = await attach(a, [subject], pdf);
  await a.call('vault.lock', {});
  await eraseWithoutTheApplication(join(a.home, 'main'), record);
  expect(filesIn(a)).toHaveLength(1);
  const again = await reopenedFrom(a);
  expect(filesIn(again)).toEqual([]);
  expect((await again.call('audit.list', { limit: 1 })).entries[0]?.action).toBe('attachment.erased');
});

test('[V116, V118] what a crash left of additions is put right at the next open', async () => {
  const { a, subject } = await withPerson();
  const { sha256 } = await attach(a, [subject], pdf);
  const [name = ''] = filesIn(a);
  await a.call('attachment.begin', { name: 'unfinished', size: 10, type: '' });
  expect(filesIn(a)).toHaveLength(2);
  await a.call('vault.lock', {});
  renameSync(join(folderOf(a), name), join(folderOf(a), `${name}.new`));
  writeFileSync(join(folderOf(a), `${'0'.repeat(64)}.new`), 'no row');
  writeFileSync(join(folderOf(a), `${'0'.repeat(32)}.part`), 'never finished');
  const again = await reopenedFrom(a);
  expect(filesIn(again)).toEqual([name]);
  expect((await exported(again, sha256)).bytes.equals(pdf)).toBe(true);
});

test('locking takes back what was on its way in', async () => {
  const { a } = await withPerson();
  const { transfer } = await a.call('attachment.begin', { name: 'unfinished', size: 10, type: '' });
  await a.call('attachment.append', { transfer, bytes: new Uint8Array(5) });
  await a.call('vault.lock', {});
  expect(filesIn(a)).toEqual([]);
});

test('[V116] a cancelled, cut or overlong transfer, or one for nobody, leaves neither a file nor a record', async () => {
  const { a, subject } = await withPerson();
  const begin = () => a.call('attachment.begin', { name: 'x', size: 10, type: 'text/plain' });
  const said = { subjects: [subject], source, handling };
  const cancelled = await begin();
  await a.call('attachment.cancel', cancelled);
  expect(await a.refusal('attachment.finish', { ...cancelled, ...said })).toBe('attachment.no-transfer');
  const cut = await begin();
  await a.call('attachment.append', { ...cut, bytes: new Uint8Array(9) });
  expect(await a.refusal('attachment.finish', { ...cut, ...said })).toBe('attachment.wrong-size');
  const overlong = await begin();
  expect(await a.refusal('attachment.append', { ...overlong, bytes: new Uint8Array(11) })).toBe(
    'attachment.wrong-size',
  );
  const forNobody = await begin();
  await a.call('attachment.append', { ...forNobody, bytes: new Uint8Array(10) });
  const unknown = SubjectId.parse('01990000-0000-7000-8000-00000000dead');
  expect(await a.refusal('attachment.finish', { ...forNobody, ...said, subjects: [unknown] })).toBe('store.not-found');
  const malformed = await begin();
  await a.call('attachment.append', { ...malformed, bytes: new Uint8Array(10) });
  const wrong = { ...handling, codes: ['H3' as const], caveat: '\uD800' };
  expect(await a.refusal('attachment.finish', { ...malformed, ...said, handling: wrong })).toBe('json.malformed');
  expect(filesIn(a)).toEqual([]);
  expect(await attachmentsOf(a)).toEqual([]);
});

test('[V125] files over 2 GiB, pieces over 4 MiB, names of half a character and a ninth transfer are refused', async () => {
  const { a } = await withPerson();
  const file = { name: 'x', size: 1, type: '' };
  expect(await a.refusal('attachment.begin', { ...file, size: 2_147_483_649 })).toBe('attachment.too-large');
  expect(await a.refusal('attachment.begin', { ...file, name: '\uD800' })).toBe('request.invalid');
  const [first] = await Promise.all(Array.from({ length: 8 }, () => a.call('attachment.begin', file)));
  expect(await a.refusal('attachment.begin', file)).toBe('attachment.too-many-transfers');
  const piece = { transfer: first?.transfer ?? '', bytes: new Uint8Array(4_194_305) };
  expect(await a.refusal('attachment.append', piece)).toBe('request.invalid');
  await a.call('attachment.cancel', { transfer: first?.transfer ?? '' });
  await a.call('attachment.begin', file);
});

test('[V124] a hostile name is kept as it came, told when it lies, and harmless when it is handed out', async () => {
  const { a, subject } = await withPerson();
  const name = '../../photo\u202Egpj.exe';
  const exe = Buffer.concat([Buffer.from('MZ\x90'), inventedBytes(500)]);
  const added = await attach(a, [subject], exe, { name, type: 'IMAGE/JPEG; charset=binary' });
  expect(added).toMatchObject({ name, fileName: 'photogpj.exe', type: 'image/jpeg', isOdd: true });
  expect((await exported(a, added.sha256)).fileName).toBe('photogpj.exe');
  expect(await attach(a, [subject], exe, { name: 'no type', type: 'nonsense' })).toMatchObject({
    type: 'application/octet-stream',
    isOdd: false,
  });
});

test('an empty file is a file', async () => {
  const { a, subject } = await withPerson();
  const { sha256 } = await attach(a, [subject], new Uint8Array(), { name: 'empty.txt', type: 'text/plain' });
  expect(await a.call('attachment.verify', { sha256 })).toEqual({ state: 'held' });
  expect((await exported(a, sha256)).bytes).toHaveLength(0);
});

test('files are listed page by page, those that came last first', async () => {
  const { a, subject } = await withPerson();
  for (const name of ['1.txt', '2.txt', '3.txt']) await attach(a, [subject], Buffer.from(name), { name, type: '' });
  const page = async (offset: number, about: object) => {
    const { attachments, total } = await a.call('attachment.list', { ...about, offset, limit: 2 });
    return [attachments.map(({ name }) => name), total];
  };
  for (const about of [{ subject }, {}]) {
    expect(await page(0, about)).toEqual([['3.txt', '2.txt'], 3]);
    expect(await page(2, about)).toEqual([['1.txt'], 3]);
  }
});

test('a file that the store never had cannot be exported or proved', async () => {
  const { a } = await withPerson();
  const sha256 = FileHash.parse('0'.repeat(64));
  expect(await a.refusal('attachment.export', { sha256, reason: 'x' })).toBe('store.not-found');
  expect(await a.refusal('attachment.verify', { sha256 })).toBe('store.not-found');
});

test('[P0] a release shows the files of a case and of its members, and the bundle has each once', async () => {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a);
  const { subject } = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  await attach(a, [subject], pdf);
  await attach(a, [id], pdf, { name: 'of the case.pdf' });
  const request = releaseRequest(id, idB);
  const preview = await a.call('release.preview', request);
  expect(preview.totals).toMatchObject({ files: 1, fileBytes: pdf.length });
  expect(
    preview.subjects
      .filter(({ kind }) => kind === 'attachment')
      .map(({ label }) => label)
      .toSorted(),
  ).toEqual(['invented lease.pdf', 'of the case.pdf']);
  const sealed = await a.call('release.seal', sealing(request, preview));
  const plan = await openFully(b, sealed.bytes);
  expect(plan.items.filter(({ kind }) => kind === 'attachment')).toHaveLength(2);
  expect(plan.totals).toMatchObject({ files: 1 });
});

test.each<[string, Partial<Handling>]>([
  ['P2', { tlp: 'TLP:RED' }],
  ['P4', { codes: ['H2'] }],
  ['P11', { reviewOn: PartialDate.parse('2020-01-01') }],
  ['P18', { purposes: ['border-control'] }],
])(
  '[%s] a file that may not be exported does not leave the vault, and nothing says that it did',
  async (rule, marked) => {
    const { a, subject } = await withPerson();
    const { sha256 } = await attach(a, [subject], pdf, { handling: { ...handling, ...marked } });
    const asked = a.call('attachment.export', { sha256, reason: 'to look at' });
    await expect(asked).rejects.toMatchObject({ code: 'attachment.stays', details: { rules: [rule] } });
    expect(events((await attachmentsOf(a, subject))[0]?.custody ?? [])).toEqual(['added']);
  },
);

test('[P29] a file whose record was withdrawn is not exported any more, unless another record names it', async () => {
  const { a, subject } = await withPerson();
  const one = await attach(a, [subject], pdf);
  await a.call('record.retract', { records: [one.record], action: 'correct', reason: 'another lease' });
  expect(await a.refusal('attachment.export', { sha256: one.sha256, reason: 'x' })).toBe('attachment.stays');
  await attach(a, [subject], pdf, { name: 'again.pdf' });
  await a.call('attachment.export', { sha256: one.sha256, reason: 'to look at' });
});

test('[V120] files and custody are part of the head', async () => {
  const { a, subject } = await withPerson();
  const { sha256 } = await attach(a, [subject], pdf);
  await exported(a, sha256);
  await a.call('vault.lock', {});
  const vault = await unlockVault(join(a.home, 'main'), { passphrase: PASSPHRASE }, { now: () => new Date() });
  expect(verifyHead(vault.store).ok).toBe(true);
  vault.store.sqlite.exec(`UPDATE custody SET actor = 'nobody' WHERE event = 'exported'`);
  expect(verifyHead(vault.store).ok).toBe(false);
  vault.store.sqlite.exec(`UPDATE custody SET actor = 'Olga Officer' WHERE event = 'exported'`);
  expect(verifyHead(vault.store).ok).toBe(true);
  closeVault(vault);
});

function flipByte(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

async function reopenedFrom(a: TestAgency): Promise<TestAgency> {
  const again = startAgency(a.home);
  await again.call('vault.unlock', { vault: 'main', passphrase: PASSPHRASE });
  return again;
}

/** What a process does that ends between the transaction and the removal of the file. */
async function eraseWithoutTheApplication(dir: string, target: RecordId): Promise<void> {
  const vault = await unlockVault(dir, { passphrase: PASSPHRASE }, { now: () => new Date() });
  const retract = sealRecord(
    {
      kind: 'retract',
      subject: SubjectId.parse('01990000-0000-7000-8000-00000000beef'),
      author: vault.agency.id,
      created: '2026-03-01T09:30:00.000Z',
      supersedes: [],
      handling,
      commitment: 'claims',
      targets: [target],
      action: 'erase',
      claims: [],
    },
    { randomBytes: seededBytes('erase') },
  );
  write(vault.store, note('record.retract'), (tx) => {
    putRecords(tx, newBatch(tx, { kind: 'recall', at: '2026-03-01T09:30:00.000Z', actor: 'Olga' }), [retract]);
  });
  closeVault(vault);
}
