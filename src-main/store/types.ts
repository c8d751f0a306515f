import type { AgencyKind } from '../../src-shared/catalogue/lists/agency-kinds.ts';
import type { Confidence, Grade } from '../../src-shared/domain/grading.ts';
import type { AgencyId, BatchId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { Tlp } from '../../src-shared/domain/marking.ts';
import type { AnyRecord, RecordKind } from '../../src-shared/domain/record.ts';
import type { TextRange } from '../../src-shared/matching/highlight.ts';
import type { Rank } from '../../src-shared/matching/search-keys.ts';
import type { SignedAttestation } from '../../src-shared/records/attestation.ts';

/** What the store answers: plain data, global ids, never row numbers (docs/formats/vault.md, V24). Instants are RFC 3339 texts. */

export type Role = 'analyst' | 'officer' | 'lead';
export type AuditDetails = { readonly [name: string]: string | number | boolean | null | readonly string[] };

/** Who does what: written in the same transaction as the change it tells (V25). `details` may depend on what the work returned. */
export type AuditNote<T> = {
  readonly actor: string;
  readonly role: Role;
  readonly action: string;
  readonly at: string;
  readonly details: AuditDetails | ((result: T) => AuditDetails);
};
export type AuditEntry = {
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly role: string;
  readonly action: string;
  readonly details: AuditDetails;
};
export type AuditCheck = { readonly ok: boolean; readonly entries: number; readonly firstBad?: number };

/** V50. `content`, `previous` and `audit.hash` are lower-case hex. */
export type Head = {
  readonly sequence: number;
  readonly content: string;
  readonly audit: { readonly size: number; readonly hash: string };
  readonly previous: string;
};

export type IdentifiedRecord = { readonly id: RecordId; readonly record: AnyRecord };
/** R13, R15: refused ones are tombstones; nothing of them was stored. */
export type PutResult = {
  readonly added: number;
  readonly extended: number;
  readonly known: number;
  readonly refused: readonly RecordId[];
};

/** V32; a record that is gone for good is a `Tombstone`. */
export type RecordState = 'live' | 'superseded' | 'retracted' | 'suppressed';
export type HeldRecord = IdentifiedRecord & {
  readonly state: RecordState;
  /** Records of the same author that superseded or withdrew it, ascending. */
  readonly by: readonly RecordId[];
  readonly batch: BatchId;
  readonly receivedAt: string;
  readonly isAttested: boolean;
};
export type Tombstone = {
  readonly id: RecordId;
  readonly author: AgencyId;
  readonly subject: SubjectId;
  readonly by: RecordId;
};

export type StatusCounts = {
  readonly entities: number;
  /** Drawable ones (V40). */
  readonly links: number;
  readonly undrawnLinks: number;
  readonly records: number;
  readonly cases: number;
  readonly partners: number;
  readonly quarantined: number;
  /** Sequence of the head: grows with every change. */
  readonly sequence: number;
};

/** What every projected subject has. */
type Projected = {
  readonly id: SubjectId;
  readonly authors: readonly AgencyId[];
  readonly grades: readonly Grade[];
  readonly tlp: Tlp;
  readonly conflicts: number;
  readonly withheld: number;
  readonly firstOn?: string;
  readonly lastOn?: string;
  /** Earliest review date of its live records. */
  readonly reviewOn?: string;
};
export type EntityRow = Projected & {
  readonly type: string;
  readonly label: string;
  readonly subjectCategory?: string;
  readonly isProtected: boolean;
  /** Drawable links in the whole store. */
  readonly degree: number;
};
export type LinkRow = Projected & {
  readonly type: string;
  readonly from: SubjectId;
  readonly to: SubjectId;
  readonly directed: boolean;
  readonly confidence: Confidence;
};
export type CaseRow = {
  readonly id: SubjectId;
  readonly title: string;
  readonly reference?: string;
  readonly description: string;
  readonly entities: number;
  readonly links: number;
  readonly authors: readonly AgencyId[];
  readonly tlp: Tlp;
  /** Lowest and highest `created` of its live records, as their authors say. */
  readonly createdAt: string;
  readonly changedAt: string;
};
export type PositionRow = {
  readonly subject: SubjectId;
  readonly x: number;
  readonly y: number;
  readonly pinned: boolean;
};
export type CaseChart = {
  readonly case: CaseRow;
  readonly entities: readonly EntityRow[];
  readonly links: readonly LinkRow[];
  readonly positions: readonly PositionRow[];
};
export type NeighbourRow = {
  readonly link: LinkRow;
  readonly other: EntityRow;
  readonly direction: 'out' | 'in' | 'none';
};
export type NeighbourCount = {
  readonly type: string;
  readonly direction: 'out' | 'in' | 'none';
  readonly count: number;
};

export type SearchHit = {
  readonly id: SubjectId;
  readonly type: string;
  readonly label: string;
  readonly subjectCategory?: string;
  readonly labelRanges: readonly TextRange[];
  readonly isProtected: boolean;
  readonly matched: SearchMatch;
  /** Who states the matched value. */
  readonly sources: readonly SearchSource[];
};
export type SearchMatch = {
  readonly by: Rank;
  /** The property and its label in the catalogue; empty when only the label made by us matched. */
  readonly property: string;
  readonly label: string;
  readonly value: string;
  readonly ranges: readonly TextRange[];
};
export type SearchSource = { readonly author: AgencyId; readonly grade?: Grade };

export type BatchKind = 'import' | 'edit' | 'chart' | 'receive' | 'recall' | 'sample';
export type NewBatch = { readonly kind: BatchKind; readonly at: string; readonly actor: string };
export type BatchRow = NewBatch & {
  readonly id: BatchId;
  /** Records it added that are still held. */
  readonly records: number;
  readonly released: number;
  readonly canUndo: boolean;
  readonly undoneAt?: string;
};

/** A Merkle root that its author signed (bundle.md, A…). `leaves` only when the whole batch is known. */
export type AttestationRow = {
  readonly id: AttestationId;
  readonly signed: SignedAttestation;
  readonly leaves?: readonly RecordId[];
};
export type AttestationId = number;
/** Where a record stands in an attestation. `proof` (hex hashes) only when not all leaves are held. */
export type Placement = { readonly id: RecordId; readonly leaf: number; readonly proof?: readonly string[] };
export type PlacedRecord = Placement & { readonly attestation: AttestationId };

export type PartnerState = 'unverified' | 'confirmed' | 'changed' | 'revoked';
export type Confirmation = {
  readonly by: string;
  readonly with: string;
  readonly channel: string;
  readonly at: string;
};
export type PartnerRow = {
  readonly agency: AgencyId;
  readonly name: string;
  readonly country: string;
  /** What our officer says that it is; police until then. */
  readonly kind: AgencyKind;
  readonly isSample: boolean;
  readonly card: Uint8Array;
  readonly state: PartnerState;
  readonly addedAt: string;
  readonly confirmed?: Confirmation;
  readonly revokedAt?: string;
};

/** Last position of a stream from or to a partner. */
export type StreamRow = {
  readonly agency: AgencyId;
  readonly epoch: number;
  readonly sequence: number;
  readonly manifest: string;
};
/**
 * `withdrawn`: an author erased a record in it while it waited (vault.md V103). `unknown-receipt`: it answers a manifest that we do not know
 * (bundle.md Q10).
 */
export type ManifestVerdict =
  | 'sent'
  | 'quarantined'
  | 'applied'
  | 'discarded'
  | 'withdrawn'
  | 'undone'
  | 'fork'
  | 'receipt'
  | 'unknown-receipt';
/** Every manifest ever sent to or seen from a partner: the evidence for replays, gaps and forks. */
export type ManifestRow = StreamRow & {
  readonly direction: 'in' | 'out';
  readonly bundle: string;
  readonly verdict: ManifestVerdict;
  readonly at: string;
};

export type QuarantineRow = {
  /** The manifest's hash: the handle. */
  readonly manifest: string;
  readonly issuer: AgencyId;
  readonly epoch: number;
  readonly sequence: number;
  readonly records: number;
  readonly receivedAt: string;
  /** The opened (inner) bytes; they were verified once and are verified again when applied. */
  readonly inner: Uint8Array;
};

export type ReleaseItem = {
  readonly subject: SubjectId;
  readonly record: RecordId;
  readonly withheldClaims: number;
  readonly author: AgencyId;
};
/** docs/policy.md: what a release was for, and what its officer answered for. */
export type ReleaseTerms = {
  readonly purposeCode: string;
  /** Keys of the stops that the officer answered. */
  readonly answers: readonly string[];
  /** How many values the officer kept home (P21). */
  readonly kept: number;
  /** Classes of data that leave (P20). */
  readonly classes: readonly string[];
};
export type NewRelease = {
  readonly bundle: string;
  readonly manifest: string;
  readonly case?: SubjectId;
  readonly purpose: string;
  readonly legalBases: readonly string[];
  readonly at: string;
  readonly actor: string;
  readonly terms: ReleaseTerms;
  readonly to: readonly {
    readonly agency: AgencyId;
    readonly sequence: number;
    readonly items: readonly ReleaseItem[];
  }[];
};
/** Who holds what about a subject, on what basis, since when. */
export type DisclosureRow = {
  readonly partner: AgencyId;
  readonly subject: SubjectId;
  readonly records: number;
  readonly withheldClaims: number;
  readonly legalBases: readonly string[];
  readonly purpose: string;
  /** Absent where the release is older than the list of purposes. */
  readonly purposeCode?: string;
  readonly releasedAt: string;
  readonly releasedBy: string;
  /** What was answered for, and how many values were kept home beyond the rules. */
  readonly answers: number;
  readonly kept: number;
  readonly bundle: string;
  readonly manifest: string;
  readonly sequence: number;
  readonly isConfirmed: boolean;
  /** The receipt says that nothing was taken. */
  readonly isLeft: boolean;
};
export type ReceiptRow = {
  /** Our manifest that it answers. */
  readonly manifest: string;
  readonly partner: AgencyId;
  readonly sequence: number;
  readonly accepted: number;
  readonly known: number;
  readonly held: number;
  readonly refused: readonly { readonly rule: string; readonly count: number }[];
  readonly at: string;
};

export type SubjectKind = Extract<RecordKind, 'entity' | 'link' | 'case' | 'chart'>;
export type IdentityRow = {
  readonly id: RecordId;
  readonly kind: 'same' | 'not-same';
  readonly other: SubjectId;
  readonly author: AgencyId;
  readonly reason: string;
};
