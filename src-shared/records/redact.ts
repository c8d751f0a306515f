import type { AnyRecord, Claim } from '../domain/record.ts';
import { isDisclosed } from '../domain/record.ts';
import { failure } from '../errors.ts';
import { claimHash } from './record-id.ts';

/**
 * The record with the chosen claims replaced by their hashes (R9); its id, and so its author's signature, stays what it was.
 * Throws `record.malformed` R9 if something is chosen in a record that is committed as a whole.
 */
export function withhold<R extends AnyRecord>(record: R, isWithheld: (claim: Claim) => boolean): R {
  const claims = record.claims.map((claim) => {
    if (!isDisclosed(claim) || !isWithheld(claim)) return claim;
    if (record.commitment !== 'claims') throw failure('record.malformed', { rule: 'R9' });
    return { withheld: claimHash(claim) };
  });
  return { ...record, claims };
}

/** How many claims of a record we have only the hash of. */
export function countWithheld(record: AnyRecord): number {
  return record.claims.reduce((count, claim) => (isDisclosed(claim) ? count : count + 1), 0);
}

/**
 * R13: what two copies of one record disclose together. Both must have the same id; R11 then gives both the same claims at the same places.
 */
export function discloseUnion<R extends AnyRecord>(one: R, other: R): R {
  const claims = one.claims.map((claim, i) => (isDisclosed(claim) ? claim : (other.claims[i] ?? claim)));
  return { ...one, claims };
}
