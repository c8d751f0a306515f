import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { VaultListing, VaultStatus } from '../../../src-shared/contract/views.ts';
import { toBytes } from '../../../src-shared/crypto/hash.ts';
import { ChirographError } from '../../../src-shared/errors.ts';
import { isDamage } from '../../store/prove.ts';
import { statusCounts } from '../../store/queries.ts';
import type { StatusCounts } from '../../store/types.ts';
import { createVault } from '../../vault/create-vault.ts';
import { readVaultHeader } from '../../vault/header-file.ts';
import { unlockAsItIs, unlockForReading, unlockVault } from '../../vault/open-vault.ts';
import type { OpenVault } from '../../vault/open-vault.ts';
import { placeOf, thisMachine } from '../../vault/place.ts';
import { addUser, changePassphrase, removeUser } from '../../vault/users.ts';
import { AUTO_LOCK_MINUTES } from '../auto-lock.ts';
import type { AppContext } from '../context.ts';
import { credentialsOf } from '../credentials.ts';
import { fileNameFor } from '../file-names.ts';
import { inPercent } from '../in-percent.ts';
import type { Jobs } from '../jobs.ts';
import { newAgency } from '../new-agency.ts';
import { ourSecrets } from '../our-keys.ts';
import { change, tellOfChange } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** The vaults of this machine, by name. A folder whose header cannot be read is listed under its own name, so that unlocking can say why. */
export function listVaults({ home }: AppContext): Output<'vault.list'> {
  const place = placeOf(home, thisMachine);
  if (!existsSync(home)) return { vaults: [], place };
  const names = readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted();
  return { vaults: names.flatMap((name) => listing(home, name) ?? []), place };
}

/** A new vault, opened by its first officer. Throws `vault.exists`. */
export async function makeVault(
  context: AppContext,
  input: Parsed<'vault.create'>,
): Promise<{ recoveryKey: string; opened: OpenVault }> {
  const { now, randomBytes, kdf } = context;
  const agency = { name: input.agency, country: input.country, sample: false };
  const { secrets, card } = await newAgency(agency, randomBytes);
  return createVault(join(context.home, input.vault), {
    agency: { id: card.agencyId, ...agency, card: card.bytes },
    secrets,
    user: input.user,
    passphrase: input.passphrase,
    randomBytes,
    now: () => now.call(context),
    ...(kdf !== undefined && { kdf }),
  });
}

/** Unlocks a vault, bringing an older one up to date first (V130). */
export async function openVaultOf(context: AppContext, jobs: Jobs, input: Parsed<'vault.unlock'>): Promise<OpenVault> {
  const unlocking = { now: () => context.now(), progress: inPercent(jobs.begin(input.job)) };
  try {
    return await unlockVault(join(context.home, input.vault), credentialsOf(input), unlocking);
  } finally {
    jobs.end(input.job);
  }
}

/** V54, V97: opens a vault that unlocking refuses, because a person decided to. */
export async function acceptVaultOf(context: AppContext, input: Parsed<'vault.accept'>): Promise<OpenVault> {
  const open = input.how === 'as-it-is' ? unlockAsItIs : unlockForReading;
  return open(join(context.home, input.vault), credentialsOf(input), { now: () => context.now() });
}

/** Whose vault it is, who opened it, and how much it holds. */
export function showStatus(session: OpenSession): VaultStatus {
  const { entities, links, records, cases, partners, quarantined } = countsOf(session);
  return {
    vault: session.vaultName,
    agency: session.agency.name,
    agencyId: session.us,
    country: session.agency.country,
    isSample: session.agency.isSample,
    user: session.user,
    role: session.role,
    canSign: session.vault.signing !== undefined,
    entities,
    links,
    records,
    cases,
    partners,
    quarantined,
    place: session.place,
    isReadOnly: session.store.isReadOnly,
    ...(session.store.older !== undefined && { olderSchema: session.store.older.found }),
    autoLockMinutes: AUTO_LOCK_MINUTES,
  };
}

/** V97: where the counts themselves cannot be read, a vault opened for reading still opens. */
function countsOf({ store }: OpenSession): StatusCounts {
  if (!store.isReadOnly) return statusCounts(store);
  if (store.older !== undefined) return UNCOUNTED;
  try {
    return statusCounts(store);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return UNCOUNTED;
  }
}

const UNCOUNTED: StatusCounts = {
  entities: 0,
  links: 0,
  undrawnLinks: 0,
  records: 0,
  cases: 0,
  partners: 0,
  quarantined: 0,
  sequence: 0,
};

/** Wraps the slot of whoever is here with a new passphrase. */
export async function setPassphrase(
  session: OpenSession,
  input: Parsed<'vault.change-passphrase'>,
): Promise<Output<'vault.change-passphrase'>> {
  await changePassphrase(session.vault, {
    ...circumstances(session),
    new: input.new,
    ...(input.old !== undefined && { old: input.old }),
  });
  return {};
}

/** V17: a slot for another person. */
export async function inviteUser(
  session: OpenSession,
  input: Parsed<'vault.add-user'>,
): Promise<Output<'vault.add-user'>> {
  await addUser(session.vault, { ...circumstances(session), ...input });
  tellOfChange(session);
  return {};
}

/** V17: takes a slot away. */
export function dismissUser(session: OpenSession, input: Parsed<'vault.remove-user'>): Output<'vault.remove-user'> {
  removeUser(session.vault, { name: input.name, now: circumstances(session).now });
  tellOfChange(session);
  return {};
}

/** Who can open the vault. */
export function listUsers(session: OpenSession): Output<'vault.users'> {
  return { users: readVaultHeader(session.vault.dir).users.map((user) => ({ ...user })) };
}

/** The sealing identity, for escrow: whoever has it reads every bundle sealed to this agency. The audit log says who took it. */
export function exportIdentity(session: OpenSession): Output<'vault.identity'> {
  const { identity } = ourSecrets(session);
  change(session, 'vault.identity', {}, () => undefined);
  return { fileName: fileNameFor(session.agency.name, 'identity.txt'), bytes: toBytes(`${identity}\n`) };
}

function circumstances({ context }: OpenSession) {
  const { randomBytes, kdf } = context;
  return { randomBytes, now: () => context.now(), ...(kdf !== undefined && { kdf }) };
}

function listing(home: string, vault: string): VaultListing | undefined {
  const place = placeOf(join(home, vault), thisMachine);
  try {
    const { agency, users } = readVaultHeader(join(home, vault));
    return {
      vault,
      agency: agency.name,
      country: agency.country,
      isSample: agency.sample,
      place,
      users: users.map((user) => ({ ...user })),
    };
  } catch (error) {
    if (error instanceof ChirographError && error.code === 'vault.not-found') return undefined;
    if (error instanceof ChirographError)
      return { vault, agency: vault, country: '', isSample: false, place, users: [] };
    throw error;
  }
}
