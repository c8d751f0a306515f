import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openHandlers } from '../../../src-main/app/open-handlers.ts';
import { applyPlan } from '../../../src-main/app/receive/apply.ts';
import type { OpenSession } from '../../../src-main/app/session.ts';
import { verifyAudit } from '../../../src-main/store/audit.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { handling, PASSPHRASE, source, startAgency, temporaryHome } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { attach, attachmentsOf, exported } from '../../support/attachment-steps.ts';
import { inventedBytes } from '../../support/evidence.ts';
import { agencies, confirmed, sends, smallCase } from '../../support/forwarding.ts';
import type { Member } from '../../support/forwarding.ts';
import { rowsOf, vaultSession } from '../../support/vault-session.ts';

/** vault.md V126: taking files that is cut off, by a cancel or by a kill, leaves all of them or none. */

const MIB = 2 ** 20;
const JOB = 'taking';
const PHOTOS = [inventedBytes(MIB + 17), inventedBytes(2 * MIB + 5).toReversed()].map((bytes) => Buffer.from(bytes));

/** A vault in which a bundle with two photographs, and with so many people beside them, waits; one of its own is held. */
async function waiting(people: number) {
  const [a, b] = (await agencies(2)) as [Member, Member];
  await confirmed(a, b);
  const made = await smallCase(a);
  if (people > 0) await addPeople(a, made.id, people);
  for (const [i, photo] of PHOTOS.entries()) await attach(a.at, [made.suspect], photo, { name: `${i}.jpg`, step: MIB });
  const ours = await smallCase(b);
  await attach(b.at, [ours.suspect], Buffer.from('invented lease'));
  const { bytes } = await sends(a, [b], made.id);
  const { quarantine } = await b.at.call('receive.open', { bytes });
  return { b: b.at, quarantine };
}

async function addPeople({ at }: Member, id: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => `n${i},Invented Person ${i}x\n`);
  const bytes = new TextEncoder().encode(`id,name\n${rows.join('')}`);
  const said = { name: 'invented.csv', format: 'auto', attach: 'auto', source, handling, bytes } as const;
  await at.call('import.apply', { case: { id }, ...said });
}

/** Taking the bundle, cancelled when it has told so much; where it was then, and how it ended. */
function cancelling(session: OpenSession, quarantine: string, told: { after?: (stage: string) => void }) {
  return async (at: number): Promise<{ stage: string; end: string }> => {
    let [left, last] = [at, ''];
    told.after = (stage) => {
      left -= 1;
      last = stage;
      if (left === 0) session.jobs.cancel(JOB);
    };
    try {
      await applyPlan(session, { quarantine, accept: 'all', job: JOB });
      return { stage: last, end: 'done' };
    } catch (error) {
      if (error instanceof ChirographError) return { stage: last, end: error.code };
      throw error;
    }
  };
}

async function watched({ b, quarantine }: Awaited<ReturnType<typeof waiting>>) {
  const told: { after?: (stage: string) => void } = {};
  const session = await vaultSession(b, (event) => void (event.type === 'progress' && told.after?.(event.stage)));
  // what is planned is kept for the next attempt, which has fewer steps then
  await openHandlers['receive.items'](session, { quarantine, from: 0, limit: 1 });
  return { session, cancelAt: cancelling(session, quarantine, told) };
}

const stored = (home: string): string[] => readdirSync(join(home, 'main', 'attachments')).toSorted();

describe('[V126] taking files that is cancelled', () => {
  test('at any step leaves nothing of them, and goes through when it is done again', { timeout: 60_000 }, async () => {
    const one = await waiting(0);
    const { session, cancelAt } = await watched(one);
    const before = { rows: rowsOf(session.store, new Set()), files: stored(one.b.home) };
    const stages: string[] = [];
    for (let at = 1; ; at += 1) {
      const { stage, end } = await cancelAt(at);
      if (end === 'done') break;
      expect(end).toBe('request.cancelled');
      expect({ rows: rowsOf(session.store, new Set()), files: stored(one.b.home) }).toEqual(before);
      stages.push(stage);
    }
    expect(stages.filter((stage) => stage === 'files').length).toBeGreaterThanOrEqual(5);
    expect(stored(one.b.home)).toHaveLength(3);
    expect([verifyHead(session.store).ok, verifyAudit(session.store).ok]).toEqual([true, true]);
    const { attachments } = await openHandlers['attachment.list'](session, { offset: 0, limit: 200 });
    expect(attachments.map(({ state }) => state)).toEqual(['held', 'held', 'held']);
  });

  test('after they were given their names takes the names back', { timeout: 120_000 }, async () => {
    const one = await waiting(520);
    const { session, cancelAt } = await watched(one);
    const before = { rows: rowsOf(session.store, new Set()), files: stored(one.b.home) };
    const seen = new Set<string>();
    for (let at = 1; ; at += 1) {
      const { stage, end } = await cancelAt(at);
      if (end === 'done') break;
      expect(stored(one.b.home)).toEqual(before.files);
      if (!seen.has(stage)) expect(rowsOf(session.store, new Set())).toEqual(before.rows);
      seen.add(stage);
    }
    expect([...seen]).toEqual(expect.arrayContaining(['files', 'records', 'projection', 'commit']));
    expect(stored(one.b.home)).toHaveLength(3);
  });
});

const SCRIPT = fileURLToPath(new URL('../../support/receive-dying.ts', import.meta.url));

/** What a process that takes the bundle in a copy of a home said before it ended. */
function taken(what: 'piece' | 'name', home: string, at: number): string {
  const args = [SCRIPT, what, home, PASSPHRASE, String(at)];
  return spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}

function copyOf(home: string): string {
  const copy = temporaryHome();
  cpSync(home, copy, { recursive: true });
  return copy;
}

/** Every piece, or (without SLOW=1) every third; every name always. */
const STRIDE = { piece: process.env['SLOW'] === '1' ? 1 : 3, name: 1 };

/** Opens it as if nothing had happened: all of the bundle is there, or it waits; answers which. */
async function settled(home: string): Promise<'all' | 'none'> {
  const at = startAgency(home);
  await at.call('vault.unlock', { vault: 'main', passphrase: PASSPHRASE });
  expect((await at.call('audit.verify', {})).ok).toBe(true);
  const { quarantined } = await at.call('receive.list', {});
  const had = stored(home).length;
  expect([quarantined.length, had, (await attachmentsOf(at)).length]).toEqual(
    quarantined.length === 1 ? [1, 1, 1] : [0, 3, 3],
  );
  for (const { quarantine } of quarantined) await at.call('receive.apply', { quarantine, accept: 'all' });
  await isWhole(at);
  await at.call('vault.lock', {});
  return quarantined.length === 1 ? 'none' : 'all';
}

async function isWhole(at: TestAgency): Promise<void> {
  const files = await attachmentsOf(at);
  const sizes: number[] = [];
  for (const { sha256 } of files) sizes.push((await exported(at, sha256)).bytes.length);
  expect(sizes.toSorted((x, y) => x - y)).toEqual(['invented lease'.length, ...PHOTOS.map((photo) => photo.length)]);
  expect(stored(at.home)).toHaveLength(3);
  expect(stored(at.home).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
}

describe('[V126] taking files in a process that is killed', () => {
  test.each(['piece', 'name'] as const)('at any %s leaves all or none of them', { timeout: 240_000 }, async (what) => {
    const { b } = await waiting(0);
    await b.call('vault.lock', {});
    const steps = Number(taken(what, copyOf(b.home), 0));
    expect(steps).toBeGreaterThanOrEqual(5);
    const outcomes = new Set<string>();
    for (let at = 1; at <= steps; at += STRIDE[what]) {
      const home = copyOf(b.home);
      expect(taken(what, home, at)).toBe('');
      expect(existsSync(join(home, 'main', 'attachments'))).toBe(true);
      outcomes.add(await settled(home));
    }
    expect([...outcomes].toSorted()).toEqual(what === 'piece' ? ['none'] : ['all', 'none']);
  });
});
