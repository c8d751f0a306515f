#!/usr/bin/env node
/*
 * What a Chirograph bundle proves, worked out from docs/formats/bundle.md, record.md and forms.json alone: no code of the product, no package.
 *
 *   age -d -i identity.txt bundle.chiro > bundle.inner
 *   node verify.mjs [--json] bundle.inner issuer.card.json [author.card.json …]
 *
 * The cards named are those that you trust because people compared their words (K9). It says who signed the bundle, how many records of which
 * author it proves and by whose word, how much was withheld and who approved (exit status 0); or the code and the rule that the file breaks (1).
 *
 * Not proven: that what was said is true. Not looked at: for whom and until when the bundle is (B10, B11); what only a store knows (streams,
 * recalls, approvals that a reader requires, §10–§12); fields that the hash of a record covers (R2–R6, R17–R21); the check digits of age (K8).
 */
import { createHash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';

const FORMS = JSON.parse(readFileSync(new URL('../../docs/formats/forms.json', import.meta.url), 'utf8'));
/** bundle.md §9.1: the code of a rule that names no other. */
const CODES = { A: 'bundle.unproven-record', B: 'bundle.malformed', K: 'card.malformed', R: 'record.malformed' };

/** Its message is the code and the rule. */
export class Broken extends Error {}

function need(rule, isTrue) {
  if (!isTrue) throw new Broken(rule.includes(' ') ? rule : `${CODES[rule[0]]} ${rule}`);
}

function attempt(rule, act) {
  try {
    return act();
  } catch {
    return need(rule, false);
  }
}

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const raw = (text) => Buffer.from(text, 'hex');
const ascending = (list) => list.every((one, i) => i === 0 || list[i - 1] < one);
const times = (count, make) => Array.from({ length: count }, make);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const labelled = (label, ...parts) => hex(sha256(`chirograph/${label}/v1\n`, ...parts));

/** §1: RFC 8785. JavaScript sorts keys and writes numbers and texts as it asks for. `code` is that of whatever is read. */
function jcs(value, code) {
  if (Array.isArray(value)) return `[${value.map((one) => jcs(one, code)).join(',')}]`;
  if (typeof value === 'string') need(`${code} J6`, value.isWellFormed());
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  need(`${code} J5`, !keys.some((key) => ['__proto__', 'constructor', 'prototype'].includes(key)));
  return `{${keys.map((key) => `${jcs(key, code)}:${jcs(value[key], code)}`).join(',')}}`;
}

/** J1–J6. */
function parse(bytes, limit, code) {
  need(`${code} J1`, bytes.length <= limit);
  let depth = 0;
  for (const [part] of bytes.toString('latin1').matchAll(/"(?:[^"\\]+|\\.)*"?|[{[]|[}\]]/gs)) {
    if (part === '{' || part === '[') need(`${code} J2`, (depth += 1) <= 32);
    else if (part === '}' || part === ']') depth -= 1;
  }
  const text = attempt(`${code} J3`, () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  need(`${code} J3`, !text.startsWith('\uFEFF'));
  const value = attempt(`${code} J4`, () => JSON.parse(text));
  need(`${code} J6`, jcs(value, code) === text);
  return value;
}

/** Whether a value has a form of forms.json. */
function fits(value, form) {
  if (Object.hasOwn(FORMS, form)) return fits(value, FORMS[form]);
  if (Array.isArray(form)) return form.every((each) => fits(value, each));
  if (form.null) return value === null || fits(value, form.null);
  if (form.list) return Array.isArray(value) && isListOf(value, form);
  if (form.fields) return typeof value === 'object' && value !== null && hasFields(value, form);
  if (form === 'truth') return typeof value === 'boolean';
  if (form === 'instant') return !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;
  if (form.startsWith('^')) return typeof value === 'string' && new RegExp(form, 'u').test(value);
  if (form.startsWith('text ')) return typeof value === 'string' && value !== '' && value.length <= form.slice(5);
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

/** B2: reads from the front and never past the end. */
function cursor(bytes) {
  let at = 0;
  const take = (count) => {
    need('B2', count <= bytes.length - at);
    return bytes.subarray(at, (at += count));
  };
  const number = () => take(4).readUInt32BE();
  const block = (limit, rule = 'B2') => {
    const length = number();
    need(`bundle.too-large ${rule}`, length <= limit);
    return take(length);
  };
  return { take, number, block, left: () => bytes.length - at };
}

/* Ed25519 itself, only to look at keys (RFC 8032 §5.1; points without their fourth coordinate). */
const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
const mod = (value) => ((value % P) + P) % P;
const power = (base, n) => (n === 0n ? 1n : mod(power(mod(base * base), n / 2n) * (n % 2n ? base : 1n)));
const D = mod(-121_665n * power(121_666n, P - 2n));
const multiple = (point, n) =>
  n === 0n ? [0n, 1n, 1n] : n % 2n ? add(point, multiple(point, n - 1n)) : multiple(add(point, point), n / 2n);

function add([x1, y1, z1], [x2, y2, z2]) {
  const [a, c, e] = [mod(z1 * z2), mod(x1 * x2), mod(y1 * y2)];
  const [b, f] = [mod(a * a), mod(D * c * e)];
  return [mod(a * (b - f) * ((x1 + y1) * (x2 + y2) - c - e)), mod(a * (b + f) * (e + c)), mod((b - f) * (b + f))];
}

const sound = new Set();

/** K5: the canonical encoding of a point other than 0 of the group of prime order. */
function isSoundKey(publicKey) {
  if (sound.has(publicKey)) return true;
  const y = BigInt(`0x${hex(raw(publicKey).reverse())}`) % 2n ** 255n;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  const root = power(square, (P + 3n) / 8n);
  const x = [root, mod(root * power(2n, (P - 1n) / 4n))].find((one) => mod(one * one) === square);
  if (y >= P || x === undefined || x === 0n) return false;
  const [left, over, unit] = multiple([x, y, 1n], ORDER);
  return left === 0n && over === unit && Boolean(sound.add(publicKey));
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

/** §3: a card, its agency id, all its key sets in order, and the kids that are revoked. */
export function readCard(bytes) {
  const card = parse(bytes, 65_536, 'card.malformed');
  const isNewer = (v) => Number.isSafeInteger(v) && v > 2;
  need('card.newer-version K8', !isNewer(card?.v) && !isNewer(card.keySet?.v));
  need('K6', (card?.v === 2 || bytes.length <= 16_384) && fits(card, card?.v === 2 ? 'card 2' : 'card 1'));
  const { keySet, first = keySet, history = [], signature, signatures, ...rest } = card;
  const sets = [first, ...history.map((transition) => transition.keySet)];
  need(
    'K14',
    jcs(sets.at(-1)) === jcs(keySet) && sets.every(({ root = [], threshold = 0 }) => threshold <= root.length),
  );
  const gone = readKeys(sets);
  history.forEach((transition, i) => need(`card.chain-broken K13`, isTransition(sets[i], transition)));
  const said = card.v === 1 ? { ...rest, keySet } : { ...rest, first, history, keySet };
  const by = signatures ?? [{ kid: keySet.signing[0].kid, signature }];
  need(
    'card.bad-signature K6',
    by.every((one) => isSigned(`card.v${card.v}`, jcs(said), one, keySet.signing)),
  );
  return { agency: labelled('agency', jcs(first)), name: card.agency.name, sets, keySet, gone };
}

/** K4, K5, K12, K18: every key of a chain; answers those that are revoked. */
function readKeys(sets) {
  const [known, gone] = [new Map(), new Set()];
  for (const { signing, root = [], approving = [], revoked = [] } of sets) {
    need(
      'K18',
      revoked.every(({ kid }) => known.has(kid) && !gone.has(kid)),
    );
    for (const { kid } of revoked) gone.add(kid);
    for (const { kid, publicKey } of [...signing, ...root, ...approving]) {
      need('K18', !gone.has(kid));
      need('K12', (known.get(kid) ?? publicKey) === publicKey);
      need('card.weak-key K5', known.has(kid) || isSoundKey(publicKey));
      need('K4', hex(sha256(raw(publicKey))).startsWith(kid));
      known.set(kid, publicKey);
    }
  }
  return gone;
}

/** K11, K13. */
function isTransition(from, { keySet: to, signatures }) {
  const roots = [from, to].map(({ signing, root = signing, threshold = 1 }) => ({ root, threshold }));
  const keys = roots.flatMap(({ root }) => root);
  const isEnough = ({ root, threshold }) =>
    root.filter((key) => signatures.some(({ kid }) => kid === key.kid)).length >= threshold;
  const isNext = to.version === from.version + 1 && roots.every(isEnough);
  return isNext && signatures.every((one) => isSigned('keyset.v1', jcs(to), one, keys));
}

/** §7: B6, B8, B13, B18, B29, as far as a manifest says it by itself. */
function readManifest(bytes) {
  const { receipt, ...said } = parse(bytes, 65_536, 'bundle.malformed') ?? {};
  const { acks, approvals, audience, body, counts, issuer, kind, sent, v } = said;
  need('bundle.newer-version B6', !(Number.isSafeInteger(v) && v > 2));
  need('B6', fits(said, 'manifest') && said.created <= said.notAfter);
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
  need('B29', body.encoding !== 'parts' || v === 2);
  return said;
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

/** R1, R7–R11: a record, its id, and the hashes of what is withheld. */
function readRecord(bytes) {
  const record = parse(bytes, 2 ** 20, 'record.malformed');
  need('R2', Array.isArray(record?.claims) && record.claims.every((claim) => claim instanceof Object));
  const { claims } = record;
  const isByClaim = record.commitment === 'claims';
  const isWithheld = (claim) => 'withheld' in claim;
  const isSalted = (claim) => (isByClaim ? fits(claim.salt, SALT) : !('salt' in claim));
  need(
    'R9',
    claims.filter(isWithheld).every((claim) => isByClaim && fits(claim, { fields: { withheld: 'hash' } })),
  );
  need(
    'R7',
    claims.every((claim) => isWithheld(claim) || isSalted(claim)),
  );
  const hashes = claims.map((claim) => claim.withheld ?? labelled('claim', jcs(claim)));
  need('R11', ascending(isByClaim ? hashes : claims.map((claim) => hex(jcs(claim)))));
  const id = labelled('record', jcs(isByClaim ? { ...record, claims: hashes } : record));
  return { id, record, withheld: claims.filter(isWithheld).map(({ withheld }) => withheld) };
}

const SALT = '^[A-Za-z0-9_-]{21}[AQgw]$';

/** B4. */
function padme(length) {
  const exponent = 31 - Math.clz32(length);
  const step = 2 ** Math.max(0, exponent - (32 - Math.clz32(exponent)));
  return Math.ceil(length / step) * step;
}

function unpacked(stored, size, isPacked) {
  const unpack = () => zstdDecompressSync(stored, { maxOutputLength: Math.max(1, size) });
  const bytes = isPacked ? attempt('B13', unpack) : stored;
  need('B13', bytes.length === size);
  return bytes;
}

/** B19, but for whose they are. */
function readCards({ number, block }, issuer) {
  const count = number();
  need('bundle.too-large B19', count <= 64);
  const cards = times(count, () => block(65_536)).map((bytes) => readCard(bytes));
  need('B19', ascending(cards.map(({ agency }) => agency)) && cards.every(({ agency }) => agency !== issuer));
  return cards;
}

/** B5, B14: what `readRest` reads behind each header, until nothing is left. */
function readGroups(from, readRest) {
  const count = from.number();
  need('bundle.too-large B5', count <= 8192);
  let [records, last] = [0, ''];
  const groups = times(count, () => {
    const header = parse(from.block(4096), 4096, 'bundle.malformed');
    need('bundle.malformed A1', fits(header, 'header'));
    need('bundle.too-large B5', (records += header.records) <= 1_000_000);
    const proof = times(from.number(), () => from.take(32));
    const group = { ...header, proof, ...readRest(header) };
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
  return { cards, groups: readGroups(from, ({ records }) => ({ records: times(records, readEntry) })) };
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
  const [first, ...parts] = pieces.map(
    ({ bytes, size }) =>
      () =>
        unpacked(bytes, size, bytes.length < size),
  );
  const head = cursor(first());
  const cards = readCards(head, issuer);
  const heads = readGroups(head, ({ attestation, records }) => ({
    gaps: times(records, () => (records < attestation.size ? head.number() : 0)),
  }));
  const lines = parts.flatMap((part) => readLines(part()));
  need('B30', lines.length === heads.reduce((sum, { records }) => sum + records, 0));
  const groups = heads.map((one) => ({ ...one, records: placed(one.gaps, lines.splice(0, one.records)) }));
  return { cards, groups };
}

/** B30, B31: the records of a part, their salts put back. */
function readLines(part) {
  const from = cursor(part);
  const count = from.number();
  need('B29', count > 0);
  const text = from.block(part.length);
  const salts = cursor(from.take(from.left()));
  const salt = () => {
    const next = salts.left() < 22 ? '' : salts.take(22).toString('latin1');
    need('B31', fits(next, SALT));
    return `"salt":"${next}"`;
  };
  let start = 0;
  const records = times(count, () => {
    const end = text.indexOf(0x0a, start);
    need('B30', end >= 0);
    const line = text.subarray(start, end).toString('latin1');
    start = end + 1;
    const keepsSalts = line.startsWith(' ');
    need('B31', keepsSalts ? line.includes('"salt":""') : !/"salt":"[A-Za-z0-9_-]{21}[AQgw]"/.test(line));
    return readRecord(Buffer.from(keepsSalts ? line.slice(1) : line.replaceAll('"salt":""', salt), 'latin1'));
  });
  need('B30', start === text.length);
  need('B31', salts.left() === 0);
  return records;
}

/** B30, B32: by subject and id as they came; by id as A2 has them, where each has its leaf. */
function placed(gaps, lines) {
  need('B30', ascending(lines.map(({ id, record }) => `${record.subject} ${id}`)));
  let leaf = -1;
  return byId(lines).map((one, i) => ({ ...one, leaf: (leaf += gaps[i] + 1) }));
}

const byId = (records) => records.toSorted((one, other) => (one.id < other.id ? -1 : 1));

/** Everything that a bundle proves to who trusts these cards, in the order of §9. Throws `Broken`. */
export function verifyBundle(inner, trusted) {
  const known = new Map(trusted.map((bytes) => readCard(bytes)).map((card) => [card.agency, card]));
  need('bundle.too-large B5', inner.length <= 2 ** 31);
  const from = cursor(inner);
  const magic = from.take(4).toString('latin1');
  need('bundle.newer-version B1', !/^CHB[02-9]$/.test(magic));
  need('B1', magic === 'CHB1');
  const said = from.block(65_536, 'B5');
  const [one, signature] = [hex(from.take(12)), hex(from.take(64))];
  const manifest = readManifest(said);
  const { body, issuer: agency, kid } = manifest;
  need('B3', one === `0001${kid}0040`);
  const stored = from.take(body.stored);
  need('B4', inner.length === padme(inner.length - from.left()));
  const issuer = known.get(agency);
  need('bundle.unknown-signer B9', issuer);
  need('bundle.bad-signature B9', isSigned('bundle.v1', said, { kid, signature }, issuer.keySet.signing));
  need(
    'bundle.damaged B4',
    from.take(from.left()).every((byte) => byte === 0),
  );
  need('bundle.damaged B13', hex(sha256(stored)) === body.sha256);
  const isInParts = body.encoding === 'parts';
  const { cards, groups } = isInParts
    ? readParts(stored, manifest)
    : readWhole(unpacked(stored, body.size, body.encoding === 'zstd'), manifest);
  const records = groups.flatMap((group) => proven(group, known, cards, issuer));
  const authors = new Set(records.map(({ record }) => record.author));
  need(
    'B19',
    cards.every((card) => authors.has(card.agency)),
  );
  checkWhole(manifest, groups.length, byId(records), issuer);
  return { manifest, issuer: issuer.name, records, approvals: manifest.approvals?.length ?? 0 };
}

/** A2–A5, B17, K19: the records of a group, each with its author and by whose word it is. */
function proven({ attestation, signature, proof, records }, known, came, issuer) {
  const { author, kid, root, size } = attestation;
  need(
    'A5',
    records.every(({ record }) => record.author === author),
  );
  need('A2', ascending(records.map(({ id }) => id)) && ascending(records.map(({ leaf }) => leaf)));
  need('A3', rootFrom(size, records, proof) === root);
  const [held, carried] = [known.get(author), came.find(({ agency }) => agency === author)];
  const continues = ({ sets }) => held === undefined || sets.slice(0, -1).some((set) => jcs(set) === jcs(held.keySet));
  const cards = [held, carried && continues(carried) ? carried : undefined].filter(Boolean);
  const keys = cards.flatMap(({ sets }) => sets.flatMap(({ signing }) => signing));
  const isRevoked = cards.some(({ gone }) => gone.has(kid));
  need('A4', cards.length === 0 || keys.some((key) => key.kid === kid));
  need('A4', cards.length === 0 || isRevoked || isSigned('attestation.v1', jcs(attestation), { kid, signature }, keys));
  const byWord = held ? 'verified' : `vouched for by ${issuer.name}`;
  const word = cards.length === 0 ? 'nobody' : isRevoked ? 'nobody: its key is revoked' : byWord;
  return records.map((one) => ({ ...one, author: cards[0]?.name ?? author, proven: word }));
}

/** B12, B14, B16, B22–B24: of all records, ascending by id. */
function checkWhole({ approvals = [], counts, ...manifest }, attestations, records, { keySet }) {
  need('B14', ascending(records.map(({ id }) => id)));
  const withheldClaims = records.reduce((sum, { withheld }) => sum + withheld.length, 0);
  need('B12', jcs({ ...counts, attestations, records: records.length, withheldClaims }) === jcs(counts));
  const leaves = records.map(({ id }, leaf) => ({ id, leaf }));
  need('B16', rootFrom(leaves.length, leaves, []) === manifest.recordsRoot);
  const count = ({ length }) => raw(length.toString(16).padStart(8, '0'));
  const parts = records.flatMap(({ id, withheld }) => [raw(id), count(withheld), ...withheld.map(raw)]);
  const { issuer, legalBases, purpose } = manifest;
  const audience = manifest.audience.map(({ agency }) => agency);
  const approved = jcs({ audience, content: labelled('content', ...parts), issuer, legalBases, purpose, v: 1 });
  const { approving = [] } = keySet;
  need(
    'bundle.bad-approval B24',
    approvals.every((one) => isSigned('approval.v1', approved, one, approving)),
  );
}

if (process.argv[1] === import.meta.filename) {
  const isJson = process.argv.includes('--json');
  const [inner, ...cards] = process.argv.slice(2).filter((argument) => argument !== '--json');
}
