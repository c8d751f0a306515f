import { expect, test } from 'vitest';
import { saveEntity } from '../../../src-main/app/handlers/subject-handlers.ts';
import { applyImport } from '../../../src-main/app/handlers/import-handlers.ts';
import { applyPlan } from '../../../src-main/app/receive/apply.ts';
import { openFile } from '../../../src-main/app/receive/open-file.ts';
import { planQuarantined } from '../../../src-main/app/receive/review.ts';
import { sealRelease } from '../../../src-main/app/release/seal-release.ts';
import { change } from '../../../src-main/app/session.ts';
import type { OpenSession } from '../../../src-main/app/session.ts';
import { auditEntries, verifyAudit } from '../../../src-main/store/audit.ts';
import { newBatch } from '../../../src-main/store/batches.ts';
import { fingerprint } from '../../../src-main/store/fingerprint.ts';
import { putRecords } from '../../../src-main/store/records.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import { methods } from '../../../src-shared/contract/methods.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { confirmedPair, handling, source } from '../../support/agency.ts';
import { randomBytes } from '../../support/bare-partner.ts';
import { addEntity, claimsOf, openCase, release, releaseRequest, sealing } from '../../support/case-steps.ts';
import { vaultSession } from '../../support/vault-session.ts';

function everything({ store }: OpenSession) {
  return { fingerprint: fingerprint(store), audit: auditEntries(store, { limit: 500 }) };
}

/** From now on the database may grow by so many pages. */
function leaveRoom({ store }: OpenSession, pages: number): void {
  const used = Number(store.sqlite.pragma('page_count', { simple: true }));
  store.sqlite.pragma(`max_page_count = ${used + pages}`);
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ChirographError) return error.code;
    throw error;
  }
  return 'done';
}

/** Takes room, also compressed. */
const LONG = Buffer.from(randomBytes(20_000)).toString('hex');

async function exchanged() {
  const pair = await confirmedPair();
  const id = await openCase(pair.a);
  for (let i = 0; i < 20; i += 1)
    await addEntity(pair.a, id, 'event', {
      title: `Event ${i}`,
      description: `${i} ${Buffer.from(randomBytes(5000)).toString('hex')}`,
    });
  const { sealed } = await release(pair.a, id, pair.idB);
  return { ...pair, id, bytes: sealed.bytes };
}

test('what throws in the middle of a change leaves no record, no projection and no audit entry', async () => {
  const { a } = await exchanged();
  const session = await vaultSession(a);
  const before = everything(session);
  const record = session.author.entity({
    subject: session.author.newSubject(),
    type: 'person',
    claims: claimsOf({ name: 'Sergo Madeupson' }),
    source,
    handling,
  });
  const act = (): void =>
    change(session, 'test', {}, (tx) => {
      putRecords(tx, newBatch(tx, { kind: 'edit', at: new Date().toISOString(), actor: 'test' }), [record]);
      throw new Error('in the middle');
    });
  expect(act).toThrow('in the middle');
  const inTheNote = (): void =>
    change(
      session,
      'test',
      () => {
        throw new Error('in the note');
      },
      (tx) => {
        putRecords(tx, newBatch(tx, { kind: 'edit', at: new Date().toISOString(), actor: 'test' }), [record]);
      },
    );
  expect(inTheNote).toThrow('in the note');
  expect(everything(session)).toEqual(before);
  expect([verifyHead(session.store).ok, verifyAudit(session.store).ok]).toEqual([true, true]);
});

test('a full disk refuses what is received, imported, edited or released, changes nothing, and goes on when there is room', async () => {
  const { a, b, id, bytes, idB } = await exchanged();
  const session = await vaultSession(b);
  const before = everything(session);
  leaveRoom(session, 2);
  expect(await codeOf(() => openFile(session, { bytes }))).toBe('vault.disk-full');
  expect(everything(session)).toEqual(before);
  leaveRoom(session, 1_000_000);
  const plan = await openFile(session, { bytes });
  const held = everything(session);
  const input = { quarantine: plan.quarantine, accept: 'all' } as const;
  leaveRoom(session, 2);
  expect(await codeOf(() => applyPlan(session, input))).toBe('vault.disk-full');
  expect(everything(session)).toEqual(held);
  expect((await planQuarantined(session, { quarantine: plan.quarantine })).counts).toEqual(plan.counts);
  const lines = Array.from({ length: 2000 }, (_, i) => `invented name ${i} ${'x'.repeat(50)}`).join('\n');
  const file = {
    case: { title: 'Imported' },
    name: 'names.csv',
    format: 'auto',
    attach: 'auto',
    source,
    handling,
    bytes: new TextEncoder().encode(`name\n${lines}\n`),
  } as const;
  expect(await codeOf(() => applyImport(session, file))).toBe('vault.disk-full');
  const said = { type: 'event', claims: claimsOf({ description: LONG }), source, handling, supersedes: [] };
  expect(await codeOf(() => saveEntity(session, said))).toBe('vault.disk-full');
  expect(everything(session)).toEqual(held);
  leaveRoom(session, 1_000_000);
  expect((await applyPlan(session, input)).verdict).toBe('applied');
  expect((await applyImport(session, file)).entities).toBe(2000);
  expect([verifyHead(session.store).ok, verifyAudit(session.store).ok]).toEqual([true, true]);

  const preview = await a.call('release.preview', releaseRequest(id, idB));
  const issuer = await vaultSession(a);
  const untouched = everything(issuer);
  issuer.store.sqlite.pragma('query_only = ON');
  const request = methods['release.seal'].input.parse(sealing(releaseRequest(id, idB), preview));
  expect(await codeOf(() => sealRelease(issuer, request))).toBe('vault.read-only');
  issuer.store.sqlite.pragma('query_only = OFF');
  expect(everything(issuer)).toEqual(untouched);
});
