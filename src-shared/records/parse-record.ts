import { canonicalBytes, canonicalText, readJson, refuseOtherForm } from '../crypto/canonical.ts';
import type { CanonicalRule } from '../crypto/canonical.ts';
import { compareUtf8, isAscending, portableHash } from '../crypto/hash.ts';
import type { HashText } from '../crypto/hash.ts';
import { AnyRecord, isDisclosed, RECORD_VERSIONS } from '../domain/record.ts';
import type { ClaimHash, RecordId } from '../domain/ids.ts';
import { failure } from '../errors.ts';
import type { ChirographError } from '../errors.ts';
import { exactRecord } from './exact-record.ts';
import { claimHash, MAX_RECORD_BYTES, recordId } from './record-id.ts';

/** R17. */
const VERSIONS: ReadonlyMap<unknown, number> = new Map(Object.entries(RECORD_VERSIONS));
const NEWEST = Math.max(...VERSIONS.values());

/** A record with its id (R10) and the bytes it came in; its author is what it says until `verifyAttested` has proved it. */
export type ParsedRecord = {
  readonly id: RecordId;
  readonly record: AnyRecord;
  readonly bytes: Uint8Array;
};

/**
 * Parses one record and enforces R1–R12. Throws `record.malformed` with the rule, or `record.newer-version`.
 * Objects come back with their keys in canonical order, so that writing them again is cheap.
 */
export function parseRecord(bytes: Uint8Array, hashText: HashText = portableHash): ParsedRecord {
  const { text, value } = readJson(bytes, MAX_RECORD_BYTES, refuseText);
  const exact = exactRecord(text, value, hashText);
  if (exact === undefined) return { ...recordByRules(text, value), bytes };
  refuseDisorder(exact.record);
  return { ...exact, bytes };
}

/** Any record, one rule after the other; throws for what is none. */
function recordByRules(text: string, value: unknown): { readonly id: RecordId; readonly record: AnyRecord } {
  refuseOtherForm(text, value, refuseText);
  refuseNewer(value);
  if (!isRecord(value)) throw malformed(ruleOf(value));
  refuseDisorder(value);
  return { id: recordId(value, claimOrder(value), text), record: value };
}

/** R1: the canonical bytes of a record. */
export function recordBytes(record: AnyRecord): Uint8Array {
  return canonicalBytes(record);
}

function refuseText(rule: CanonicalRule): ChirographError {
  return malformed(rule === 'J5' ? 'R2' : 'R1');
}

function malformed(rule: string): ChirographError {
  return failure('record.malformed', { rule });
}

/** A guard instead of the parsed copy: the value keeps the key order of its bytes. */
function isRecord(value: unknown): value is AnyRecord {
  return AnyRecord.safeParse(value).success;
}

/** R17: newer than what we know of its kind; of a kind that we do not know, newer than everything. */
function refuseNewer(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('v' in value)) return;
  const found = value.v;
  const supported = VERSIONS.get('kind' in value ? value.kind : undefined) ?? NEWEST;
  if (typeof found === 'number' && Number.isSafeInteger(found) && found > supported) {
    throw failure('record.newer-version', { found, supported });
  }
}

const RULES_OF_FIELDS: ReadonlyMap<unknown, string> = new Map([
  ['claims', 'R7'],
  ['file', 'R18'],
  ['supports', 'R19'],
]);

const FIELDS_OF_R21: ReadonlySet<unknown> = new Set(['commitment', 'recipients', 'targets', 'until']);

/** Which rule a value breaks that the schema refuses. */
function ruleOf(value: unknown): string {
  const issue = AnyRecord.safeParse(value).error?.issues[0];
  if (issue?.message === 'R6' || issue?.message === 'R21') return issue.message;
  if (isPermission(value) && FIELDS_OF_R21.has(issue?.path[0])) return 'R21';
  return RULES_OF_FIELDS.get(issue?.path[0]) ?? 'R2';
}

function isPermission(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'permission';
}

/** What the schema does not say: order, salts and where claims may be withheld (R2, R7, R9). */
export function refuseDisorder(record: AnyRecord): void {
  if (!isAscending(record.supersedes)) throw malformed('R2');
  if (record.kind === 'retract' && !isAscending(record.targets)) throw malformed('R2');
  if (record.kind === 'attachment' && !isAscending(record.supports)) throw malformed('R19');
  if (record.kind === 'permission' && !(isAscending(record.targets) && isAscending(record.recipients))) {
    throw malformed('R21');
  }
  if ((record.kind === 'same' || record.kind === 'not-same') && record.from >= record.to) throw malformed('R2');
  for (const claim of record.claims) {
    if (!isDisclosed(claim)) {
      if (record.commitment !== 'claims') throw malformed('R9');
    } else if (record.commitment === 'claims' ? !isSalt(claim.salt) : claim.salt !== undefined) throw malformed('R7');
  }
}

/** R7: the last digit holds the last two of 128 bits. */
function isSalt(salt: string | undefined): boolean {
  return salt !== undefined && /^[A-Za-z0-9_-]{21}[AQgw]$/.test(salt);
}

/** R11: the claim hashes of a record committed by claim; for the others only their order is checked. */
function claimOrder(record: AnyRecord): readonly ClaimHash[] {
  const hashes = record.commitment === 'claims' ? record.claims.map(claimHash) : [];
  if (!isAscending(hashes)) throw malformed('R11');
  if (record.commitment === 'record') refuseUnsortedClaims(record);
  return hashes;
}

function refuseUnsortedClaims(record: AnyRecord): void {
  const claims = record.claims.map(canonicalText);
  if (!claims.every((claim, i) => i === 0 || compareUtf8(claims[i - 1] ?? '', claim) < 0)) throw malformed('R11');
}
