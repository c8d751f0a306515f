import type { PlanState } from '../../src-shared/contract/views.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord, AttachmentRecord, EvidenceFile } from '../../src-shared/domain/record.ts';

/** What a review is made from, and what it is made of. */

export interface Offered {
  readonly id: RecordId;
  readonly record: AnyRecord;
  /** Who says whose keys signed it, where it is not ourselves (bundle.md, B17). */
  readonly vouchedBy?: AgencyId;
}

/** What we hold of some subjects. */
export interface Holdings {
  /** The copy that we hold of a record that was asked about, or that one of these supersedes or withdraws. */
  record(id: RecordId): AnyRecord | undefined;
  /** Whether our copy of a record that was asked about says every claim: no other copy can tell us more. */
  isWhole?(id: RecordId): boolean;
  hasEntity(subject: SubjectId): boolean;
  /** Label that we show for a subject; undefined for one that we do not know. */
  label(subject: SubjectId): string | undefined;
  /** Live records about a subject. */
  liveRecords(subject: SubjectId): readonly Offered[];
}

/** What we hold already, as far as the plan needs it. */
export interface OurKnowledge {
  readonly us: AgencyId;
  /** Whether we hold a record of this bundle. */
  holds(id: RecordId): boolean;
  isErased(id: RecordId): boolean;
  /** How its author has taken it back without erasing it, where it has. */
  withdrawn?(id: RecordId): 'correct' | 'suppress' | undefined;
  /** The rule by which a record is refused for another reason than those below. */
  refusal?(offered: Offered): string | undefined;
  /** Of an evidence file: whether it comes with the bundle, is held already, or is not here and does not come. */
  file?(record: AttachmentRecord): 'comes' | 'held' | 'absent';
  agencyName(agency: AgencyId): string;
  /** What we hold of what these records are about: asked for a few hundred subjects at once. */
  of(offered: readonly Offered[]): Holdings;
}

/** What one author says about one subject in records of one kind, and how it stands to what we hold. */
export interface PlanEntry {
  readonly item: string;
  readonly subject: SubjectId;
  readonly state: Exclude<PlanState, 'refused'>;
  readonly kind: AnyRecord['kind'];
  readonly type: string;
  readonly label: string;
  readonly author: AgencyId;
  readonly grades: readonly string[];
  readonly subjectCategory?: string;
  readonly isProtected: boolean;
  readonly ends?: readonly [SubjectId, SubjectId];
  readonly needs: readonly SubjectId[];
  readonly offered: readonly Offered[];
  /** Those of them that tell us something. */
  readonly news: readonly RecordId[];
  readonly withheld: number;
  /** Of an evidence file. */
  readonly file?: EvidenceFile & {
    readonly state: 'comes' | 'held' | 'absent';
    readonly supports: readonly SubjectId[];
  };
  /** The items of other authors in this bundle that cannot be so as well: with them it is one conflict, and it stands for all of them. */
  readonly sides?: readonly string[];
  /** The item that stands for the conflict of which this is another side. */
  readonly sideOf?: string;
  /** Everything new in it was taken back by its author: it is kept, and shown to nobody as what holds. */
  readonly withdrawn?: 'correct' | 'suppress';
}

export interface Refusal {
  readonly record: RecordId;
  readonly author: AgencyId;
  readonly rule: string;
}

export interface ReviewPlan {
  /** In reading order. */
  readonly entries: readonly PlanEntry[];
  readonly refused: readonly Refusal[];
  readonly counts: { readonly [S in PlanState]: number };
  /** What the subjects and the ends of links are called: as we do, else as they do. */
  readonly labels: ReadonlyMap<SubjectId, string>;
}
