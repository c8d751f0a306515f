import { z } from 'zod';
import { canonicalBytes } from '../crypto/canonical.ts';
import { compareText, fromHex, isAscending, portableHashInto, toHex } from '../crypto/hash.ts';
import type { HashInto } from '../crypto/hash.ts';
import { inclusionProof, isIncluded, pathsOfSubset, rootOfHashes, rootOfSubset } from '../crypto/merkle.ts';
import { isSignedBy } from '../crypto/signature.ts';
import type { Sign } from '../crypto/signature.ts';
import { AgencyId, KeyId } from '../domain/ids.ts';
import type { RecordId } from '../domain/ids.ts';
import { failure } from '../errors.ts';
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
  readonly records: readonly ParsedRecord[];
};

declare const proven: unique symbol;

/** A record whose author is proven. Only `verifyAttested` makes one. `proof` (audit path, hex) is there unless the whole batch was. */
export type VerifiedRecord = ParsedRecord & {
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
  const leaves = [...new Set(ids)].toSorted(compareText);
  if (leaves.length === 0 || leaves.length > MAX_RECORDS) throw new Error('a batch is 1 to 1 000 000 records');
  const attestation: Attestation = { v: 1, author, kid, size: leaves.length, root: rootOfIds(leaves, hashInto) };
  const signature = toHex(sign('chirograph/attestation/v1', canonicalBytes(attestation)));
  return { signed: { attestation, signature }, leaves };
}

/** A2: hex root over record ids that are in leaf order. */
export function rootOfIds(ids: readonly RecordId[], hashInto?: HashInto): string {
  return rootOfHashes(ids, hashInto);
}

/** A3 for records in leaf order: their batch's root in hex, or undefined when numbers, ids and hashes do not fit together. */
export function rootOfSome(
  size: number,
  leaves: readonly number[],
  ids: readonly RecordId[],
  proof: readonly Uint8Array[],
  hashInto: HashInto = portableHashInto,
): string | undefined {
  const isWhole =
    ids.length === size && proof.length === 0 && leaves.length === size && leaves.every((leaf, i) => leaf === i);
  if (isWhole && size > 0) return rootOfHashes(ids, hashInto);
  const root = rootOfSubset(size, leaves, ids.map(fromHex), proof, hashInto);
  return root === undefined ? undefined : toHex(root);
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
  if (!isVouchedFor(group.signed, publicKey)) throw failure('bundle.unproven-record', { rule: 'A4' });
  refuseUnproven(group, hashInto);
  const paths = group.proof.length === 0 ? undefined : pathsOf(group, hashInto);
  return group.records.map((parsed, i) => {
    const path = paths?.[i];
    const placed = { ...parsed, signed: group.signed, leaf: group.leaves[i] ?? -1 };
    return (path === undefined ? placed : { ...placed, proof: path.map(toHex) }) as VerifiedRecord;
  });
}

/** A2, A3, A5 without the signature: that the records are those which somebody attested as the author's. */
export function refuseUnproven(group: AttestedRecords, hashInto: HashInto = portableHashInto): void {
  const { attestation } = group.signed;
  if (group.records.some(({ record }) => record.author !== attestation.author)) {
    throw failure('bundle.unproven-record', { rule: 'A5' });
  }
  const ids = group.records.map(({ id }) => id);
  if (!isAscending(ids)) throw failure('bundle.unproven-record', { rule: 'A2' });
  const root = rootOfSome(attestation.size, group.leaves, ids, group.proof, hashInto);
  if (root !== attestation.root) throw failure('bundle.unproven-record', { rule: 'A3' });
}

function pathsOf({ signed, leaves, records, proof }: AttestedRecords, hashInto: HashInto): Uint8Array[][] {
  const ids = records.map(({ id }) => fromHex(id));
  return pathsOfSubset(signed.attestation.size, leaves, ids, proof, hashInto);
}

function isVouchedFor({ attestation, signature }: SignedAttestation, publicKey: Uint8Array): boolean {
  return isSignedBy('chirograph/attestation/v1', canonicalBytes(attestation), fromHex(signature), publicKey);
}
