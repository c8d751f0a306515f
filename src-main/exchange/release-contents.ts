import { createHash } from 'node:crypto';
import { contentHashInSteps } from '../../src-shared/bundle/approval.ts';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { compareText } from '../../src-shared/crypto/hash.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import { orderOfHashes } from '../../src-shared/crypto/sort-hashes.ts';
import { eachInSteps, runThrough, sortedInSteps } from '../../src-shared/crypto/steps.ts';
import type { Step } from '../../src-shared/crypto/steps.ts';
import type { ReleasedGroup, ReleasedRecord } from '../../src-shared/bundle/encode-bundle.ts';
import type { AgencyId, KeyId, RecordId } from '../../src-shared/domain/ids.ts';
import type { RecordVerdict } from '../../src-shared/policy/plan-release.ts';
import { attestInSteps } from '../../src-shared/records/attestation.ts';
import type { SignedAttestation } from '../../src-shared/records/attestation.ts';
import { withhold } from '../../src-shared/records/redact.ts';
import { hashInto } from './native-hash.ts';
import { isLeaving } from './release-preview.ts';

/** Where a record that was attested before stands. */
export interface Attested {
  readonly id: RecordId;
  readonly leaf: number;
  readonly proof?: readonly string[];
  readonly signed: SignedAttestation;
  readonly leaves?: readonly RecordId[];
}

export interface ReleaseContents {
  readonly groups: readonly ReleasedGroup[];
  /** The attestation made for this release, of records that never left before. */
  readonly fresh: { readonly signed: SignedAttestation; readonly leaves: readonly RecordId[] } | undefined;
}

/** SHA-256 over exactly what would leave, to whom and why: what was shown is what is sealed, or nothing is. With pauses. */
export function* releaseDigest(verdicts: readonly RecordVerdict[], terms: object): Generator<Step, string, undefined> {
  const leaving = yield* sortedInSteps('digest', verdicts.filter(isLeaving), (one, other) =>
    compareText(one.id, other.id),
  );
  // the canonical text of { leaving, terms }, written piece by piece
  const digest = createHash('sha256').update('{"leaving":[');
  yield* eachInSteps('digest', leaving, ({ id, claims }, at) => {
    const flags = claims.map(({ action }) => (action === 'release' ? 1 : 0));
    digest.update(`${at === 0 ? '' : ','}["${id}",[${flags.join(',')}]]`);
    return 1 + claims.length / 16;
  });
  return digest.update(`],"terms":${canonicalText(terms)}}`).digest('hex');
}

/** Puts what leaves under attestations: earlier ones where there are any, one new one for the rest (docs/formats/bundle.md, A1–A6). */
export function releaseContents(
  verdicts: readonly RecordVerdict[],
  attested: ReadonlyMap<RecordId, Attested>,
  us: Attesting,
): ReleaseContents {
  return runThrough(releaseContentsInSteps(verdicts, attested, us));
}

/** Who attests. */
interface Attesting {
  readonly agency: AgencyId;
  readonly kid: KeyId;
  readonly sign: Sign;
}

/** The same with pauses. */
export function* releaseContentsInSteps(
  verdicts: readonly RecordVerdict[],
  attested: ReadonlyMap<RecordId, Attested>,
  us: Attesting,
): Generator<void, ReleaseContents, undefined> {
  const leaving = verdicts.filter(isLeaving);
  const without: RecordVerdict[] = [];
  yield* quietly(
    eachInSteps('attest', leaving, (verdict) => {
      if (attested.has(verdict.id)) return;
      // B27: what another agency said leaves with its own attestation or not at all
      if (verdict.record.author !== us.agency) throw new Error('only its author attests a record');
      without.push(verdict);
    }),
  );
  const { fresh, group } = yield* attestFresh(without, us);
  const groups = new Map<string, Group>();
  const take = (verdict: RecordVerdict): void => {
    const place = attested.get(verdict.id);
    if (place === undefined) return;
    const { id, leaf, leaves, proof, signed } = place;
    const of = groups.get(signed.signature) ?? { signed, ...(leaves !== undefined && { leaves }), records: [] };
    groups.set(signed.signature, of);
    of.records.push({ id, record: redacted(verdict), leaf, ...(proof !== undefined && { proof }) });
  };
  yield* quietly(eachInSteps('attest', leaving, take));
  return { groups: [...groups.values(), ...(group === undefined ? [] : [group])], fresh };
}

/** Pauses of which nobody is told how far they are. */
function* quietly<T>(steps: Generator<unknown, T, undefined>): Generator<void, T, undefined> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield;
  }
}

type Group = { signed: SignedAttestation; leaves?: readonly RecordId[]; records: ReleasedRecord[] };

/** One attestation of records that never left before; they stay in the order in which they came, which is nearly that of a bundle (B30). */
function* attestFresh(
  verdicts: readonly RecordVerdict[],
  { agency, kid, sign }: Attesting,
): Generator<void, { readonly fresh: ReleaseContents['fresh']; readonly group?: ReleasedGroup }, undefined> {
  if (verdicts.length === 0) return { fresh: undefined };
  const order = orderOfHashes(verdicts.map(({ id }) => id));
  const ids: RecordId[] = [];
  const leafAt = new Uint32Array(order.length);
  for (const [leaf, place] of order.entries()) {
    const verdict = verdicts[place];
    if (verdict !== undefined) ids.push(verdict.id);
    leafAt[place] = leaf;
  }
  const fresh = yield* attestInSteps(ids, agency, kid, sign, hashInto);
  const records: ReleasedRecord[] = [];
  yield* quietly(
    eachInSteps('attest', verdicts, (verdict, i) => {
      records.push({ id: verdict.id, record: redacted(verdict), leaf: leafAt[i] ?? 0 });
      return 1 + verdict.claims.length / 4;
    }),
  );
  return { fresh, group: { ...fresh, records } };
}

/** B23: what an approval is for, of every record that leaves, as it leaves. With pauses. */
export function* releaseContent(verdicts: readonly RecordVerdict[]): Generator<Step, string, undefined> {
  const leaving: { id: RecordId; record: RecordVerdict['record'] }[] = [];
  yield* eachInSteps('content', verdicts, (verdict) => {
    if (isLeaving(verdict)) leaving.push({ id: verdict.id, record: redacted(verdict) });
    return 1 + verdict.claims.length;
  });
  return yield* contentHashInSteps(leaving);
}

/** The record as it leaves: claims that stay home replaced by their hashes. */
function redacted({ record, claims }: RecordVerdict): RecordVerdict['record'] {
  if (!claims.some(({ action }) => action === 'withhold')) return record;
  const staying = new Set(record.claims.filter((_claim, at) => claims[at]?.action === 'withhold'));
  return withhold(record, (claim) => staying.has(claim));
}
