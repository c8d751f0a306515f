import { keyFor, parseKeptCard } from '../../src-shared/bundle/card.ts';
import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';
import { fromHex } from '../../src-shared/crypto/hash.ts';
import { isSignedBy } from '../../src-shared/crypto/signature.ts';
import type { WriteDb } from '../store/connection.ts';
import { endVouching, refute, vouchedOf } from '../store/vouching.ts';

/**
 * An author whom we knew by others' word only has a confirmed card now (bundle.md B21): what its keys prove is verified, what they do not prove is
 * marked as not being so.
 */
export function settleVouched(tx: WriteDb, card: Uint8Array): void {
  const confirmed = parseKeptCard(card);
  for (const { id, signed } of vouchedOf(tx, confirmed.agencyId)) {
    const { attestation, signature } = signed;
    const key = keyFor(confirmed, attestation.kid);
    const body = canonicalBytes(attestation);
    const isProven =
      key !== undefined && isSignedBy('chirograph/attestation/v1', body, fromHex(signature), key.publicKey);
    if (isProven) endVouching(tx, id);
    else refute(tx, id);
  }
}
