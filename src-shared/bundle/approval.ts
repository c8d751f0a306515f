import { canonicalBytes } from '../crypto/canonical.ts';
import { compareText, fromHex, newHash, toBytes, toHex } from '../crypto/hash.ts';
import { isSignedBy } from '../crypto/signature.ts';
import type { Sign } from '../crypto/signature.ts';
import { eachInSteps, runThrough, sortedInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
import type { AgencyId, KeyId, RecordId } from '../domain/ids.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord } from '../domain/record.ts';
import type { KeySet, ListedSignature } from './key-set.ts';

/** Releases that several officers have signed for: docs/formats/bundle.md K22, B22–B24. */

/** What is approved: these records, with these claims withheld, to these agencies, for this. `content` is `contentHash`. */
export type Approvable = {
  readonly audience: readonly AgencyId[];
  readonly content: string;
  readonly issuer: AgencyId;
  readonly legalBases: readonly string[];
  readonly purpose: string;
};

/** B23: hex. Records as they leave, claims withheld; in any order. */
export function contentHash(records: readonly ContentRecord[]): string {
  return runThrough(contentHashInSteps(records));
}

type ContentRecord = { readonly id: RecordId; readonly record: AnyRecord };

/** The same with pauses. */
export function* contentHashInSteps(records: readonly ContentRecord[]): Generator<Step, string, undefined> {
  const hash = newHash();
  hash.add(toBytes('chirograph/content/v1\n'));
  const ordered = yield* sortedInSteps('content', records, (one, other) => compareText(one.id, other.id));
  yield* eachInSteps('content', ordered, ({ id, record }) => {
    const withheld = record.claims.flatMap((claim) => (isDisclosed(claim) ? [] : [fromHex(claim.withheld)]));
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, withheld.length);
    for (const part of [fromHex(id), count, ...withheld]) hash.add(part);
    return 1 + withheld.length;
  });
  return toHex(hash.digest());
}

/** K22: what an approval is a signature over. */
export function approvalBytes({ audience, content, issuer, legalBases, purpose }: Approvable): Uint8Array {
  return canonicalBytes({ audience: [...audience].toSorted(compareText), content, issuer, legalBases, purpose, v: 1 });
}

/** K22: one officer's approval. */
export function approve(what: Approvable, officer: { readonly kid: KeyId; readonly sign: Sign }): ListedSignature {
  return { kid: officer.kid, signature: toHex(officer.sign('chirograph/approval/v1', approvalBytes(what))) };
}

/**
 * B24: the keys among `approving` that approved, each once however often it stands; undefined when one approval is by another key or does not
 * verify.
 */
export function approvedBy(
  { approving }: KeySet,
  what: Approvable,
  approvals: readonly ListedSignature[],
): readonly KeyId[] | undefined {
  const body = approvalBytes(what);
  const byKey = new Map<string, KeyId>();
  for (const { kid, signature } of approvals) {
    const key = approving.find((listed) => listed.kid === kid);
    if (key === undefined) return undefined;
    if (!isSignedBy('chirograph/approval/v1', body, fromHex(signature), fromHex(key.publicKey))) return undefined;
    byKey.set(key.publicKey, kid);
  }
  return [...byKey.values()];
}
