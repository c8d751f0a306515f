import { Decrypter, Encrypter } from 'age-encryption';
import { hkdfSha256, joinBytes, sha256, toBytes, toHex } from '../crypto/hash.ts';
import type { RandomBytes } from '../crypto/hash.ts';
import { failure } from '../errors.ts';
import { MAX_AGE_HEADER_BYTES, MAX_FILE_BYTES, MAX_INNER_BYTES, MAX_RECIPIENTS } from './limits.ts';
import { isRecipient } from './recipient.ts';

/*
 * Sealing is age v1 (age-encryption.org/v1). The library takes its own randomness from the platform (crypto.getRandomValues): the one place in
 * src-shared where randomness is not an argument, because age must never be given a second-hand file key.
 */

const VERSION_LINE = 'age-encryption.org/v';
const VERSION = 1;
const NEWLINE = 0x0a;
const STANZA = toBytes('-> ');
const HEADER_END = toBytes('--- ');

/** What can be known of a `.chiro` file without a key. */
export type SealedFacts = {
  readonly format: 'age';
  readonly version: number;
  readonly size: number;
  readonly recipients: number;
  /** SHA-256 of the file, hex. */
  readonly digest: string;
};

/**
 * The payload of an age file where there is a faster ChaCha20-Poly1305 than a portable one: its chunks of 64 KiB under a key of their own
 * (age-encryption.org/v1, "Payload"), with pauses. `open` throws at the first chunk that does not verify.
 */
export type FastPayload = {
  readonly randomBytes: RandomBytes;
  readonly seal: (key: Uint8Array, plain: Uint8Array) => Generator<void, Uint8Array, undefined>;
  readonly open: (key: Uint8Array, sealed: Uint8Array) => Generator<void, Uint8Array, undefined>;
};

/** Awaited every few milliseconds of a fast payload; what it throws stops the work. */
type Pause = () => Promise<void>;

const NONCE_LENGTH = 16;
const TAG_LENGTH = 16;
const PAYLOAD = toBytes('payload');

/** S1: seals inner bytes to age recipients (`age1…`), doubles counted once. */
export async function sealTo(
  recipients: readonly string[],
  inner: Uint8Array,
  fast?: FastPayload,
  pause?: Pause,
): Promise<Uint8Array> {
  const distinct = [...new Set(recipients)];
  const unusable = distinct.findIndex((recipient) => !isRecipient(recipient));
  if (unusable >= 0 || distinct.length === 0)
    throw failure('bundle.unusable-recipient', { index: Math.max(unusable, 0) });
  if (distinct.length > MAX_RECIPIENTS) throw failure('bundle.too-large', { rule: 'S2', limit: MAX_RECIPIENTS });
  if (inner.length > MAX_INNER_BYTES) throw failure('bundle.too-large', { rule: 'B5', limit: MAX_INNER_BYTES });
  const encrypter = new Encrypter();
  for (const recipient of distinct) encrypter.addRecipient(recipient);
  return fast === undefined ? await encrypter.encrypt(inner) : await sealFast(encrypter, inner, fast, pause);
}

/** The library makes the header around a file key, and a payload of nothing that is thrown away: the payload gets a nonce of its own. */
async function sealFast(
  encrypter: Encrypter,
  inner: Uint8Array,
  fast: FastPayload,
  pause: Pause | undefined,
): Promise<Uint8Array> {
  let fileKey = new Uint8Array();
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = key.slice();
      return [];
    },
  });
  const empty = await encrypter.encrypt(new Uint8Array());
  const header = empty.subarray(0, empty.length - NONCE_LENGTH - TAG_LENGTH);
  const nonce = fast.randomBytes(NONCE_LENGTH);
  return joinBytes(header, nonce, await done(fast.seal(payloadKey(fileKey, nonce), inner), pause));
}

function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hkdfSha256(fileKey, nonce, PAYLOAD, 32);
}

/**
 * S2, S3: the inner bytes, by age identities (`AGE-SECRET-KEY-1…`). Throws `bundle.not-for-us` when no stanza opens and `bundle.damaged` when what
 * follows does not verify.
 */
export async function unseal(
  identities: readonly string[],
  file: Uint8Array,
  fast?: FastPayload,
  pause?: Pause,
): Promise<Uint8Array> {
  const { end } = checkHeader(file);
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  const opened = await verified(async () => {
    if (fast === undefined) return await decrypter.decrypt(file);
    const fileKey = await decrypter.decryptHeader(file.subarray(0, end));
    const nonce = file.subarray(end, end + NONCE_LENGTH);
    return fast.open(payloadKey(fileKey, nonce), file.subarray(end + NONCE_LENGTH));
  });
  return opened instanceof Uint8Array ? opened : await openInSteps(opened, pause);
}

/** What somebody throws who stops the work is no damage. */
async function openInSteps(payload: Opening, pause: Pause | undefined): Promise<Uint8Array> {
  for (;;) {
    const step = await verified(() => payload.next());
    if (step.done === true) return step.value;
    await pause?.();
  }
}

type Opening = ReturnType<FastPayload['open']>;

/** S3. */
async function verified<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isNoMatch(error) ? failure('bundle.not-for-us', {}, error) : failure('bundle.damaged', { rule: 'S3' }, error);
  }
}

async function done<T>(work: Generator<void, T, undefined>, pause: Pause | undefined): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await pause?.();
  }
}

/** S2: reads the header only; throws `bundle.malformed`, `bundle.damaged`, `bundle.newer-version` or `bundle.too-large`. */
export function inspectSealed(file: Uint8Array): SealedFacts {
  const { recipients } = checkHeader(file);
  return { format: 'age', version: VERSION, size: file.length, recipients, digest: toHex(sha256(file)) };
}

type Header = { readonly recipients: number; readonly end: number };

/** S2; the number of stanzas, and where the header ends. */
function checkHeader(file: Uint8Array): Header {
  if (file.length > MAX_FILE_BYTES) throw failure('bundle.too-large', { rule: 'S2', limit: MAX_FILE_BYTES });
  refuseOtherFormat(file);
  const { recipients, end } = countStanzas(file);
  if (recipients > MAX_RECIPIENTS) throw failure('bundle.too-large', { rule: 'S2', limit: MAX_RECIPIENTS });
  if (recipients === 0) throw failure('bundle.malformed', { rule: 'S2' });
  return { recipients, end };
}

function refuseOtherFormat(file: Uint8Array): void {
  const line = asciiOf(file.subarray(0, VERSION_LINE.length + 4));
  if (line.startsWith(`${VERSION_LINE}${VERSION}\n`)) return;
  const found = line.startsWith(VERSION_LINE) ? /^(\d+)\n/.exec(line.slice(VERSION_LINE.length))?.[1] : undefined;
  throw found === undefined
    ? failure('bundle.malformed', { rule: 'S1' })
    : failure('bundle.newer-version', { found: Number(found), supported: VERSION });
}

/** Counts the lines `-> …` before the line `--- …` that ends the header. */
function countStanzas(file: Uint8Array): Header {
  const header = file.subarray(0, MAX_AGE_HEADER_BYTES);
  let stanzas = 0;
  let start = 0;
  for (;;) {
    const end = header.indexOf(NEWLINE, start);
    if (end < 0) break;
    if (beginsWith(header, start, HEADER_END)) return { recipients: stanzas, end: end + 1 };
    if (beginsWith(header, start, STANZA)) stanzas += 1;
    start = end + 1;
  }
  throw file.length > MAX_AGE_HEADER_BYTES
    ? failure('bundle.too-large', { rule: 'S2', limit: MAX_AGE_HEADER_BYTES })
    : failure('bundle.damaged', { rule: 'S2' });
}

function beginsWith(bytes: Uint8Array, at: number, start: Uint8Array): boolean {
  return start.every((byte, i) => bytes[at + i] === byte);
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** The library tells its failures apart only by their message; its version is pinned, and a test holds this one. */
function isNoMatch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no identity matched');
}
