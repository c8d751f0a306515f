import { canonicalText } from '../crypto/canonical.ts';
import { portableHash } from '../crypto/hash.ts';
import { ClaimHash, RecordId } from '../domain/ids.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord, Claim, WithheldClaim } from '../domain/record.ts';

/** R1. */
export const MAX_RECORD_BYTES = 1_048_576;
/** The labels under which a claim and a record are hashed (R8, R10). */
export const CLAIM_LABEL = 'chirograph/claim/v1\n';
export const RECORD_LABEL = 'chirograph/record/v1\n';

/** R8, R9: the hash of a claim, whether we see the claim or only its hash. */
export function claimHash(claim: Claim | WithheldClaim): ClaimHash {
  if (!isDisclosed(claim)) return claim.withheld;
  return ClaimHash.parse(portableHash(`${CLAIM_LABEL}${canonicalText(claim)}`));
}

/** R10. `hashes` are the claim hashes in order (unused with commitment `record`), `text` the canonical form of the record. */
export function recordId(record: AnyRecord, hashes: readonly ClaimHash[], text: string): RecordId {
  const committed = record.commitment === 'record' ? text : canonicalText({ ...record, claims: hashes });
  return RecordId.parse(portableHash(`${RECORD_LABEL}${committed}`));
}
