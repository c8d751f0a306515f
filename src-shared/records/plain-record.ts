import { compareUtf8, toBytes } from '../crypto/hash.ts';
import type { HashText } from '../crypto/hash.ts';
import type { AgencyId, ClaimHash, RecordId, SubjectId } from '../domain/ids.ts';
import type { AnyRecord, Claim, EntityRecord, Handling, Source, WithheldClaim } from '../domain/record.ts';
import { failure } from '../errors.ts';
import { SALT_LENGTH, saltsOf, textOfLine } from './line-text.ts';
import { isExactHandling, isExactSource, isPropertyName, isTypeName } from './record-fields.ts';
import { CLAIM_LABEL, MAX_RECORD_BYTES, RECORD_LABEL } from './record-id.ts';
import { parseRecord } from './parse-record.ts';
import type { ParsedRecord } from './parse-record.ts';

/**
 * Reads the plainest records of a bundle without a parser: entities, links and cases that replace nothing, whose values are texts without an
 * escape. Their canonical form is one template, so a text that fits it is canonical, and its parts are where the template says. Anything else is
 * left to `parseRecord`, which says what is wrong with it; tests hold the two to the same result.
 */

/** A record with its id. */
export type ReadRecord = Pick<ParsedRecord, 'id' | 'record'>;

/** Lines of a bundle in a row (docs/formats/bundle.md B31), and how far their salts, each of the form of R7, are used up. */
export type Lines = {
  readonly bytes: Uint8Array;
  /** The bytes as a text of one character a byte, where there is a fast way to have one. */
  readonly text: string | undefined;
  readonly salts: string;
  saltAt: number;
};

/** Where reading stands. `lines` where the salts stand apart. */
type Scan = { readonly text: string; readonly end: number; at: number; readonly lines: Lines | undefined };
/** Parts that many records share, by their canonical text: judged once, kept once. */
type Parts = {
  readonly hashText: HashText;
  readonly properties: Map<string, string>;
  readonly types: Map<string, string>;
  readonly handlings: Map<string, Handling>;
  readonly sources: Map<string, Source>;
  /** Of the record before; `opening` with what stands before and behind it. */
  author: AgencyId;
  opening: string;
  created: string;
};
/** What was read of the claims; `hashes` as they are committed to, with quotation marks and commas. */
type Claims = {
  claims: (Claim | WithheldClaim)[];
  hashes: string;
  lastHash: string;
  /** How many have no salt, and the last of them as it is written. */
  bare: number;
  lastBare: string;
  isAscending: boolean;
};

const MOST_SHARED = 4096;
const MAX_REFERENCE = 512;
const MAX_VALUE = 65_536;
const MAX_CLAIMS = 8192;
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** An expression that runs over millions of characters runs out of stack. */
const SALTS_A_STEP = 256;
/** R7. */
const SALT = '[A-Za-z0-9_-]{21}[AQgw]';
const SALTS = new RegExp(`^(?:${SALT})*$`);
/** What is written as it is; of one character a byte no more than ASCII, everything else is decoded before it is read. */
const PLAIN = { text: '[^"\\\\\\u0000-\\u001f]', bytes: '[ !#-\\[\\]-\\u007f]' };
const NOT_ASCII = /[\u0080-\u00ff]/;
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const INSTANT = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z';
const OPENING = /\{"author":"([0-9a-f]{64})","claims":\[/y;
const WITHHELD = /\{"withheld":"([0-9a-f]{64})"\}/y;
const FORMS = {
  text: formsOf(PLAIN.text, PLAIN.text, `(${SALT})`),
  bytes: formsOf('[ !#-\\[\\]-\\u00ff]', PLAIN.bytes, '()'),
};
const COMMA = 0x2c;
const CLOSED = 0x5d;

/** A claim, and what stands behind the claims: fields in the order of RFC 8785 §3.2.3. What handling and source say is judged by `shared`. */
function formsOf(value: string, plain: string, salt: string): { readonly claim: RegExp; readonly rest: RegExp } {
  const ascii = '[^{}\\n\\u0080-\\uffff]*';
  return {
    claim: new RegExp(`\\{"property":"([A-Za-z0-9]+)",(?:"salt":"${salt}",)?"value":"(${value}*)"\\}`, 'y'),
    rest: new RegExp(
      `\\],"commitment":"(claims|record)","created":"(${INSTANT})",(?:"directed":(true|false),"from":"(${UUID})",)?` +
        `"handling":(\\{${ascii}\\}),"kind":"(case|entity|link)",` +
        `(?:"source":(\\{"basis":"[a-z]+",(?:"grade":\\{${ascii}\\},)?)"reference":"(${plain}{1,${MAX_REFERENCE}})"\\},)?` +
        `"subject":"(${UUID})","supersedes":\\[\\],(?:"to":"(${UUID})",)?(?:"type":"([a-z0-9-]+)",)?"v":1\\}`,
      'y',
    ),
  };
}

/** `parseRecord` for many records in a row. */
export function recordReader(hashText: HashText): (bytes: Uint8Array) => ParsedRecord {
  const parts = noParts(hashText);
  return (bytes) => {
    const text = bytes.length > MAX_RECORD_BYTES ? undefined : decoded(bytes);
    const plain = text === undefined ? undefined : plainRecord(scanOf(text, 0, text.length, undefined), parts);
    return plain === undefined ? parseRecord(bytes, hashText) : { id: plain.id, record: plain.record, bytes };
  };
}

/** The same for lines: the record between two places of them, without the end of the line. Throws `bundle.malformed` B31 for what is no line. */
export function lineReader(hashText: HashText): (lines: Lines, start: number, end: number) => ReadRecord {
  const parts = noParts(hashText);
  const readWhole = recordReader(hashText);
  return (lines, start, end) => {
    const before = lines.saltAt;
    const plain =
      lines.text === undefined || end - start > MAX_RECORD_BYTES / 2
        ? undefined
        : plainRecord(scanOf(lines.text, start, end, lines), parts);
    if (plain !== undefined) return plain;
    lines.saltAt = before;
    const { id, record } = readWhole(wholeOf(lines, start, end));
    return { id, record };
  };
}

/** True for salts in a row, each of the form of R7. */
export function areSalts(salts: string): boolean {
  if (salts.length % SALT_LENGTH !== 0) return false;
  for (let at = 0; at < salts.length; at += SALTS_A_STEP * SALT_LENGTH) {
    if (!SALTS.test(salts.slice(at, at + SALTS_A_STEP * SALT_LENGTH))) return false;
  }
  return true;
}

/** The bytes of a record as its author committed to it. What is no text is left for the parser to refuse. */
function wholeOf(lines: Lines, start: number, end: number): Uint8Array {
  const bytes = lines.bytes.subarray(start, end);
  const line = decoded(bytes);
  if (line === undefined) return bytes;
  const from = lines.saltAt;
  lines.saltAt += saltsOf(line) * SALT_LENGTH;
  const whole = lines.saltAt > lines.salts.length ? undefined : textOfLine(line, lines.salts.slice(from, lines.saltAt));
  if (whole === undefined) throw failure('bundle.malformed', { rule: 'B31' });
  return toBytes(whole);
}

function noParts(hashText: HashText): Parts {
  const shared = { properties: new Map(), types: new Map(), handlings: new Map(), sources: new Map() };
  return { hashText, ...shared, author: '' as AgencyId, opening: '', created: '' };
}

function scanOf(text: string, at: number, end: number, lines: Lines | undefined): Scan {
  return { text, end, at, lines };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}

function plainRecord(scan: Scan, parts: Parts): ReadRecord | undefined {
  const { text, at: begin, end: last } = scan;
  const author = readOpening(scan, parts);
  const start = scan.at;
  const said = author === undefined ? undefined : readClaims(scan, parts);
  const end = scan.at;
  if (author === undefined || said === undefined) return undefined;
  const found = readRest(scan, parts, author, said);
  if (found === undefined || scan.at !== last) return undefined;
  const hashed =
    found.commitment === 'record'
      ? text.slice(begin, last)
      : `${text.slice(begin, start)}${said.hashes}${text.slice(end, last)}`;
  return { id: parts.hashText(`${RECORD_LABEL}${hashed}`) as RecordId, record: found };
}

function readOpening(scan: Scan, parts: Parts): AgencyId | undefined {
  if (parts.opening === '' || !scan.text.startsWith(parts.opening, scan.at)) {
    OPENING.lastIndex = scan.at;
    const [opening, author] = OPENING.exec(scan.text) ?? [];
    if (opening === undefined || author === undefined) return undefined;
    parts.opening = opening;
    parts.author = author as AgencyId;
  }
  scan.at += parts.opening.length;
  return parts.author;
}

/** Up to the bracket that ends them; undefined when one is not plain. */
function readClaims(scan: Scan, parts: Parts): Claims | undefined {
  const said: Claims = { claims: [], hashes: '', lastHash: '', bare: 0, lastBare: '', isAscending: true };
  const { text } = scan;
  if (text.charCodeAt(scan.at) === CLOSED) return said;
  while (said.claims.length < MAX_CLAIMS) {
    if (!readClaim(scan, parts, said)) return undefined;
    const next = text.charCodeAt(scan.at);
    if (next === CLOSED) return said;
    if (next !== COMMA) return undefined;
    scan.at += 1;
  }
  return undefined;
}

function readClaim(scan: Scan, { properties, hashText }: Parts, said: Claims): boolean {
  const { text, lines, at } = scan;
  const form = (lines === undefined ? FORMS.text : FORMS.bytes).claim;
  form.lastIndex = at;
  const found = form.exec(text);
  if (found === null) return readWithheld(scan, said);
  scan.at = form.lastIndex;
  const property = known(properties, found[1] ?? '', isPropertyName);
  const value = lines === undefined ? found[3] : valueIn(lines, found[3] ?? '', scan.at);
  if (property === undefined || value === undefined || value.length > MAX_VALUE) return false;
  if (found[2] === undefined) {
    add(said, { property, value });
    addBare(said, text.slice(at, scan.at));
    return value === found[3];
  }
  const salt = lines === undefined ? found[2] : nextSalt(lines);
  add(said, { property, salt, value });
  addHash(said, hashText(`${CLAIM_LABEL}{"property":"${property}","salt":"${salt}","value":"${value}"}`));
  return salt.length === SALT_LENGTH;
}

/** A value that ends two bytes before this place; one that is more than ASCII is decoded from its bytes. */
function valueIn({ bytes }: Lines, value: string, end: number): string | undefined {
  if (!NOT_ASCII.test(value)) return value;
  return decoded(bytes.subarray(end - 2 - value.length, end - 2));
}

function readWithheld(scan: Scan, said: Claims): boolean {
  WITHHELD.lastIndex = scan.at;
  const withheld = WITHHELD.exec(scan.text)?.[1] as ClaimHash | undefined;
  if (withheld === undefined) return false;
  scan.at = WITHHELD.lastIndex;
  add(said, { withheld });
  addHash(said, withheld);
  return true;
}

/** A list that begins with one has no room for more, and most records have one. */
function add(said: Claims, claim: Claim | WithheldClaim): void {
  if (said.claims.length === 0) said.claims = [claim];
  else said.claims.push(claim);
}

function addBare(said: Claims, text: string): void {
  if (said.bare > 0 && compareUtf8(said.lastBare, text) >= 0) said.isAscending = false;
  said.bare += 1;
  said.lastBare = text;
}

function addHash(said: Claims, hash: string): void {
  if (hash <= said.lastHash) said.isAscending = false;
  said.hashes += said.lastHash === '' ? `"${hash}"` : `,"${hash}"`;
  said.lastHash = hash;
}

function nextSalt(lines: Lines): string {
  lines.saltAt += SALT_LENGTH;
  return lines.salts.slice(lines.saltAt - SALT_LENGTH, lines.saltAt);
}

/** A name that many records share, kept once. */
function known(names: Map<string, string>, name: string, isValid: (name: string) => boolean): string | undefined {
  const found = names.get(name);
  if (found !== undefined) return found;
  if (!isValid(name)) return undefined;
  if (names.size < MOST_SHARED) names.set(name, name);
  return name;
}

/** R7, R9, R11. */
function isInOrder({ claims, bare, isAscending }: Claims, commitment: 'claims' | 'record'): boolean {
  return isAscending && bare === (commitment === 'claims' ? 0 : claims.length);
}

/** What stands behind the claims, and the record that all of it makes. */
function readRest(scan: Scan, parts: Parts, author: AgencyId, said: Claims): AnyRecord | undefined {
  const form = (scan.lines === undefined ? FORMS.text : FORMS.bytes).rest;
  form.lastIndex = scan.at;
  const found = form.exec(scan.text);
  if (found === null) return undefined;
  scan.at = form.lastIndex;
  const commitment = found[1] === 'claims' ? 'claims' : 'record';
  if (!isInOrder(said, commitment)) return undefined;
  if (found[2] !== parts.created) parts.created = found[2] ?? '';
  const handling = shared(parts.handlings, found[5] ?? '', '', isExactHandling);
  if (handling === undefined) return undefined;
  const head = { author, claims: said.claims, commitment, created: parts.created, handling } as const;
  const subject = found[9] as SubjectId;
  if (found[6] === 'case') return caseOf(found, head, subject);
  const source = found[7] === undefined ? undefined : sourceOf(found[7], found[8] ?? '', parts);
  const type = found[11] === undefined ? undefined : known(parts.types, found[11], isTypeName);
  if (source === undefined || type === undefined) return undefined;
  if (found[6] === 'link') return linkOf(found, head, source, subject, type);
  if (found[3] !== undefined || found[10] !== undefined) return undefined;
  const { claims, created } = head;
  return { author, claims, commitment, created, handling, kind: 'entity', source, subject, supersedes: [], type, v: 1 };
}

type Head = Pick<EntityRecord, 'author' | 'claims' | 'commitment' | 'created' | 'handling'>;

function caseOf(found: RegExpExecArray, head: Head, subject: SubjectId): AnyRecord | undefined {
  const isOther =
    found[3] !== undefined || found[7] !== undefined || found[10] !== undefined || found[11] !== undefined;
  if (isOther) return undefined;
  const { author, claims, commitment, created, handling } = head;
  return { author, claims, commitment, created, handling, kind: 'case', subject, supersedes: [], v: 1 };
}

function linkOf(
  found: RegExpExecArray,
  { author, claims, commitment, created, handling }: Head,
  source: Source,
  subject: SubjectId,
  type: string,
): AnyRecord | undefined {
  if (found[3] === undefined || found[10] === undefined) return undefined;
  return {
    author,
    claims,
    commitment,
    created,
    directed: found[3] === 'true',
    from: found[4] as SubjectId,
    handling,
    kind: 'link',
    source,
    subject,
    supersedes: [],
    to: found[10] as SubjectId,
    type,
    v: 1,
  };
}

/** What a source says beside its reference is shared; the reference, which is not, stands last. */
function sourceOf(before: string, reference: string, { sources }: Parts): Source | undefined {
  const source = shared(sources, before, '"reference":"x"}', isExactSource);
  if (source === undefined) return undefined;
  const { basis, grade } = source;
  return grade === undefined ? { basis, reference } : { basis, grade, reference };
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
