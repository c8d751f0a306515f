import type { BatchId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { externalIds } from '../../store/external-ids.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import { eachSlice } from './file-slices.ts';
import type { ImportInput } from './file-slices.ts';

/** Entities of an earlier import that the links of a file join, by their ids there. */
export interface Attachment {
  readonly batch: BatchId;
  readonly subjects: ReadonlyMap<string, SubjectId>;
}

/**
 * An edge list joins the entities of one earlier import of the same case when every one of its ends has its id there; then no entity is made
 * twice. Two earlier imports that both fit are one too many, and nothing is joined (docs/formats/import.md I31). Reads the file once, unless
 * the case is new or nothing fits.
 */
export async function findAttachment(
  session: OpenSession,
  input: ImportInput,
  job: Job,
): Promise<Attachment | undefined> {
  if (input.attach === 'never' || !('id' in input.case)) return undefined;
  const fitting = await idsOfEarlierImports(session, input.case.id, job);
  if (fitting.size === 0) return undefined;
  const summary = await eachSlice({ session, input, job }, 'match', async ({ links }) => {
    for (const [batch, subjects] of fitting) {
      const fits = links.every(({ fromKey, toKey }) => subjects.has(fromKey) && subjects.has(toKey));
      if (!fits) fitting.delete(batch);
    }
    return fitting.size === 0 ? 'stop' : 'go on';
  });
  const [only, ...others] = fitting;
  if (summary?.isEdgeList !== true || only === undefined || others.length > 0) return undefined;
  return { batch: only[0], subjects: only[1] };
}

async function idsOfEarlierImports(
  { store }: OpenSession,
  into: SubjectId,
  job: Job,
): Promise<Map<BatchId, Map<string, SubjectId>>> {
  const found = new Map<BatchId, Map<string, SubjectId>>();
  for (const step of externalIds(store, into)) {
    for (const { batch, externalId, subject } of step) {
      const subjects = found.get(batch) ?? new Map<string, SubjectId>();
      found.set(batch, subjects.set(externalId, subject));
    }
    await job.step('match', 0, 0);
  }
  return found;
}
