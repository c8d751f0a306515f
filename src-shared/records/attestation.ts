import { z } from 'zod';
import { canonicalBytes } from '../crypto/canonical.ts';
import { compareText, fromHex, isAscending, portableHashInto, toHex } from '../crypto/hash.ts';
import type { HashInto } from '../crypto/hash.ts';
import {
  inclusionProof,
  isIncluded,
  pathsOfSubset,
  rootOfHashes,
  rootOfHashesInSteps,
  rootOfSubset,
} from '../crypto/merkle.ts';
import { isSignedBy } from '../crypto/signature.ts';
import type { Sign } from '../crypto/signature.ts';
import { AgencyId, KeyId } from '../domain/ids.ts';
import type { RecordId } from '../domain/ids.ts';
import { failure } from '../errors.ts';
import { everyInSteps, runThrough } from '../crypto/steps.ts';
import type { ParsedRecord } from './parse-record.ts';

/** docs/formats/bundle.md B5. */
export const MAX_RECORDS = 1_000_000;

/** A1: "I said these `size` records", without naming them or anyone they were sent to. */
const Attestation = z.strictObject({
  v: z.literal(1),
  author: AgencyId,
  kid: KeyId,
  size: z.number().int().min(1).max(MAX_RECORDS),
  root: z.string().regex(/^[0-9a-f]{64}$/),
});
type Attestation = z.infer<typeof Attestation>;

/** An attestation and its signature in hex (A1, A4); readers trust it only through `verifyAttested`. */
export const SignedAttestation = z.strictObject({
  attestation: Attestation,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type SignedAttestation = z.infer<typeof SignedAttestation>;

/** Records that travel with one attestation: leaf numbers and records in the same order, and the proof of several of A3. */
export type AttestedRecords = {
  readonly signed: SignedAttestation;
  readonly leaves: readonly number[];
  readonly proof: readonly Uint8Array[];
  readonly records: readonly ReadRecord[];
  /** A3: what leaves, ids and hashes come to, where that was worked out while they were read. */
  readonly root?: string | undefined;
};
/** Whoever reads many records keeps their bytes no longer. */
type ReadRecord = Pick<ParsedRecord, 'id' | 'record'>;

declare const proven: unique symbol;

/** A record whose author is proven. Only `verifyAttested` makes one. `proof` (audit path, hex) is there unless the whole batch was. */
export type VerifiedRecord = ReadRecord & {
  readonly [proven]: true;
  readonly signed: SignedAttestation;
  readonly leaf: number;
  readonly proof?: readonly string[];
};

/** Attests a batch of the author's own records (A1, A2). `leaves` is the batch in leaf order: keep it, later proofs need it. */
export function attest(
  ids: readonly RecordId[],
  author: AgencyId,
  kid: KeyId,
  sign: Sign,
  hashInto?: HashInto,
): { readonly signed: SignedAttestation; readonly leaves: readonly RecordId[] } {
  return runThrough(attestInSteps(ids, author, kid, sign, hashInto));
}

/** Batches that this process attested, and their roots. */
const attestedHere = new WeakMap<readonly RecordId[], string>();

/** True for the very `leaves` that came with this attestation when it was made: nobody needs to work its root out again. */
export function isAttestedHere(leaves: readonly RecordId[], { root }: Attestation): boolean {
  return attestedHere.get(leaves) === root;
}

/** The same with pauses. */
export function* attestInSteps(
  ids: readonly RecordId[],
  author: AgencyId,
  kid: KeyId,
  sign: Sign,
  hashInto?: HashInto,
): Generator<void, { readonly signed: SignedAttestation; readonly leaves: readonly RecordId[] }, undefined> {
  const leaves = isAscending(ids) ? ids : [...new Set(ids)].toSorted(compareText);
  if (leaves.length === 0 || leaves.length > MAX_RECORDS) throw new Error('a batch is 1 to 1 000 000 records');
  const root = yield* rootOfIdsInSteps(leaves, hashInto);
  const attestation: Attestation = { v: 1, author, kid, size: leaves.length, root };
  const signature = toHex(sign('chirograph/attestation/v1', canonicalBytes(attestation)));
  const kept = Object.freeze([...leaves]);
  attestedHere.set(kept, attestation.root);
  return { signed: { attestation, signature }, leaves: kept };
}

/** A2: hex root over record ids that are in leaf order. */
export function rootOfIds(ids: readonly RecordId[], hashInto?: HashInto): string {
  return rootOfHashes(ids, hashInto);
}

/** The same with pauses. */
export function rootOfIdsInSteps(ids: readonly RecordId[], hashInto?: HashInto): Generator<void, string, undefined> {
  return rootOfHashesInSteps(ids, hashInto);
}

/**
 * A3 for records in leaf order: their batch's root in hex, or undefined when numbers, ids and hashes do not fit together. With pauses for a whole batch;
 * a part of one is folded at once.
 */
export function* rootOfSomeInSteps(
  size: number,
  leaves: ArrayLike<number>,
  ids: readonly RecordId[],
  proof: readonly Uint8Array[],
  hashInto: HashInto = portableHashInto,
): Generator<void, string | undefined, undefined> {
  const isWhole = ids.length === size && proof.length === 0 && (yield* areAllLeaves(leaves, size));
  if (isWhole && size > 0) return yield* rootOfHashesInSteps(ids, hashInto);
  const root = rootOfSubset(size, Array.from(leaves), ids.map(fromHex), proof, hashInto);
  return root === undefined ? undefined : toHex(root);
}

function* areAllLeaves(leaves: ArrayLike<number>, size: number): Generator<void, boolean, undefined> {
  return leaves.length === size && (yield* everyInSteps(size, (at) => leaves[at] === at));
}

/** Where one record stands in a whole batch, with its audit path in hex (A3), for a record that travels alone; undefined if it does not. */
export function proofFor(
  leaves: readonly RecordId[],
  id: RecordId,
): { readonly leaf: number; readonly proof: readonly string[] } | undefined {
  const leaf = leaves.indexOf(id);
  if (leaf < 0) return undefined;
  return { leaf, proof: inclusionProof(leaves.map(fromHex), leaf).map(toHex) };
}

/** A3–A5 for one record that travels alone, with its audit path in hex. */
export function isProvenAlone(
  { id, record }: ParsedRecord,
  {
    signed,
    leaf,
    proof,
  }: { readonly signed: SignedAttestation; readonly leaf: number; readonly proof: readonly string[] },
  publicKey: Uint8Array,
): boolean {
  const { attestation } = signed;
  if (record.author !== attestation.author || !isVouchedFor(signed, publicKey)) return false;
  return isIncluded(fromHex(id), leaf, attestation.size, proof.map(fromHex), fromHex(attestation.root));
}

/**
 * A2–A5: the records, proven to be their author's. `publicKey` is that of the attestation's `kid` on the author's confirmed card.
 * Throws `bundle.unproven-record` with the rule.
 */
export function verifyAttested(
  group: AttestedRecords,
  publicKey: Uint8Array,
  hashInto: HashInto = portableHashInto,
): VerifiedRecord[] {
  return runThrough(verifyAttestedInSteps(group, publicKey, hashInto));
}

const RECORDS_A_SLICE = 8192;

/** The same with pauses. */
export function* verifyAttestedInSteps(
  group: AttestedRecords,
  publicKey: Uint8Array,
  hashInto: HashInto = portableHashInto,
): Generator<void, VerifiedRecord[], undefined> {
  if (!isVouchedFor(group.signed, publicKey)) throw failure('bundle.unproven-record', { rule: 'A4' });
  yield;
  yield* refuseUnprovenInSteps(group, hashInto);
  const paths = group.proof.length === 0 ? undefined : pathsOf(group, hashInto);
  const { signed, leaves } = group;
  const verified: VerifiedRecord[] = [];
  for (const [i, { id, record }] of group.records.entries()) {
    const path = paths?.[i];
    const placed = { id, record, signed, leaf: leaves[i] ?? -1 };
    const one: Omit<VerifiedRecord, typeof proven> =
      path === undefined ? placed : { ...placed, proof: path.map(toHex) };
    verified.push(one as VerifiedRecord);
    if (i % RECORDS_A_SLICE === RECORDS_A_SLICE - 1) yield;
  }
  return verified;
}

/** A2, A3, A5 without the signature: that the records are those which somebody attested as the author's. */
export function* refuseUnprovenInSteps(
  group: AttestedRecords,
  hashInto: HashInto = portableHashInto,
): Generator<void, void, undefined> {
  const { attestation } = group.signed;
  const { records, leaves, proof } = group;
  const isTheirs = yield* everyInSteps(records.length, (at) => records[at]?.record.author === attestation.author);
  if (!isTheirs) throw failure('bundle.unproven-record', { rule: 'A5' });
  const isInOrder = yield* everyInSteps(records.length, (at) => at === 0 || idAt(records, at - 1) < idAt(records, at));
  if (!isInOrder) throw failure('bundle.unproven-record', { rule: 'A2' });
  const root = group.root ?? (yield* rootOfSomeInSteps(attestation.size, leaves, records.map(idOf), proof, hashInto));
  if (root !== attestation.root) throw failure('bundle.unproven-record', { rule: 'A3' });
}

function idAt(records: AttestedRecords['records'], at: number): string {
  return records[at]?.id ?? '';
}

function idOf({ id }: ReadRecord): RecordId {
  return id;
}

function pathsOf({ signed, leaves, records, proof }: AttestedRecords, hashInto: HashInto): Uint8Array[][] {
  const ids = records.map(({ id }) => fromHex(id));
  return pathsOfSubset(signed.attestation.size, leaves, ids, proof, hashInto);
}

function isVouchedFor({ attestation, signature }: SignedAttestation, publicKey: Uint8Array): boolean {
  return isSignedBy('chirograph/attestation/v1', canonicalBytes(attestation), fromHex(signature), publicKey);
}
