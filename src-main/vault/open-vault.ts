import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { ChirographError, failure, toWireError } from '../../src-shared/errors.ts';
import type { Progress } from '../store/copy-rows.ts';
import { acceptHead, closeStore, openForReading, openStore, write } from '../store/store.ts';
import type { Store, StoreKeys, StorePlace } from '../store/store.ts';
import type { AuditDetails, AuditNote, Role } from '../store/types.ts';
import { putBackHeader, readHeader, readPrevious, removeLeftovers, vaultFiles } from './header-file.ts';
import { isDecided, knownGenerations, takeAsSeen } from './header-in-force.ts';
import { changed, isAuthentic, userKey } from './header.ts';
import type { Header, PassphraseSlot, ReadHeader, Slot } from './header.ts';
import { slotBoxKey, vaultKey, withKey } from './keys.ts';
import type { OfficerSeat } from './officer-key.ts';
import { slotKeyOfPassphrase } from './passphrase.ts';
import { readRecoveryKey } from './recovery-key.ts';
import { finishRenewal, isRenewalDecided, removeUndecided } from './renewed-files.ts';
import { openSlot } from './slots.ts';
import type { SigningSecrets } from './signing-secrets.ts';
import type { Secrets } from './slots.ts';
import { currentSecrets } from './succession.ts';
import { updateVault } from './update-vault.ts';

/** An unlocked vault: whose it is, who opened it, its store. `signing` only for officers (V14). Close it with `closeVault`. */
export type OpenVault = {
  readonly dir: string;
  readonly vault: string;
  readonly agency: {
    readonly id: AgencyId;
    readonly name: string;
    readonly country: string;
    readonly sample: boolean;
  };
  /** The agency's public card, opaque here. */
  readonly card: Uint8Array;
  readonly user: string;
  readonly role: Role;
  readonly openedBy: 'passphrase' | 'recovery';
  /** As of the current version of our key set (V141). */
  readonly signing?: SigningSecrets;
  /** Of an officer who came in with a passphrase (V143). */
  readonly officer?: OfficerSeat;
  readonly masterKey: Uint8Array;
  readonly store: Store;
};

export type Credentials =
  | { readonly passphrase: string; readonly user?: string | undefined }
  | { readonly recoveryKey: string };

export type Unlocking = {
  readonly now: () => Date;
  /** Told while a vault of an older version is brought up to date; what it throws leaves the vault as it was. */
  readonly progress?: Progress;
};

/**
 * Opens a vault with a passphrase (of one user, or of whichever it fits: V16) or with the recovery key. Throws `vault.wrong-passphrase`,
 * `vault.wrong-recovery-key`, `vault.recovery-key-typo`, `vault.user-unknown`, and what the header and the store throw. A vault of an older version is
 * brought up to date first (V130).
 */
export async function unlockVault(dir: string, credentials: Credentials, unlocking: Unlocking): Promise<OpenVault> {
  return unlock(dir, credentials, unlocking, {
    isAccepted: false,
    openWith: (place, keys) => openStore(place, keys),
  });
}

/** V54: like `unlockVault`, but goes on from a store that does not fit its head, and enters that in the audit log. For officers. */
export async function unlockAsItIs(dir: string, credentials: Credentials, unlocking: Unlocking): Promise<OpenVault> {
  return unlock(dir, credentials, unlocking, {
    isAccepted: true,
    openWith(place, keys, slot) {
      if (slot.role !== 'officer') throw failure('vault.needs-officer', {});
      return acceptHead(place, keys, noteBy(slot, 'vault.head-accepted', unlocking.now));
    },
  });
}

/** V97: opens a vault for reading, whatever is wrong with its store. Nothing can be changed, not even the log of who did it. */
export async function unlockForReading(
  dir: string,
  credentials: Credentials,
  unlocking: Unlocking,
): Promise<OpenVault> {
  return unlock(dir, credentials, unlocking, { isAccepted: true, isReading: true, openWith: openForReading });
}

/** Closes the store and overwrites every key that the vault holds. */
export function closeVault(vault: OpenVault): void {
  closeStore(vault.store);
  vault.masterKey.fill(0);
  vault.signing?.seed.fill(0);
  vault.officer?.key.fill(0);
}

/** The keys of the store; the caller overwrites `store`, the open store keeps `head`. */
export function storeKeys(masterKey: Uint8Array, vault: string): StoreKeys {
  return {
    store: vaultKey(masterKey, vault, 'chirograph/vault-store/v1'),
    head: vaultKey(masterKey, vault, 'chirograph/vault-head/v1'),
  };
}

/** Where the store of a vault lies. */
export function storePlace(dir: string, vault: string): StorePlace {
  const { database, sidecar } = vaultFiles(dir);
  return { database, sidecar, vault };
}

type Opening = {
  readonly isAccepted: boolean;
  readonly isReading?: boolean;
  readonly openWith: (place: StorePlace, keys: StoreKeys, slot: Slot) => Store;
};

async function unlock(
  dir: string,
  credentials: Credentials,
  unlocking: Unlocking,
  opening: Opening,
): Promise<OpenVault> {
  finishRenewal(dir);
  return openFound(dir, await findHeaders(dir, credentials), unlocking, opening);
}

/** The headers that these credentials open: the one that is there, and the one before it where a change of it did not end (V102). */
type FoundHeaders = {
  readonly current: ReadHeader;
  readonly opened: readonly OpenedHeader[];
  /** Why they do not open the one that is there. */
  readonly refusal?: unknown;
};

type OpenedHeader = OpenedSlot & { readonly read: ReadHeader };

async function findHeaders(dir: string, credentials: Credentials): Promise<FoundHeaders> {
  const current = readHeader(dir);
  const previous = readPrevious(dir);
  const before = previous?.header.vault === current.header.vault ? previous : undefined;
  try {
    const opened = [{ read: current, ...(await findSlot(current, credentials)) }];
    if (before === undefined) return { current, opened };
    const earlier = await openedIfTheirs(before, credentials);
    return { current, opened: earlier === undefined ? opened : [...opened, earlier] };
  } catch (refusal) {
    const earlier =
      before === undefined || !isNotTheirs(refusal) ? undefined : await openedIfTheirs(before, credentials);
    if (earlier === undefined) throw refusal;
    return { current, opened: [earlier], refusal };
  }
}

async function openedIfTheirs(read: ReadHeader, credentials: Credentials): Promise<OpenedHeader | undefined> {
  try {
    return { read, ...(await findSlot(read, credentials)) };
  } catch (error) {
    if (isNotTheirs(error)) return undefined;
    throw error;
  }
}

const NOT_THEIRS: ReadonlySet<string> = new Set([
  'vault.wrong-passphrase',
  'vault.user-unknown',
  'vault.wrong-recovery-key',
]);

function isNotTheirs(error: unknown): boolean {
  return error instanceof ChirographError && NOT_THEIRS.has(error.code);
}

/** With the master key in hand, as the user of a slot: how a restored vault is proved. It cannot sign. Throws what `unlockVault` throws. */
export async function openWithMasterKey(
  dir: string,
  known: { readonly id: string; readonly slot: string; readonly masterKey: Uint8Array },
  unlocking: Unlocking,
): Promise<OpenVault> {
  const read = readHeader(dir);
  const slot = read.header.slots.find(({ id }) => id === known.slot);
  if (slot === undefined || read.header.vault !== known.id) throw changed('V7');
  const opening = { isAccepted: false, openWith: openStore };
  const opened = [{ read, slot, secrets: { masterKey: known.masterKey } }];
  return openFound(dir, { current: read, opened }, unlocking, opening);
}

async function openFound(dir: string, found: FoundHeaders, unlocking: Unlocking, opening: Opening): Promise<OpenVault> {
  const [first] = found.opened;
  if (first === undefined || !found.opened.every(isOwn)) throw changed('V7');
  const { vault } = first.read.header;
  const { masterKey } = first.secrets;
  const store = await openUpToDate({ dir, vault, slot: first.slot, masterKey }, unlocking, opening);
  try {
    // somebody decided between our look at the folder and our lock on the store: the next unlock opens the new one
    if (isRenewalDecided(dir)) throw failure('vault.in-use', {});
    if (opening.isReading === true) return openedVault(dir, first, store);
    const inForce = headerInForce(store, found);
    requireGeneration(store, inForce.read.header, opening, (action) => noteBy(inForce.slot, action, unlocking.now));
    if (inForce.read !== found.current) putBackHeader(dir);
    removeLeftovers(dir);
    removeUndecided(dir);
    for (const other of found.opened) if (other !== inForce) forgetSecrets(other.secrets);
    return openedVault(dir, inForce, store);
  } catch (error) {
    closeStore(store);
    throw error;
  }
}

function isOwn({ read, secrets }: OpenedHeader): boolean {
  const headerKey = vaultKey(secrets.masterKey, read.header.vault, 'chirograph/vault-header/v1');
  return withKey(headerKey, (key) => isAuthentic(read, key));
}

/**
 * V102: what the store has decided counts. Of a change that it has not, nobody was told that it is done: the header before it counts where the
 * credentials fit it, so that whoever was told that it was refused finds everything as it was.
 */
function headerInForce(store: Store, { current, opened, refusal }: FoundHeaders): OpenedHeader {
  const now = opened.find(({ read }) => read === current);
  const before = opened.find(({ read }) => read !== current);
  const found = isDecided(store, current.header) ? now : (before ?? now);
  if (found === undefined) throw refusal;
  return found;
}

function forgetSecrets({ masterKey, signing }: Secrets): void {
  masterKey.fill(0);
  signing?.seed.fill(0);
}

function openedVault(dir: string, { read, slot, secrets, officerKey }: OpenedHeader, store: Store): OpenVault {
  const { vault, agency } = read.header;
  const { card, ...named } = agency;
  const { masterKey, signing } = secrets;
  return {
    dir,
    vault,
    agency: named,
    card,
    user: slot.user,
    role: slot.role,
    openedBy: slot.kind,
    masterKey,
    ...(signing !== undefined && { signing: currentSecrets(store, signing, { vault, masterKey }) }),
    ...(officerKey !== undefined && { officer: { slot: slot.id, user: slot.user, key: officerKey } }),
    store,
  };
}

type Found = { readonly dir: string; readonly vault: string; readonly slot: Slot; readonly masterKey: Uint8Array };

async function openUpToDate(found: Found, { now, progress }: Unlocking, opening: Opening): Promise<Store> {
  const { dir, vault, slot, masterKey } = found;
  const from = storePlace(dir, vault);
  try {
    return openedWith(from, found, opening);
  } catch (error) {
    if (!(error instanceof ChirographError) || error.code !== 'vault.older-version') throw error;
    const keys = storeKeys(masterKey, vault);
    const note = { ...noteBy(slot, 'vault.migrated', now), details: versionsOf(error) };
    const update = { from, keys, note, progress: progress ?? unwatched, isAccepted: opening.isAccepted };
    try {
      await updateVault(dir, update);
    } catch (cause) {
      throw ofOlder(cause, error);
    } finally {
      forget(keys);
    }
    return openedWith(from, found, opening);
  }
}

function openedWith(from: StorePlace, { vault, slot, masterKey }: Found, { openWith }: Opening): Store {
  const keys = storeKeys(masterKey, vault);
  return withKey(keys.store, () => openWith(from, keys, slot));
}

function versionsOf({ details }: ChirographError): AuditDetails {
  return 'found' in details && 'supported' in details ? { from: details.found, to: details.supported } : {};
}

/** V131: what is wrong with a store that is therefore not brought up to date, with its version: it is salvaged, not repaired. */
function ofOlder(cause: unknown, { details }: ChirographError): unknown {
  if (!(cause instanceof ChirographError) || !('found' in details)) return cause;
  const older = details.found;
  const { code, details: facts } = toWireError(cause, '');
  if (code === 'vault.rolled-back') return failure(code, { ...facts, older }, cause);
  if (code === 'vault.store-damaged' || code === 'vault.head-damaged') return failure(code, { ...facts, older }, cause);
  return cause;
}

function forget({ store, head }: StoreKeys): void {
  store.fill(0);
  head.fill(0);
}

async function unwatched(): Promise<void> {}

export type OpenedSlot = { readonly slot: Slot; readonly secrets: Secrets; readonly officerKey?: Uint8Array };

/** The slot that the credentials open, of a header that nobody without the key made (V7). */
export async function openHeader(read: ReadHeader, credentials: Credentials): Promise<OpenedSlot> {
  const opened = await findSlot(read, credentials);
  const headerKey = vaultKey(opened.secrets.masterKey, read.header.vault, 'chirograph/vault-header/v1');
  if (!withKey(headerKey, (key) => isAuthentic(read, key))) throw changed('V7');
  return opened;
}

async function findSlot({ header }: ReadHeader, credentials: Credentials): Promise<OpenedSlot> {
  if ('recoveryKey' in credentials) return openRecovery(header.vault, header.slots, credentials.recoveryKey);
  const { user, passphrase } = credentials;
  const slots = header.slots
    .filter((slot): slot is PassphraseSlot => slot.kind === 'passphrase')
    .filter((slot) => user === undefined || userKey(slot.user) === userKey(user));
  if (slots.length === 0) throw failure('vault.user-unknown', {});
  for (const slot of slots) {
    const slotKey = await slotKeyOfPassphrase(passphrase, slot.kdf);
    const opened = withKey(slotKey, (key) => openAsUser(header.vault, slot, key));
    if (opened !== undefined) return opened;
  }
  throw failure('vault.wrong-passphrase', {});
}

function openAsUser(vault: string, slot: PassphraseSlot, slotKey: Uint8Array): OpenedSlot | undefined {
  const secrets = openSlot(vault, slot, slotKey);
  if (secrets === undefined || slot.role !== 'officer') return secrets && { slot, secrets };
  return { slot, secrets, officerKey: slotBoxKey(slotKey, vault, slot.id, 'chirograph/slot-officer/v1') };
}

function openRecovery(vault: string, slots: readonly Slot[], text: string): OpenedSlot {
  const slot = slots.find(({ kind }) => kind === 'recovery');
  if (slot === undefined) throw changed('V8');
  const secrets = withKey(readRecoveryKey(text), (key) => openSlot(vault, slot, key));
  if (secrets === undefined) throw failure('vault.wrong-recovery-key', {});
  return { slot, secrets };
}

/**
 * V18: an older header than the store has seen was put back, unless a person accepts it (V54); a newer one is a change whose entry in the store a
 * crash cut off, and an entry of a newer one is a change that was taken back (V102).
 */
function requireGeneration(
  store: Store,
  header: Header,
  { isAccepted }: Opening,
  note: (action: string) => AuditNote<void>,
): void {
  const { generation: found } = header;
  const { seen, entered } = knownGenerations(store);
  if (found < seen && !isAccepted) throw failure('vault.rolled-back', { found, expected: seen, what: 'header' });
  if (found === seen && entered <= found) return;
  write(store, note(entered > found ? 'vault.header-put-back' : 'vault.header-seen'), (tx) => takeAsSeen(tx, header));
}

function noteBy({ user, role }: Slot, action: string, now: () => Date): AuditNote<void> {
  return { actor: user, role, action, at: now().toISOString(), details: {} };
}
