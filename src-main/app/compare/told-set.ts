import { headsInSteps } from '../../../src-shared/bundle/comparison-tree.ts';
import type { Compared, Heads } from '../../../src-shared/bundle/comparison-tree.ts';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { hashInto } from '../../exchange/native-hash.ts';
import { readHead } from '../../store/head-row.ts';
import { toldEntriesInSteps } from '../../store/told-records.ts';
import type { ToldEntry } from '../../store/told-records.ts';
import { inSteps } from '../in-steps.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';

/** What we and a partner told each other in a case (docs/formats/compare.md M3), as the store has it at one moment. */
export type ToldSet = Compared & { readonly entries: readonly ToldEntry[] };

/** How often it is read anew because something came or went meanwhile, before it is read without a pause. */
const ATTEMPTS = 3;

export async function toldSet(session: OpenSession, of: SubjectId, them: AgencyId, job: Job): Promise<ToldSet> {
  const { store, us } = session;
  const compared: Compared = { case: of, agencies: [us, them] };
  const reading = () => toldEntriesInSteps(store, { case: of, us, them });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = readHead(store).sequence;
    const entries = await inSteps(reading(), ({ done, total }) => job.step('compare', done, total));
    if (readHead(store).sequence === before) return { ...compared, entries };
  }
  return { ...compared, entries: runThrough(reading()) };
}

/** M10, M7 of it. */
export async function headsOfSet(set: ToldSet, depth: number, job: Job): Promise<Heads> {
  const total = set.entries.length;
  return inSteps(headsInSteps(set, set.entries, depth, hashInto), () => job.step('compare', total, total));
}
