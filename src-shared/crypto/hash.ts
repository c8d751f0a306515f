import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 as sha256Hash } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';

const ENCODER = new TextEncoder();

/** Random bytes from the caller: src-shared has no randomness of its own. */
export type RandomBytes = (length: number) => Uint8Array;

/** SHA-256 of the UTF-8 of a well-formed text, in lower-case hex. Node's own one-shot hash is ten times as fast as the portable one. */
export type HashText = (text: string) => string;

/** SHA-256 of some bytes, written into an array at a place: hashes a million nodes of a tree without making a million arrays. */
export type HashInto = (bytes: Uint8Array, into: Uint8Array, at: number) => void;

/** `HashInto` for where nobody gives a faster one. */
export function portableHashInto(bytes: Uint8Array, into: Uint8Array, at: number): void {
  into.set(sha256(bytes), at);
}

/** SHA-256 of some bytes in hex. */
export function hashHex(bytes: Uint8Array, hashInto: HashInto = portableHashInto): string {
  const hash = new Uint8Array(32);
  hashInto(bytes, hash, 0);
  return toHex(hash);
}

/** A SHA-256 in the making. */
export type NewHash = () => { readonly update: (bytes: Uint8Array) => unknown; readonly digest: () => Uint8Array };

/** Where nobody gives a faster one. */
export function portableNewHash(): ReturnType<NewHash> {
  return sha256Hash.create();
}

/** So much is hashed between two pauses: a few milliseconds. */
const BYTES_A_SLICE = 2 ** 22;

/** SHA-256 of bytes of any length in hex, with pauses. */
export function* hashHexInSteps(
  bytes: Uint8Array,
  newHash: NewHash = portableNewHash,
): Generator<void, string, undefined> {
  const hash = newHash();
  for (let at = 0; at < bytes.length; at += BYTES_A_SLICE) {
    if (at > 0) yield;
    hash.update(bytes.subarray(at, at + BYTES_A_SLICE));
  }
  return toHex(hash.digest());
}

/** Where nobody gives a faster one. */
export function portableHash(text: string): string {
  return toHex(sha256(toBytes(text)));
}

/** SHA-256 (FIPS 180-4) of the parts one after the other. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return sha256Hash(only);
  const hash = sha256Hash.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** SHA-256 of what comes piece by piece. */
export function newHash(): { readonly add: (bytes: Uint8Array) => void; readonly digest: () => Uint8Array } {
  const hash = sha256Hash.create();
  return { add: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

/** A hash made for one purpose: `H(label ‖ 0x0A ‖ body)` is never one for another (docs/formats/bundle.md K1, K9; record.md R8, R10). */
export function hashFor(label: string): (...body: readonly Uint8Array[]) => Uint8Array {
  const prefix = toBytes(`${label}\n`);
  return (...body) => sha256(prefix, ...body);
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes);
}

/** The bytes of hex; throws on anything else, so parse the text with a schema first. */
export function fromHex(hex: string): Uint8Array {
  return hexToBytes(hex);
}

/** Writes the bytes of lower-case hex into an array at a place. */
export function writeHex(hex: string, into: Uint8Array, at: number): void {
  for (let digit = 0; digit < hex.length; digit += 2)
    into[at + digit / 2] = (digitOf(hex.charCodeAt(digit)) << 4) | digitOf(hex.charCodeAt(digit + 1));
}

/** Of a lower-case hex digit. */
function digitOf(code: number): number {
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** UTF-8. */
export function toBytes(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** One array of all parts, in their order. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...parts);
}

/** Not in constant time: for what is no secret. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

/** For texts whose order is their code units' (hex, canonical JSON): negative, zero or positive. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** The order of the UTF-8 bytes of two well-formed texts, which is that of their code points and not of their UTF-16 code units. */
export function compareUtf8(one: string, other: string): number {
  const shared = Math.min(one.length, other.length);
  for (let i = 0; i < shared; i += 1) {
    const [a, b] = [one.charCodeAt(i), other.charCodeAt(i)];
    if (a !== b) return rankOf(a) - rankOf(b);
  }
  return one.length - other.length;
}

/** Surrogates stand for code points above all others. */
function rankOf(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** True when every text is greater than the one before, so also: no duplicates. */
export function isAscending(texts: readonly string[]): boolean {
  let last: string | undefined;
  for (const text of texts) {
    if (last !== undefined && text <= last) return false;
    last = text;
  }
  return true;
}

/** HKDF with SHA-256 (RFC 5869): `length` bytes from secret key material. */
export function hkdfSha256(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array {
  return hkdf(sha256Hash, secret, salt, info, length);
}
