import { commitmentOf } from '../../src-shared/catalogue/kinds.ts';
import { canBeStored, validateClaims } from '../../src-shared/catalogue/validate-claims.ts';
import type { ClaimInput } from '../../src-shared/contract/methods.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { Handling, Source } from '../../src-shared/domain/record.ts';
import { failure } from '../../src-shared/errors.ts';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { sealRecord } from '../../src-shared/records/seal-record.ts';
import { authorOfMany } from './author-of-many.ts';
import type { ManyAuthor } from './author-of-many.ts';
import type { AppContext } from './context.ts';
import { hashText } from '../exchange/native-hash.ts';
import { newSubject } from './new-subject.ts';
import { MEMBERS_A_RECORD, memberDraft } from './own-draft.ts';
import type { OwnDraft } from './own-draft.ts';

/** How our own records come to be: author, time, salts and ids in one place. */
export interface Author {
  newSubject(): SubjectId;
  entity(said: Said & { readonly type: string }): ParsedRecord;
  link(
    said: Said & {
      readonly type: string;
      readonly from: SubjectId;
      readonly to: SubjectId;
      readonly directed: boolean;
    },
  ): ParsedRecord;
  /** What is said of a case itself. */
  caseInfo(said: Omit<Said, 'source'> & { readonly source?: Source }): ParsedRecord;
  /** Who belongs to a case: as many records as the list needs. Kept apart from what is said of it, so that each changes alone. */
  members(subject: SubjectId, members: readonly SubjectId[], handling: Handling): ParsedRecord[];
  seal(draft: OwnDraft): ParsedRecord;
  /** For an import or another batch of many records, all said at one time. */
  ofMany(): ManyAuthor;
}

export interface Said {
  readonly subject: SubjectId;
  readonly supersedes?: readonly RecordId[];
  readonly claims: readonly ClaimInput[];
  readonly source: Source;
  readonly handling: Handling;
}

/** Seals records as this agency, with the clock and randomness of the application. */
export function createAuthor(us: AgencyId, country: string, context: Pick<AppContext, 'now' | 'randomBytes'>): Author {
  const seal = (draft: OwnDraft): ParsedRecord =>
    sealRecord({ ...draft, author: us, created: context.now().toISOString() }, { ...context, hashText });

  /** Throws `entity.invalid-claim` for what is not a value of its property at all. */
  function checked(type: string, claims: readonly ClaimInput[]): ClaimInput[] {
    const check = validateClaims(type, claims, { defaultCountry: country });
    const problem = check.problems.find(({ severity }) => severity === 'error');
    if (!canBeStored(check) && problem !== undefined) {
      throw failure('entity.invalid-claim', { property: problem.property, rule: problem.rule });
    }
    return [...check.claims];
  }

  return {
    newSubject: () => newSubject(context.now(), context.randomBytes),
    seal,
    ofMany: () => authorOfMany(us, context),
    entity: ({ type, claims, supersedes = [], ...said }) =>
      seal({
        kind: 'entity',
        type,
        commitment: commitmentOf('entity', type),
        supersedes: [...supersedes],
        claims: checked(type, claims),
        ...said,
      }),
    link: ({ type, claims, supersedes = [], ...said }) =>
      seal({
        kind: 'link',
        type,
        commitment: commitmentOf('link', type),
        supersedes: [...supersedes],
        claims: checked(type, claims),
        ...said,
      }),
    caseInfo: ({ claims, supersedes = [], source, ...said }) =>
      seal({
        kind: 'case',
        commitment: commitmentOf('case', 'case'),
        supersedes: [...supersedes],
        claims: checked('case', claims),
        ...(source !== undefined && { source }),
        ...said,
      }),
    members: (subject, members, handling) =>
      Array.from({ length: Math.ceil(members.length / MEMBERS_A_RECORD) }, (_, at) =>
        seal(memberDraft(subject, members.slice(at * MEMBERS_A_RECORD, (at + 1) * MEMBERS_A_RECORD), handling)),
      ),
  };
}
