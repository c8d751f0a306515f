import { z } from 'zod';
import { AGENCY_KINDS } from '../catalogue/lists/agency-kinds.ts';
import { Grade, parseGrade } from '../domain/grading.ts';
import { AgencyId, BatchId, ClaimHash, KeyId, RecordId, SubjectId } from '../domain/ids.ts';
import { Tlp } from '../domain/marking.ts';
import { ClaimValue, EvidenceFile, Handling, Instant, PropertyName, Source, TypeName } from '../domain/record.ts';
import { PartialDate } from '../domain/partial-date.ts';

/** What the page, the command line and the tests see. Plain data; ids are global, never row numbers. */

/** A file's bytes, in or out; in a message they travel beside the JSON (transport.ts). */
export const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
export const Count = z.number().int().nonnegative();
export const Role = z.enum(['analyst', 'officer', 'lead']);
export type Role = z.infer<typeof Role>;
/** A long piece of work that can be watched (`progress` events) and cancelled (`job.cancel`). */
export const JobId = z.string().min(1).max(64);

/** Where a vault lies. Not `local`: a person is told that another program or machine may touch its files (vault.md, V105). */
export const Place = z.strictObject({ kind: z.enum(['local', 'network', 'synced']), name: z.string().optional() });
export type Place = z.infer<typeof Place>;

const VaultUser = z.strictObject({ name: z.string(), role: Role });
export const VaultListing = z.strictObject({
  /** Folder name below the home folder: the vault's handle on this machine. */
  vault: z.string(),
  agency: z.string(),
  country: z.string(),
  isSample: z.boolean(),
  place: Place,
  users: z.array(VaultUser),
});
export type VaultListing = z.infer<typeof VaultListing>;

export const VaultStatus = z.strictObject({
  vault: z.string(),
  agency: z.string(),
  agencyId: AgencyId,
  country: z.string(),
  isSample: z.boolean(),
  user: z.string(),
  role: Role,
  /** True when the agency's signing key is open in this session (exchange officers). */
  canSign: z.boolean(),
  /** Drawable ones: live, with both ends held. */
  entities: Count,
  links: Count,
  records: Count,
  cases: Count,
  partners: Count,
  quarantined: Count,
  place: Place,
  /** Opened for reading because something is wrong with the store: every change is refused. */
  isReadOnly: z.boolean(),
  /** The schema of a store that could not be brought up to date: it can be salvaged, and nothing else. */
  olderSchema: Count.optional(),
  /** Minutes without input after which the vault locks itself. */
  autoLockMinutes: z.number().positive(),
});
export type VaultStatus = z.infer<typeof VaultStatus>;

/** Whether the store is what was written (docs/formats/vault.md, V90–V95). */
export const StoreState = z.strictObject({
  phase: z.enum(['unproved', 'proving', 'whole', 'damaged']),
  stage: z.enum(['records', 'tables', 'audit', 'indexes', 'projection', 'texts']).optional(),
  done: Count,
  total: Count,
  /** When the last proof ended, and the change it ended at. */
  provedAt: Instant.optional(),
  sequence: Count.optional(),
  /** `where` is a table or an index, a word of the program. */
  findings: z.array(
    z.strictObject({
      what: z.enum(['page', 'content', 'audit', 'index', 'texts', 'projection']),
      where: z.string(),
      count: Count,
    }),
  ),
  /** What to do about the findings: what is computed can be computed again, anything else is to be saved first. */
  advice: z.enum(['none', 'rebuild', 'salvage']),
});
export type StoreState = z.infer<typeof StoreState>;

export const SalvageReport = z.strictObject({
  records: Count,
  rows: Count,
  entries: Count,
  /** By table: how many rows could not be read, at least. */
  lost: z.array(z.strictObject({ table: z.string(), rows: Count })),
  lostRecords: z.array(z.string()),
});
export type SalvageReport = z.infer<typeof SalvageReport>;

export const CaseView = z.strictObject({
  id: SubjectId,
  title: z.string(),
  reference: z.string().optional(),
  entities: Count,
  links: Count,
  authors: z.array(AgencyId),
  tlp: Tlp,
  createdAt: Instant,
  changedAt: Instant,
});
export type CaseView = z.infer<typeof CaseView>;

/** An entity as the chart, the table and the lists need it. */
export const EntityView = z.strictObject({
  id: SubjectId,
  type: z.string(),
  label: z.string(),
  subjectCategory: z.string().optional(),
  /** Victim, possible victim, witness, informant or child by any live record. */
  isProtected: z.boolean(),
  authors: z.array(AgencyId),
  grades: z.array(Grade),
  tlp: Tlp,
  /** Live links in the whole store, for the +n badge. */
  degree: Count,
  /** Single-valued properties on which live records disagree. */
  conflicts: Count,
  /** Claims that their senders withheld from us. */
  withheld: Count,
  firstOn: z.string().optional(),
  lastOn: z.string().optional(),
});
export type EntityView = z.infer<typeof EntityView>;

export const LinkView = z.strictObject({
  id: SubjectId,
  type: z.string(),
  from: SubjectId,
  to: SubjectId,
  directed: z.boolean(),
  confidence: z.enum(['confirmed', 'unconfirmed', 'tentative']),
  authors: z.array(AgencyId),
  grades: z.array(Grade),
  tlp: Tlp,
  firstOn: z.string().optional(),
  lastOn: z.string().optional(),
});
export type LinkView = z.infer<typeof LinkView>;

export const Position = z.strictObject({ subject: SubjectId, x: z.number(), y: z.number(), pinned: z.boolean() });
export type Position = z.infer<typeof Position>;

/** Entities that one drawing takes; a larger case is never sent as a whole. */
export const MOST_DRAWN = 2000;

export const CaseChart = z.strictObject({
  case: CaseView,
  description: z.string(),
  entities: z.array(EntityView),
  links: z.array(LinkView),
  positions: z.array(Position),
  /** Every entity and drawable link of the case is among them; otherwise `case` says how many there are. */
  isWhole: z.boolean(),
  /** Those among them that are not members of the case. */
  guests: z.array(SubjectId),
  /** Statements of act, means, purpose and indicators on the case itself are in `subject.show` of its id. */
  agencies: z.array(z.strictObject({ id: AgencyId, name: z.string(), isOurs: z.boolean() })),
});
export type CaseChart = z.infer<typeof CaseChart>;

/** One value as one record states it. */
export const Statement = z.strictObject({
  record: RecordId,
  property: PropertyName,
  label: z.string(),
  value: ClaimValue,
  display: z.string(),
  validFrom: PartialDate.optional(),
  validTo: PartialDate.optional(),
  author: AgencyId,
  authorName: z.string(),
  source: Source.optional(),
  tlp: Tlp,
  /** True for the value that the written rule shows first when live statements of a property differ. */
  isShown: z.boolean(),
});
export type Statement = z.infer<typeof Statement>;

/** record.md R21–R25: who may pass on what its author said. */
export const PermissionView = z.strictObject({
  permission: RecordId,
  author: AgencyId,
  authorName: z.string(),
  isOurs: z.boolean(),
  to: z.array(z.strictObject({ agency: AgencyId, name: z.string() })),
  purposes: z.array(z.strictObject({ code: z.string(), label: z.string() })),
  /** The last day. */
  until: z.string(),
  isOver: z.boolean(),
  /** How many it is about. */
  records: Count,
  reason: z.string().optional(),
  created: Instant,
});
export type PermissionView = z.infer<typeof PermissionView>;

/** One record in the history of a subject, live or not. */
export const HistoryItem = z.strictObject({
  record: RecordId,
  kind: z.string(),
  author: AgencyId,
  authorName: z.string(),
  isOurs: z.boolean(),
  created: Instant,
  source: Source.optional(),
  handling: Handling,
  claims: z.array(
    z.strictObject({ property: PropertyName, label: z.string(), value: ClaimValue, display: z.string() }),
  ),
  withheld: Count,
  state: z.enum(['live', 'superseded', 'retracted', 'suppressed']),
  /** The record that superseded or retracted it. */
  by: RecordId.optional(),
  /** When this store got it, and in which batch. */
  batch: BatchId.optional(),
  receivedAt: Instant.optional(),
  attested: z.boolean(),
  /** bundle.md B21: who passed on the card that proved its author; `isRefuted`: the author’s own card, once confirmed, did not. */
  vouched: z.strictObject({ by: z.string(), isRefuted: z.boolean() }).optional(),
  /** Permissions of its author to pass it on. */
  permissions: z.array(PermissionView),
});
export type HistoryItem = z.infer<typeof HistoryItem>;

const NeighbourLink = z.strictObject({
  link: LinkView,
  other: EntityView,
  direction: z.enum(['out', 'in', 'none']),
});

export const SubjectExpansion = z.strictObject({
  /** By kind of the entity at the other end, in one direction or (without) in all. */
  counts: z.array(
    z.strictObject({ type: z.string(), direction: z.enum(['out', 'in', 'none']).optional(), entities: Count }),
  ),
  entities: z.array(EntityView),
  links: z.array(LinkView),
});
export type SubjectExpansion = z.infer<typeof SubjectExpansion>;

export const Disclosure = z.strictObject({
  partner: AgencyId,
  partnerName: z.string(),
  subject: SubjectId,
  subjectLabel: z.string(),
  /** Kind of entity or link, or `case`, `chart`; empty where nothing is left that says. */
  subjectType: z.string(),
  records: Count,
  withheldClaims: Count,
  legalBases: z.array(z.string()),
  purpose: z.string(),
  /** Of the list of purposes; absent where the release is older than the list. */
  purposeCode: z.string().optional(),
  releasedAt: Instant,
  releasedBy: z.string(),
  /** Not imported any more after that (bundle.md B11). */
  validUntil: Instant,
  /** What the officer answered for, and how many values the officer kept home beyond the rules. */
  answers: Count,
  kept: Count,
  bundle: z.string(),
  sequence: Count,
  /** Whether a receipt for that bundle came back. */
  isConfirmed: z.boolean(),
  /** That receipt says that nothing of the bundle was taken (bundle.md B34). */
  isLeft: z.boolean(),
});
export type Disclosure = z.infer<typeof Disclosure>;

export const SubjectView = z.strictObject({
  id: SubjectId,
  kind: z.enum(['entity', 'link', 'case', 'chart']),
  type: z.string(),
  label: z.string(),
  entity: EntityView.optional(),
  link: LinkView.optional(),
  ends: z.strictObject({ from: EntityView.optional(), to: EntityView.optional() }).optional(),
  statements: z.array(Statement),
  /** The first of them; `totals` says how many there are of everything that is cut. */
  links: z.array(NeighbourLink),
  /** Newest first. */
  history: z.array(HistoryItem),
  totals: z.strictObject({ links: Count, history: Count, cases: Count, disclosures: Count, attachments: Count }),
  /** Records that their author erased: only that they were is left. */
  erased: z.array(z.strictObject({ record: RecordId, author: AgencyId, authorName: z.string(), by: RecordId })),
  /** Live records with something withheld, and how many claims of them. */
  withheld: z.strictObject({ records: Count, claims: Count }),
  /** Stored facts that this subject is, or is not, the same as another. */
  identities: z.array(
    z.strictObject({
      record: RecordId,
      kind: z.enum(['same', 'not-same']),
      other: SubjectId,
      otherLabel: z.string(),
      author: AgencyId,
      authorName: z.string(),
      reason: z.string(),
    }),
  ),
  cases: z.array(z.strictObject({ id: SubjectId, title: z.string() })),
  disclosures: z.array(Disclosure),
});
export type SubjectView = z.infer<typeof SubjectView>;

/** What to look for, and vault.md V86: what it can be limited to. */
export const SearchRequest = z.strictObject({
  text: z.string().max(512),
  types: z.array(TypeName).max(256).optional(),
  case: SubjectId.optional(),
  agencies: z.array(AgencyId).max(256).optional(),
  /** As `europol-4x4:B2`. */
  grades: z
    .array(
      z
        .string()
        .max(64)
        .refine((text) => parseGrade(text) !== undefined),
    )
    .max(256)
    .optional(),
  tlp: z.array(Tlp).max(16).optional(),
  from: PartialDate.optional(),
  to: PartialDate.optional(),
  categories: z.array(z.string().max(64)).max(64).optional(),
  isProtected: z.boolean().optional(),
  limit: z.number().int().min(1).max(500),
});
export type SearchRequest = z.infer<typeof SearchRequest>;

const TextRanges = z.array(z.tuple([Count, Count]));
/** What is known of the bytes of an evidence file without reading them (docs/formats/vault.md, V121). */
export const AttachmentState = z.enum(['held', 'missing', 'damaged', 'erased']);
export type AttachmentState = z.infer<typeof AttachmentState>;

/** One record of an evidence file, and what became of the file. */
export const AttachmentView = z.strictObject({
  record: RecordId,
  /** Of the record itself, not what the file supports. */
  subject: SubjectId,
  ...EvidenceFile.shape,
  /** As it came. */
  name: z.string(),
  /** As it is handed out. */
  fileName: z.string(),
  /** What its first bytes tell. */
  sniffed: z.string().optional(),
  /** It is not what its name or its type claims. */
  isOdd: z.boolean(),
  notes: z.array(z.string()),
  supports: z.array(
    z.strictObject({ id: SubjectId, kind: z.enum(['entity', 'link', 'case', 'other']), label: z.string() }),
  ),
  source: Source,
  handling: Handling,
  author: AgencyId,
  authorName: z.string(),
  isOurs: z.boolean(),
  created: Instant,
  addedAt: Instant,
  addedBy: z.string().optional(),
  state: AttachmentState,
  /** Newest first. */
  custody: z.array(
    z.strictObject({
      event: z.enum(['added', 'exported', 'verified', 'damaged', 'erased']),
      at: Instant,
      actor: z.string(),
      note: z.string().optional(),
    }),
  ),
});
export type AttachmentView = z.infer<typeof AttachmentView>;

export const SearchHit = z.strictObject({
  id: SubjectId,
  type: z.string(),
  label: z.string(),
  subjectCategory: z.string().optional(),
  /** Parts of `label` that were typed, in UTF-16 code units: from, and up to but not including. */
  labelRanges: TextRanges,
  isProtected: z.boolean(),
  /** What was found: by which rank (vault.md V83), the property with its label in the catalogue, the value as it is shown. */
  matched: z.strictObject({
    by: z.enum(['label', 'name', 'alias', 'identifier', 'ending', 'text']),
    property: z.string(),
    label: z.string(),
    value: z.string(),
    ranges: TextRanges,
  }),
  /** Who states the matched value, and how it was graded. */
  sources: z.array(z.strictObject({ author: AgencyId, authorName: z.string(), grade: Grade.optional() })),
  cases: z.array(z.strictObject({ id: SubjectId, title: z.string() })),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const BatchView = z.strictObject({
  id: BatchId,
  /** `chart` is a drawing being kept: listed, never undone by itself. */
  kind: z.enum(['import', 'edit', 'chart', 'receive', 'recall', 'sample']),
  at: Instant,
  actor: z.string(),
  records: Count,
  /** Of its records, how many were released to a partner; a released batch can be recalled but not undone. */
  released: Count,
  canUndo: z.boolean(),
  undoneAt: Instant.optional(),
});
export type BatchView = z.infer<typeof BatchView>;

/* Import -------------------------------------------------------------------------------------------------------------- */

export const RejectedRow = z.strictObject({ line: Count, rule: z.string(), detail: z.string() });
export const ImportWarning = z.strictObject({ rule: z.string(), count: Count, line: Count, detail: z.string() });
export const ImportPreview = z.strictObject({
  format: z.string(),
  read: Count,
  entities: Count,
  links: Count,
  byType: z.array(
    z.strictObject({ kind: z.enum(['entity', 'link']), type: z.string(), count: Count, protected: Count }),
  ),
  columns: z.array(z.strictObject({ name: z.string(), use: z.string(), example: z.string() })),
  sample: z.strictObject({
    entities: z.array(
      z.strictObject({ key: z.string(), type: z.string(), label: z.string(), claims: Count, line: Count }),
    ),
    links: z.array(z.strictObject({ type: z.string(), from: z.string(), to: z.string(), line: Count })),
  }),
  rejected: z.array(RejectedRow),
  rejectedTotal: Count,
  warnings: z.array(ImportWarning),
  /** The earlier node list of this case whose ids the links of this file use. */
  attachesTo: z.strictObject({ batch: BatchId, entities: Count }).optional(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ImportResult = z.strictObject({
  batch: BatchId,
  read: Count,
  entities: Count,
  links: Count,
  rejected: z.array(RejectedRow),
  warnings: z.array(ImportWarning),
  case: SubjectId,
});

/* Partners and exchange ----------------------------------------------------------------------------------------------- */

export const AgencyKind = z.enum(AGENCY_KINDS);
export const PartnerState = z.enum(['unverified', 'confirmed', 'changed', 'revoked']);
export const PartnerView = z.strictObject({
  agency: AgencyId,
  name: z.string(),
  country: z.string(),
  /** What our officer says that it is; its card does not say. */
  kind: AgencyKind,
  isSample: z.boolean(),
  state: PartnerState,
  words: z.string(),
  /** docs/formats/bundle.md K11–K22. */
  keyVersion: Count,
  approvers: Count,
  /** How many approvals it asks of what it receives, and how many we ask of what it sends. */
  asksApprovals: Count,
  requiredApprovals: Count,
  /** When cards were refused that tell another history of its keys: the last 20. */
  forks: z.array(Instant),
  looksLike: z.array(z.strictObject({ agency: AgencyId, name: z.string(), isOurs: z.boolean() })),
  /** K21, of its card as we hold it. */
  code: z.string(),
  confirmed: z.strictObject({ by: z.string(), with: z.string(), channel: z.string(), at: Instant }).optional(),
  sent: Count,
  received: Count,
  lastSentAt: Instant.optional(),
  lastReceivedAt: Instant.optional(),
  /** Bundles we sent for which no receipt came back. */
  unconfirmedSent: Count,
  /** Records that others passed on as its own and that its confirmed card does not prove (B21): how many, at most 1 000, and of whom the first. */
  unproven: Count,
  unprovenOf: z.array(z.strictObject({ subject: SubjectId, label: z.string() })),
});
export type PartnerView = z.infer<typeof PartnerView>;

/** What happens to one claim or one whole record in a release, and the rule that decided it. */
const Verdict = z.strictObject({
  action: z.enum(['release', 'withhold']),
  rule: z.string(),
});

/** One record of a subject that would be released, and what happens to each claim. */
export const ReleaseSubjectRecord = z.strictObject({
  record: RecordId,
  verdict: Verdict,
  /** Rules whose conditions go with it. */
  conditions: z.array(z.string()),
  /** Whose word it is, where it is not ours. */
  author: z.strictObject({ agency: AgencyId, name: z.string() }).optional(),
  alreadyHeldBy: z.array(AgencyId),
  claims: z.array(
    z.strictObject({
      property: z.string(),
      label: z.string(),
      display: z.string(),
      verdict: Verdict,
      /** By which it can be kept home; absent where the record is committed as a whole. */
      claim: ClaimHash.optional(),
    }),
  ),
  /** Of an evidence file, which leaves with its record and only so; with the labels of what it supports. */
  file: z.strictObject({ size: Count, type: z.string(), supports: z.array(z.string()) }).optional(),
  /** Claims beyond those listed, such as the members of a large case. */
  more: z.strictObject({ leaving: Count, withheld: Count }).optional(),
  source: Source.optional(),
  handling: Handling,
});

export const ReleaseSubject = z.strictObject({
  subject: SubjectId,
  kind: z.enum(['entity', 'link', 'case', 'chart', 'identity', 'retraction', 'attachment', 'permission']),
  type: z.string(),
  label: z.string(),
  /** How the recipient will see it named. */
  recipientLabel: z.string(),
  /** Of a person: the most protected one that its records here claim. */
  subjectCategory: z.string().optional(),
  isProtected: z.boolean(),
  /** Of all its records: how many leave, how many stay home as a whole, and how many values stay home of those that leave. */
  counts: z.strictObject({ leaving: Count, home: Count, withheld: Count }),
  /** The first of those that are listed; the rest with `release.records`. */
  records: z.array(ReleaseSubjectRecord),
  recordsTotal: Count,
});
export type ReleaseSubject = z.infer<typeof ReleaseSubject>;

/** So many stops of one release can be answered. One that has more has to be divided. */
export const MOST_STOPS = 8192;

export const ReleasePreview = z.strictObject({
  /** SHA-256 of exactly what would leave; `release.seal` refuses when the store has changed since. */
  digest: z.string(),
  /** The first of them in reading order; the rest with `release.subjects`. */
  subjects: z.array(ReleaseSubject),
  /** All of them, leaving or not. */
  subjectsTotal: Count,
  /** Protected people among them, and how many the recipient would learn an identifying value of. */
  protectedPeople: z.strictObject({ people: Count, identified: Count }),
  /** Classes of data that would leave (docs/policy.md, P20). */
  classes: z.array(z.string()),
  totals: z.strictObject({
    subjects: Count,
    records: Count,
    claims: Count,
    withheldRecords: Count,
    withheldClaims: Count,
    /** Evidence files that leave, each once, and their bytes. */
    files: Count,
    fileBytes: Count,
    byRule: z.array(z.strictObject({ rule: z.string(), records: Count, claims: Count })),
  }),
  /** Reasons for which nothing may leave as asked, but for those that were answered; empty when the release can be sealed. */
  stopsTotal: Count,
  /** The first of them, as many as can be answered at once. */
  stops: z.array(
    z.strictObject({
      rule: z.string(),
      /** What answers it, where it can be answered. */
      key: z.string(),
      answerable: z.boolean(),
      agency: AgencyId.optional(),
      /** P20. */
      class: z.string().optional(),
      /** The words that the officer answers for: a caveat, a purpose. */
      words: z.string().optional(),
      count: Count.optional(),
    }),
  ),
  strictestTlp: Tlp,
});
export type ReleasePreview = z.infer<typeof ReleasePreview>;

export const ReleaseResult = z.strictObject({
  bundle: z.string(),
  sequence: Count,
  sequences: z.array(z.strictObject({ agency: AgencyId, name: z.string(), sequence: Count })),
  subjects: Count,
  records: Count,
  withheld: Count,
  fileName: z.string(),
  bytes: Bytes,
});

export const PlanState = z.enum(['new', 'changed', 'conflicting', 'known', 'refused']);
export type PlanState = z.infer<typeof PlanState>;

export const PlanItem = z.strictObject({
  /** Stable handle within the plan: the subject, with kind and author where there are several; of what is refused the record. */
  item: z.string(),
  state: PlanState,
  kind: z.string(),
  type: z.string(),
  label: z.string(),
  /** Absent where a record is refused unread. */
  subject: SubjectId.optional(),
  /** Whose word it is: the sender's, ours come back, or that of a third agency. */
  author: AgencyId,
  authorName: z.string(),
  isThirdParty: z.boolean(),
  /** The sender, where only it says whose keys these are (bundle.md, B17). */
  vouchedBy: z.string().optional(),
  /** Grades of its sources, each once. */
  grades: z.array(z.string()),
  /** Of a person: the most protected one that is offered, else the most protected one that we hold. */
  subjectCategory: z.string().optional(),
  isProtected: z.boolean(),
  /** Ends of a link, so that the reviewer sees what it joins. */
  ends: z.strictObject({ from: z.string(), to: z.string() }).optional(),
  /** Subjects whose items must be accepted too, such as the ends of a link that we do not hold. */
  needs: z.array(SubjectId),
  records: z.array(RecordId),
  statements: z.array(
    z.strictObject({
      property: z.string(),
      label: z.string(),
      theirs: z.string(),
      /** What we show for it now; absent when we say nothing. */
      ours: z.string().optional(),
      /** Who said what we show, by what source. */
      oursBy: z.strictObject({ author: z.string(), source: Source.optional() }).optional(),
      state: z.enum(['new', 'same', 'differs']),
      source: Source.optional(),
      author: z.string(),
    }),
  ),
  /** Others who say something else of it in the same bundle. What is decided of the item is decided of them, unless they are named by themselves. */
  sides: z
    .array(
      z.strictObject({
        item: z.string(),
        author: AgencyId,
        authorName: z.string(),
        isThirdParty: z.boolean(),
        vouchedBy: z.string().optional(),
        handling: Handling.optional(),
      }),
    )
    .optional(),
  withheld: Count,
  /** Of an evidence file: it comes with the bundle, is held already, or is not here and does not come (bundle.md B38). */
  file: z
    .strictObject({
      size: Count,
      type: z.string(),
      state: z.enum(['comes', 'held', 'absent']),
      supports: z.array(z.string()),
    })
    .optional(),
  /** Its author has taken it back already: it is kept as history, or shown to nobody (record.md R15). */
  withdrawn: z.enum(['correct', 'suppress']).optional(),
  handling: Handling.optional(),
  /** The rule that refused it. */
  rule: z.string().optional(),
});
export type PlanItem = z.infer<typeof PlanItem>;

/** How much of what a bundle offers; what is in it is read page by page. */
export const PlanTotals = z.strictObject({
  items: Count,
  /** Records of the bundle, refused ones too. */
  records: Count,
  kinds: z.array(z.strictObject({ kind: z.string(), count: Count })),
  types: z.array(z.strictObject({ kind: z.string(), type: z.string(), count: Count })),
  authors: z.array(
    z.strictObject({ agency: AgencyId, name: z.string(), count: Count, vouchedBy: z.string().optional() }),
  ),
  grades: z.array(z.strictObject({ grade: z.string(), count: Count })),
  rules: z.array(z.strictObject({ rule: z.string(), count: Count })),
  protected: Count,
  thirdParty: Count,
  vouched: Count,
  withdrawals: Count,
  /** Evidence files that come along, and their bytes. */
  files: Count,
  fileBytes: Count,
});
export type PlanTotals = z.infer<typeof PlanTotals>;

/** docs/formats/bundle.md Q3. */
export const StreamFinding = z.enum([
  'first',
  'next',
  'gap',
  'late',
  'replay',
  'fork',
  'rollback',
  'fast-forward',
  'new-epoch',
]);
export type StreamFinding = z.infer<typeof StreamFinding>;
export const ReceivePlan = z.strictObject({
  /** Handle of the quarantined bundle. */
  quarantine: z.string(),
  verdict: z.enum(['review', 'known', 'receipt']),
  /** False: it holds what its author erased, is not in quarantine and is gone when the vault locks (vault.md V104). */
  isKept: z.boolean(),
  issuer: AgencyId,
  issuerName: z.string(),
  sequence: Count,
  epoch: Count,
  stream: StreamFinding,
  /** At most 100 of them. */
  missing: z.array(Count),
  missingCount: Count,
  createdAt: Instant,
  purpose: z.string(),
  legalBases: z.array(z.string()),
  tlp: Tlp,
  counts: z.strictObject({ new: Count, changed: Count, conflicting: Count, known: Count, refused: Count }),
  withheld: z.strictObject({ claims: Count, records: Count }),
  /** Officers' keys of the sender that approved exactly these contents, and how many we require of it (bundle.md K22, B24). */
  approvals: z.strictObject({ required: Count, by: z.array(KeyId) }),
  /** What a receipt says, in records. */
  receipt: z.strictObject({ accepted: Count, known: Count, held: Count, refused: Count }).optional(),
  /** Of the state of every item: applying what has changed since is refused. */
  digest: z.string(),
  hasCase: z.boolean(),
  totals: PlanTotals,
});
export type ReceivePlan = z.infer<typeof ReceivePlan>;

export const ReceiveResult = z.strictObject({
  verdict: z.enum(['applied', 'known', 'receipt']),
  issuer: AgencyId,
  sequence: Count,
  new: Count,
  changed: Count,
  conflicting: Count,
  known: Count,
  /** Items that were not accepted. */
  held: Count,
  /** Those among them that nobody decided on. */
  undecided: Count,
  /** Ends that were accepted with a link that needs them. */
  alsoAccepted: Count,
  refused: z.array(z.strictObject({ rule: z.string(), count: Count })),
  /** The case that was accepted or known. */
  case: SubjectId.optional(),
  batch: BatchId.optional(),
  /** Sealed receipt for the issuer. */
  bytes: Bytes.optional(),
  fileName: z.string().optional(),
});

export const AuditEntry = z.strictObject({
  sequence: Count,
  at: Instant,
  actor: z.string(),
  role: z.string(),
  action: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
