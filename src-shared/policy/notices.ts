import { eachInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
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

/** A permission leaves with what it permits, or to who holds that already; one that permits nothing there stays (P12). O(targets), with pauses. */
export function* withUsedPermissions(
  verdicts: readonly RecordVerdict[],
  holders: Holders,
): Generator<Step, readonly RecordVerdict[], undefined> {
  if (!verdicts.some(({ record }) => record.kind === 'permission')) return verdicts;
  const leaving = new Set<RecordId>();
  yield* eachInSteps('policy', verdicts, ({ id, verdict }) => {
    if (verdict.action === 'release') leaving.add(id);
  });
  const kept: RecordVerdict[] = [];
  yield* eachInSteps('policy', verdicts, (each) => {
    const { record, verdict } = each;
    const isGoing = record.kind === 'permission' && verdict.action === 'release';
    const isUsed =
      !isGoing || record.targets.some((target) => leaving.has(target) || (holders.get(target)?.length ?? 0) > 0);
    kept.push(isUsed ? each : { ...each, ...stayingHome(each) });
    return isGoing ? record.targets.length : 1;
  });
  return kept;
}

function stayingHome({ claims }: RecordVerdict): Pick<RecordVerdict, 'verdict' | 'conditions' | 'claims'> {
  return { verdict: withholdBy('P12'), conditions: [], claims: claims.map(() => withholdBy('P12')) };
}
