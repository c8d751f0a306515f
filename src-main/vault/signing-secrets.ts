import { z } from 'zod';
import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';

/** What signs and unseals for the agency, and how it lies in a box: docs/formats/vault.md V140. */

/**
 * The agency's Ed25519 seed and its age identity (the library takes that one as text), of one version of its key set; and the identities of
 * earlier versions, with when each was replaced (V140).
 */
export type SigningSecrets = {
  readonly version: number;
  readonly seed: Uint8Array;
  readonly identity: string;
  readonly earlier: readonly { readonly identity: string; readonly retired: string }[];
};

const SEED_LENGTH = 32;
const IDENTITY = 'AGE-SECRET-KEY-1';
const LATER = 0x02;
const VERSION_AT = 1;
const SEED_AT = 5;
const REST_AT = SEED_AT + SEED_LENGTH;

const Rest = z.strictObject({
  identity: z.string(),
  earlier: z.array(z.strictObject({ identity: z.string(), retired: z.string() })),
});

/** Every identity that this agency had, the current one first. */
export function identitiesOf({ identity, earlier }: SigningSecrets): string[] {
  return [identity, ...earlier.map((each) => each.identity)];
}

/** V140. The caller overwrites what it gets. */
export function writeSigning({ version, seed, identity, earlier }: SigningSecrets): Uint8Array {
  if (version === 1) return Buffer.concat([seed, Buffer.from(identity, 'latin1')]);
  const head = Buffer.alloc(SEED_AT);
  head[0] = LATER;
  head.writeUInt32BE(version, VERSION_AT);
  return Buffer.concat([head, seed, canonicalBytes({ earlier, identity })]);
}

/** V140: either form. */
export function readSigning(secret: Uint8Array): SigningSecrets {
  const bytes = Buffer.from(secret.buffer, secret.byteOffset, secret.length);
  const identity = bytes.toString('latin1', SEED_LENGTH);
  if (identity.startsWith(IDENTITY) || secret[0] !== LATER) {
    return { version: 1, seed: Uint8Array.from(secret.subarray(0, SEED_LENGTH)), identity, earlier: [] };
  }
  const rest = Rest.parse(JSON.parse(bytes.toString('latin1', REST_AT)));
  return { version: bytes.readUInt32BE(VERSION_AT), seed: Uint8Array.from(secret.subarray(SEED_AT, REST_AT)), ...rest };
}
