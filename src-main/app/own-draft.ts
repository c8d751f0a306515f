import { commitmentOf } from '../../src-shared/catalogue/kinds.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { Handling } from '../../src-shared/domain/record.ts';
import type { RecordDraft } from '../../src-shared/records/seal-record.ts';

type Own<D> = D extends RecordDraft ? Omit<D, 'author' | 'created'> : never;

/** A record of ours before it has an author and a time. */
export type OwnDraft = Own<RecordDraft>;

/** R16: far below the 8 192 claims of a record, so that a case record stays small. */
export const MEMBERS_A_RECORD = 4096;

/** One record of the list of members of a case (R16): at most `MEMBERS_A_RECORD` of them. */
export function memberDraft(subject: SubjectId, members: readonly SubjectId[], handling: Handling): OwnDraft {
  return {
    kind: 'case',
    subject,
    commitment: commitmentOf('case', 'case'),
    supersedes: [],
    handling,
    claims: members.map((member) => ({ property: 'member', value: member })),
  };
}
