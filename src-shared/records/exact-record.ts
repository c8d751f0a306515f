import { toBase64url } from '../crypto/base64url.ts';
import { compareText, compareUtf8, isAscending, toBytes } from '../crypto/hash.ts';
import type { HashText, RandomBytes } from '../crypto/hash.ts';
import type { ClaimHash, RecordId } from '../domain/ids.ts';
import type { AnyRecord, Claim, WithheldClaim } from '../domain/record.ts';
import { isDisclosed } from '../domain/record.ts';
import { CLAIM_LABEL, MAX_RECORD_BYTES, RECORD_LABEL } from './record-id.ts';
import { CLAIM, fieldsOf, isExactClaim, isExactRecord, ordered, orderedValue } from './record-fields.ts';

/**
 * The ordinary record, fast (docs/decisions/0022-two-ways-to-seal-a-record.md): every part is written once, and the text of the whole is put together from the texts of its
 * claims. Whatever is not ordinary is left to the general code, which says what is wrong with it; tests hold the two to the same result.
 */

/** A record of ours with its id (R10) and its canonical text (R1). */
export type SealedRecord = { readonly id: RecordId; readonly record: AnyRecord; readonly text: string };

const NO_CLAIMS = '"claims":[]';
/** JSON.stringify writes a lone surrogate so, and canonical JSON has no other escape that begins like this. */
const LONE_SURROGATE = '\\ud';

/** A text that is its own canonical form and says a record of the schema, with its id; undefined when the general code must decide. */
export function exactRecord(
  text: string,
  value: unknown,
  hashText: HashText,
): { readonly id: RecordId; readonly record: AnyRecord } | undefined {
  if (!isExactRecord(value) || text.includes(LONE_SURROGATE)) return undefined;
  const claims = value.claims.map((claim) => JSON.stringify(claim));
  const [before, after] = aroundClaims(value);
  if (`${before}${claims.join(',')}${after}` !== text) return undefined;
  if (value.commitment === 'record') {
    return areInOrder(claims) ? { id: idOf(text, hashText), record: value } : undefined;
  }
  const hashes = value.claims.map((claim, i) => hashOf(claim, claims[i] ?? '', hashText));
  return isAscending(hashes) ? { id: idOf(`${before}${quoted(hashes)}${after}`, hashText), record: value } : undefined;
}

/** `sealRecord` for an ordinary draft; undefined when the general code must decide. */
export function sealExact(draft: Unsealed, randomBytes: RandomBytes, hashText: HashText): SealedRecord | undefined {
  const fields = fieldsOf(draft.kind);
  const texts = fields === undefined ? undefined : textsOf(draft.claims);
  if (fields === undefined || texts === undefined) return undefined;
  const isSalted = draft.commitment === 'claims';
  const claims = isSalted ? saltAndSort(texts, randomBytes, hashText) : sortByBytes(texts);
  const record = ordered(fields, { ...draft, v: 1, claims: claims.map(({ claim }) => claim) });
  if (!isExactRecord(record)) return undefined;
  const [before, after] = aroundClaims(record);
  const text = `${before}${claims.map((one) => one.text).join(',')}${after}`;
  if (isTooLong(text) || text.includes(LONE_SURROGATE)) return undefined;
  const committed = isSalted ? `${before}${quoted(claims.map(({ hash }) => hash))}${after}` : text;
  return { id: idOf(committed, hashText), record, text };
}

/** A draft whose references are in order. */
type Unsealed = {
  readonly kind: AnyRecord['kind'];
  readonly commitment: AnyRecord['commitment'];
  readonly claims: readonly object[];
};
type Written = { readonly claim: Claim; readonly text: string; readonly hash: ClaimHash };

/** Claims in canonical order by their texts, which drops what is said twice; undefined when one is not of the schema or has a salt already. */
function textsOf(drafts: readonly object[]): ReadonlyMap<string, Claim> | undefined {
  const claims = new Map<string, Claim>();
  for (const draft of drafts) {
    const claim = ordered(CLAIM, draft);
    if (claim === undefined || 'salt' in claim) return undefined;
    claim['value'] = orderedValue(claim['value']);
    if (!isExactClaim(claim)) return undefined;
    claims.set(JSON.stringify(claim), claim);
  }
  return claims;
}

/** R7, R11. The salt stands behind the property, which is never escaped. */
function saltAndSort(texts: ReadonlyMap<string, Claim>, randomBytes: RandomBytes, hashText: HashText): Written[] {
  const written: Written[] = [];
  for (const [unsalted, { property, ...rest }] of texts) {
    const salt = toBase64url(randomBytes(16));
    const at = '{"property":""'.length + property.length;
    const text = `${unsalted.slice(0, at)},"salt":"${salt}"${unsalted.slice(at)}`;
    written.push({ claim: { property, salt, ...rest }, text, hash: claimHashOf(text, hashText) });
  }
  return written.sort((one, other) => compareText(one.hash, other.hash));
}

/** R11 for a record that is committed as a whole; its claims need no hash. */
function sortByBytes(texts: ReadonlyMap<string, Claim>): { claim: Claim; text: string; hash: '' }[] {
  return [...texts]
    .map(([text, claim]) => ({ claim, text, hash: '' as const }))
    .sort((one, other) => compareUtf8(one.text, other.text));
}

/** The canonical text of a record before and behind its claims; before them stand only ids and words, so the first match is the right one. */
function aroundClaims(record: AnyRecord): readonly [before: string, after: string] {
  const text = JSON.stringify({ ...record, claims: [] });
  const at = text.indexOf(NO_CLAIMS) + NO_CLAIMS.length - 1;
  return [text.slice(0, at), text.slice(at)];
}

/** A UTF-16 unit is at most three bytes of UTF-8, so most texts need no counting. */
function isTooLong(text: string): boolean {
  return text.length * 3 > MAX_RECORD_BYTES && toBytes(text).length > MAX_RECORD_BYTES;
}

function areInOrder(claims: readonly string[]): boolean {
  return claims.every((claim, i) => i === 0 || compareUtf8(claims[i - 1] ?? '', claim) < 0);
}

function quoted(hashes: readonly string[]): string {
  return hashes.length === 0 ? '' : `"${hashes.join('","')}"`;
}

/** R8, R9. */
function hashOf(claim: Claim | WithheldClaim, text: string, hashText: HashText): ClaimHash {
  return isDisclosed(claim) ? claimHashOf(text, hashText) : claim.withheld;
}

function claimHashOf(text: string, hashText: HashText): ClaimHash {
  return hashText(`${CLAIM_LABEL}${text}`) as ClaimHash;
}

/** R10. */
function idOf(committed: string, hashText: HashText): RecordId {
  return hashText(`${RECORD_LABEL}${committed}`) as RecordId;
}
