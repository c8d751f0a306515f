import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { encodeCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import { sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { SigningSecrets } from '../vault/signing-secrets.ts';

/** A new agency: its secrets, and the card that says who it is (docs/formats/bundle.md, K1–K8). */
export async function newAgency(
  agency: { readonly name: string; readonly country: string; readonly sample: boolean },
  randomBytes: (length: number) => Uint8Array,
): Promise<{ readonly secrets: SigningSecrets; readonly card: PartnerCard }> {
  const seed = randomBytes(32);
  const { publicKey, secretKey } = signingKeys(seed);
  const identity = await generateX25519Identity();
  const sealing = [await identityToRecipient(identity)];
  const card = encodeCard({ agency, publicKey, sealing }, (label, body) => sign(label, body, secretKey));
  return { secrets: { version: 1, seed, identity, earlier: [] }, card };
}
