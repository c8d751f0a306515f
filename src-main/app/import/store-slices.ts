import type { ImportSlice, ImportSummary } from '../../../src-shared/convert/import-plan.ts';
import type { BatchId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { SealedRecord } from '../../../src-shared/records/exact-record.ts';
import { newBatch } from '../../store/batches.ts';
import type { BulkWriter } from '../../store/bulk.ts';
import { memberList } from '../author-of-many.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import type { Attachment } from './attachment.ts';
import { eachSlice } from './file-slices.ts';
import type { ImportInput } from './file-slices.ts';

/** What an import has written. */
export interface Written {
  readonly batch: BatchId;
  readonly case: SubjectId;
  readonly summary: ImportSummary;
  readonly records: number;
  readonly entities: number;
  readonly links: number;
}

/** Records sealed and stored before other messages get through. */
const AT_ONCE = 1024;

/** Seals and stores a file slice by slice. Only the subjects of its entities stay in memory to the end. */
export async function storeSlices(
  { session, input, job }: { readonly session: OpenSession; readonly input: ImportInput; readonly job: Job },
  known: Attachment | undefined,
  { tx, put }: BulkWriter,
): Promise<Written> {
  const batch = newBatch(tx, { kind: 'import', at: session.context.now().toISOString(), actor: session.user });
  const into = intoCase(session, input);
  const records = recordsOf(session, input, into.case, known);
  const counts = { records: 0, entities: 0, links: 0 };
  const store = (some: readonly SealedRecord[]): void => {
    if (some.length > 0) counts.records += put(batch, some).added;
  };
  store(into.records);
  const summary = await eachSlice({ session, input, job }, 'records', async (slice) => {
    const { done, total } = slice.progress;
    for (const some of records.of(slice)) {
      store(some);
      await job.step('records', Math.round(done), total);
    }
    counts.links += slice.links.length;
    return 'go on';
  });
  if (summary === undefined) throw new Error('nobody stopped this import');
  store(records.end());
  return { batch, case: into.case, summary, ...counts, entities: records.entities() };
}

/** The case, and what is said of it when it is new. */
function intoCase(
  { author }: OpenSession,
  input: ImportInput,
): { readonly case: SubjectId; readonly records: readonly SealedRecord[] } {
  if ('id' in input.case) return { case: input.case.id, records: [] };
  const made = author.newSubject();
  const claims = [{ property: 'title', value: input.case.title }];
  return { case: made, records: [author.ofMany().caseInfo({ subject: made, claims, handling: input.handling })] };
}

function recordsOf(session: OpenSession, input: ImportInput, into: SubjectId, known: Attachment | undefined) {
  const { source, handling } = input;
  const author = session.author.ofMany();
  const members = memberList(author, into, handling);
  /** By the number of the entity in the file. */
  const subjects: SubjectId[] = [];
  let made = 0;
  const subjectOf = (number: number | undefined): SubjectId => {
    const subject = number === undefined ? undefined : subjects[number];
    if (subject === undefined) throw new Error('a planned link without its ends');
    return subject;
  };

  function* each({ entities, links, ends }: ImportSlice): Generator<readonly SealedRecord[]> {
    for (const { key, type, claims } of entities) {
      const joined = known?.subjects.get(key);
      const subject = joined ?? author.newSubject();
      subjects.push(subject);
      if (joined !== undefined) continue;
      made += 1;
      yield [author.entity({ subject, type, claims, source, handling }), ...members.add(subject)];
    }
    for (const [at, { type, directed, claims }] of links.entries()) {
      const subject = author.newSubject();
      const [from, to] = [subjectOf(ends[2 * at]), subjectOf(ends[2 * at + 1])];
      yield [author.link({ subject, type, from, to, directed, claims, source, handling }), ...members.add(subject)];
    }
  }

  return {
    /** The records of a slice, so many at once; the members of the case among them as a list of them is full. */
    *of(slice: ImportSlice): Generator<readonly SealedRecord[]> {
      let some: SealedRecord[] = [];
      for (const records of each(slice)) {
        some.push(...records);
        if (some.length < AT_ONCE) continue;
        yield some;
        some = [];
      }
      yield some;
    },
    end: () => members.end(),
    entities: () => made,
  };
}
