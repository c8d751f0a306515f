import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { fromBase64url, toBase64url } from '../../src-shared/crypto/base64url.ts';
import { canonicalBytes, parseCanonical } from '../../src-shared/crypto/canonical.ts';
import { sha256, toHex } from '../../src-shared/crypto/hash.ts';
import { AgencyId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import type { ChirographError } from '../../src-shared/errors.ts';
import { requireCost } from './kdf.ts';

/** vault.json: docs/formats/vault.md §2. Pure: bytes in, header out, and back. */

const VERSION = 1;
export const MAX_HEADER_BYTES = 65_536;

export const Hex16 = z.string().regex(/^[0-9a-f]{32}$/);
const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);
/** Bytes as base64url, in the one spelling. */
export const Binary = z.string().transform((text, context): Uint8Array => {
  const bytes = fromBase64url(text);
  if (bytes !== undefined) return bytes;
  context.issues.push({ code: 'custom', input: text, message: 'V8' });
  return z.NEVER;
});
export const Box = z.strictObject({ nonce: Binary, box: Binary });
export type Box = z.infer<typeof Box>;

const Role = z.enum(['analyst', 'officer', 'lead']);
const UserName = z.string().min(1).max(200);
const slot = { id: Hex16, user: UserName, store: Box };
const PassphraseSlot = z.strictObject({
  ...slot,
  kind: z.literal('passphrase'),
  role: Role,
  kdf: z.strictObject({ m: z.number(), t: z.number(), p: z.number(), salt: Binary }),
  signing: Box.optional(),
});
const RecoverySlot = z.strictObject({
  ...slot,
  kind: z.literal('recovery'),
  user: z.literal('recovery'),
  role: z.literal('officer'),
  signing: Box,
});
const Slot = z.discriminatedUnion('kind', [PassphraseSlot, RecoverySlot]);
export type Slot = z.infer<typeof Slot>;
export type PassphraseSlot = z.infer<typeof PassphraseSlot>;

const Agency = z.strictObject({
  id: AgencyId,
  name: z.string().min(1).max(200),
  country: z.string().regex(/^[A-Z]{2}$/),
  sample: z.boolean(),
  card: Binary,
});
export type VaultAgency = z.infer<typeof Agency>;

const Header = z.strictObject({
  v: z.literal(VERSION),
  vault: Hex16,
  created: z.string().max(32),
  generation: z.number().int().positive(),
  agency: Agency,
  slots: z.array(Slot).min(2).max(64),
  checksum: Hex32,
  mac: Hex32,
});
export type Header = Omit<z.infer<typeof Header>, 'checksum' | 'mac'>;

/** A header as it was read: with the bytes that its mac is over. */
export type ReadHeader = { readonly header: Header; readonly sealed: Uint8Array; readonly mac: string };

/**
 * What can be known without a key. Throws `vault.newer-version`, `vault.header-changed` with the rule, `vault.kdf-out-of-range`; that the
 * header is the vault's own shows only when `isAuthentic` says so.
 */
export function parseHeader(bytes: Uint8Array): ReadHeader {
  const raw = parseCanonical(bytes, MAX_HEADER_BYTES, changedV4);
  refuseNewer(raw);
  if (!hasChecksum(raw)) throw changed('V6');
  const parsed = Header.safeParse(raw);
  if (!parsed.success) throw changed('V4');
  const { checksum: _checksum, mac, ...header } = parsed.data;
  refuseBadSlots(header);
  return { header, sealed: withoutFields(raw, ['mac']), mac };
}

/** The bytes of a header, with its checksum (V6) and its mac under the header key (V7). */
export function encodeHeader(header: Header, headerKey: Uint8Array): Uint8Array {
  const plain = plainHeader(header);
  const checked = { ...plain, checksum: toHex(sha256(canonicalBytes(plain))) };
  return canonicalBytes({ ...checked, mac: macOf(canonicalBytes(checked), headerKey) });
}

/** V7. */
export function isAuthentic({ sealed, mac }: ReadHeader, headerKey: Uint8Array): boolean {
  return timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(sealed, headerKey), 'hex'));
}

/** V8: how two spellings of one user name are recognised. */
export function userKey(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}

/** For a header that breaks a rule. */
export function changed(rule: string): ChirographError {
  return failure('vault.header-changed', { rule });
}

function changedV4(): ChirographError {
  return changed('V4');
}

function refuseNewer(raw: unknown): void {
  const found = isObject(raw) ? raw['v'] : undefined;
  if (typeof found === 'number' && Number.isSafeInteger(found) && found > VERSION) {
    throw failure('vault.newer-version', { found, supported: VERSION });
  }
}

function hasChecksum(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return isObject(raw) && raw['checksum'] === toHex(sha256(withoutFields(raw, ['checksum', 'mac'])));
}

function refuseBadSlots({ slots }: Header): void {
  const users = new Set(slots.map(({ user }) => userKey(user)));
  const ids = new Set(slots.map(({ id }) => id));
  const recoveries = slots.filter(({ kind }) => kind === 'recovery').length;
  const officers = slots.filter(({ kind, role }) => kind === 'passphrase' && role === 'officer').length;
  if (users.size !== slots.length || ids.size !== slots.length || recoveries !== 1 || officers === 0)
    throw changed('V8');
  for (const each of slots) {
    if ((each.role === 'officer') !== (each.signing !== undefined)) throw changed('V8');
    if (each.kind !== 'passphrase') continue;
    requireCost(each.kdf);
    if (each.kdf.salt.length !== 16) throw changed('V9');
  }
}

function plainHeader(header: Header): object {
  const { agency, slots, ...rest } = header;
  return {
    ...rest,
    agency: { ...agency, card: toBase64url(agency.card) },
    slots: slots.map((each) => ({
      ...each,
      store: plainBox(each.store),
      ...(each.kind === 'passphrase' && { kdf: { ...each.kdf, salt: toBase64url(each.kdf.salt) } }),
      ...(each.signing !== undefined && { signing: plainBox(each.signing) }),
    })),
  };
}

/** A box as it is written. */
export function plainBox({ nonce, box }: Box): object {
  return { nonce: toBase64url(nonce), box: toBase64url(box) };
}

function withoutFields(raw: Readonly<Record<string, unknown>>, names: readonly string[]): Uint8Array {
  return canonicalBytes(Object.fromEntries(Object.entries(raw).filter(([name]) => !names.includes(name))));
}

function macOf(sealed: Uint8Array, headerKey: Uint8Array): string {
  return createHmac('sha256', headerKey).update(sealed).digest('hex');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
