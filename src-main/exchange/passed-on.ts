import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord, PermissionRecord } from '../../src-shared/domain/record.ts';

/** Whether what others said came with their permission: docs/formats/record.md R22–R25, bundle.md X6. Pure. */

export type Permitting = { readonly id: RecordId; readonly record: PermissionRecord };

export type PassedOn = {
  readonly us: AgencyId;
  readonly issuer: AgencyId;
  /** The reader's clock. */
  readonly now: Date;
  /** Live ones: of the bundle and of the store. */
  readonly permissions: readonly Permitting[];
};

/** `until` counts a day longer, as the time of a bundle does (B11): files travel. */
const GRACE = 24 * 60 * 60 * 1000;

/** X6: tells of a record whether it may not have been passed on to us. */
export function unpermittedOf({
  us,
  issuer,
  now,
  permissions,
}: PassedOn): (id: RecordId, record: AnyRecord) => boolean {
  const day = new Date(now.getTime() - GRACE).toISOString().slice(0, 10);
  const permitted = new Set(
    permissions
      .filter(({ record }) => record.recipients.includes(us) && record.until >= day)
      .flatMap(({ record }) => record.targets.map((target) => `${record.author} ${target}`)),
  );
  return (id, { author, kind }) => {
    const needsNone = author === issuer || author === us || kind === 'retract' || kind === 'permission';
    return !needsNone && !permitted.has(`${author} ${id}`);
  };
}

/** R14, R23: those of these permissions that no record among the others takes back. */
export function standing(permissions: readonly Permitting[], others: readonly AnyRecord[]): Permitting[] {
  const takenBack = new Set(
    others.flatMap((by) => {
      const replaced = by.supersedes.map((id) => `${by.author} ${id} ${by.subject}`);
      return by.kind === 'retract' ? [...replaced, ...by.targets.map((id) => `${by.author} ${id}`)] : replaced;
    }),
  );
  return permissions.filter(
    ({ id, record: { author, subject } }) =>
      !takenBack.has(`${author} ${id}`) && !takenBack.has(`${author} ${id} ${subject}`),
  );
}
