/*
 * docs/formats/bundle.md §6
 *
 * offset        size   what
 * 0             4      magic "CHB1"
 * 4             4      u32be manifestLength M, 2 … 65 536
 * 8             M      manifest, canonical JSON
 * 8+M           2      u16be number of signatures: 1
 * 10+M          8      key id of the signature, raw
 * 18+M          2      u16be length of the signature: 64
 * 20+M          64     signature over the manifest bytes
 * 84+M          B      body as stored, B = manifest.body.stored
 * 84+M+B        F      evidence files as stored, F = manifest.files.stored, or 0
 * 84+M+B+F      P      zero bytes up to padme(84+M+B+F)
 */
import { fromHex, toBytes, toHex } from '../crypto/hash.ts';
import { paddedLength } from '../crypto/padding.ts';
import { SIGNATURE_LENGTH } from '../crypto/signature.ts';
import { failure } from '../errors.ts';
import { MAX_INNER_BYTES, MAX_MANIFEST_BYTES } from './limits.ts';
import { parseManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

const MAGIC = toBytes('CHB1');
const MANIFEST_START = 8;
const AFTER_MANIFEST = 76;
const VERSION = 1;

/** The parts of a frame, cut out and not yet trusted: only lengths, the manifest's own form and its key id have been looked at. */
export type Frame = {
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly storedBody: Uint8Array;
  /** B35; of no bytes where none came along. */
  readonly storedFiles: Uint8Array;
  readonly padding: Uint8Array;
};

/** B1–B4, B6. Copies nothing: the parts are views of `inner`. */
export function parseFrame(inner: Uint8Array): Frame {
  if (inner.length > MAX_INNER_BYTES) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_INNER_BYTES });
  refuseOtherMagic(inner);
  const view = new DataView(inner.buffer, inner.byteOffset, inner.byteLength);
  if (inner.length < MANIFEST_START) throw failure('bundle.malformed', { rule: 'B2' });
  const manifestLength = view.getUint32(4);
  if (manifestLength > MAX_MANIFEST_BYTES) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_MANIFEST_BYTES });
  const manifestEnd = MANIFEST_START + manifestLength;
  const bodyStart = manifestEnd + AFTER_MANIFEST;
  if (inner.length < bodyStart) throw failure('bundle.malformed', { rule: 'B2' });
  const hasOneSignature = view.getUint16(manifestEnd) === 1 && view.getUint16(manifestEnd + 10) === SIGNATURE_LENGTH;
  if (!hasOneSignature) throw failure('bundle.malformed', { rule: 'B3' });
  const manifestBytes = inner.subarray(MANIFEST_START, manifestEnd);
  const manifest = parseManifest(manifestBytes);
  if (toHex(inner.subarray(manifestEnd + 2, manifestEnd + 10)) !== manifest.kid)
    throw failure('bundle.malformed', { rule: 'B3' });
  const bodyEnd = bodyStart + manifest.body.stored;
  const filesEnd = bodyEnd + (manifest.files?.stored ?? 0);
  if (inner.length < filesEnd) throw failure('bundle.malformed', { rule: 'B2' });
  if (inner.length !== paddedLength(filesEnd)) throw failure('bundle.malformed', { rule: 'B4' });
  return {
    manifest,
    manifestBytes,
    signature: inner.subarray(manifestEnd + 12, bodyStart),
    storedBody: inner.subarray(bodyStart, bodyEnd),
    storedFiles: inner.subarray(bodyEnd, filesEnd),
    padding: inner.subarray(filesEnd),
  };
}

/** The inverse of `parseFrame`. */
export function encodeFrame(
  manifest: Manifest,
  manifestBytes: Uint8Array,
  signature: Uint8Array,
  storedBody: Uint8Array,
  storedFiles: Uint8Array = new Uint8Array(),
): Uint8Array {
  const manifestEnd = MANIFEST_START + manifestBytes.length;
  const bodyStart = manifestEnd + AFTER_MANIFEST;
  const length = paddedLength(bodyStart + storedBody.length + storedFiles.length);
  if (length > MAX_INNER_BYTES) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_INNER_BYTES });
  const inner = new Uint8Array(length);
  const view = new DataView(inner.buffer);
  inner.set(MAGIC);
  view.setUint32(4, manifestBytes.length);
  inner.set(manifestBytes, MANIFEST_START);
  view.setUint16(manifestEnd, 1);
  inner.set(fromHex(manifest.kid), manifestEnd + 2);
  view.setUint16(manifestEnd + 10, signature.length);
  inner.set(signature, manifestEnd + 12);
  inner.set(storedBody, bodyStart);
  inner.set(storedFiles, bodyStart + storedBody.length);
  return inner;
}

function refuseOtherMagic(inner: Uint8Array): void {
  if (MAGIC.every((byte, i) => inner[i] === byte)) return;
  const found = (inner[3] ?? 0) - 0x30;
  const isAnotherVersion = MAGIC.subarray(0, 3).every((byte, i) => inner[i] === byte) && found >= 0 && found <= 9;
  throw isAnotherVersion
    ? failure('bundle.newer-version', { found, supported: VERSION })
    : failure('bundle.malformed', { rule: 'B1' });
}
