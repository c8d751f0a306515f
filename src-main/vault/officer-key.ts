import { sign, signingKeys, keyIdOf } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import type { KeyId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { officerKey, saveOfficerKey } from '../store/own-keys.ts';
import type { WriteDb } from '../store/connection.ts';
import type { Store } from '../store/store.ts';
import { changed } from './header.ts';
import { withKey } from './keys.ts';
import { openBox, sealBox } from './slots.ts';

/** Keys that belong to one officer and that nobody else opens: docs/formats/vault.md V143, V144. */

/** The seat of an officer who came in with a passphrase: the slot, and the key of its box. Both change with the passphrase, in place. */
export type OfficerSeat = { slot: string; readonly user: string; readonly key: Uint8Array };

/** An officer's own key while it is used. */
export type OfficerKey = { readonly kid: KeyId; readonly publicKey: Uint8Array; readonly sign: Sign };

const SEED_LENGTH = 32;

/** Makes an officer's own key, or answers the one that there is. */
export function makeOfficerKey(tx: WriteDb, seat: OfficerSeat, randomBytes: RandomBytes, at: string): Uint8Array {
  const known = officerKey(tx, seat.slot);
  if (known !== undefined) return known.publicKey;
  return withKey(randomBytes(SEED_LENGTH), (seed) => saveSeed(tx, seat, seed, randomBytes, at));
}

/** The officer's own key, for as long as `work` takes. Throws `keys.no-own-key`. */
export function withOfficerKey<T>(store: Store, seat: OfficerSeat | undefined, work: (key: OfficerKey) => T): T {
  const seed = seat === undefined ? undefined : openSeed(store, seat);
  if (seed === undefined) throw failure('keys.no-own-key', {});
  const { publicKey, secretKey } = withKey(seed, signingKeys);
  return withKey(secretKey, (secret) =>
    work({ kid: keyIdOf(publicKey), publicKey, sign: (label, body) => sign(label, body, secret) }),
  );
}

/** V144: the same seed for another slot of the same officer; undefined where there is none. `save` is to be called in a transaction. */
export function resealed(
  store: Store,
  seat: OfficerSeat,
  to: { readonly slot: string; readonly key: Uint8Array },
  randomBytes: RandomBytes,
): ((tx: WriteDb) => void) | undefined {
  const row = officerKey(store, seat.slot);
  const seed = openSeed(store, seat);
  if (seed === undefined || row === undefined) return undefined;
  const box = withKey(seed, (secret) => sealBox(secret, to.key.slice(), randomBytes));
  return (tx) => saveOfficerKey(tx, { ...row, slot: to.slot, ...box });
}

/** From now on the officer is in another slot. */
export function moveSeat(seat: OfficerSeat, to: { readonly slot: string; readonly key: Uint8Array }): void {
  seat.slot = to.slot;
  seat.key.set(to.key);
}

function openSeed(store: Store, { slot, key }: OfficerSeat): Uint8Array | undefined {
  const row = officerKey(store, slot);
  if (row === undefined) return undefined;
  const seed = openBox(row, key.slice());
  if (seed === undefined) throw changed('V143');
  return seed;
}

function saveSeed(
  tx: WriteDb,
  { slot, user, key }: OfficerSeat,
  seed: Uint8Array,
  randomBytes: RandomBytes,
  at: string,
): Uint8Array {
  const { publicKey, secretKey } = signingKeys(seed);
  secretKey.fill(0);
  saveOfficerKey(tx, { slot, user, publicKey, at, ...sealBox(seed, key.slice(), randomBytes) });
  return publicKey;
}
