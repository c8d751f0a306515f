import type { Parsed } from '../../../src-shared/contract/methods.ts';
import type { ImportSlice, ImportSummary } from '../../../src-shared/convert/import-plan.ts';
import { readImport } from '../../../src-shared/convert/plan-import.ts';
import type { Job } from '../jobs.ts';
import { hashText } from '../../exchange/native-hash.ts';
import type { OpenSession } from '../session.ts';

export type ImportInput = Parsed<'import.apply'>;

/**
 * Reads the file of an import from its first slice to its last, and tells the job of it; `take` may say `stop` when it knows enough. Undefined
 * when it did. Throws import.* failures, and `request.cancelled`.
 */
export async function eachSlice(
  { session, input, job }: { readonly session: OpenSession; readonly input: ImportInput; readonly job: Job },
  stage: string,
  take: (slice: ImportSlice) => Promise<'stop' | 'go on'>,
): Promise<ImportSummary | undefined> {
  const { bytes, format, entityType, linkType, directed } = input;
  const options = { entityType, linkType, directed, defaultCountry: session.agency.country };
  const slices = readImport({ bytes, format, options, hashText });
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    if ((await take(slice.value)) === 'stop') return undefined;
    const { done, total } = slice.value.progress;
    await job.step(stage, Math.round(done), total);
  }
}
