import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';

/** What the list of files wants done: a form opens for it that outlives the list. */
export type FilesAsk =
  | { readonly kind: 'add-files'; readonly subject: SubjectId; readonly files: readonly File[] }
  | { readonly kind: 'export-file'; readonly subject: SubjectId; readonly record: RecordId };
