import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type VaultLink, type VaultProcess, linkVaultProcess } from '../../../src-main/app/vault-link.ts';
import { forkVault } from '../../../src-main/hosts/loopback/fork-vault.ts';
import type { VaultEvent } from '../../../src-shared/contract/methods.ts';

const program = fileURLToPath(new URL('../../support/vault-program.ts', import.meta.url));
const ended = { ok: false, error: { code: 'host.vault-ended', details: {} } };

function startLink(home = 'no-home') {
  const processes: VaultProcess[] = [];
  const link = linkVaultProcess(() => {
    const started = forkVault(home, program);
    processes.push(started);
    return started;
  });
  const events: VaultEvent[] = [];
  link.onEvent((event) => events.push(event));
  onTestFinished(() => link.kill());
  return { link, events, processes };
}

function nextEvent(link: VaultLink): Promise<VaultEvent> {
  return new Promise((resolve) => link.onEvent(resolve));
}

async function processId(link: VaultLink): Promise<number> {
  const reply = await link.call('vault.users', {});
  if (!reply.ok || !('users' in reply.value)) throw new Error('no answer');
  return Number(reply.value.users[0]?.name);
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

test('the first call starts a process, and the next ones go to the same', async () => {
  const { link, processes } = startLink();
  expect(processes).toHaveLength(0);
  expect(await processId(link)).toBe(await processId(link));
  expect(processes).toHaveLength(1);
});

test('lock answers when the process has ended, and the next call starts another', async () => {
  const { link, events } = startLink();
  const before = await processId(link);
  expect(await link.call('vault.lock', {})).toEqual({ ok: true, value: {} });
  expect(isAlive(before)).toBe(false);
  expect(events).toEqual([{ type: 'locked', reason: 'asked' }]);
  expect(await processId(link)).not.toBe(before);
});

test('lock without a process starts none', async () => {
  const { link, events, processes } = startLink();
  expect(await link.call('vault.lock', {})).toEqual({ ok: true, value: {} });
  expect([events, processes]).toEqual([[], []]);
});

test('lock ends a process that is busy and hears nothing', async () => {
  const { link, events } = startLink();
  const id = await processId(link);
  const busy = link.call('partner.list', {});
  await link.call('vault.lock', {});
  expect(await busy).toEqual(ended);
  expect(isAlive(id)).toBe(false);
  expect(events).toEqual([{ type: 'locked', reason: 'asked' }]);
});

test('two locks at once are one', async () => {
  const { link, events } = startLink();
  await processId(link);
  await Promise.all([link.call('vault.lock', {}), link.call('vault.lock', {})]);
  expect(events).toHaveLength(1);
});

test('a call that comes while the process ends is answered by the next process', async () => {
  const { link } = startLink();
  const before = await processId(link);
  const lock = link.call('vault.lock', {});
  expect(await processId(link)).not.toBe(before);
  await lock;
});

test('a process that breaks down refuses what was asked of it, and says so', async () => {
  const { link, events } = startLink();
  expect(await link.call('vault.status', {})).toEqual(ended);
  expect(events).toEqual([{ type: 'locked', reason: 'ended' }]);
  expect(await link.call('vault.list', {})).toEqual({ ok: true, value: { vaults: [], place: { kind: 'local' } } });
});

test('a bug outside any call ends the process; where it was is kept, what it said is not', async () => {
  const home = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const { link } = startLink(home);
  expect(await link.call('audit.verify', {})).toEqual(ended);
  const log = readFileSync(join(home, 'incidents.log'), 'utf8');
  expect(log).toMatch(/ Error at .*vault-program\.ts/);
  expect(log).not.toContain('CANARY');
});

test('a process that falls idle ends by itself', async () => {
  const { link } = startLink();
  const heard = nextEvent(link);
  await link.call('vault.touch', {});
  expect(await heard).toEqual({ type: 'locked', reason: 'idle' });
});

test('calls are answered one at a time, except those that must get through', async () => {
  const { link } = startLink();
  const order: string[] = [];
  const long = link.call('case.list', {}).then(() => order.push('long'));
  const next = link.call('vault.list', {}).then(() => order.push('next'));
  // the long call must have begun before it can be cancelled
  await vi.waitFor(async () => {
    await link.call('job.cancel', { job: 'j' });
    expect(order).toContain('long');
  });
  await Promise.all([long, next]);
  expect(order).toEqual(['long', 'next']);
});

test('events of the process are heard', async () => {
  const { link, events } = startLink();
  await link.call('batch.list', { limit: 1 });
  expect(events).toEqual([{ type: 'changed', change: 7 }]);
});

test('bytes come as bytes, and nothing of our environment goes along', async () => {
  const { link } = startLink();
  process.env['CHIROGRAPH_PASSPHRASE'] = 'a secret of the shell';
  onTestFinished(() => {
    delete process.env['CHIROGRAPH_PASSPHRASE'];
  });
  const reply = await link.call('vault.identity', {});
  expect(reply).toMatchObject({ ok: true, value: { bytes: expect.any(Uint8Array) } });
  expect(JSON.stringify(reply)).not.toMatch(/PASSPHRASE|secret|PATH|HOME/);
});
