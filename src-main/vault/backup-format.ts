/*
 * docs/formats/backup.md §1
 *
 * offset   size            what
 * 0        8               magic "CHIROVLT"
 * 8        2               version
 * 10       4               length of the opening
 * 14       …               opening: JCS, in clear
 * …        1 048 592 × n   chunk: AES-256-GCM ciphertext of 1 048 576 bytes ‖ tag{16}; the last chunk may be shorter
 */
import { hash, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { toBase64url } from '../../src-shared/crypto/base64url.ts';
import { canonicalBytes, parseCanonical } from '../../src-shared/crypto/canonical.ts';
import { failure } from '../../src-shared/errors.ts';
import type { ChirographError } from '../../src-shared/errors.ts';
import { Binary, Box, Hex16, plainBox } from './header.ts';
import type { Header } from './header.ts';
import { requireCost } from './kdf.ts';
import { openChunk, TAG_LENGTH } from './stream-cipher.ts';

export const CHUNK_LENGTH = 1_048_576;
export const SEALED_LENGTH = CHUNK_LENGTH + TAG_LENGTH;
export const PREFIX_LENGTH = 14;
const MAGIC = Buffer.from('CHIROVLT', 'latin1');
const VERSION = 1;
const MAX_OPENING = 65_536;
const MAX_CONTENTS = 16 * 1024 * 1024;
const MAX_FILES = 100_000;

const slot = { id: Hex16, store: Box };
const BackupSlot = z.discriminatedUnion('kind', [
  z.strictObject({
    ...slot,
    kind: z.literal('passphrase'),
    kdf: z.strictObject({ m: z.number(), t: z.number(), p: z.number(), salt: Binary }),
  }),
  z.strictObject({ ...slot, kind: z.literal('recovery') }),
]);
export type BackupSlot = z.infer<typeof BackupSlot>;

const Opening = z.strictObject({
  v: z.literal(VERSION),
  vault: Hex16,
  created: z.iso.datetime(),
  salt: Binary,
  slots: z.array(BackupSlot).min(2).max(64),
});
export type Opening = z.infer<typeof Opening>;

const FileName = z.string().regex(/^(vault\.json|head|store\.db|attachments\/[0-9a-f]{64})$/);
const Contents = z.strictObject({
  v: z.literal(VERSION),
  sequence: z.number().int().nonnegative(),
  files: z.array(z.strictObject({ name: FileName, size: z.number().int().nonnegative() })).max(MAX_FILES),
});
export type Contents = z.infer<typeof Contents>;
const FIRST_FILES = ['vault.json', 'head', 'store.db'];

/** U2: the beginning of a file, from the header of its vault; nobody's name is in it. */
export function encodeOpening(header: Header, created: string, salt: Uint8Array): Uint8Array {
  const slots = header.slots.map((each) => ({
    id: each.id,
    kind: each.kind,
    store: plainBox(each.store),
    ...(each.kind === 'passphrase' && { kdf: { ...each.kdf, salt: toBase64url(each.kdf.salt) } }),
  }));
  const opening = canonicalBytes({ v: VERSION, vault: header.vault, created, salt: toBase64url(salt), slots });
  const prefix = Buffer.alloc(PREFIX_LENGTH);
  MAGIC.copy(prefix);
  prefix.writeUInt16BE(VERSION, 8);
  prefix.writeUInt32BE(opening.length, 10);
  return Buffer.concat([prefix, opening]);
}

/** U1: how long the opening is, from the first 14 bytes. Throws `backup.malformed`, `backup.newer-version`. */
export function openingLength(prefix: Uint8Array): number {
  const bytes = Buffer.from(prefix);
  if (bytes.length < PREFIX_LENGTH || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw malformed('U1');
  const found = bytes.readUInt16BE(8);
  if (found !== VERSION) throw failure('backup.newer-version', { found, supported: VERSION });
  const length = bytes.readUInt32BE(10);
  if (length > MAX_OPENING) throw malformed('U2');
  return length;
}

/** U2. Throws `backup.malformed`, `vault.kdf-out-of-range`. */
export function parseOpening(bytes: Uint8Array): Opening {
  const raw = parseCanonical(bytes, MAX_OPENING, () => malformed('U2'));
  const parsed = Opening.safeParse(raw);
  if (!parsed.success || parsed.data.salt.length !== 32) throw malformed('U2');
  for (const each of parsed.data.slots) if (each.kind === 'passphrase') requireCost(each.kdf);
  return parsed.data;
}

/** U4: `beginning` is everything before the first chunk. Whoever asks overwrites it. */
export function fileKey(backupKey: Uint8Array, salt: Uint8Array, beginning: Uint8Array): Uint8Array {
  const info = Buffer.concat([Buffer.from('chirograph/backup-file/v1\n'), hash('sha256', beginning, 'buffer')]);
  return new Uint8Array(hkdfSync('sha256', backupKey, salt, info, 32));
}

/** U5. Throws `backup.damaged`. */
export function openBackupChunk(key: Uint8Array, number: number, isLast: boolean, sealed: Uint8Array): Uint8Array {
  if (sealed.length <= TAG_LENGTH || sealed.length > SEALED_LENGTH) throw damaged('U5');
  const plain = openChunk(key, number, isLast, sealed);
  if (plain === undefined) throw damaged('U5');
  return plain;
}

/** U6: with its length before it. Throws `backup.too-many-files`: what could not be restored is not made. */
export function encodeContents(contents: Contents): Uint8Array {
  const found = contents.files.length;
  if (found > MAX_FILES) throw failure('backup.too-many-files', { found, supported: MAX_FILES });
  const bytes = canonicalBytes(contents);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** U6. Throws `backup.damaged`. */
export function contentsLength(prefix: Uint8Array): number {
  const length = Buffer.from(prefix).readUInt32BE(0);
  if (length > MAX_CONTENTS) throw damaged('U6');
  return length;
}

/** U6. Throws `backup.damaged`. */
export function parseContents(bytes: Uint8Array): Contents {
  const parsed = Contents.safeParse(parseCanonical(bytes, MAX_CONTENTS, () => damaged('U6')));
  if (!parsed.success) throw damaged('U6');
  const names = parsed.data.files.map(({ name }) => name);
  const attachments = names.slice(FIRST_FILES.length);
  const isInOrder = attachments.every(
    (name, i) => name.startsWith('attachments/') && (i === 0 || name > (attachments[i - 1] ?? '')),
  );
  if (FIRST_FILES.some((name, i) => names[i] !== name) || !isInOrder) throw damaged('U6');
  return parsed.data;
}

/** For a rule of the format that the chunks or what they hold break. */
export function damaged(rule: string): ChirographError {
  return failure('backup.damaged', { rule });
}

function malformed(rule: string): ChirographError {
  return failure('backup.malformed', { rule });
}
