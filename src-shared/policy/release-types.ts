import type { AgencyId, ClaimHash, RecordId, SubjectId } from '../domain/ids.ts';
import type { AnyRecord } from '../domain/record.ts';
import type { WithheldValue } from './find-withheld.ts';
import type { Place } from './gateways.ts';
import type { Permission } from './permissions.ts';
import type { PolicyRule, ProtectedClass, Verdict } from './rules.ts';

export interface Candidate {
  readonly id: RecordId;
  readonly record: AnyRecord;
}

export interface Recipient extends Place {
  readonly agency: AgencyId;
  readonly isConfirmed: boolean;
  /** Classes of data that went to it before (P20). */
  readonly sentBefore: ReadonlySet<string>;
}

/** What the officer keeps home (P21): single claims by record and claim hash, and every value of a property of a type. */
export interface Withholding {
  readonly claims: ReadonlyMap<RecordId, ReadonlySet<ClaimHash>>;
  /** `<type> <property>` */
  readonly properties: ReadonlySet<string>;
}

export interface ReleaseQuestion {
  readonly us: AgencyId;
  readonly ourCountry: string;
  /** The exact closure: live records of the case, and retractions that the recipients have not had. */
  readonly candidates: readonly Candidate[];
  /**
   * All live entity records, belongs-to links and `same` records of the subjects concerned, also outside the case: who is protected is known
   * store-wide.
   */
  readonly context: readonly AnyRecord[];
  /** Entity records of these subjects that are live no more: what they say of a protected person is withheld as much. */
  readonly past: readonly AnyRecord[];
  /** Names and identifiers of protected persons who have nothing to do with the case: nobody may be named in passing. */
  readonly elsewhere: readonly WithheldValue[];
  readonly recipients: readonly Recipient[];
  /** Live permissions of other authors that cover candidates. */
  readonly permissions: readonly Permission[];
  /** Candidates of other authors that nothing in the store proves (P31). */
  readonly unproven: ReadonlySet<RecordId>;
  /** Records of evidence files: those whose file the store holds whole (P33), and those that went to every recipient before (P32). */
  readonly files: { readonly here: ReadonlySet<RecordId>; readonly sentToAll: ReadonlySet<RecordId> };
  /** Which of the recipients hold a record, for what tells of withdrawals and permissions. */
  readonly holders: ReadonlyMap<RecordId, readonly AgencyId[]>;
  readonly purpose: string;
  /** Code of the catalogue's processing purposes. */
  readonly purposeCode: string;
  readonly legalBases: readonly string[];
  readonly include: readonly ProtectedClass[];
  readonly exclude: ReadonlySet<SubjectId>;
  readonly withhold: Withholding;
  /** Approvals of further officers that are needed and not there (P30). */
  readonly approvalsMissing: number;
  /** Calendar day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly foldToAscii: (text: string) => string;
}

export interface RecordVerdict extends Candidate {
  readonly verdict: Verdict;
  /** Of a record that leaves: the rules whose conditions go with it. */
  readonly conditions: readonly PolicyRule[];
  /** One for each claim, in the record's order. */
  readonly claims: readonly Verdict[];
}

/** A reason for which nothing leaves as asked; one that is answerable holds only until the officer answers its key. */
export interface Stop {
  readonly rule: PolicyRule;
  /** The same for the same reason, whenever it is asked. docs/policy.md */
  readonly key: string;
  readonly isAnswerable: boolean;
  readonly agency?: AgencyId;
  /** P20: the class of data. */
  readonly class?: string;
  /** P18, P19: the words that the officer answers for. Case data: never in an error or a log. */
  readonly words?: string;
  /** How many records it is about; P30: how many approvals are missing. */
  readonly count?: number;
}

export interface ReleasePlan {
  readonly verdicts: readonly RecordVerdict[];
  readonly stops: readonly Stop[];
  /** Classes of data that would leave (P20). */
  readonly classes: readonly string[];
  readonly protected: ReadonlyMap<SubjectId, ProtectedClass>;
}
