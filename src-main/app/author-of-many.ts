import { commitmentOf } from '../../src-shared/catalogue/kinds.ts';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { Handling, Source } from '../../src-shared/domain/record.ts';
import type { SealedRecord } from '../../src-shared/records/exact-record.ts';
import { sealText } from '../../src-shared/records/seal-record.ts';
import type { ClaimDraft } from '../../src-shared/records/seal-record.ts';
import type { AppContext } from './context.ts';
import { hashText } from '../exchange/native-hash.ts';
import { newSubject } from './new-subject.ts';
import { MEMBERS_A_RECORD, memberDraft } from './own-draft.ts';
import type { OwnDraft } from './own-draft.ts';
import { pooled } from './random-pool.ts';

/** Makes many records of our own, one after the other, all said at one time. Claims must be as the catalogue has read them; they are not read again. */
export interface ManyAuthor {
  newSubject(): SubjectId;
  entity(said: SaidOfMany & { readonly type: string }): SealedRecord;
  link(
    said: SaidOfMany & {
      readonly type: string;
      readonly from: SubjectId;
      readonly to: SubjectId;
      readonly directed: boolean;
    },
  ): SealedRecord;
  /** What is said of a case itself. */
  caseInfo(said: Omit<SaidOfMany, 'source'>): SealedRecord;
  seal(draft: OwnDraft): SealedRecord;
  /** One record after the other, made when it is asked for. */
  sealAll(drafts: Iterable<OwnDraft>): Generator<SealedRecord>;
}

/** Who belongs to a case, told one by one (R16). */
export interface MemberList {
  /** The record of the members so far when one is full. */
  add(member: SubjectId): readonly SealedRecord[];
  /** The record of those that are left. */
  end(): readonly SealedRecord[];
}

interface SaidOfMany {
  readonly subject: SubjectId;
  readonly claims: readonly ClaimDraft[];
  readonly source: Source;
  readonly handling: Handling;
}

/** Seals the records of a bulk change as this agency. */
export function authorOfMany(us: AgencyId, context: Pick<AppContext, 'now' | 'randomBytes'>): ManyAuthor {
  const created = context.now().toISOString();
  const randomBytes = pooled((length) => context.randomBytes(length));
  const seal = (draft: OwnDraft): SealedRecord =>
    sealText({ ...draft, author: us, created }, { randomBytes, hashText });

  return {
    newSubject: () => newSubject(context.now(), randomBytes),
    seal,
    entity: (said) => seal({ kind: 'entity', commitment: commitmentOf('entity', said.type), supersedes: [], ...said }),
    link: (said) => seal({ kind: 'link', commitment: commitmentOf('link', said.type), supersedes: [], ...said }),
    caseInfo: (said) => seal({ kind: 'case', commitment: commitmentOf('case', 'case'), supersedes: [], ...said }),
    *sealAll(drafts) {
      for (const draft of drafts) yield seal(draft);
    },
  };
}

/** The member list of a case in the making. It holds no more members than one record has. */
export function memberList(author: ManyAuthor, subject: SubjectId, handling: Handling): MemberList {
  let members: SubjectId[] = [];
  const take = (): readonly SealedRecord[] => {
    const draft = memberDraft(subject, members, handling);
    members = [];
    return [author.seal(draft)];
  };
  return {
    add(member) {
      members.push(member);
      return members.length === MEMBERS_A_RECORD ? take() : [];
    },
    end: () => (members.length === 0 ? [] : take()),
  };
}
