import { toBase64url } from '../crypto/base64url.ts';
import { canonicalText } from '../crypto/canonical.ts';
import { compareText, compareUtf8, portableHash, toBytes } from '../crypto/hash.ts';
import type { HashText, RandomBytes } from '../crypto/hash.ts';
import { RECORD_VERSIONS } from '../domain/record.ts';
import type { AnyRecord, Claim } from '../domain/record.ts';
import { sealExact } from './exact-record.ts';
import type { SealedRecord } from './exact-record.ts';
import { parseRecord, refuseDisorder } from './parse-record.ts';
import type { ParsedRecord } from './parse-record.ts';
import { claimHash } from './record-id.ts';

/** A claim before it has a salt. */
export type ClaimDraft = Omit<Claim, 'salt'>;

type Draft<R> = R extends AnyRecord ? Omit<R, 'v' | 'claims'> & { readonly claims: readonly ClaimDraft[] } : never;

/** A record as its author thinks of it: no version, no salts, claims and references in any order, doubles allowed. */
export type RecordDraft = Draft<AnyRecord>;

/** Where salts come from, and a faster hash where there is one. */
export type Sealing = { readonly randomBytes: RandomBytes; readonly hashText?: HashText };

/**
 * Makes a record: adds salts (R7), sorts claims (R11) and references, computes the id (R10). No record leaves here that a reader would refuse:
 * throws `record.malformed` for a draft that breaks a rule.
 */
export function sealRecord(draft: RecordDraft, sealing: Sealing): ParsedRecord {
  const { id, record, text } = sealText(draft, sealing);
  return { id, record, bytes: toBytes(text) };
}

/** `sealRecord` for what goes no further than our own store, which keeps texts. */
export function sealText(draft: RecordDraft, { randomBytes, hashText = portableHash }: Sealing): SealedRecord {
  const unsealed = withReferencesInOrder(draft);
  const exact = sealExact(unsealed, randomBytes, hashText);
  if (exact === undefined) return sealByRules(unsealed, randomBytes);
  refuseDisorder(exact.record);
  return exact;
}

/** Any draft: what it returns has been parsed again from its own bytes. */
function sealByRules(draft: RecordDraft, randomBytes: RandomBytes): SealedRecord {
  const claims = withoutDoubles(draft.claims);
  const sealed = draft.commitment === 'claims' ? saltAndSort(claims, randomBytes) : sortByBytes(claims);
  const text = canonicalText({ ...draft, v: RECORD_VERSIONS[draft.kind], claims: sealed });
  const { id, record } = parseRecord(toBytes(text));
  return { id, record, text };
}

function withReferencesInOrder(draft: RecordDraft): RecordDraft {
  const supersedes = ascending(draft.supersedes);
  if (draft.kind === 'retract') return { ...draft, supersedes, targets: ascending(draft.targets) };
  if (draft.kind === 'permission') {
    const { targets, recipients } = draft;
    return { ...draft, supersedes, targets: ascending(targets), recipients: ascending(recipients) };
  }
  if (draft.kind === 'attachment') return { ...draft, supersedes, supports: ascending(draft.supports) };
  return supersedes.length === 0 ? draft : { ...draft, supersedes };
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
    .map((claim) => ({ claim, text: canonicalText(claim) }))
    .toSorted((one, other) => compareUtf8(one.text, other.text))
    .map(({ claim }) => claim);
}

/** Saying the same twice is saying it once, and R11 allows no two equal claims. */
function withoutDoubles(claims: readonly ClaimDraft[]): ClaimDraft[] {
  return [...new Map(claims.map((claim) => [canonicalText(claim), claim])).values()];
}

function ascending<T extends string>(ids: readonly T[]): T[] {
  if (ids.length < 2) return [...ids];
  return [...new Set(ids)].toSorted(compareText);
}
