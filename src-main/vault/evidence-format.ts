/*
 * docs/formats/vault.md V111–V115: one evidence file as it lies in the vault
 *
 * offset        size        what
 * 0             8           magic "CHIROEF1"
 * 8             32          salt, random
 * 40            32          commitment: which file this is
 * 72            65 552 × n  chunk: AES-256-GCM ciphertext of 65 536 bytes ‖ tag{16}; the last chunk may be shorter
 *
 * plaintext = the file ‖ zero bytes up to padme(size)
 * nonce     = u88be number of the chunk ‖ 1 in the last chunk, else 0
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { paddedLength } from '../../src-shared/crypto/padding.ts';
import type { FileHash } from '../../src-shared/domain/ids.ts';
import type { EvidenceFile } from '../../src-shared/domain/record.ts';
import { failure } from '../../src-shared/errors.ts';
import { openChunk, TAG_LENGTH } from './stream-cipher.ts';

/** Which file, and how long. */
export type FileIdentity = Pick<EvidenceFile, 'sha256' | 'size'>;
export type FileKeys = { readonly chunks: Uint8Array; readonly commitment: Uint8Array };
export type Layout = { readonly chunks: number; readonly lastLength: number; readonly stored: number };

export const HEADER_LENGTH = 72;
export const SALT_LENGTH = 32;
export const CHUNK_LENGTH = 65_536;
const MAGIC = Buffer.from('CHIROEF1', 'latin1');
const KEY_LENGTH = 32;

/** V110: the name of a file in the vault's folder. Whoever has the same file cannot tell that it is there. */
export function storedName(attachmentKey: Uint8Array, sha256: FileHash): string {
  return createHmac('sha256', attachmentKey)
    .update('chirograph/attachment-name/v1\n')
    .update(Buffer.from(sha256, 'hex'))
    .digest('hex');
}

/** V111: keys of one stored file; whoever asks overwrites them. */
export function fileKeys(attachmentKey: Uint8Array, salt: Uint8Array): FileKeys {
  const both = new Uint8Array(hkdfSync('sha256', attachmentKey, salt, 'chirograph/attachment-file/v1', 2 * KEY_LENGTH));
  return { chunks: both.subarray(0, KEY_LENGTH), commitment: both.subarray(KEY_LENGTH) };
}

export function forgetKeys({ chunks, commitment }: FileKeys): void {
  chunks.fill(0);
  commitment.fill(0);
}

/** V112, V114: how a file of this size is cut. Two files of about one size have one length on disk. */
export function layoutOf(size: number): Layout {
  const padded = paddedLength(size);
  const chunks = Math.max(1, Math.ceil(padded / CHUNK_LENGTH));
  return {
    chunks,
    lastLength: padded - (chunks - 1) * CHUNK_LENGTH,
    stored: HEADER_LENGTH + padded + chunks * TAG_LENGTH,
  };
}

/** V112, V113. */
export function encodeHeader(salt: Uint8Array, commitmentKey: Uint8Array, file: FileIdentity): Uint8Array {
  return Buffer.concat([MAGIC, salt, commitmentOf(commitmentKey, file)]);
}

/** V112, V113: the keys of the file, if it is the one that it should be. Throws `attachment.damaged`. */
export function openHeader(header: Uint8Array, attachmentKey: Uint8Array, file: FileIdentity): FileKeys {
  if (!MAGIC.equals(header.subarray(0, MAGIC.length))) throw failure('attachment.damaged', { rule: 'V112' });
  const commitmentStart = MAGIC.length + SALT_LENGTH;
  const keys = fileKeys(attachmentKey, header.subarray(MAGIC.length, commitmentStart));
  if (timingSafeEqual(commitmentOf(keys.commitment, file), header.subarray(commitmentStart))) return keys;
  forgetKeys(keys);
  throw failure('attachment.damaged', { rule: 'V113' });
}

/** V115. Throws `attachment.damaged`. */
export function openEvidenceChunk(key: Uint8Array, number: number, isLast: boolean, stored: Uint8Array): Uint8Array {
  const plain = openChunk(key, number, isLast, stored);
  if (plain === undefined) throw failure('attachment.damaged', { rule: 'V115' });
  return plain;
}

function commitmentOf(key: Uint8Array, { sha256, size }: FileIdentity): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(size));
  return createHmac('sha256', key).update(Buffer.from(sha256, 'hex')).update(length).digest();
}
