import { eachInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
import type { AgencyId, RecordId } from '../domain/ids.ts';

/** A live permission record (docs/formats/record.md R21–R25), as policy needs it: its author lets its own records go on. */
export interface Permission {
  readonly author: AgencyId;
  readonly targets: readonly RecordId[];
  readonly recipients: readonly AgencyId[];
  /** Codes of processing purposes. */
  readonly purposes: readonly string[];
  /** Last day, `YYYY-MM-DD`. */
  readonly until: string;
}

/**
 * What the author of a record allowed for one release; `file received`: nothing but that we have the file ourselves; `notice …`: the record itself
 * tells of withdrawals or permissions.
 */
export type PermissionState =
  | 'none'
  | 'permission'
  | 'permission expired'
  | 'permission not for every recipient'
  | 'permission for other purposes'
  | 'file received'
  | 'notice to who holds its targets'
  | 'notice to who holds none';

export interface Onward {
  readonly recipients: readonly AgencyId[];
  readonly purposeCode: string;
  readonly today: string;
}

/**
 * P3, P22–P25: what the permissions of its author say of each record. One permission must name every recipient and the purpose, and not be
 * over; several do not add up, because each was given for a purpose of its own. O(targets), with pauses.
 */
export function* permissionsByRecord(
  permissions: readonly Permission[],
  onward: Onward,
): Generator<Step, (record: RecordId, author: AgencyId) => PermissionState, undefined> {
  const found = new Map<string, PermissionState>();
  for (const permission of permissions) {
    const state = stateOf(permission, onward);
    yield* eachInSteps('policy', permission.targets, (target) => {
      const key = `${permission.author} ${target}`;
      const before = found.get(key);
      if (before === undefined || NEAREST.indexOf(state) < NEAREST.indexOf(before)) found.set(key, state);
    });
  }
  return (record, author) => found.get(`${author} ${record}`) ?? 'none';
}

/** What is named where several permissions speak of a record and none fits: what comes nearest. */
const NEAREST: readonly PermissionState[] = [
  'permission',
  'permission expired',
  'permission for other purposes',
  'permission not for every recipient',
];

function stateOf({ recipients, purposes, until }: Permission, onward: Onward): PermissionState {
  if (!onward.recipients.every((agency) => recipients.includes(agency))) return 'permission not for every recipient';
  if (!purposes.includes(onward.purposeCode)) return 'permission for other purposes';
  return until < onward.today ? 'permission expired' : 'permission';
}
