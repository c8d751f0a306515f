import { canonicalBytes } from '../crypto/canonical.ts';
import { hashFor, toHex } from '../crypto/hash.ts';
import { ClaimHash, RecordId } from '../domain/ids.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord, Claim, WithheldClaim } from '../domain/record.ts';

const hashClaim = hashFor('chirograph/claim/v1');
const hashRecord = hashFor('chirograph/record/v1');

/** R8, R9: the hash of a claim, whether we see the claim or only its hash. */
export function claimHash(claim: Claim | WithheldClaim): ClaimHash {
  if (!isDisclosed(claim)) return claim.withheld;
  return ClaimHash.parse(toHex(hashClaim(canonicalBytes(claim))));
}

/** R10. `hashes` are the claim hashes in order (unused with commitment `record`), `bytes` the canonical bytes of the record. */
export function recordId(record: AnyRecord, hashes: readonly ClaimHash[], bytes: Uint8Array): RecordId {
  const committed = record.commitment === 'record' ? bytes : canonicalBytes({ ...record, claims: hashes });
  return RecordId.parse(toHex(hashRecord(committed)));
}
