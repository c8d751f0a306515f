import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';

/** What the inspector wants done: a form opens for it elsewhere. */
export type Ask =
  | { readonly kind: 'add-link'; readonly from: SubjectId }
  | { readonly kind: 'add-statement'; readonly subject: SubjectId }
  | { readonly kind: 'edit-record'; readonly subject: SubjectId; readonly record: RecordId }
  | { readonly kind: 'retract'; readonly subject: SubjectId; readonly records: readonly RecordId[] }
  | { readonly kind: 'permit'; readonly subject: SubjectId; readonly isCase: boolean }
  | { readonly kind: 'identity'; readonly subject: SubjectId; readonly verdict: 'same' | 'not-same' }
  | { readonly kind: 'remove-from-case'; readonly subject: SubjectId }
  | { readonly kind: 'edit-case' }
  | { readonly kind: 'state-case' };
