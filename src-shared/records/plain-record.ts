import { compareUtf8, isAscending } from '../crypto/hash.ts';
import type { HashText } from '../crypto/hash.ts';
import type { AgencyId, ClaimHash, RecordId, SubjectId } from '../domain/ids.ts';
import type { AnyRecord, Claim, Handling, Source, WithheldClaim } from '../domain/record.ts';
import { isExactHandling, isExactSource, isPropertyName, isTypeName } from './record-fields.ts';
import { CLAIM_LABEL, MAX_RECORD_BYTES, RECORD_LABEL } from './record-id.ts';
import { parseRecord } from './parse-record.ts';
import type { ParsedRecord } from './parse-record.ts';

/**
 * Reads the plainest records of a bundle without a parser: entities, links and cases that replace nothing, whose values are texts without an
 * escape. Their canonical form is one template, so a text that fits it is canonical, and its parts are where the template says. Anything else is
 * left to `parseRecord`, which says what is wrong with it; tests hold the two to the same result.
 */

/** Where reading stands; once something did not fit, nothing that follows counts. */
type Scan = { readonly text: string; at: number; fits: boolean };
/** Parts that many records share, by their canonical text: judged once, kept once. */
type Parts = {
  readonly hashText: HashText;
  readonly handlings: Map<string, Handling>;
  readonly sources: Map<string, Source>;
};
type Claims = { readonly claims: (Claim | WithheldClaim)[]; readonly hashes: ClaimHash[]; readonly texts: string[] };

const MOST_SHARED = 4096;
const MAX_REFERENCE = 512;
const MAX_VALUE = 65_536;
const MAX_CLAIMS = 8192;
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const HEX_64 = /^[0-9a-f]{64}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
/** R7. */
const SALT = /^[A-Za-z0-9_-]{21}[AQgw]$/;
/** What a text that is written as it is does not have; a quotation mark ends it. */
const ESCAPED = /[\\\u0000-\u001f]/;

/** `parseRecord` for many records in a row. */
export function recordReader(hashText: HashText): (bytes: Uint8Array) => ParsedRecord {
  const parts: Parts = { hashText, handlings: new Map(), sources: new Map() };
  return (bytes) => {
    const text = bytes.length > MAX_RECORD_BYTES ? undefined : decoded(bytes);
    const plain = text === undefined ? undefined : plainRecord(text, parts);
    return plain === undefined ? parseRecord(bytes, hashText) : { id: plain.id, record: plain.record, bytes };
  };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

function plainRecord(text: string, parts: Parts): { readonly id: RecordId; readonly record: AnyRecord } | undefined {
  const scan: Scan = { text, at: 0, fits: true };
  pass(scan, '{"author":"');
  const author = take(scan, 64, HEX_64) as AgencyId;
  pass(scan, '","claims":[');
  const start = scan.at;
  const said = readClaims(scan, parts.hashText);
  const end = scan.at;
  pass(scan, '],"commitment":"');
  const commitment = isNext(scan, 'claims"') ? 'claims' : 'record';
  pass(scan, commitment);
  if (!scan.fits || !isInOrder(said, commitment)) return undefined;
  const record = readHeader(scan, parts, { author, claims: said.claims, commitment });
  if (record === undefined) return undefined;
  const hashed = commitment === 'record' ? text : `${text.slice(0, start)}${quoted(said.hashes)}${text.slice(end)}`;
  return { id: parts.hashText(`${RECORD_LABEL}${hashed}`) as RecordId, record };
}

function readClaims(scan: Scan, hashText: HashText): Claims {
  const claims: (Claim | WithheldClaim)[] = [];
  const hashes: ClaimHash[] = [];
  const texts: string[] = [];
  while (scan.fits && !isNext(scan, ']')) {
    if (claims.length > 0) pass(scan, ',');
    const start = scan.at;
    const claim = isNext(scan, '{"withheld"') ? readWithheld(scan) : readClaim(scan);
    const text = scan.text.slice(start, scan.at);
    claims.push(claim);
    texts.push(text);
    hashes.push(
      'withheld' in claim ? claim.withheld : 'salt' in claim ? (hashText(`${CLAIM_LABEL}${text}`) as ClaimHash) : NONE,
    );
    if (claims.length > MAX_CLAIMS) scan.fits = false;
  }
  return { claims, hashes, texts };
}

/** Stands for the hash of a claim that has no salt and so needs none. */
const NONE = '' as ClaimHash;

function readClaim(scan: Scan): Claim {
  pass(scan, '{"property":"');
  const property = upTo(scan, '"');
  if (!isPropertyName(property)) scan.fits = false;
  const isSalted = isNext(scan, '","salt":"');
  let salt = '';
  if (isSalted) {
    scan.at += 10;
    salt = take(scan, 22, SALT);
  }
  pass(scan, '","value":"');
  const value = upTo(scan, '"');
  if (value.length > MAX_VALUE || ESCAPED.test(value)) scan.fits = false;
  pass(scan, '"}');
  return isSalted ? { property, salt, value } : { property, value };
}

function readWithheld(scan: Scan): WithheldClaim {
  pass(scan, '{"withheld":"');
  const withheld = take(scan, 64, HEX_64) as ClaimHash;
  pass(scan, '"}');
  return { withheld };
}

/** R7, R9, R11. */
function isInOrder({ claims, hashes, texts }: Claims, commitment: 'claims' | 'record'): boolean {
  if (commitment === 'claims') return !hashes.includes(NONE) && isAscending(hashes);
  return claims.every(
    (claim, i) =>
      'property' in claim &&
      claim.salt === undefined &&
      (i === 0 || compareUtf8(texts[i - 1] ?? '', texts[i] ?? '') < 0),
  );
}

type Read = {
  readonly author: AgencyId;
  readonly claims: (Claim | WithheldClaim)[];
  readonly commitment: 'claims' | 'record';
};

/** What stands behind the claims, in the order of RFC 8785 §3.2.3. */
function readHeader(
  scan: Scan,
  { handlings, sources }: Parts,
  { author, claims, commitment }: Read,
): AnyRecord | undefined {
  pass(scan, '","created":"');
  const created = take(scan, 24, INSTANT);
  pass(scan, '",');
  const isLink = isNext(scan, '"directed":');
  const directed = isLink && isNext(scan, '"directed":true');
  if (isLink) pass(scan, directed ? '"directed":true,"from":"' : '"directed":false,"from":"');
  const from = (isLink ? take(scan, 36, UUID) : '') as SubjectId;
  if (isLink) pass(scan, '",');
  pass(scan, '"handling":');
  const handling = shared(handlings, upTo(scan, ',"kind":"'), '', isExactHandling);
  pass(scan, ',"kind":"');
  const kind = upTo(scan, '"');
  pass(scan, '",');
  const isSourced = isNext(scan, '"source":');
  if (isSourced) scan.at += 9;
  const source = isSourced ? readSource(scan, sources) : undefined;
  pass(scan, isSourced ? ',"subject":"' : '"subject":"');
  const subject = take(scan, 36, UUID) as SubjectId;
  pass(scan, '","supersedes":[],');
  if (isLink) pass(scan, '"to":"');
  const to = (isLink ? take(scan, 36, UUID) : '') as SubjectId;
  if (isLink) pass(scan, '",');
  const isTyped = isNext(scan, '"type":"');
  if (isTyped) scan.at += 8;
  const type = isTyped ? upTo(scan, '"') : '';
  if (isTyped) pass(scan, '",');
  pass(scan, '"v":1}');
  if (!scan.fits || scan.at !== scan.text.length || handling === undefined || (isTyped && !isTypeName(type)))
    return undefined;
  const supersedes: RecordId[] = [];
  if (isLink) {
    if (kind !== 'link' || source === undefined || !isTyped) return undefined;
    return {
      author,
      claims,
      commitment,
      created,
      directed,
      from,
      handling,
      kind,
      source,
      subject,
      supersedes,
      to,
      type,
      v: 1,
    };
  }
  if (kind === 'entity' && source !== undefined && isTyped)
    return { author, claims, commitment, created, handling, kind, source, subject, supersedes, type, v: 1 };
  return kind === 'case' && !isSourced && !isTyped
    ? { author, claims, commitment, created, handling, kind, subject, supersedes, v: 1 }
    : undefined;
}

/** What a source says beside its reference is shared; the reference, which is not, stands last. */
function readSource(scan: Scan, sources: Map<string, Source>): Source | undefined {
  const before = upTo(scan, '"reference":"');
  pass(scan, '"reference":"');
  const reference = upTo(scan, '"');
  pass(scan, '"}');
  if (reference === '' || reference.length > MAX_REFERENCE || ESCAPED.test(reference)) scan.fits = false;
  const source = scan.fits ? shared(sources, before, '"reference":"x"}', isExactSource) : undefined;
  return source === undefined ? undefined : { ...source, reference };
}

/** The value that this text, with some end behind it, is the canonical form of; undefined when it is none or the value is not valid. */
function shared<T>(
  known: Map<string, T>,
  text: string,
  end: string,
  isValid: (value: unknown) => value is T,
): T | undefined {
  const found = known.get(text);
  if (found !== undefined) return found;
  let value: unknown;
  try {
    value = JSON.parse(text + end);
  } catch {
    return undefined;
  }
  const written = JSON.stringify(value);
  if (!isValid(value) || written !== text + end || written.includes('\\ud')) return undefined;
  // a text that was written anew does not hold on to the record that it was cut from
  if (known.size < MOST_SHARED) known.set(written.slice(0, text.length), value);
  return value;
}

function isNext({ text, at }: Scan, expected: string): boolean {
  return text.startsWith(expected, at);
}

function pass(scan: Scan, expected: string): void {
  if (!scan.text.startsWith(expected, scan.at)) scan.fits = false;
  scan.at += expected.length;
}

function take(scan: Scan, length: number, form: RegExp): string {
  const part = scan.text.slice(scan.at, scan.at + length);
  if (!form.test(part)) scan.fits = false;
  scan.at += length;
  return part;
}

function upTo(scan: Scan, mark: string): string {
  const end = scan.text.indexOf(mark, scan.at);
  if (end < 0) scan.fits = false;
  const part = scan.text.slice(scan.at, Math.max(end, scan.at));
  scan.at += part.length;
  return part;
}

function quoted(hashes: readonly string[]): string {
  return hashes.length === 0 ? '' : `"${hashes.join('","')}"`;
}
