import type { Input } from '../../src-shared/contract/methods.ts';
import type { KeyId } from '../../src-shared/domain/ids.ts';
import { PASSPHRASE, startAgency } from './agency.ts';
import type { TestAgency } from './agency.ts';

/** Two officers of one vault. */

export const PIA = { name: 'Pia Officer', role: 'officer', passphrase: 'a second lantern' } as const;

/** A change of keys that changes nothing but the version. */
export const nothingNew: Input<'keys.rotate'> = {
  newSigning: false,
  newSealing: false,
  root: [],
  approving: [],
  threshold: 1,
  requires: 0,
  releases: 0,
  revoke: [],
  reason: 'yearly change',
};

/** The same vault, opened by another user. */
export async function asUser(agency: TestAgency, user: string, passphrase: string): Promise<TestAgency> {
  if (agency.exits.length === 0) await agency.call('vault.lock', {});
  const again = startAgency(agency.home);
  await again.call('vault.unlock', { vault: 'main', user, passphrase });
  return again;
}

export const asOlga = async (agency: TestAgency): Promise<TestAgency> => asUser(agency, 'Olga Officer', PASSPHRASE);
export const asPia = async (agency: TestAgency): Promise<TestAgency> => asUser(agency, PIA.name, PIA.passphrase);

/** Olga and Pia, each with a key of her own, both root keys, both needed; proposed by Pia, who is here. */
export async function twoOfTwo(agency: TestAgency, more: Partial<Input<'keys.rotate'>> = {}) {
  await agency.call('vault.add-user', PIA);
  const { kid: olga } = await agency.call('keys.make', {});
  const pia = await asPia(agency);
  const { kid } = await pia.call('keys.make', {});
  const officers: KeyId[] = [olga, kid];
  const wish = { ...nothingNew, root: officers, approving: officers, threshold: 2, ...more };
  const proposed = await pia.call('keys.rotate', wish);
  return { agency: pia, proposed, officers };
}

/** The same, signed by both; Olga is here. */
export async function twoOfficers(agency: TestAgency, more: Partial<Input<'keys.rotate'>> = {}) {
  const { agency: pia, proposed, officers } = await twoOfTwo(agency, more);
  const olga = await asOlga(pia);
  await olga.call('keys.sign', { proposal: proposed.proposal });
  return { olga, officers };
}
