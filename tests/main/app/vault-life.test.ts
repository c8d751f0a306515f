import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newAgency } from '../../../src-main/app/new-agency.ts';
import { randomBytes } from '../../support/bare-partner.ts';
import { createdAgency, PASSPHRASE, startAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { addEntity, openCase } from '../../support/case-steps.ts';

const right = { vault: 'main', passphrase: PASSPHRASE };
const wrong = { vault: 'main', passphrase: 'not the passphrase' };

async function lockedAgency(): Promise<TestAgency> {
  const first = await createdAgency('Northmark Agency');
  await first.call('vault.lock', {});
  return first;
}

/** Files that this process holds open below a folder (Linux tells). */
function openFilesBelow(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(join('/proc/self/fd', fd));
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return [];
    }
  });
}

function sampleFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('chirograph-sample-'));
}

describe('a vault', () => {
  test('unlocks with what was in it, and locking leaves no open file and ends the process', async () => {
    const first = await createdAgency('Northmark Agency');
    await addEntity(first, await openCase(first), 'phone', { number: '+44 7700 900123' });
    if (process.platform === 'linux') expect(openFilesBelow(first.home)).not.toEqual([]);
    await first.call('vault.lock', {});
    expect(first.exits).toEqual(['asked']);
    if (process.platform === 'linux') expect(openFilesBelow(first.home)).toEqual([]);
    const again = startAgency(first.home);
    expect(await again.call('vault.unlock', right)).toMatchObject({ entities: 1, cases: 1, user: 'Olga Officer' });
  });

  test('that is open refuses to be opened, created or replaced by the sample', async () => {
    const agency = await createdAgency('Northmark Agency');
    expect(await agency.refusal('vault.unlock', right)).toBe('vault.open-already');
    expect(await agency.refusal('sample.open', {})).toBe('vault.open-already');
    const other = { ...right, vault: 'other', agency: 'Other', country: 'GB', user: 'Olga' };
    expect(await agency.refusal('vault.create', other)).toBe('vault.open-already');
    expect((await agency.call('vault.status', {})).vault).toBe('main');
  });

  test('asked for twice at once is opened once', async () => {
    const { home } = await lockedAgency();
    const agency = startAgency(home);
    const both = await Promise.allSettled([agency.call('vault.unlock', right), agency.call('vault.unlock', right)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await agency.call('vault.lock', {});
    if (process.platform === 'linux') expect(openFilesBelow(home)).toEqual([]);
  });

  test('is not made where one is', async () => {
    const { home } = await lockedAgency();
    const agency = startAgency(home);
    const again = { ...right, agency: 'Other', country: 'GB', user: 'Olga' };
    expect(await agency.refusal('vault.create', again)).toBe('vault.exists');
    expect(await agency.refusal('vault.status', {})).toBe('vault.locked');
  });
});

describe('a wrong passphrase', () => {
  test('is refused, and after five of them even the right one has to wait, longer each time', async () => {
    const { home } = await lockedAgency();
    let now = new Date('2026-03-01T09:00:00.000Z').getTime();
    const agency = startAgency(home, () => new Date(now));
    for (let attempt = 1; attempt <= 5; attempt += 1)
      expect(await agency.refusal('vault.unlock', wrong)).toBe('vault.wrong-passphrase');
    expect(await agency.refusal('vault.unlock', right)).toBe('vault.too-many-attempts');
    now += 29_000;
    expect(await agency.refusal('vault.unlock', right)).toBe('vault.too-many-attempts');
    now += 1_000;
    expect(await agency.refusal('vault.unlock', wrong)).toBe('vault.wrong-passphrase');
    now += 59_000;
    expect(await agency.refusal('vault.unlock', right)).toBe('vault.too-many-attempts');
    now += 1_000;
    expect((await agency.call('vault.unlock', right)).vault).toBe('main');
  });

  test('of a user who is not there says so', async () => {
    const { home } = await lockedAgency();
    const agency = startAgency(home);
    expect(await agency.refusal('vault.unlock', { ...right, user: 'Nobody' })).toBe('vault.user-unknown');
  });

  test('as the old one does not change the passphrase, and is counted too', async () => {
    const agency = await createdAgency('Northmark Agency');
    const change = { old: 'not the passphrase', new: 'another passphrase' };
    for (let attempt = 1; attempt <= 5; attempt += 1)
      expect(await agency.refusal('vault.change-passphrase', change)).toBe('vault.wrong-passphrase');
    const good = { old: PASSPHRASE, new: 'another passphrase' };
    expect(await agency.refusal('vault.change-passphrase', good)).toBe('vault.too-many-attempts');
    await agency.call('vault.lock', {});
    expect((await startAgency(agency.home).call('vault.unlock', right)).user).toBe('Olga Officer');
  });
});

test('the recovery key opens the vault and gives its officer a new passphrase without the old one', async () => {
  const first = startAgency();
  const made = { ...right, agency: 'Northmark Agency', country: 'GB', user: 'Olga Officer' };
  const { recoveryKey } = await first.call('vault.create', made);
  await first.call('vault.lock', {});
  const second = startAgency(first.home);
  expect(await second.refusal('vault.unlock', { vault: 'main', recoveryKey: recoveryKey.replace(/.$/, '?') })).toBe(
    'vault.recovery-key-typo',
  );
  expect(await second.call('vault.unlock', { vault: 'main', recoveryKey })).toMatchObject({ canSign: true });
  await second.call('vault.change-passphrase', { new: 'a new passphrase' });
  await second.call('vault.lock', {});
  const third = startAgency(first.home);
  expect(await third.refusal('vault.unlock', right)).toBe('vault.wrong-passphrase');
  expect(await third.call('vault.unlock', { vault: 'main', passphrase: 'a new passphrase' })).toMatchObject({
    user: 'Olga Officer',
    role: 'officer',
  });
});

test('users come and go, their names are theirs alone, and the last officer stays', async () => {
  const agency = await createdAgency('Northmark Agency');
  const anna = { name: 'Anna Analyst', role: 'analyst', passphrase: 'analyst pass' } as const;
  expect(await agency.refusal('vault.add-user', { ...anna, passphrase: 'short' })).toBe('vault.weak-passphrase');
  await agency.call('vault.add-user', anna);
  expect(await agency.refusal('vault.add-user', { ...anna, name: 'ANNA ANALYST' })).toBe('vault.user-exists');
  expect(await agency.refusal('vault.add-user', { ...anna, name: 'recovery' })).toBe('vault.user-exists');
  expect((await agency.call('vault.users', {})).users).toEqual([
    { name: 'Olga Officer', role: 'officer' },
    { name: 'Anna Analyst', role: 'analyst' },
  ]);
  expect(await agency.refusal('vault.remove-user', { name: 'Olga Officer' })).toBe('vault.last-officer');
  expect(await agency.refusal('vault.remove-user', { name: 'recovery' })).toBe('vault.user-unknown');
  await agency.call('vault.remove-user', { name: 'anna analyst' });
  expect(await agency.refusal('vault.remove-user', { name: 'Anna Analyst' })).toBe('vault.user-unknown');
  await agency.call('vault.lock', {});
  const again = startAgency(agency.home);
  const gone = { vault: 'main', passphrase: anna.passphrase };
  expect(await again.refusal('vault.unlock', gone)).toBe('vault.wrong-passphrase');
  const { entries } = await startAndList(again);
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['vault.user-added', 'vault.user-removed']),
  );
});

async function startAndList(agency: TestAgency) {
  await agency.call('vault.unlock', right);
  return agency.call('audit.list', { limit: 20 });
}

async function idleAgency() {
  let now = new Date('2026-03-01T09:00:00.000Z').getTime();
  const { home } = await lockedAgency();
  const agency = startAgency(home, () => new Date(now));
  await agency.call('vault.unlock', right);
  const pass = (seconds: number): void => {
    now += seconds * 1000;
    vi.advanceTimersByTime(1000);
  };
  return { agency, pass };
}

describe('without a sign of life', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  test('it warns once in the last minute and then locks', async () => {
    const { agency, pass } = await idleAgency();
    const { autoLockMinutes } = await agency.call('vault.status', {});
    pass(autoLockMinutes * 60 - 61);
    expect(agency.events.filter(({ type }) => type === 'locking-soon')).toEqual([]);
    pass(1);
    pass(1);
    expect(agency.events.filter(({ type }) => type === 'locking-soon')).toEqual([
      { type: 'locking-soon', seconds: 60 },
    ]);
    expect(agency.exits).toEqual([]);
    pass(59);
    expect(agency.exits).toEqual(['idle']);
    if (process.platform === 'linux') expect(openFilesBelow(agency.home)).toEqual([]);
  });

  test('a touch or any call begins the time anew', async () => {
    const { agency, pass } = await idleAgency();
    const { autoLockMinutes } = await agency.call('vault.status', {});
    pass(autoLockMinutes * 60 - 30);
    await agency.call('vault.touch', {});
    pass(autoLockMinutes * 60 - 30);
    await agency.call('case.list', {});
    pass(autoLockMinutes * 60 - 30);
    expect(agency.exits).toEqual([]);
    expect(agency.events.filter(({ type }) => type === 'locking-soon')).toHaveLength(3);
  });

  test('a computer that slept through it locks as soon as it wakes', async () => {
    const { agency, pass } = await idleAgency();
    pass(10 * 60 * 60);
    expect(agency.exits).toEqual(['idle']);
  });
});

describe('the sample case', () => {
  test('is in no list, is gone from the disk after locking, and takes no real partner', async () => {
    const agency = startAgency();
    const before = sampleFolders();
    const status = await agency.call('sample.open', {});
    expect(status).toMatchObject({ isSample: true, role: 'officer', canSign: true, partners: 1 });
    const made = sampleFolders().filter((name) => !before.includes(name));
    expect(made).toHaveLength(1);
    expect((await agency.call('vault.list', {})).vaults).toEqual([]);
    const real = await newAgency({ name: 'Real Office', country: 'FR', sample: false }, randomBytes);
    expect(await agency.refusal('partner.add', { bytes: real.card.bytes })).toBe('partner.sample');
    await agency.call('vault.lock', {});
    for (const name of made) expect(existsSync(join(tmpdir(), name))).toBe(false);
  });

  test('is no partner for a real agency', async () => {
    const agency = await createdAgency('Northmark Agency');
    const sample = await newAgency({ name: 'Sample Office', country: 'FR', sample: true }, randomBytes);
    expect(await agency.refusal('partner.add', { bytes: sample.card.bytes })).toBe('partner.sample');
    expect(await agency.refusal('partner.add', { bytes: (await agency.call('partner.card', {})).bytes })).toBe(
      'partner.ourselves',
    );
  });
});
