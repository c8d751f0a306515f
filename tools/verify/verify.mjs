#!/usr/bin/env node
/*
 * Verifies the inner bytes of a Chirograph bundle, written only from docs/formats/bundle.md and docs/formats/record.md; it shares no code with the product.
 *
 *   age -d -i identity.txt bundle.chiro > bundle.inner
 *   node verify.mjs bundle.inner issuer.card.json [author.card.json …]
 *
 * The cards named are those that you trust, because people compared their words (K9). It prints what the bundle proves, or the rule that it breaks.
 * Not looked at: who the bundle is for (B10, B11), what a store knows (streams, recalls, X1–X6), fields of records that hashes do not cover (R2).
 */
import { createHash, createPublicKey, verify as ed25519 } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytesOf = (text) => Buffer.from(text, 'hex');
const u32 = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
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
  let depth = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] === 0x22) inText = !inText;
    else if (inText && bytes[i] === 0x5c) i += 1;
    else if (!inText && (bytes[i] === 0x7b || bytes[i] === 0x5b)) need('J2', (depth += 1) <= 32);
    else if (!inText && (bytes[i] === 0x7d || bytes[i] === 0x5d)) depth -= 1;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const text = attempt('J3', () => decoder.decode(bytes));
  need('J3', !text.startsWith('\uFEFF'));
  const value = attempt('J4', () => JSON.parse(text));
  need('J6', jcs(value) === text);
  return value;
}

/** K2, K3: the payload type follows from the label. */
function isSigned(label, body, signature, key) {
  const [name, version] = label.split('/');
  const type = `application/vnd.chirograph.${name}.${version}+json`;
  const message = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${body.length} `), body]);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytesOf(key).toString('base64url') };
  return ed25519(null, message, createPublicKey({ key: jwk, format: 'jwk' }), bytesOf(signature));
}

const isKey = ({ kid, publicKey }) => hex(sha256(bytesOf(publicKey))).slice(0, 16) === kid;
const rootOf = ({ signing, root = signing, threshold = 1 }) => ({ keys: root, threshold });

/** §3: a card, its agency id, and all its key sets in order. */
export function readCard(bytes) {
  const card = parse(bytes, 65_536);
  const { signature, signatures = [{ kid: card.keySet.signing[0].kid, signature }], ...said } = card;
  const sets = card.v === 1 ? [card.keySet] : [card.first, ...card.history.map(({ keySet }) => keySet)];
  const keySet = sets.at(-1);
  need('K14', jcs(keySet) === jcs(card.keySet) && signatures.length > 0);
  for (const set of sets) need('K4', [...set.signing, ...(set.root ?? []), ...(set.approving ?? [])].every(isKey));
  (card.history ?? []).forEach(({ keySet: next, signatures: by }, at) => {
    const [old, fresh] = [rootOf(sets[at]), rootOf(next)];
    need('K13', next.version === at + 2 && ascending(by.map(({ kid }) => kid)));
    for (const one of by) {
      const key = [...old.keys, ...fresh.keys].find(({ kid }) => kid === one.kid);
      need('K13', key && isSigned('keyset/v1', Buffer.from(jcs(next)), one.signature, key.publicKey));
    }
    for (const { keys, threshold } of [old, fresh])
      need('K13', keys.filter(({ kid }) => by.some((one) => one.kid === kid)).length >= threshold);
  });
  for (const one of signatures) {
    const key = keySet.signing.find(({ kid }) => kid === one.kid);
    need('K6', key && isSigned(`card/v${card.v}`, Buffer.from(jcs(said)), one.signature, key.publicKey));
  }
  return { agency: hex(sha256('chirograph/agency/v1\n', jcs(sets[0]))), name: card.agency.name, sets, keySet };
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
  const isByClaim = record.commitment === 'claims';
  const hashes = record.claims.map((claim) => claim.withheld ?? hex(sha256('chirograph/claim/v1\n', jcs(claim))));
  if (isByClaim) need('R11', ascending(hashes));
  const isSalted = (claim) => 'withheld' in claim || 'salt' in claim === isByClaim;
  need('R7', record.claims.every(isSalted));
  const committed = isByClaim ? { ...record, claims: hashes } : record;
  const withheld = record.claims.filter((claim) => 'withheld' in claim).map((claim) => claim.withheld);
  need('R9', isByClaim || withheld.length === 0);
  return { id: hex(sha256('chirograph/record/v1\n', jcs(committed))), record, withheld };
}

/** Everything that a bundle proves to who trusts these cards. Throws `Broken` with the rule. */
export function verifyBundle(inner, trusted) {
  const known = new Map(trusted.map((bytes) => readCard(bytes)).map((card) => [card.agency, card]));
  need('B1', inner.subarray(0, 4).toString('latin1') === 'CHB1');
  const length = inner.readUInt32BE(4);
  const said = inner.subarray(8, 8 + length);
  const manifest = parse(said, 65_536);
  const at = 8 + length;
  need('B3', hex(inner.subarray(at, at + 12)) === `0001${manifest.kid}0040`);
  const issuer = known.get(manifest.issuer);
  need('B9', issuer !== undefined);
  const key = issuer.keySet.signing.find(({ kid }) => kid === manifest.kid);
  need('B9', key && isSigned('bundle/v1', said, hex(inner.subarray(at + 12, at + 76)), key.publicKey));
  const stored = inner.subarray(at + 76, at + 76 + manifest.body.stored);
  need('B4', !inner.subarray(at + 76 + stored.length).some(Boolean));
  need('B13', hex(sha256(stored)) === manifest.body.sha256);
  const { encoding, size } = manifest.body;
  const unpack = () => zstdDecompressSync(stored, { maxOutputLength: Math.max(1, size) });
  const body = encoding === 'zstd' ? attempt('B13', unpack) : stored;
  need('B13', body.length === size);
  return { manifest, ...readBody(body, manifest, issuer, known) };
}

function readBody(body, manifest, issuer, known) {
  let at = 0;
  const take = (count) => {
    need('B2', at + count <= body.length);
    at += count;
    return body.subarray(at - count, at);
  };
  const number = () => take(4).readUInt32BE();
  const came = Array.from({ length: manifest.v === 1 ? 0 : number() }, () => readCard(take(number())));
  need('B19', came.length <= 64 && ascending(came.map(({ agency }) => agency)));
  const all = [];
  let groups = 0;
  for (const count = number(); groups < count; groups += 1) {
    const { attestation, signature, records: size } = parse(take(number()), 4096);
    const proof = Array.from({ length: number() }, () => take(32));
    const records = Array.from({ length: size }, () => ({ leaf: number(), ...readRecord(take(number())) }));
    need('A2', ascending(records.map(({ id }) => id)) && ascending(records.map(({ leaf }) => leaf)));
    need('A5', !records.some(({ record }) => record.author !== attestation.author));
    need('A3', rootFrom(attestation.size, records, proof) === attestation.root);
    const card = known.get(attestation.author) ?? came.find(({ agency }) => agency === attestation.author);
    const key = card?.sets.flatMap(({ signing }) => signing).find(({ kid }) => kid === attestation.kid);
    if (card) need('A4', key && isSigned('attestation/v1', Buffer.from(jcs(attestation)), signature, key.publicKey));
    const proven = !card ? 'nobody' : known.has(attestation.author) ? 'verified' : `vouched for by ${issuer.name}`;
    for (const one of records) all.push({ ...one, author: card?.name ?? attestation.author, proven });
  }
  need('B14', at === body.length && new Set(all.map(({ id }) => id)).size === all.length);
  const authors = new Set(all.map(({ record }) => record.author));
  need('B19', !came.some(({ agency }) => agency === manifest.issuer || !authors.has(agency)));
  const sorted = all.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const counted = [manifest.counts.records, manifest.counts.attestations, manifest.counts.withheldClaims];
  const found = [all.length, groups, all.reduce((sum, { withheld }) => sum + withheld.length, 0)];
  need('B12', jcs(counted) === jcs(found));
  const whole = sorted.map(({ id }, leaf) => ({ id, leaf }));
  need('B16', (all.length === 0 ? hex(sha256('')) : rootFrom(all.length, whole, [])) === manifest.recordsRoot);
  const parts = sorted.flatMap(({ id, withheld }) => [bytesOf(id), u32(withheld.length), ...withheld.map(bytesOf)]);
  const content = hex(sha256('chirograph/content/v1\n', ...parts));
  const { legalBases, purpose, issuer: agency } = manifest;
  const audience = manifest.audience.map((one) => one.agency);
  const approved = Buffer.from(jcs({ audience, content, issuer: agency, legalBases, purpose, v: 1 }));
  for (const { kid, signature } of manifest.approvals ?? []) {
    const key = issuer.keySet.approving?.find((one) => one.kid === kid);
    need('B24', key && isSigned('approval/v1', approved, signature, key.publicKey));
  }
  return { records: all, approvals: manifest.approvals?.length ?? 0 };
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
