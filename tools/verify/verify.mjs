#!/usr/bin/env node
/*
 * What a Chirograph bundle proves, worked out from docs/formats/{bundle,record}.md and forms.json alone: no code of the
 * product and no package, Node 24.
 *
 *   age -d -i identity.txt bundle.chiro > bundle.inner
 *   node verify.mjs bundle.inner issuer.card.json [author.card.json …]
 *
 * The cards are those that you trust because people compared their words (K9). It prints who signed the bundle, what is
 * in it and withheld, how many records it proves to be of which author by whose word, and how many approved (exit status
 * 0), or which rule the file breaks, with its code (1).
 *
 * Not proven: that what the records say is true. Not looked at: for whom and until when the bundle is (B10, B11); what
 * only a store knows (streams, recalls, approvals that a reader requires: §10–§12); fields that the hash of a record
 * covers (R2–R6, R17–R21); the checksums of age recipients (K8).
 */
import { isUtf8 } from 'node:buffer';
import { createHash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';

const FORMS = JSON.parse(readFileSync(new URL('../../docs/formats/forms.json', import.meta.url), 'utf8'));

/** bundle.md §9.1: the code of each rule, by its letter, where it has no other. */
const CODES = { A: 'bundle.unproven-record', B: 'bundle.malformed', K: 'card.malformed', R: 'record.malformed' };

export class Broken extends Error {}

/** `what` is a rule, or a code and a rule. */
function need(what, isTrue) {
  const [rule, code = CODES[rule[0]]] = what.split(' ').toReversed();
  if (!isTrue) throw Object.assign(new Broken(rule), { code });
}

function attempt(what, act) {
  try {
    return act();
  } catch {
    return need(what, false);
  }
}

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const raw = (text) => Buffer.from(text, 'hex');
const u32 = (number) => raw(number.toString(16).padStart(8, '0'));
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const labelled = (label, ...parts) => hex(sha256(`chirograph/${label}/v1\n`, ...parts));
const ascending = (list) => list.every((one, i) => i === 0 || list[i - 1] < one);
const times = (length, make) => Array.from({ length }, make);
const byId = (records) => records.toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** RFC 8785: keys by UTF-16 units; JavaScript writes numbers and texts as it asks for. */
function jcs(value) {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${jcs(value[key])}`).join(',')}}`;
}

/** J1–J6, with the code of whatever is read. */
function parse(bytes, limit, code) {
  need(`${code} J1`, bytes.length <= limit);
  let depth = 0;
  for (const [part] of bytes.toString('latin1').matchAll(/"(?:[^"\\]+|\\.)*"?|[{}[\]]/gs)) {
    if (part === '{' || part === '[') need(`${code} J2`, (depth += 1) <= 32);
    else if (part === '}' || part === ']') depth -= 1;
  }
  const text = bytes.toString();
  need(`${code} J3`, isUtf8(bytes) && !text.startsWith('\uFEFF'));
  const value = attempt(`${code} J4`, () => JSON.parse(text));
  JSON.parse(text, (key, inside) => {
    need(`${code} J5`, !['__proto__', 'constructor', 'prototype'].includes(key));
    need(`${code} J6`, key.isWellFormed() && (typeof inside !== 'string' || inside.isWellFormed()));
  });
  need(`${code} J6`, jcs(value) === text);
  return value;
}

/** Whether a value has a form of forms.json, which says what its words mean. */
function fits(value, name) {
  const form = FORMS[name] ?? name;
  const { either, list, least, most, by, fields } = form;
  if (Array.isArray(form)) return form.every((each) => fits(value, each));
  if (either) return either.some((each) => fits(value, each));
  if (list) {
    const isFit = Array.isArray(value) && value.length >= least && value.length <= most;
    if (!isFit || !value.every((one) => fits(one, list))) return false;
    return by === undefined || ascending(value.map((one) => one[by] ?? one));
  }
  if (fields) {
    const all = Object.entries(fieldsOf(form));
    const isOfSize = value instanceof Object && Object.keys(value).length === all.length;
    return isOfSize && all.every(([field, its]) => fits(value[field], its));
  }
  if (form === 'null') return value === null;
  if (form === 'truth') return typeof value === 'boolean';
  if (form === 'instant') return !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
  if (form.startsWith('^')) return typeof value === 'string' && new RegExp(form, 'u').test(value);
  if (form.startsWith('text ')) return typeof value === 'string' && value !== '' && value.length <= form.slice(5);
  const [lowest, highest] = form.split('..').map(Number);
  return Number.isInteger(value) && value >= lowest && value <= highest;
}

const fieldsOf = ({ is, fields }) => ({ ...(is && fieldsOf(FORMS[is])), ...fields });

/** B2: reads bytes from the front, never past their end. */
function cursor(bytes) {
  let at = 0;
  const left = () => bytes.length - at;
  const take = (count) => {
    need('B2', count <= left());
    return bytes.subarray(at, (at += count));
  };
  const number = () => take(4).readUInt32BE();
  const block = (limit, rule = 'B2') => {
    const length = number();
    need(`bundle.too-large ${rule}`, length <= limit);
    return take(length);
  };
  return { take, number, block, left };
}

/* Ed25519 itself, only to look at keys: RFC 8032 §5.1.4, points without their fourth coordinate. */
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
const mod = (value) => ((value % P) + P) % P;
const power = (base, n) => (n === 0n ? 1n : mod(power(mod(base * base), n / 2n) * (n % 2n ? base : 1n)));
const D = mod(-121_665n * power(121_666n, P - 2n));

function add([x1, y1, z1], [x2, y2, z2]) {
  const [a, c, e] = [mod(z1 * z2), mod(x1 * x2), mod(y1 * y2)];
  const [b, f] = [mod(a * a), mod(D * c * e)];
  return [mod(a * (b - f) * ((x1 + y1) * (x2 + y2) - c - e)), mod(a * (b + f) * (e + c)), mod((b - f) * (b + f))];
}

function multiple(point, n) {
  if (n === 0n) return [0n, 1n, 1n];
  return n % 2n ? add(point, multiple(point, n - 1n)) : multiple(add(point, point), n / 2n);
}

const sound = new Set();

/** K5: the canonical encoding of a point, other than 0, of the group of prime order. */
function isSound(publicKey) {
  if (sound.has(publicKey)) return true;
  const y = BigInt(`0x${hex(raw(publicKey).reverse())}`) % 2n ** 255n;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  const root = power(square, (P + 3n) / 8n);
  const x = [root, mod(root * power(2n, (P - 1n) / 4n))].find((one) => mod(one * one) === square);
  if (y >= P || x === undefined || x === 0n) return false;
  const [left, over, unit] = multiple([x, y, 1n], ORDER);
  return left === 0n && over === unit && sound.add(publicKey).has(publicKey);
}

/** K2–K4: by the one of these keys that has this kid. With keys that pass K5 one strict check says what two say. */
function isSigned(label, body, { kid, signature }, keys) {
  const key = keys.find((one) => one.kid === kid);
  const type = `application/vnd.chirograph.${label}+json`;
  const said = Buffer.from(body);
  const message = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${said.length} `), said]);
  const jwk = () => ({ kty: 'OKP', crv: 'Ed25519', x: raw(key.publicKey).toString('base64url') });
  return key !== undefined && verify(null, message, { key: jwk(), format: 'jwk' }, raw(signature));
}

const isNewer = (v, newest = 2) => Number.isSafeInteger(v) && v > newest;

/** §3: a card, its agency id, all its key sets in order, and the kids of those that are revoked. */
export function readCard(bytes) {
  const card = parse(bytes, 65_536, 'card.malformed');
  need('card.newer-version K8', !isNewer(card?.v) && !isNewer(card?.keySet?.v));
  need('K6', fits(card, `card ${card?.v}`) && (card.v === 2 || bytes.length <= 16_384));
  const { keySet, first = keySet, history = [] } = card;
  const sets = [first, ...history.map((transition) => transition.keySet)];
  need('K12', sets.every(({ root = [], threshold = 0 }) => threshold <= root.length));
  need('K14', jcs(sets.at(-1)) === jcs(keySet));
  const gone = readKeys(sets);
  need('card.chain-broken K13', history.every((transition, i) => isSignedByRoots(transition, sets[i])));
  const { signature, signatures = [{ kid: keySet.signing[0].kid, signature }], ...said } = card;
  const isBy = (one) => isSigned(`card.v${card.v}`, jcs(said), one, keySet.signing);
  need('card.bad-signature K6', signatures.every(isBy));
  return { agency: labelled('agency', jcs(first)), name: card.agency.name, sets, keySet, gone };
}

/** K4, K5, K12, K18: every key of a chain. Answers the kids of those that are revoked. */
function readKeys(sets) {
  const [known, gone] = [new Map(), new Set()];
  for (const { signing, root = [], approving = [], revoked = [] } of sets) {
    need('K18', revoked.every(({ kid }) => known.has(kid) && !gone.has(kid)));
    for (const { kid } of revoked) gone.add(kid);
    for (const { kid, publicKey } of [...signing, ...root, ...approving]) {
      need('K18', !gone.has(kid));
      need('K12', (known.get(kid) ?? publicKey) === publicKey);
      need('card.weak-key K5', known.has(kid) || isSound(publicKey));
      need('K4', hex(sha256(raw(publicKey))).startsWith(kid));
      known.set(kid, publicKey);
    }
  }
  return gone;
}

/** K11, K13. */
function isSignedByRoots({ keySet: to, signatures }, from) {
  const roots = [from, to].map(({ signing, root = signing, threshold = 1 }) => ({ root, threshold }));
  const keys = roots.flatMap(({ root }) => root);
  const isBy = ({ kid }) => signatures.some((one) => one.kid === kid);
  const isEnough = ({ root, threshold }) => root.filter(isBy).length >= threshold;
  const isValid = (one) => isSigned('keyset.v1', jcs(to), one, keys);
  return to.version === from.version + 1 && roots.every(isEnough) && signatures.every(isValid);
}

/** §7: what a manifest says by itself. */
function readManifest(bytes) {
  const manifest = parse(bytes, 65_536, 'bundle.malformed');
  need('bundle.newer-version B6', !isNewer(manifest?.v, 3));
  need('B6', fits(manifest, `manifest ${manifest?.v} ${manifest?.kind}`));
  const { acks, audience, body, created, issuer, notAfter } = manifest;
  const agencies = audience.map(({ agency }) => agency);
  need('B6', created <= notAfter && !agencies.includes(issuer));
  need('B6', acks.every(({ agency }) => agencies.includes(agency)));
  need('B13', body.encoding !== 'none' || body.size === body.stored);
  return manifest;
}

/** A2, A3: the root from some leaves and the hashes of what is left out. */
function rootFrom(size, leaves, proof) {
  let used = 0;
  const walk = (start, length, some) => {
    if (some.length === 0) return proof[used++] ?? Buffer.alloc(32);
    if (length === 1) return sha256('\0', raw(some[0].id));
    const middle = start + 2 ** (31 - Math.clz32(length - 1));
    const { left = [], right = [] } = Object.groupBy(some, ({ leaf }) => (leaf < middle ? 'left' : 'right'));
    return sha256('\x01', walk(start, middle - start, left), walk(middle, start + length - middle, right));
  };
  const root = size === 0 ? sha256() : walk(0, size, leaves);
  need('A3', used === proof.length && leaves.every(({ leaf }) => leaf < size));
  return hex(root);
}

/** R1, R7–R11: a record, its id, and the hashes of the claims that are withheld. */
function readRecord(bytes) {
  const record = parse(bytes, 2 ** 20, 'record.malformed');
  need('R2', Array.isArray(record?.claims) && record.claims.every((claim) => claim instanceof Object));
  const { claims, commitment } = record;
  const isByClaim = commitment === 'claims';
  const isWithheld = (claim) => isByClaim && fits(claim, 'withheld');
  const isSalted = (claim) => (isByClaim ? fits(claim.salt, 'salt') : !('salt' in claim));
  need('R9', claims.every((claim) => isWithheld(claim) || !('withheld' in claim)));
  need('R7', claims.every((claim) => isWithheld(claim) || isSalted(claim)));
  const hashes = claims.map((claim) => claim.withheld ?? labelled('claim', jcs(claim)));
  need('R11', ascending(isByClaim ? hashes : claims.map((claim) => hex(jcs(claim)))));
  const id = labelled('record', jcs(isByClaim ? { ...record, claims: hashes } : record));
  return { id, record, withheld: claims.flatMap(({ withheld }) => withheld ?? []) };
}

/** B4. */
function padme(length) {
  const exponent = 31 - Math.clz32(length);
  const step = 2 ** (exponent - (32 - Math.clz32(exponent)));
  return Math.ceil(length / step) * step;
}

/** B13, B37. */
function unpacked(stored, size, isPacked, rule = 'B13') {
  const unpack = () => zstdDecompressSync(stored, { maxOutputLength: Math.max(1, size) });
  const bytes = isPacked ? attempt(rule, unpack) : stored;
  need(rule, bytes.length === size);
  return bytes;
}

/** B19, except whose they are. */
function readCards(from, issuer) {
  const count = from.number();
  need('bundle.too-large B19', count <= 64);
  const cards = times(count, () => from.block(65_536)).map(readCard);
  need('B19', ascending(cards.map(({ agency }) => agency)) && cards.every(({ agency }) => agency !== issuer));
  return cards;
}

/** B5, B14: all groups, with what `readRest` reads behind each header. */
function readGroups(from, readRest) {
  const count = from.number();
  need('bundle.too-large B5', count <= 8192);
  let [records, last] = [0, ''];
  const groups = times(count, () => {
    const header = parse(from.block(4096), 4096, 'bundle.malformed');
    need('bundle.malformed A1', fits(header, 'header'));
    need('bundle.too-large B5', (records += header.records) <= 1_000_000);
    const group = { ...header, proof: times(from.number(), () => from.take(32)), ...readRest(header) };
    need('B14', last < (last = jcs(header.attestation)));
    return group;
  });
  need('B14', from.left() === 0);
  return groups;
}

/** §8. */
function readWhole(body, { v, issuer }) {
  const from = cursor(body);
  const cards = v === 1 ? [] : readCards(from, issuer);
  const readEntry = () => ({ leaf: from.number(), ...readRecord(from.block(2 ** 20)) });
  return { cards, groups: readGroups(from, (header) => ({ records: times(header.records, readEntry) })) };
}

/** §8.1: B29, B30, B32. */
function readParts(stored, { body, issuer }) {
  const [from, pieces] = [cursor(stored), []];
  while (from.left() > 0) {
    const [length, size] = [from.number(), from.number()];
    need('B29', length <= size && (pieces.length === 0 || size <= 2 ** 23));
    pieces.push({ bytes: from.take(length), size });
  }
  need('B29', pieces.length > 0);
  need('B13', pieces.reduce((sum, { size }) => sum + size, 0) === body.size);
  const [first, ...parts] = pieces.map(({ bytes, size }) => () => unpacked(bytes, size, bytes.length < size));
  const head = cursor(first());
  const cards = readCards(head, issuer);
  const readGap = ({ attestation, records }) => (records < attestation.size ? head.number() : 0);
  const heads = readGroups(head, (header) => ({ gaps: times(header.records, () => readGap(header)) }));
  const lines = parts.flatMap((part) => readLines(part()));
  need('B30', lines.length === heads.reduce((sum, { records }) => sum + records, 0));
  return { cards, groups: heads.map((one) => ({ ...one, records: placed(lines.splice(0, one.records), one.gaps) })) };
}

/** B30, B31: the records of a part, their salts put back. */
function readLines(part) {
  const from = cursor(part);
  const count = from.number();
  const lines = from.take(from.number()).toString('latin1').split('\n');
  const end = lines.pop();
  const salts = from.take(from.left()).toString('latin1').match(/[^]{1,22}/g) ?? [];
  need('B29', count > 0);
  need('B31', salts.every((salt) => fits(salt, 'salt')));
  let used = 0;
  const back = () => `"salt":"${salts[used++]}"`;
  const records = lines.slice(0, count).map((line) => {
    const isKept = line.startsWith(' ');
    need('B31', isKept ? line.includes('"salt":""') : !/"salt":"[A-Za-z0-9_-]{21}[AQgw]"/.test(line));
    const whole = isKept ? line.slice(1) : line.replaceAll('"salt":""', back);
    need('B31', used <= salts.length);
    return readRecord(Buffer.from(whole, 'latin1'));
  });
  need('B30', end === '' && lines.length === count);
  need('B31', used === salts.length);
  return records;
}

/** B30, B32: by subject and id as they came; by id as A2 has them, where each has its leaf. */
function placed(lines, gaps) {
  need('B30', ascending(lines.map(({ id, record }) => `${record.subject} ${id}`)));
  let leaf = -1;
  return byId(lines).map((one, i) => ({ ...one, leaf: (leaf += gaps[i] + 1) }));
}

/** A2–A5, B17, K19: the records of a group, each with its author and by whose word it is. */
function proven({ attestation, signature, proof, records }, { known, came, issuer }) {
  const { author, kid, root, size } = attestation;
  need('A5', records.every(({ record }) => record.author === author));
  need('A2', ascending(records.map(({ id }) => id)) && ascending(records.map(({ leaf }) => leaf)));
  need('A3', rootFrom(size, records, proof) === root);
  const [held, carried] = [known.get(author), came.find(({ agency }) => agency === author)];
  const continues = ({ sets }) => sets.slice(0, -1).some((set) => jcs(set) === jcs(held.keySet));
  const cards = [held, carried && (!held || continues(carried)) ? carried : undefined].filter(Boolean);
  const where = (word) => records.map((one) => ({ ...one, author: cards[0]?.name ?? author, proven: word }));
  if (cards.length === 0) return where('nobody');
  const keys = cards.flatMap(({ sets }) => sets.flatMap(({ signing }) => signing));
  need('A4', keys.some((key) => key.kid === kid));
  if (cards.some(({ gone }) => gone.has(kid))) return where('nobody: its key is revoked');
  need('A4', isSigned('attestation.v1', jcs(attestation), { kid, signature }, keys));
  return where(held ? 'verified' : `vouched for by ${issuer.name}`);
}

/** B12, B14, B16, B22–B24: of all records, ascending by id. */
function checkWhole(manifest, attestations, records, { keySet }) {
  need('B14', ascending(records.map(({ id }) => id)));
  const withheldClaims = records.reduce((sum, { withheld }) => sum + withheld.length, 0);
  const { approvals = [], counts, issuer, legalBases, purpose, recordsRoot } = manifest;
  need('B12', jcs({ ...counts, attestations, records: records.length, withheldClaims }) === jcs(counts));
  need('B16', rootFrom(records.length, records.map((one, leaf) => ({ ...one, leaf })), []) === recordsRoot);
  const parts = records.flatMap(({ id, withheld }) => [raw(id), u32(withheld.length), ...withheld.map(raw)]);
  const audience = manifest.audience.map(({ agency }) => agency);
  const approved = jcs({ audience, content: labelled('content', ...parts), issuer, legalBases, purpose, v: 1 });
  const isApproval = (one) => isSigned('approval.v1', approved, one, keySet.approving ?? []);
  need('bundle.bad-approval B24', approvals.every(isApproval));
  return approvals.length;
}

/** §8.2: files behind the body, each named by a record. */
function checkFiles(stored, { count, sha256: hash, size }, records) {
  need('bundle.damaged B35', hex(sha256(stored)) === hash);
  const from = cursor(stored);
  let [last, sum] = ['', 0];
  const files = times(count, () => {
    const file = { name: hex(from.take(32)), size: from.number() };
    need('B36', last < (last = file.name) && (sum += file.size) <= size);
    return file;
  });
  need('B36', sum === size);
  const named = Map.groupBy(records.flatMap(({ record }) => record.file ?? []), (file) => file.sha256);
  need('B38', files.every((one) => named.get(one.name)?.every((file) => file.size === one.size)));
  const readPiece = (expected) => {
    const [length, its] = [from.number(), from.number()];
    need('B37', its === expected && length <= its);
    return { bytes: from.take(length), size: its };
  };
  const sizesOf = (left) => times(Math.ceil(left / 2 ** 20), (_, i) => Math.min(2 ** 20, left - i * 2 ** 20));
  const pieces = files.map((one) => sizesOf(one.size).map(readPiece));
  need('B37', from.left() === 0);
  for (const [i, { name }] of files.entries()) {
    const parts = pieces[i].map(({ bytes, size: its }) => unpacked(bytes, its, bytes.length < its, 'B37'));
    need('B39', hex(sha256(...parts)) === name);
  }
}

/** Everything that a bundle proves to who trusts these cards, in the order of §9. Throws `Broken`. */
export function verifyBundle(inner, trusted) {
  const known = new Map(trusted.map(readCard).map((card) => [card.agency, card]));
  need('bundle.too-large B5', inner.length <= 2 ** 31);
  const from = cursor(inner);
  const magic = from.take(4).toString('latin1');
  need('bundle.newer-version B1', !/^CHB[02-9]$/.test(magic));
  need('B1', magic === 'CHB1');
  const said = from.block(65_536, 'B5');
  const [signer, signature] = [hex(from.take(12)), hex(from.take(64))];
  const manifest = readManifest(said);
  const { body, kid } = manifest;
  need('B3', signer === `0001${kid}0040`);
  const stored = from.take(body.stored);
  const files = from.take(manifest.files?.stored ?? 0);
  need('B4', inner.length === padme(inner.length - from.left()));
  const issuer = known.get(manifest.issuer);
  need('bundle.unknown-signer B9', issuer);
  need('bundle.bad-signature B9', isSigned('bundle.v1', said, { kid, signature }, issuer.keySet.signing));
  need('bundle.damaged B4', from.take(from.left()).every((byte) => byte === 0));
  need('bundle.damaged B13', hex(sha256(stored)) === body.sha256);
  const whole = () => readWhole(unpacked(stored, body.size, body.encoding === 'zstd'), manifest);
  const { cards: came, groups } = body.encoding === 'parts' ? readParts(stored, manifest) : whole();
  const records = groups.flatMap((group) => proven(group, { known, came, issuer }));
  need('B19', came.every(({ agency }) => records.some(({ record }) => record.author === agency)));
  const approvals = checkWhole(manifest, groups.length, byId(records), issuer);
  if (manifest.files) checkFiles(files, manifest.files, records);
  return { manifest, issuer, records, approvals };
}

if (process.argv[1] === import.meta.filename) {
  const [inner, ...cards] = process.argv.slice(2).map((path) => readFileSync(path));
  let answer;
  try {
    const { manifest, issuer, records, approvals } = verifyBundle(inner, cards);
    const groups = Object.groupBy(records, ({ author, proven }) => `${author}: ${proven}`);
    const authors = Object.fromEntries(Object.entries(groups).map(([who, { length }]) => [who, length]));
    const files = manifest.files?.count ?? 0;
    answer = { issuer: issuer.name, agency: issuer.agency, counts: manifest.counts, authors, approvals, files };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    answer = { broken: error.message, code: error.code };
    process.exitCode = 1;
  }
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}
