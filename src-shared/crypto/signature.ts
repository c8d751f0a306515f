import { ed25519 } from '@noble/curves/ed25519.js';
import nacl from 'tweetnacl';
import type { KeyId } from '../domain/ids.ts';
import { KeyId as KeyIdSchema } from '../domain/ids.ts';
import { joinBytes, sha256, toBytes, toHex } from './hash.ts';

/** K2: what may be signed, and the payload type that says so inside the signed bytes. */
const PAYLOAD_TYPES = {
  'chirograph/approval/v1': 'application/vnd.chirograph.approval.v1+json',
  'chirograph/attestation/v1': 'application/vnd.chirograph.attestation.v1+json',
  'chirograph/bundle/v1': 'application/vnd.chirograph.bundle.v1+json',
  'chirograph/card/v1': 'application/vnd.chirograph.card.v1+json',
  'chirograph/card/v2': 'application/vnd.chirograph.card.v2+json',
  'chirograph/comparison/v1': 'application/vnd.chirograph.comparison.v1+json',
  'chirograph/keyset/v1': 'application/vnd.chirograph.keyset.v1+json',
} as const;

export type SignatureLabel = keyof typeof PAYLOAD_TYPES;

/** Signs for one agency; who holds the key makes it, so that the key itself goes nowhere. */
export type Sign = (label: SignatureLabel, body: Uint8Array) => Uint8Array;

export const SIGNATURE_LENGTH = 64;
const PUBLIC_KEY_LENGTH = 32;

/** Ed25519 key pair of a 32-byte seed (RFC 8032 §5.1.5). The caller overwrites `secretKey` when done. */
export function signingKeys(seed: Uint8Array): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array } {
  return nacl.sign.keyPair.fromSeed(seed);
}

/** K4: a hint for finding a key, never proof. */
export function keyIdOf(publicKey: Uint8Array): KeyId {
  return KeyIdSchema.parse(toHex(sha256(publicKey)).slice(0, 16));
}

/** K2: Ed25519 over the pre-authentication encoding, by tweetnacl; `secretKey` is that of `signingKeys`. */
export function sign(label: SignatureLabel, body: Uint8Array, secretKey: Uint8Array): Uint8Array {
  return nacl.sign.detached(preAuthenticationEncoding(label, body), secretKey);
}

/** K2, K3. `publicKey` must come from a card that the reader holds, never from the message. */
export function isSignedBy(
  label: SignatureLabel,
  body: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  return isStrictlyValid(preAuthenticationEncoding(label, body), signature, publicKey);
}

/** K3: valid only if tweetnacl and the strict check of noble both say so. */
export function isStrictlyValid(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_LENGTH || publicKey.length !== PUBLIC_KEY_LENGTH) return false;
  return (
    ed25519.verify(signature, message, publicKey, { zip215: false }) &&
    nacl.sign.detached.verify(message, signature, publicKey)
  );
}

/** K5: the canonical encoding of a point of the prime-order group. */
export function isAcceptablePublicKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_LENGTH) return false;
  try {
    const point = ed25519.Point.fromBytes(publicKey, false);
    return !point.isSmallOrder() && point.isTorsionFree();
  } catch {
    return false;
  }
}

/** DSSE 1.0.2: `"DSSEv1" SP len(type) SP type SP len(body) SP body`. */
function preAuthenticationEncoding(label: SignatureLabel, body: Uint8Array): Uint8Array {
  const type = PAYLOAD_TYPES[label];
  return joinBytes(toBytes(`DSSEv1 ${type.length} ${type} ${body.length} `), body);
}
