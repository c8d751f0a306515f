#!/usr/bin/env node
/*
 * Verifies the inner bytes of a Chirograph bundle, written only from docs/formats/bundle.md and docs/formats/record.md; it shares no code with the product.
 *
 *   age -d -i identity.txt bundle.chiro > bundle.inner
 *   node verify.mjs bundle.inner issuer.card.json [author.card.json …]
 *
 * The cards named are those that you trust, because people compared their words (K9). It prints what the bundle proves, or the rule that it breaks.
 * Not looked at: who the bundle is for and when (B10, B11), what a store knows (streams, recalls, approvals that it requires, X1–X6), the fields of records that
 * their hash covers (R2–R6, R18–R21), the check digits of whom a card says to seal to (K8).
 */
import { createHash, createPublicKey, verify as ed25519 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytesOf = (text) => Buffer.from(text, 'hex');
const u32 = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
const FORMS = JSON.parse(readFileSync(new URL('../../docs/formats/forms.json', import.meta.url), 'utf8'));
const ascending = (list) => list.every((one, i) => i === 0 || list[i - 1] < one);

export class Broken extends Error {}
const need = (rule, isTrue) => {
  if (!isTrue) throw new Broken(rule);
};

function attempt(rule, act) {
  try {
    return act();
  } catch {
    throw new Broken(rule);
  }
}

/** RFC 8785: keys by UTF-16 units; JavaScript writes numbers and texts as it asks for. */
function jcs(value) {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value === 'string') need('J6', value.isWellFormed());
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  need('J5', !keys.some((key) => ['__proto__', 'constructor', 'prototype'].includes(key)));
  return `{${keys.map((key) => `${jcs(key)}:${jcs(value[key])}`).join(',')}}`;
}

/** J1–J6. */
function parse(bytes, limit) {
  need('J1', bytes.length <= limit);
  let [depth, inText] = [0, false];
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] === 0x22) inText = !inText;
    else if (inText && bytes[i] === 0x5c) i += 1;
    else if (!inText && (bytes[i] === 0x7b || bytes[i] === 0x5b)) need('J2', (depth += 1) <= 32);
    else if (!inText && (bytes[i] === 0x7d || bytes[i] === 0x5d)) depth -= 1;
  }
  const text = attempt('J3', () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  const value = attempt(text.startsWith('\uFEFF') ? 'J3' : 'J4', () => JSON.parse(text));
  need('J6', jcs(value) === text);
  return value;
}

/** Whether a value has a form of docs/formats/forms.json. */
function fits(value, form) {
  if (Object.hasOwn(FORMS, form)) return fits(value, FORMS[form]);
  if (Array.isArray(form)) return form.every((each) => fits(value, each));
  if (form.null) return value === null || fits(value, form.null);
  if (form.list) return Array.isArray(value) && isListOf(value, form);
  if (form.fields) return typeof value === 'object' && value !== null && hasFields(value, form);
  if (form === 'truth') return typeof value === 'boolean';
  if (form === 'instant') return attempt('B6', () => new Date(value).toISOString()) === value;
  if (form.startsWith('^')) return typeof value === 'string' && new RegExp(form, 'u').test(value);
  if (form.startsWith('text ')) return typeof value === 'string' && value.length > 0 && value.length <= form.slice(5);
  const [least, most] = form.split('..').map(Number);
  return Number.isInteger(value) && value >= least && value <= most;
}

function isListOf(values, { list, least, most, by }) {
  const isFit = values.length >= least && values.length <= most && values.every((one) => fits(one, list));
  return isFit && (by === undefined || ascending(values.map((one) => (by === '' ? one : one[by]))));
}

function hasFields(value, { fields, may = {} }) {
  const isKnown = (name) => name in fields || (name in may && fits(value[name], may[name]));
  return Object.keys(value).every(isKnown) && Object.keys(fields).every((name) => fits(value[name], fields[name]));
}

/* Ed25519 itself: only to look at keys. */
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
const mod = (value) => ((value % P) + P) % P;
const power = (base, exponent) =>
  exponent === 0n ? 1n : mod(power(mod(base * base), exponent / 2n) * (exponent % 2n === 1n ? base : 1n));
const D = mod(-121_665n * power(121_666n, P - 2n));

/** RFC 8032 §5.1.4 without its fourth coordinate. */
function add([x1, y1, z1], [x2, y2, z2]) {
  const [a, c, e] = [mod(z1 * z2), mod(x1 * x2), mod(y1 * y2)];
  const [b, f] = [mod(a * a), mod(D * c * e)];
  return [mod(a * (b - f) * ((x1 + y1) * (x2 + y2) - c - e)), mod(a * (b + f) * (e + c)), mod((b - f) * (b + f))];
}

const sound = new Set();

/** K5: the canonical encoding of a point other than 0 of the group of prime order. */
function isSoundKey(publicKey) {
  if (sound.has(publicKey)) return true;
  const encoded = BigInt(`0x${hex(bytesOf(publicKey).reverse())}`);
  const y = encoded % 2n ** 255n;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  const root = power(square, (P + 3n) / 8n);
  const x = [root, mod(root * power(2n, (P - 1n) / 4n))].find((one) => mod(one * one) === square);
  if (y >= P || x === undefined || x === 0n) return false;
  const times = (point, by) =>
    by === 0n ? [0n, 1n, 1n] : by % 2n ? add(point, times(point, by - 1n)) : times(add(point, point), by / 2n);
  const [left, over, unit] = times([x, y, 1n], ORDER);
  return left === 0n && over === unit && sound.add(publicKey) !== undefined;
}

/** K2, K3: the payload type follows from the label. With keys that pass K5 one strict check says what two say. */
function isSigned(label, body, signature, key) {
  const [name, version] = label.split('/');
  const type = `application/vnd.chirograph.${name}.${version}+json`;
  const message = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${body.length} `), body]);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytesOf(key).toString('base64url') };
  return ed25519(null, message, createPublicKey({ key: jwk, format: 'jwk' }), bytesOf(signature));
}

const kidOf = ({ kid }) => kid;
const listed = ({ signing, root = [], approving = [] }) => [...signing, ...root, ...approving];
const rootOf = ({ signing, root = signing, threshold = 1 }) => ({ keys: root, threshold });

/** Looked up by kid among the keys that may sign. */
function isSignedByOne(label, body, { kid, signature }, keys) {
  const key = keys.find((one) => one.kid === kid);
  return key !== undefined && isSigned(label, body, signature, key.publicKey);
}

/** K4, K5, K12, K18: every key of a chain, and those that are gone; answers these. */
function checkKeys(sets) {
  const [known, gone] = [new Map(), new Set()];
  for (const set of sets) {
    const revoked = (set.revoked ?? []).map(kidOf);
    need(
      'K18',
      revoked.every((kid) => known.has(kid) && !gone.has(kid)),
    );
    for (const kid of revoked) gone.add(kid);
    need('K18', !listed(set).some(({ kid }) => gone.has(kid)));
    for (const { kid, publicKey } of listed(set)) {
      need('K12', (known.get(kid) ?? publicKey) === publicKey);
      need('K5', known.has(kid) || isSoundKey(publicKey));
      need('K4', hex(sha256(bytesOf(publicKey))).slice(0, 16) === kid);
      known.set(kid, publicKey);
    }
  }
  return gone;
}

/** §3: a card, its agency id, and all its key sets in order. */
export function readCard(bytes) {
  const card = parse(bytes, 65_536);
  need('K6', fits(card, card?.v === 2 ? 'card 2' : 'card 1') && (card.v === 2 || bytes.length <= 16_384));
  const { signature, signatures = [{ kid: card.keySet.signing[0].kid, signature }], ...said } = card;
  const { history = [] } = card;
  const sets = [card.first ?? card.keySet, ...history.map(({ keySet }) => keySet)];
  const keySet = sets.at(-1);
  need('K14', jcs(keySet) === jcs(card.keySet));
  const gone = checkKeys(sets);
  history.forEach(({ keySet: next, signatures: by }, at) => {
    const roots = [rootOf(sets[at]), rootOf(next)];
    const keys = roots.flatMap((root) => root.keys);
    need('K13', next.version === at + 2 && next.threshold <= next.root.length);
    need(
      'K13',
      by.every((one) => isSignedByOne('keyset/v1', Buffer.from(jcs(next)), one, keys)),
    );
    const signed = (root) => root.keys.filter(({ kid }) => by.some((one) => one.kid === kid)).length;
    need(
      'K13',
      roots.every((root) => signed(root) >= root.threshold),
    );
  });
  const body = Buffer.from(jcs(said));
  need(
    'K6',
    signatures.every((one) => isSignedByOne(`card/v${card.v}`, body, one, keySet.signing)),
  );
  return { agency: hex(sha256('chirograph/agency/v1\n', jcs(sets[0]))), name: card.agency.name, sets, keySet, gone };
}

/** B6, B8, B18. */
function readManifest(bytes) {
  const { receipt, ...said } = parse(bytes, 65_536) ?? {};
  need('B6', fits(said, 'manifest') && said.created <= said.notAfter);
  const { acks, approvals, audience, body, counts, issuer, kind, sent, v } = said;
  need('B18', v === 1 ? (approvals ?? sent) === undefined : approvals !== undefined && sent !== undefined);
  need('B6', kind === 'receipt' ? fits(receipt, `receipt ${v}`) : receipt === undefined && (sent ?? null) === null);
  const agencies = audience.map(({ agency }) => agency);
  need('B6', !agencies.includes(issuer) && acks.every(({ agency }) => agencies.includes(agency)));
  need(
    'B8',
    audience.every(({ previous, sequence }) => (previous === null) === sequence <= 1),
  );
  const isReceipt = audience.length === 1 && audience[0].sequence === 0 && counts.records === 0;
  need('B8', kind === 'receipt' ? isReceipt : audience.every(({ sequence }) => sequence > 0));
  need('B13', body.encoding !== 'none' || body.size === body.stored);
  return said;
}

const leafHash = (id) => sha256(Buffer.from([0]), bytesOf(id));
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

/** A3: the root from some leaves and the hashes of what is left out. */
function rootFrom(size, leaves, proof) {
  let used = 0;
  const walk = (start, length, some) => {
    if (some.length === 0) return proof[used++] ?? Buffer.alloc(32);
    if (length === 1) return leafHash(some[0].id);
    const middle = start + 2 ** (31 - Math.clz32(length - 1));
    const { left = [], right = [] } = Object.groupBy(some, ({ leaf }) => (leaf < middle ? 'left' : 'right'));
    return nodeHash(walk(start, middle - start, left), walk(middle, start + length - middle, right));
  };
  const root = walk(0, size, leaves);
  const last = leaves.at(-1)?.leaf ?? size;
  need('A3', used === proof.length && last < size);
  return hex(root);
}

/** R1, R8–R11: a record and its id. */
function readRecord(bytes) {
  const record = parse(bytes, 1_048_576);
  need('R2', Array.isArray(record?.claims) && record.claims.every((claim) => claim instanceof Object));
  const isByClaim = record.commitment === 'claims';
  const hashes = record.claims.map((claim) => claim.withheld ?? hex(sha256('chirograph/claim/v1\n', jcs(claim))));
  if (isByClaim) need('R11', ascending(hashes));
  const isSalted = (claim) => 'withheld' in claim || 'salt' in claim === isByClaim;
  need('R7', record.claims.every(isSalted));
  const committed = isByClaim ? { ...record, claims: hashes } : record;
  const withheld = record.claims.filter((claim) => 'withheld' in claim).map((claim) => claim.withheld);
  need('R9', withheld.every((one) => isByClaim && fits(one, 'hash')));
  return { id: hex(sha256('chirograph/record/v1\n', jcs(committed))), record, withheld };
}

/** B4. */
function padme(length) {
  const step = 2 ** (31 - Math.clz32(length) - (32 - Math.clz32(31 - Math.clz32(length))));
  return step < 1 ? length : Math.ceil(length / step) * step;
}

/** Everything that a bundle proves to who trusts these cards. Throws `Broken` with the rule. */
export function verifyBundle(inner, trusted) {
  const known = new Map(trusted.map((bytes) => readCard(bytes)).map((card) => [card.agency, card]));
  need('B1', inner.length >= 8 && inner.subarray(0, 4).toString('latin1') === 'CHB1');
  const length = inner.readUInt32BE(4);
  const said = inner.subarray(8, 8 + length);
  const manifest = readManifest(said);
  const at = 8 + length;
  const end = at + 76 + manifest.body.stored;
  need('B4', inner.length === padme(end));
  need('B3', hex(inner.subarray(at, at + 12)) === `0001${manifest.kid}0040`);
  const issuer = known.get(manifest.issuer);
  const signed = { kid: manifest.kid, signature: hex(inner.subarray(at + 12, at + 76)) };
  need('B9', issuer && isSignedByOne('bundle/v1', said, signed, issuer.keySet.signing));
  const stored = inner.subarray(at + 76, end);
  need('B4', !inner.subarray(end).some(Boolean));
  need('B13', hex(sha256(stored)) === manifest.body.sha256);
  const { encoding, size } = manifest.body;
  const body = encoding === 'parts' ? readParts(stored, size) : readWhole(unpacked(stored, size, encoding), manifest.v);
  return { manifest, ...readBody(body, manifest, issuer, known) };
}

function unpacked(stored, size, encoding) {
  const unpack = () => zstdDecompressSync(stored, { maxOutputLength: Math.max(1, size) });
  const bytes = encoding === 'zstd' ? attempt('B13', unpack) : stored;
  need('B13', bytes.length === size);
  return bytes;
}

function reader(bytes) {
  let at = 0;
  const take = (count) => {
    need('B2', at + count <= bytes.length);
    at += count;
    return bytes.subarray(at - count, at);
  };
  return { take, number: () => take(4).readUInt32BE(), isAtEnd: () => at === bytes.length };
}

const readCards = ({ take, number }) => Array.from({ length: number() }, () => readCard(take(number())));

function readHeader({ take, number }) {
  const header = parse(take(number()), 4096);
  need('A1', fits(header, 'header'));
  return { ...header, proof: Array.from({ length: number() }, () => take(32)) };
}

/** §8: cards, and a group an attestation with its records in the order of their leaves. */
function readWhole(body, version) {
  const from = reader(body);
  const { take, number } = from;
  const came = version === 1 ? [] : readCards(from);
  const groups = Array.from({ length: number() }, () => {
    const head = readHeader(from);
    const records = Array.from({ length: head.records }, () => ({ leaf: number(), ...readRecord(take(number())) }));
    return { ...head, records };
  });
  need('B14', from.isAtEnd());
  return { came, groups };
}

/** §8.1, B29–B32: the same from a body in parts. */
function readParts(stored, size) {
  const [from, pieces] = [reader(stored), []];
  while (!from.isAtEnd()) {
    const [length, whole] = [from.number(), from.number()];
    need('B29', length <= whole && (pieces.length === 0 || whole <= 2 ** 23));
    pieces.push({ bytes: from.take(length), size: whole });
  }
  need('B29', pieces.length > 0);
  need('B13', pieces.reduce((sum, piece) => sum + piece.size, 0) === size);
  const [first, ...parts] = pieces.map(
    (one) => () => unpacked(one.bytes, one.size, one.bytes.length < one.size ? 'zstd' : 'none'),
  );
  const head = reader(first());
  const came = readCards(head);
  const heads = Array.from({ length: head.number() }, () => {
    const read = readHeader(head);
    const { attestation, records } = read;
    return { ...read, gaps: records < attestation.size ? Array.from({ length: records }, () => head.number()) : [] };
  });
  need('B14', head.isAtEnd());
  const lines = parts.flatMap((part) => linesOf(part()));
  need('B30', lines.length === heads.reduce((sum, { records }) => sum + records, 0));
  const groups = heads.map((one) => ({ ...one, records: placed(one, lines.splice(0, one.records)) }));
  return { came, groups };
}

/** B30: the records of a part, their salts put back. */
function linesOf(part) {
  const from = reader(part);
  const count = from.number();
  need('B29', count > 0);
  const text = from.take(from.number());
  const salts = part.subarray(8 + text.length).toString('latin1');
  need('B31', /^(?:[A-Za-z0-9_-]{21}[AQgw])*$/.test(salts));
  let [start, used] = [0, 0];
  const records = Array.from({ length: count }, () => {
    const end = text.indexOf(0x0a, start);
    need('B30', end >= 0);
    const line = text.subarray(start, end).toString('latin1');
    start = end + 1;
    if (line.startsWith(' ')) need('B31', line.includes('"salt":""'));
    else need('B31', !/"salt":"[A-Za-z0-9_-]{21}[AQgw]"/.test(line));
    const back = () => `"salt":"${salts.slice(used, (used += 22))}"`;
    const whole = line.startsWith(' ') ? line.slice(1) : line.replaceAll('"salt":""', back);
    need('B31', used <= salts.length);
    return readRecord(Buffer.from(whole, 'latin1'));
  });
  need('B30', start === text.length);
  need('B31', used === salts.length);
  return records;
}

/** B30, B32: by subject and id as they came; by id as A2 has it, where each has its leaf. */
function placed({ attestation, gaps }, lines) {
  need('B30', ascending(lines.map(({ id, record }) => `${record.subject} ${id}`)));
  const sorted = lines.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  let leaf = -1;
  return sorted.map((one, i) => ({ ...one, leaf: (leaf += lines.length < attestation.size ? gaps[i] + 1 : 1) }));
}

function readBody({ came, groups }, manifest, issuer, known) {
  need('B19', came.length <= 64 && ascending(came.map(({ agency }) => agency)));
  const all = [];
  let last = '';
  for (const { attestation, signature, proof, records } of groups) {
    need('B14', last < (last = jcs(attestation)));
    need('A2', ascending(records.map(({ id }) => id)) && ascending(records.map(({ leaf }) => leaf)));
    need('A5', !records.some(({ record }) => record.author !== attestation.author));
    need('A3', rootFrom(attestation.size, records, proof) === attestation.root);
    const { author } = attestation;
    const carried = came.find(({ agency }) => agency === author);
    const cards = [known.get(author) ?? carried].filter(Boolean);
    const isContinued =
      carried && known.has(author) && carried.sets.slice(0, -1).some((set) => jcs(set) === jcs(cards[0].keySet));
    if (isContinued) cards.push(carried);
    const keys = cards.flatMap(({ sets }) => sets.flatMap(({ signing }) => signing));
    const isRevoked = cards.some(({ gone }) => gone.has(attestation.kid));
    const isBy = () =>
      isSignedByOne('attestation/v1', Buffer.from(jcs(attestation)), { kid: attestation.kid, signature }, keys);
    need('A4', cards.length === 0 || (isRevoked ? keys.some(({ kid }) => kid === attestation.kid) : isBy()));
    const trusted = known.has(author) ? 'verified' : `vouched for by ${issuer.name}`;
    const proven = cards.length === 0 ? 'nobody' : isRevoked ? 'nobody: its key is revoked' : trusted;
    for (const one of records) all.push({ ...one, author: cards[0]?.name ?? author, proven });
  }
  need('B14', new Set(all.map(({ id }) => id)).size === all.length);
  const authors = new Set(all.map(({ record }) => record.author));
  need('B19', !came.some(({ agency }) => agency === manifest.issuer || !authors.has(agency)));
  const sorted = all.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const counted = [manifest.counts.records, manifest.counts.attestations, manifest.counts.withheldClaims];
  const found = [all.length, groups.length, all.reduce((sum, { withheld }) => sum + withheld.length, 0)];
  need('B12', jcs(counted) === jcs(found));
  const whole = sorted.map(({ id }, leaf) => ({ id, leaf }));
  need('B16', (all.length === 0 ? hex(sha256('')) : rootFrom(all.length, whole, [])) === manifest.recordsRoot);
  const parts = sorted.flatMap(({ id, withheld }) => [bytesOf(id), u32(withheld.length), ...withheld.map(bytesOf)]);
  const content = hex(sha256('chirograph/content/v1\n', ...parts));
  const { legalBases, purpose, issuer: agency } = manifest;
  const audience = manifest.audience.map((one) => one.agency);
  const approved = Buffer.from(jcs({ audience, content, issuer: agency, legalBases, purpose, v: 1 }));
  const { approvals = [] } = manifest;
  need(
    'B24',
    approvals.every((one) => isSignedByOne('approval/v1', approved, one, issuer.keySet.approving ?? [])),
  );
  return { records: all, approvals: approvals.length };
}

if (process.argv[1] === import.meta.filename) {
  const [inner, ...cards] = process.argv.slice(2).map((path) => readFileSync(path));
  let answer;
  try {
    const { manifest, records, approvals } = verifyBundle(inner, cards);
    const { issuer, counts } = manifest;
    const who = records.map(({ author, proven }) => `${author}: ${proven}`);
    const authors = Object.fromEntries(
      [...new Set(who)].map((one) => [one, who.filter((each) => each === one).length]),
    );
    answer = { issuer, records: counts.records, withheldClaims: counts.withheldClaims, approvals, authors };
  } catch (error) {
    answer = { broken: error instanceof Broken ? error.message : String(error) };
    process.exitCode = 1;
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
