import { toBase64url } from '../crypto/base64url.ts';
import { canonicalBytes, canonicalText } from '../crypto/canonical.ts';
import { compareText } from '../crypto/hash.ts';
import type { RandomBytes } from '../crypto/hash.ts';
import { RECORD_VERSIONS } from '../domain/record.ts';
import type { AnyRecord, Claim } from '../domain/record.ts';
import { compareBytes, parseRecord } from './parse-record.ts';
import type { ParsedRecord } from './parse-record.ts';
import { claimHash } from './record-id.ts';

/** A claim before it has a salt. */
export type ClaimDraft = Omit<Claim, 'salt'>;

type Draft<R> = R extends AnyRecord ? Omit<R, 'v' | 'claims'> & { readonly claims: readonly ClaimDraft[] } : never;

/** A record as its author thinks of it: no version, no salts, claims and references in any order, doubles allowed. */
export type RecordDraft = Draft<AnyRecord>;

/**
 * Makes a record: adds salts (R7), sorts claims (R11) and references, computes the id (R10). What it returns has been parsed again from its
 * own bytes, so no record leaves here that a reader would refuse; throws `record.malformed` for a draft that breaks a rule.
 */
export function sealRecord(draft: RecordDraft, { randomBytes }: { readonly randomBytes: RandomBytes }): ParsedRecord {
  const claims = withoutDoubles(draft.claims);
  const references = { supersedes: ascending(draft.supersedes) };
  const targets = draft.kind === 'retract' ? { targets: ascending(draft.targets) } : {};
  const supports = draft.kind === 'attachment' ? { supports: ascending(draft.supports) } : {};
  const sealed = draft.commitment === 'claims' ? saltAndSort(claims, randomBytes) : sortByBytes(claims);
  const v = RECORD_VERSIONS[draft.kind];
  return parseRecord(canonicalBytes({ ...draft, ...references, ...targets, ...supports, v, claims: sealed }));
}

function saltAndSort(claims: readonly ClaimDraft[], randomBytes: RandomBytes): Claim[] {
  return claims
    .map((claim): Claim => ({ ...claim, salt: toBase64url(randomBytes(16)) }))
    .map((claim) => ({ claim, hash: claimHash(claim) }))
    .toSorted((one, other) => compareText(one.hash, other.hash))
    .map(({ claim }) => claim);
}

function sortByBytes(claims: readonly ClaimDraft[]): ClaimDraft[] {
  return claims
    .map((claim) => ({ claim, bytes: canonicalBytes(claim) }))
    .toSorted((one, other) => compareBytes(one.bytes, other.bytes))
    .map(({ claim }) => claim);
}

/** Saying the same twice is saying it once, and R11 allows no two equal claims. */
function withoutDoubles(claims: readonly ClaimDraft[]): ClaimDraft[] {
  return [...new Map(claims.map((claim) => [canonicalText(claim), claim])).values()];
}

function ascending<T extends string>(ids: readonly T[]): T[] {
  return [...new Set(ids)].toSorted(compareText);
}
