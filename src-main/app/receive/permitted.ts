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

/** Ids that are looked up together. */
const IDS_A_STEP = 4096;

/** X6 for a bundle that came: which of its records their authors did not let come to us by way of its issuer. */
export function refusalOf(
  { store, us, context }: OpenSession,
  { manifest, records }: VerifiedBundle,
): (offered: Offered) => 'X6' | undefined {
  const passedOn = records.filter(({ record }) => record.author !== manifest.issuer && record.author !== us);
  const came = passedOn.flatMap(({ id, record }) => (record.kind === 'permission' ? [{ id, record }] : []));
  const gone = takenBack(store, came);
  const permissions: readonly Permitting[] = standing(
    [
      ...came.filter(({ id }) => !gone.has(id)),
      ...inSteps(passedOn.map(({ id }) => id)).flatMap((ids) => permissionsFor(store, ids)),
    ],
    passedOn.map(({ record }) => record),
  );
  const isUnpermitted = unpermittedOf({ us, issuer: manifest.issuer, now: context.now(), permissions });
  const unpermitted = new Map(
    passedOn.filter(({ id, record }) => isUnpermitted(id, record)).map(({ id, record }) => [id, record]),
  );
  for (const ids of inSteps([...unpermitted.keys()]))
    for (const [id, held] of recordsAmong(store, ids)) {
      const record = unpermitted.get(id);
      if (record !== undefined && !tellsMore(record, held)) unpermitted.delete(id);
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

function inSteps(ids: readonly RecordId[]): readonly (readonly RecordId[])[] {
  return Array.from({ length: Math.ceil(ids.length / IDS_A_STEP) }, (_, at) =>
    ids.slice(at * IDS_A_STEP, (at + 1) * IDS_A_STEP),
  );
}
