import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import { saveSetting } from '../store/settings.ts';
import { beginChange, write } from '../store/store.ts';
import type { AuditDetails, AuditNote, Role } from '../store/types.ts';
import { exchangeHeader, forgetPrevious, putBackHeader, readHeader, readPrevious } from './header-file.ts';
import { isAuthentic, userKey, changed } from './header.ts';
import type { Header, PassphraseSlot, ReadHeader, Slot } from './header.ts';
import { USUAL_KDF } from './kdf.ts';
import type { KdfCost } from './kdf.ts';
import { vaultKey, withKey } from './keys.ts';
import { moveSeat, resealed } from './officer-key.ts';
import type { OfficerSeat } from './officer-key.ts';
import { ENTERED, isDecided, takeAsSeen } from './header-in-force.ts';
import { closeVault, unlockVault } from './open-vault.ts';
import type { OpenVault } from './open-vault.ts';
import { slotKeyOfPassphrase } from './passphrase.ts';
import { makePassphraseSlot, openSlot } from './slots.ts';
import type { MadeSlot } from './slots.ts';
import { signingOf } from './succession.ts';

/** Who may open a vault. Every change is a new header (V2), one generation on, and an audit entry. */

type Circumstances = { readonly kdf?: KdfCost; readonly randomBytes: RandomBytes; readonly now: () => Date };

/**
 * Gives the user of an open vault another passphrase; the old one must be right. A vault that was opened with the recovery key needs no old
 * one and changes `user`'s, or the first officer's. Throws `vault.wrong-passphrase`, `vault.weak-passphrase`, `vault.user-unknown`.
 */
export async function changePassphrase(
  vault: OpenVault,
  change: Circumstances & { readonly old?: string | undefined; readonly new: string; readonly user?: string },
): Promise<void> {
  const header = ourHeader(vault);
  const slot = slotToChange(vault, header, change.user);
  if (vault.openedBy === 'passphrase') await requirePassphrase(header, slot, change.old ?? '');
  const made = await newSlot(vault, { user: slot.user, role: slot.role, passphrase: change.new }, change);
  const slots = header.slots.map((each) => (each === slot ? made.slot : each));
  const to = { slot: made.slot.id, key: made.officerKey };
  if (vault.officer?.slot === slot.id) keepOfficerKey(vault, vault.officer, to, change);
  saveHeader(vault, { ...header, slots }, noteOf(vault, 'vault.passphrase-changed', { user: slot.user }, change.now));
  if (vault.officer?.slot === slot.id) moveSeat(vault.officer, to);
  made.officerKey.fill(0);
}

/** V144: before the header changes, so that a kill in between loses nothing. */
function keepOfficerKey(
  vault: OpenVault,
  seat: OfficerSeat,
  to: { readonly slot: string; readonly key: Uint8Array },
  { randomBytes, now }: Circumstances,
): void {
  const save = resealed(vault.store, seat, to, randomBytes);
  if (save !== undefined) write(vault.store, noteOf(vault, 'keys.own-resealed', {}, now), save);
}

/** Lets somebody else open the vault. Throws `vault.needs-officer`, `vault.user-exists`, `vault.weak-passphrase`. */
export async function addUser(
  vault: OpenVault,
  user: Circumstances & { readonly name: string; readonly role: Role; readonly passphrase: string },
): Promise<void> {
  requireOfficer(vault);
  const header = ourHeader(vault);
  if (header.slots.some((slot) => userKey(slot.user) === userKey(user.name))) throw failure('vault.user-exists', {});
  const made = await newSlot(vault, { user: user.name, role: user.role, passphrase: user.passphrase }, user);
  const details = { user: user.name, role: user.role };
  made.officerKey.fill(0);
  saveHeader(
    vault,
    { ...header, slots: [...header.slots, made.slot] },
    noteOf(vault, 'vault.user-added', details, user.now),
  );
}

/** Takes a user's passphrase away. Throws `vault.needs-officer`, `vault.user-unknown`, `vault.last-officer`. */
export function removeUser(vault: OpenVault, { name, now }: { readonly name: string; readonly now: () => Date }): void {
  requireOfficer(vault);
  const header = ourHeader(vault);
  const slot = findUser(header, name);
  const officers = header.slots.filter(({ kind, role }) => kind === 'passphrase' && role === 'officer');
  if (slot.role === 'officer' && officers.length === 1) throw failure('vault.last-officer', {});
  const slots = header.slots.filter((each) => each !== slot);
  const note = noteOf(vault, 'vault.user-removed', { user: slot.user }, now);
  saveHeader(vault, { ...header, slots }, note);
}

/** Gives a user who forgot it another passphrase, by the recovery key. Throws what `unlockVault` throws, `vault.user-unknown`. */
export async function resetPassphrase(
  dir: string,
  reset: Circumstances & { readonly recoveryKey: string; readonly user: string; readonly passphrase: string },
): Promise<void> {
  const vault = await unlockVault(dir, { recoveryKey: reset.recoveryKey }, reset);
  try {
    await changePassphrase(vault, { ...reset, new: reset.passphrase });
  } finally {
    closeVault(vault);
  }
}

/** The header of an open vault that counts (V102), read again. Throws `vault.header-changed` when it is not the vault's own. */
export function ourHeader(vault: OpenVault): Header {
  const current = ownHeader(vault, readHeader(vault.dir));
  const previous = isDecided(vault.store, current) ? undefined : readPrevious(vault.dir);
  return previous === undefined ? current : ownHeader(vault, previous);
}

function ownHeader(vault: OpenVault, read: ReadHeader): Header {
  const isOurs = withHeaderKey(vault, (key) => isAuthentic(read, key));
  if (!isOurs || read.header.vault !== vault.vault) throw changed('V7');
  return read.header;
}

/**
 * V102: the file first, then the entry in the store, which decides. Where no change can begin, nothing is touched. That the old header is one to be
 * refused from now on is a second entry: while the first is not known to last, the old one may still be put back.
 */
function saveHeader(vault: OpenVault, header: Header, note: AuditNote<void>): void {
  const changed = { ...header, generation: header.generation + 1 };
  beginChange(vault.store);
  endChangeBefore(vault);
  withHeaderKey(vault, (key) =>
    exchangeHeader(vault.dir, changed, key, () =>
      write(vault.store, note, (tx) => saveSetting(tx, ENTERED, changed.generation)),
    ),
  );
  try {
    write(vault.store, { ...note, action: 'vault.header-in-force', details: {} }, (tx) => takeAsSeen(tx, changed));
  } catch (error) {
    // the change is made; the next unlock enters what is left of it
    if (!(error instanceof ChirographError)) throw error;
  }
}

/** A change that could not be taken back, or cleared away, when it was made. */
function endChangeBefore({ dir, store }: OpenVault): void {
  if (readPrevious(dir) === undefined) return;
  if (isDecided(store, readHeader(dir).header)) forgetPrevious(dir);
  else putBackHeader(dir);
}

function noteOf({ user, role }: OpenVault, action: string, details: AuditDetails, now: () => Date): AuditNote<void> {
  return { actor: user, role, action, at: now().toISOString(), details };
}

function withHeaderKey<T>(vault: OpenVault, work: (key: Uint8Array) => T): T {
  return withKey(vaultKey(vault.masterKey, vault.vault, 'chirograph/vault-header/v1'), work);
}

async function newSlot(
  vault: OpenVault,
  user: { readonly user: string; readonly role: Role; readonly passphrase: string },
  { kdf, randomBytes }: Circumstances,
): Promise<MadeSlot> {
  if (user.role === 'officer' && vault.signing === undefined) throw failure('vault.needs-officer', {});
  const signing = signingOf(vault);
  const secrets = { masterKey: vault.masterKey, ...(signing !== undefined && { signing }) };
  try {
    return await makePassphraseSlot(vault.vault, { ...user, cost: kdf ?? USUAL_KDF }, secrets, randomBytes);
  } finally {
    signing?.seed.fill(0);
  }
}

/** Throws `vault.wrong-passphrase`. */
export async function requirePassphrase(header: Header, slot: PassphraseSlot, passphrase: string): Promise<void> {
  const slotKey = await slotKeyOfPassphrase(passphrase, slot.kdf);
  const secrets = withKey(slotKey, (key) => openSlot(header.vault, slot, key));
  if (secrets === undefined) throw failure('vault.wrong-passphrase', {});
  secrets.masterKey.fill(0);
  secrets.signing?.seed.fill(0);
}

function requireOfficer(vault: OpenVault): void {
  if (vault.role !== 'officer' || vault.signing === undefined) throw failure('vault.needs-officer', {});
}

function slotToChange(vault: OpenVault, header: Header, user: string | undefined): PassphraseSlot {
  if (vault.openedBy === 'passphrase') return findUser(header, vault.user);
  if (user !== undefined) return findUser(header, user);
  const officer = header.slots.find(({ kind, role }) => kind === 'passphrase' && role === 'officer');
  return findUser(header, officer?.user ?? '');
}

/** The slot of a user, however the name is spelt. Throws `vault.user-unknown`. */
export function findUser(header: Header, name: string): PassphraseSlot {
  const isTheirs = (slot: Slot): slot is PassphraseSlot =>
    slot.kind === 'passphrase' && userKey(slot.user) === userKey(name);
  const found = header.slots.find(isTheirs);
  if (found === undefined) throw failure('vault.user-unknown', {});
  return found;
}
