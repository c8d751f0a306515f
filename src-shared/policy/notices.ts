import type { AgencyId, RecordId } from '../domain/ids.ts';
import type { AnyRecord, PermissionRecord, RetractRecord } from '../domain/record.ts';
import type { RecordVerdict } from './release-types.ts';
import { withholdBy } from './rules.ts';

export type Holders = ReadonlyMap<RecordId, readonly AgencyId[]>;

/** Records that tell holders of other records what their author decided since. */
export function isNotice(record: AnyRecord): record is RetractRecord | PermissionRecord {
  return record.kind === 'retract' || record.kind === 'permission';
}

/** Whether an agency holds a target of a notice. */
export function holdsAny(record: AnyRecord, agency: AgencyId, holders: Holders): boolean {
  return isNotice(record) && record.targets.some((target) => holders.get(target)?.includes(agency) === true);
}

/** A permission leaves with what it permits, or to who holds that already; one that permits nothing there stays (P12). O(targets). */
export function withUsedPermissions(verdicts: readonly RecordVerdict[], holders: Holders): readonly RecordVerdict[] {
  if (!verdicts.some(({ record }) => record.kind === 'permission')) return verdicts;
  const leaving = new Set(verdicts.filter(({ verdict }) => verdict.action === 'release').map(({ id }) => id));
  return verdicts.map((each) => {
    const { record, verdict } = each;
    if (record.kind !== 'permission' || verdict.action !== 'release') return each;
    const isUsed = record.targets.some((target) => leaving.has(target) || (holders.get(target)?.length ?? 0) > 0);
    if (isUsed) return each;
    return { ...each, verdict: withholdBy('P12'), conditions: [], claims: each.claims.map(() => withholdBy('P12')) };
  });
}
