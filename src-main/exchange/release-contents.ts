import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';
import { compareText, sha256, toHex } from '../../src-shared/crypto/hash.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import type { ReleasedGroup, ReleasedRecord } from '../../src-shared/bundle/encode-bundle.ts';
import type { AgencyId, KeyId, RecordId } from '../../src-shared/domain/ids.ts';
import type { RecordVerdict } from '../../src-shared/policy/plan-release.ts';
import { attest } from '../../src-shared/records/attestation.ts';
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

/** SHA-256 over exactly what would leave, to whom and why: what was shown is what is sealed, or nothing is. */
export function releaseDigest(verdicts: readonly RecordVerdict[], terms: object): string {
  const leaving = verdicts
    .filter(isLeaving)
    .map(({ id, claims }) => [id, claims.map(({ action }) => (action === 'release' ? 1 : 0))] as const)
    .toSorted(([one], [other]) => compareText(one, other));
  return toHex(sha256(canonicalBytes({ terms, leaving })));
}

/** Puts what leaves under attestations: earlier ones where there are any, one new one for the rest (docs/formats/bundle.md, A1–A6). */
export function releaseContents(
  verdicts: readonly RecordVerdict[],
  attested: ReadonlyMap<RecordId, Attested>,
  us: { readonly agency: AgencyId; readonly kid: KeyId; readonly sign: Sign },
): ReleaseContents {
  const leaving = verdicts.filter(isLeaving);
  const without = leaving.filter(({ id }) => !attested.has(id));
  // B27: what another agency said leaves with its own attestation or not at all
  if (without.some(({ record }) => record.author !== us.agency)) throw new Error('only its author attests a record');
  const unattested = without.map(({ id }) => id);
  const fresh = unattested.length === 0 ? undefined : attest(unattested, us.agency, us.kid, us.sign, hashInto);
  const leafOf = new Map(fresh?.leaves.map((id, leaf) => [id, leaf]));
  const groups = new Map<
    string,
    { signed: SignedAttestation; leaves?: readonly RecordId[]; records: ReleasedRecord[] }
  >();
  for (const verdict of leaving) {
    const { id } = verdict;
    const place = attested.get(id) ?? placeIn(fresh, id, leafOf.get(id));
    const key = place.signed.signature;
    const group = groups.get(key) ?? {
      signed: place.signed,
      ...(place.leaves !== undefined && { leaves: place.leaves }),
      records: [],
    };
    groups.set(key, group);
    group.records.push({
      id,
      record: redacted(verdict),
      leaf: place.leaf,
      ...(place.proof !== undefined && { proof: place.proof }),
    });
  }
  return { groups: [...groups.values()], fresh };
}

/** Every record that leaves, as it leaves. */
export function leavingRecords(
  verdicts: readonly RecordVerdict[],
): { id: RecordId; record: RecordVerdict['record'] }[] {
  return verdicts.filter(isLeaving).map((verdict) => ({ id: verdict.id, record: redacted(verdict) }));
}

/** The record as it leaves: claims that stay home replaced by their hashes. */
function redacted({ record, claims }: RecordVerdict): RecordVerdict['record'] {
  const staying = new Set(record.claims.filter((_claim, at) => claims[at]?.action === 'withhold'));
  return withhold(record, (claim) => staying.has(claim));
}

function placeIn(fresh: ReleaseContents['fresh'], id: RecordId, leaf: number | undefined): Attested {
  if (fresh === undefined || leaf === undefined) throw new Error('a record leaves without an attestation');
  return { id, leaf, ...fresh };
}
