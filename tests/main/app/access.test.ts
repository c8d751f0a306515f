import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requireAccess } from '../../../src-main/app/access.ts';
import { openHandlers } from '../../../src-main/app/open-handlers.ts';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { methods } from '../../../src-shared/contract/methods.ts';
import type { MethodName } from '../../../src-shared/contract/methods.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { createdAgency, PASSPHRASE, startAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { addEntity, openCase, release } from '../../support/case-steps.ts';

const names = Object.keys(methods) as MethodName[];
const openNames = names.filter((name) => methods[name].access !== 'locked');

/** The code with which a handler refuses before it looks at its input; `passed` when it went on to look. */
async function refusalOf(agency: TestAgency, name: MethodName): Promise<string> {
  try {
    await (agency.handlers[name] as (input: unknown) => unknown)(undefined);
    return 'passed';
  } catch (error) {
    return error instanceof ChirographError ? error.code : 'passed';
  }
}

/** A vault with an officer, an analyst, a lead and a second officer, opened by one of them. */
async function openedBy(user: string): Promise<TestAgency> {
  const officer = await createdAgency('Northmark Agency');
  await officer.call('vault.add-user', { name: 'Anna Analyst', role: 'analyst', passphrase: 'analyst pass' });
  await officer.call('vault.add-user', { name: 'Lena Lead', role: 'lead', passphrase: 'the lead pass' });
  await officer.call('vault.add-user', { name: 'Otto Officer', role: 'officer', passphrase: 'second officer' });
  await officer.call('vault.lock', {});
  const again = startAgency(officer.home);
  const passphrases: Record<string, string> = {
    'Anna Analyst': 'analyst pass',
    'Lena Lead': 'the lead pass',
    'Otto Officer': 'second officer',
  };
  await again.call('vault.unlock', { vault: 'main', user, passphrase: passphrases[user] ?? PASSPHRASE });
  return again;
}

test('every method that needs an unlocked vault has a handler, and no other', () => {
  // a rotation gives the session another vault, so it is answered where sessions begin and end
  expect([...Object.keys(openHandlers), 'vault.rotate'].toSorted()).toEqual(openNames.toSorted());
});

test('every method of the contract refuses while the vault is locked, unless it is one for a locked vault', async () => {
  const agency = startAgency();
  for (const name of openNames) expect([name, await refusalOf(agency, name)]).toEqual([name, 'vault.locked']);
});

test.each([
  ['lead', ['read']],
  ['analyst', ['read', 'write']],
  ['officer', ['read', 'write', 'officer']],
] as const)('a %s may call what is for %j and nothing else', (role, allowed) => {
  for (const name of openNames) {
    const isAllowed = (allowed as readonly string[]).includes(methods[name].access);
    const act = (): void => requireAccess(name, role);
    if (isAllowed) expect(act).not.toThrow();
    else expect(act).toThrow('request.forbidden');
  }
});

describe('the application asks before it looks at the input:', () => {
  test('a lead writes nothing and exchanges nothing', async () => {
    const lead = await openedBy('Lena Lead');
    const before = await lead.call('audit.list', { limit: 500 });
    for (const name of openNames.filter((each) => methods[each].access !== 'read'))
      expect([name, await refusalOf(lead, name)]).toEqual([name, 'request.forbidden']);
    expect(await lead.call('audit.list', { limit: 500 })).toEqual(before);
    expect(await lead.call('vault.status', {})).toMatchObject({ role: 'lead', canSign: false });
  });

  test('an analyst writes, but does not exchange, does not let users in and has no key to sign or open with', async () => {
    const analyst = await openedBy('Anna Analyst');
    for (const name of openNames.filter((each) => methods[each].access === 'officer'))
      expect([name, await refusalOf(analyst, name)]).toEqual([name, 'request.forbidden']);
    await addEntity(analyst, await openCase(analyst), 'phone', { number: '+44 7700 900123' });
    expect(await analyst.call('vault.status', {})).toMatchObject({ role: 'analyst', canSign: false, entities: 1 });
    await analyst.call('vault.lock', {});
    const credentials = { user: 'Anna Analyst', passphrase: 'analyst pass' };
    const vault = await unlockVault(join(analyst.home, 'main'), credentials, { now: () => new Date() });
    expect(vault.signing).toBeUndefined();
    closeVault(vault);
  });

  test('an officer who was added later signs and seals', async () => {
    const officer = await openedBy('Otto Officer');
    expect(await officer.call('vault.status', {})).toMatchObject({
      role: 'officer',
      canSign: true,
      user: 'Otto Officer',
    });
    const partner = await createdAgency('Suedhafen Office', 'DE');
    const { agency, words } = await officer.call('partner.add', {
      bytes: (await partner.call('partner.card', {})).bytes,
    });
    await officer.call('partner.confirm', { agency, words, with: 'Bert', channel: 'phone' });
    const seen = await partner.call('partner.add', { bytes: (await officer.call('partner.card', {})).bytes });
    await partner.call('partner.confirm', { agency: seen.agency, words: seen.words, with: 'Otto', channel: 'phone' });
    const id = await openCase(officer);
    await addEntity(officer, id, 'phone', { number: '+44 7700 900123' });
    const { sealed } = await release(officer, id, agency);
    expect((await partner.call('receive.open', { bytes: sealed.bytes })).verdict).toBe('review');
  });
});
