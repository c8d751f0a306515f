import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import type { RecordId } from '../../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import type { AnyRecord } from '../../../src-shared/domain/record.ts';
import { standing, unpermittedOf } from '../../exchange/passed-on.ts';
import type { Permitting } from '../../exchange/passed-on.ts';
import type { Offered } from '../../exchange/plan-receive.ts';
import { recordsAmong } from '../../store/known-records.ts';
import { permissionsFor, takenBack } from '../../store/permissions.ts';
import type { OpenSession } from '../session.ts';

/** Records that are looked at together: some milliseconds. */
const AT_ONCE = 1024;

/** X6 for a bundle that came: which of its records their authors did not let come to us by way of its issuer. `step` is awaited between slices. */
export async function refusalOf(
  { store, us, context }: OpenSession,
  { manifest, records }: VerifiedBundle,
  step: (done: number, total: number) => Promise<void>,
): Promise<(offered: Offered) => 'X6' | undefined> {
  const passedOn: Offered[] = [];
  for (const some of slicesOf(records)) {
    await step(0, records.length);
    for (const one of some) if (one.record.author !== manifest.issuer && one.record.author !== us) passedOn.push(one);
  }
  if (passedOn.length === 0) return () => undefined;
  const came = passedOn.flatMap(({ id, record }) => (record.kind === 'permission' ? [{ id, record }] : []));
  const gone = takenBack(store, came);
  const kept: Permitting[] = [];
  for (const some of slicesOf(passedOn)) {
    await step(0, records.length);
    kept.push(...permissionsFor(store, some.map(idOf)));
  }
  const permissions = standing(
    [...came.filter(({ id }) => !gone.has(id)), ...kept],
    passedOn.map(({ record }) => record),
  );
  const isUnpermitted = unpermittedOf({ us, issuer: manifest.issuer, now: context.now(), permissions });
  const unpermitted = new Set<RecordId>();
  for (const some of slicesOf(passedOn)) {
    await step(0, records.length);
    const refused = new Map(some.filter(({ id, record }) => isUnpermitted(id, record)).map((one) => [one.id, one]));
    const held = refused.size === 0 ? undefined : recordsAmong(store, [...refused.keys()]);
    for (const { id, record } of refused.values()) {
      const ours = held?.get(id);
      if (ours === undefined || tellsMore(record, ours)) unpermitted.add(id);
    }
  }
  return ({ id }) => (unpermitted.has(id) ? 'X6' : undefined);
}

/** R11 gives both copies the same claims at the same places. */
function tellsMore(record: AnyRecord, held: AnyRecord): boolean {
  return record.claims.some((claim, at) => {
    const ours = held.claims[at];
    return isDisclosed(claim) && ours !== undefined && !isDisclosed(ours);
  });
}

function idOf({ id }: Offered): RecordId {
  return id;
}

function slicesOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, at) =>
    items.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}
