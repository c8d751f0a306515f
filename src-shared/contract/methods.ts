import { z } from 'zod';
import { AgencyId, BatchId, ClaimHash, FileHash, KeyId, RecordId, SubjectId } from '../domain/ids.ts';
import { ClaimValue, Handling, PropertyName, Source, TypeName } from '../domain/record.ts';
import { PartialDate } from '../domain/partial-date.ts';
import { Period } from '../domain/period.ts';
import { MAX_RECORDS } from '../records/attestation.ts';
import { ComparisonView } from './compare.ts';
import {
  AffectedCounts,
  AffectedPlace,
  AffectedSubject,
  KeysChanged,
  KeysRotate,
  KeysView,
  PassedOn,
  DeclinedRelease,
  PendingRelease,
} from './keys.ts';
import { method } from './method.ts';
import { Accept, ReviewAsk, ReviewChart, ReviewChoices, ReviewFilter, ReviewPage, ReviewTally } from './review.ts';
import { Checkpoint } from './checkpoint.ts';
import { PartnerStreams, RecallRow } from './streams.ts';
import {
  AgencyKind,
  AttachmentView,
  AuditEntry,
  BatchView,
  Bytes,
  CaseChart,
  CaseView,
  Count,
  Disclosure,
  EntityView,
  ImportPreview,
  ImportResult,
  JobId,
  LinkView,
  MOST_DRAWN,
  MOST_STOPS,
  PartnerView,
  PermissionView,
  Place,
  Position,
  ReceivePlan,
  ReceiveResult,
  ReleasePreview,
  ReleaseResult,
  ReleaseSubject,
  ReleaseSubjectRecord,
  Role,
  SalvageReport,
  SearchHit,
  SearchRequest,
  StoreState,
  SubjectExpansion,
  SubjectView,
  VaultListing,
  VaultStatus,
} from './views.ts';

const nothing = z.strictObject({});
const Name = z.string().trim().min(1).max(200);
const Passphrase = z.string().min(1).max(1024);
const VaultName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/);
/** Lists stop here; `total` says how many there are. */
const Limit = z.number().int().min(1).max(1000);
/** As it came: shown, never used as a path. */
const FileName = z
  .string()
  .min(1)
  .max(1024)
  .refine((name) => name.isWellFormed());
/** One piece of a large file. */
const Piece = Bytes.refine((bytes) => bytes.length <= 4_194_304);
/** Hash of a manifest. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const TransferId = z.string().regex(/^[0-9a-f]{32}$/);
/** Empty for a bundle that does not wait for a decision. */
const QuarantineId = z.string().regex(/^([0-9a-f]{64})?$/);
const Country = z.string().regex(/^[A-Z]{2}$/);

/** A claim as a person enters it; salts and hashes come later. */
export const ClaimInput = z.strictObject({
  property: PropertyName,
  value: ClaimValue,
  validFrom: PartialDate.optional(),
  validTo: PartialDate.optional(),
});
export type ClaimInput = z.infer<typeof ClaimInput>;

const statement = { claims: z.array(ClaimInput).max(512), source: Source, handling: Handling };

const ImportOptions = z.strictObject({
  /** An existing case, or the title of one to make. */
  case: z.union([z.strictObject({ id: SubjectId }), z.strictObject({ title: Name })]),
  name: z.string().min(1).max(255),
  format: z.enum(['auto', 'csv', 'graphml']),
  entityType: TypeName.optional(),
  linkType: TypeName.optional(),
  directed: z.boolean().optional(),
  /** Whether links of an edge list join the entities of an earlier node list in the case. */
  attach: z.enum(['auto', 'never']),
  source: Source,
  handling: Handling,
  job: JobId.optional(),
  bytes: Bytes,
});

/** What a release is asked for with. */
export const ReleaseRequest = z.strictObject({
  case: SubjectId,
  to: z.array(AgencyId).min(1).max(128),
  purpose: Name,
  /** Code of the catalogue's processing purposes. */
  purposeCode: z.string().max(64).default('investigation'),
  legalBases: z.array(z.string().max(64)).max(16),
  /** Classes of protected data that an officer decides to disclose. */
  include: z.array(z.enum(['victims', 'witnesses', 'informants'])).max(3),
  /** Subjects that stay home, chosen in the preview. */
  exclude: z.array(SubjectId).max(MAX_RECORDS),
  /** Nothing but withdrawals of what the recipients got; the case then only says under which the release is noted. */
  only: z.literal('withdrawals').optional(),
  /** Values that stay home: single ones, and every value of a property of a type (docs/policy.md, P21). */
  withhold: z
    .strictObject({
      claims: z.array(z.strictObject({ record: RecordId, claim: ClaimHash })).max(8192),
      properties: z.array(z.strictObject({ type: TypeName, property: PropertyName })).max(256),
    })
    .default({ claims: [], properties: [] }),
  /** Keys of stops that the officer answers for. */
  answers: z.array(z.string().max(256)).max(MOST_STOPS).default([]),
});

/** What of a preview is listed. */
const ReleaseList = z.enum(['all', 'leaving', 'home', 'third-party', 'protected']).default('all');

const permissionScope = {
  case: SubjectId.optional(),
  subjects: z.array(SubjectId).max(4096).optional(),
  records: z.array(RecordId).max(4096).optional(),
};

/** The contract: every call that the page, the command line and the tests can make. Hosts, client and checks derive from it. */
export const methods = {
  'vault.list': method('locked', {
    input: nothing,
    /** `place`: where a new vault would lie. */
    output: z.strictObject({ vaults: z.array(VaultListing), place: Place }),
  }),
  'vault.create': method('locked', {
    input: z.strictObject({ vault: VaultName, agency: Name, country: Country, user: Name, passphrase: Passphrase }),
    output: z.strictObject({ recoveryKey: z.string(), status: VaultStatus }),
  }),
  'vault.unlock': method('locked', {
    input: z.strictObject({
      vault: VaultName,
      user: Name.optional(),
      passphrase: Passphrase.optional(),
      recoveryKey: z.string().min(1).max(256).optional(),
      /** A vault of an older version is brought up to date: that can be watched and cancelled. */
      job: JobId.optional(),
    }),
    output: VaultStatus,
  }),
  'vault.lock': method('locked', { input: nothing, output: nothing }),
  'vault.touch': method('locked', { input: nothing, output: nothing }),
  'vault.status': method('read', { input: nothing, output: VaultStatus }),
  'vault.change-passphrase': method('read', {
    input: z.strictObject({ old: Passphrase.optional(), new: Passphrase }),
    output: nothing,
  }),
  'vault.add-user': method('officer', {
    input: z.strictObject({ name: Name, role: Role, passphrase: Passphrase }),
    output: nothing,
  }),
  'vault.remove-user': method('officer', { input: z.strictObject({ name: Name }), output: nothing }),
  'vault.users': method('read', {
    input: nothing,
    output: z.strictObject({ users: z.array(z.strictObject({ name: z.string(), role: Role })) }),
  }),
  /** A new master key: every other user has to be added again, and the recovery key is another one. */
  'vault.rotate': method('officer', {
    input: z.strictObject({ passphrase: Passphrase, job: JobId.optional() }),
    output: z.strictObject({ recoveryKey: z.string(), removed: z.array(z.string()), status: VaultStatus }),
  }),
  'vault.identity': method('officer', {
    input: nothing,
    output: z.strictObject({ fileName: z.string(), bytes: Bytes }),
  }),
  /** Opens a vault that `vault.unlock` refuses: for reading only, or (officers) as it is, which the audit log says. */
  'vault.accept': method('locked', {
    input: z.strictObject({
      vault: VaultName,
      user: Name.optional(),
      passphrase: Passphrase.optional(),
      recoveryKey: z.string().min(1).max(256).optional(),
      how: z.enum(['for-reading', 'as-it-is']),
    }),
    output: VaultStatus,
  }),
  'store.state': method('read', { input: nothing, output: StoreState }),
  'store.check': method('read', {
    /** Whether the caller waits for the end; otherwise the proof begins again in the background. */
    input: z.strictObject({ wait: z.boolean().optional(), job: JobId.optional() }),
    output: StoreState,
  }),
  /** A copy of the whole vault as one sealed file, read piece by piece in order. */
  'backup.begin': method('officer', {
    input: nothing,
    output: z.strictObject({
      backup: TransferId,
      fileName: z.string(),
      size: Count,
      created: z.string(),
      sequence: Count,
    }),
  }),
  'backup.read': method('officer', {
    input: z.strictObject({ backup: TransferId }),
    output: z.strictObject({ bytes: Bytes, isLast: z.boolean() }),
  }),
  'backup.end': method('officer', { input: z.strictObject({ backup: TransferId }), output: nothing }),
  /** The first piece of a backup, at least 128 KiB of it or all, and what opens it. */
  'restore.begin': method('locked', {
    input: z.strictObject({
      vault: VaultName,
      passphrase: Passphrase.optional(),
      recoveryKey: z.string().min(1).max(256).optional(),
      bytes: Piece,
    }),
    output: z.strictObject({ restore: TransferId, received: Count }),
  }),
  'restore.append': method('locked', {
    input: z.strictObject({ restore: TransferId, bytes: Piece }),
    output: z.strictObject({ received: Count }),
  }),
  /** Everything is proved before there is a vault; it is then unlocked as any other. */
  'restore.finish': method('locked', {
    input: z.strictObject({ restore: TransferId, job: JobId.optional() }),
    output: z.strictObject({ vault: z.string(), agency: z.string(), created: z.string(), sequence: Count }),
  }),
  'restore.cancel': method('locked', { input: z.strictObject({ restore: TransferId }), output: nothing }),
  /** Computes again what is computed from records: the projection and every index. */
  'store.rebuild': method('write', { input: z.strictObject({ job: JobId.optional() }), output: StoreState }),
  /** Everything that can be read, as one file sealed to the agency itself (docs/formats/salvage.md), handed out in parts. */
  'store.salvage': method('officer', {
    input: nothing,
    output: z.strictObject({ salvage: TransferId, fileName: z.string() }),
  }),
  'store.salvage-part': method('officer', {
    input: z.strictObject({ salvage: TransferId }),
    output: z.strictObject({
      bytes: Bytes,
      /** Records, rows and entries so far. */
      lines: Count,
      isLast: z.boolean(),
      /** With the last part: what is in the file, and what could not be read. */
      report: SalvageReport.optional(),
    }),
  }),
  /** A new vault, of the users and keys of an old one, from what was salvaged of it. */
  'rescue.begin': method('locked', {
    input: z.strictObject({
      /** The old vault, whose header is whole. */
      vault: VaultName,
      user: Name.optional(),
      passphrase: Passphrase.optional(),
      recoveryKey: z.string().min(1).max(256).optional(),
      into: VaultName,
    }),
    output: z.strictObject({ rescue: TransferId }),
  }),
  'rescue.append': method('locked', {
    input: z.strictObject({ rescue: TransferId, bytes: Piece }),
    output: nothing,
  }),
  'rescue.finish': method('locked', {
    input: z.strictObject({ rescue: TransferId, job: JobId.optional() }),
    output: z.strictObject({
      vault: z.string(),
      records: Count,
      rows: Count,
      leftOut: Count,
      lost: SalvageReport.shape.lost,
    }),
  }),
  'sample.open': method('locked', { input: z.strictObject({ job: JobId.optional() }), output: VaultStatus }),
  'job.cancel': method('locked', { input: z.strictObject({ job: JobId }), output: nothing }),

  'case.list': method('read', {
    /** Those of this id or title, or the ones changed last. */
    input: z.strictObject({ named: z.string().max(200).optional(), limit: Limit.optional() }),
    output: z.strictObject({ cases: z.array(CaseView), total: Count }),
  }),
  'case.save': method('write', {
    input: z.strictObject({
      case: SubjectId.optional(),
      title: Name,
      reference: z.string().max(200).optional(),
      description: z.string().max(20_000).optional(),
      handling: Handling,
    }),
    output: CaseView,
  }),
  'case.chart': method('read', {
    input: z.strictObject({
      case: SubjectId,
      /** In a case too large to be drawn as a whole exactly these; absent: those with a place in the saved drawing. */
      only: z.array(SubjectId).max(MOST_DRAWN).optional(),
      /** In any case these too, members or not. */
      also: z.array(SubjectId).max(MOST_DRAWN).optional(),
    }),
    output: CaseChart,
  }),
  /** The entities of a case in an order, from any place of it on. */
  'case.members': method('read', {
    input: z.strictObject({
      case: SubjectId,
      /** How many of the order come before; absent: none. */
      at: Count.optional(),
      sort: z.enum(['label', 'kind', 'firstOn', 'lastOn']).optional(),
      isDescending: z.boolean().optional(),
      types: z.array(TypeName).max(64).optional(),
      period: Period.optional(),
      /** What is switched off: types, or `type:category` where a category has a look of its own; `ungraded` is a grade here. */
      without: z
        .strictObject({
          looks: z.array(z.string().max(128)).max(256).optional(),
          grades: z.array(z.string().max(64)).max(256).optional(),
          authors: z.array(AgencyId).max(1000).optional(),
          markings: z.array(z.string().max(64)).max(64).optional(),
        })
        .optional(),
      limit: Limit,
    }),
    /** From `at` on; `total` counts what passes. */
    output: z.strictObject({ at: Count, entities: z.array(EntityView), isLast: z.boolean(), total: Count }),
  }),
  'case.add-members': method('write', {
    input: z.strictObject({ case: SubjectId, members: z.array(SubjectId).min(1).max(8192) }),
    output: z.strictObject({ added: Count }),
  }),
  'case.remove-members': method('write', {
    input: z.strictObject({ case: SubjectId, members: z.array(SubjectId).min(1).max(8192) }),
    output: nothing,
  }),
  'case.fingerprint': method('read', {
    /** For one partner: over what we and it told each other (docs/formats/compare.md); `records` says how many that are. */
    input: z.strictObject({ case: SubjectId, partner: AgencyId.optional(), job: JobId.optional() }),
    output: z.strictObject({ words: z.string(), digest: z.string(), records: Count.optional() }),
  }),
  /** The first file of a comparison with a partner. */
  'compare.begin': method('officer', {
    input: z.strictObject({ case: SubjectId, partner: AgencyId, job: JobId.optional() }),
    output: z.strictObject({ fileName: z.string(), bytes: Bytes }),
  }),
  /** What a file of a comparison tells, `limit` differences from `from` on. */
  'compare.open': method('officer', {
    input: z.strictObject({
      case: SubjectId,
      bytes: Bytes,
      from: Count.default(0),
      limit: Limit,
      job: JobId.optional(),
    }),
    output: ComparisonView,
  }),
  /** Our answer to it. */
  'compare.answer': method('officer', {
    input: z.strictObject({ case: SubjectId, bytes: Bytes, job: JobId.optional() }),
    output: z.strictObject({ fileName: z.string(), bytes: Bytes }),
  }),
  'chart.save': method('write', {
    input: z.strictObject({ case: SubjectId, positions: z.array(Position).max(8192) }),
    output: nothing,
  }),

  'entity.save': method('write', {
    input: z.strictObject({
      case: SubjectId.optional(),
      /** Say something more about this subject; absent = a new one. */
      subject: SubjectId.optional(),
      /** Our own records about it that this one replaces. */
      supersedes: z.array(RecordId).max(64),
      type: TypeName,
      ...statement,
    }),
    output: z.strictObject({ subject: SubjectId, record: RecordId }),
  }),
  'link.save': method('write', {
    input: z.strictObject({
      case: SubjectId.optional(),
      subject: SubjectId.optional(),
      supersedes: z.array(RecordId).max(64),
      type: TypeName,
      from: SubjectId,
      to: SubjectId,
      directed: z.boolean(),
      ...statement,
    }),
    output: z.strictObject({ subject: SubjectId, record: RecordId }),
  }),
  /** Act, means, purpose and indicators said of a case, with their own source and grade. */
  'case.state': method('write', {
    input: z.strictObject({ case: SubjectId, supersedes: z.array(RecordId).max(64), ...statement }),
    output: z.strictObject({ record: RecordId }),
  }),
  'identity.save': method('write', {
    input: z.strictObject({
      kind: z.enum(['same', 'not-same']),
      one: SubjectId,
      other: SubjectId,
      reason: z.string().min(1).max(4096),
      source: Source,
      handling: Handling,
    }),
    output: z.strictObject({ record: RecordId }),
  }),
  'record.retract': method('write', {
    input: z.strictObject({
      records: z.array(RecordId).min(1).max(8192),
      action: z.enum(['correct', 'suppress', 'erase']),
      reason: z.string().min(1).max(4096),
    }),
    output: z.strictObject({ record: RecordId, retracted: Count, releasedTo: z.array(AgencyId) }),
  }),
  'subject.show': method('read', { input: z.strictObject({ subject: SubjectId }), output: SubjectView }),
  /** What is linked to an entity, in the whole store: how much of which kind, and the next so many of it. */
  'subject.expand': method('read', {
    input: z.strictObject({
      subject: SubjectId,
      /** Kinds of the entities at the other end. */
      types: z.array(TypeName).max(64).optional(),
      direction: z.enum(['out', 'in', 'none']).optional(),
      /** Entities that are there already: neither counted nor answered. */
      exclude: z
        .array(SubjectId)
        .max(2 * MOST_DRAWN)
        .optional(),
      /** Links; none asks for the counts alone. */
      limit: z.number().int().min(0).max(500),
    }),
    output: SubjectExpansion,
  }),
  /** A path with the fewest links between two entities, over the whole store; empty when there is none. */
  'graph.path': method('read', {
    input: z.strictObject({ from: SubjectId, to: SubjectId }),
    output: z.strictObject({
      paths: z.array(z.strictObject({ nodes: z.array(EntityView), links: z.array(LinkView) })),
    }),
  }),
  'search.find': method('read', {
    input: SearchRequest,
    /** `more`: there are further hits. `isComplete` false: only a part could be looked through (vault.md V87). */
    output: z.strictObject({ hits: z.array(SearchHit), more: z.boolean(), isComplete: z.boolean() }),
  }),

  'attachment.begin': method('write', {
    input: z.strictObject({ name: FileName, size: Count, type: z.string().max(255) }),
    output: z.strictObject({ transfer: TransferId }),
  }),
  /** At most 4 MiB at a time. */
  'attachment.append': method('write', {
    input: z.strictObject({ transfer: TransferId, bytes: Piece }),
    output: z.strictObject({ received: Count }),
  }),
  'attachment.finish': method('write', {
    input: z.strictObject({
      transfer: TransferId,
      subjects: z.array(SubjectId).min(1).max(64),
      note: z.string().min(1).max(20_000).optional(),
      source: Source,
      handling: Handling,
    }),
    output: AttachmentView,
  }),
  /** A file on its way in or out. */
  'attachment.cancel': method('write', { input: z.strictObject({ transfer: TransferId }), output: nothing }),
  'attachment.list': method('read', {
    input: z.strictObject({
      subject: SubjectId.optional(),
      offset: Count,
      limit: z.number().int().min(1).max(200),
    }),
    output: z.strictObject({ attachments: z.array(AttachmentView), total: Count }),
  }),
  'attachment.export': method('write', {
    input: z.strictObject({ sha256: FileHash, reason: Name }),
    output: z.strictObject({ transfer: TransferId, fileName: z.string(), sha256: FileHash, size: Count }),
  }),
  'attachment.read': method('write', {
    input: z.strictObject({ transfer: TransferId }),
    output: z.strictObject({ bytes: Bytes, isDone: z.boolean() }),
  }),
  'attachment.verify': method('write', {
    input: z.strictObject({ sha256: FileHash, job: JobId.optional() }),
    output: z.strictObject({ state: z.enum(['held', 'missing', 'damaged']), rule: z.string().optional() }),
  }),

  'import.preview': method('write', { input: ImportOptions, output: ImportPreview }),
  'import.apply': method('write', { input: ImportOptions, output: ImportResult }),
  'batch.list': method('read', {
    input: z.strictObject({ limit: z.number().int().min(1).max(500) }),
    output: z.strictObject({ batches: z.array(BatchView), total: Count }),
  }),
  'batch.undo': method('write', {
    input: z.strictObject({ batch: BatchId, job: JobId.optional() }),
    /** Of a received bundle also a sealed receipt for its sender: that nothing of it is held here now. */
    output: z.strictObject({ removed: Count, bytes: Bytes.optional(), fileName: z.string().optional() }),
  }),

  'keys.show': method('read', { input: nothing, output: KeysView }),
  /** The caller's own key, which only their passphrase opens. */
  'keys.make': method('officer', { input: nothing, output: z.strictObject({ kid: KeyId }) }),
  'keys.rotate': method('officer', { input: KeysRotate, output: KeysChanged }),
  'keys.sign': method('officer', { input: z.strictObject({ proposal: Digest }), output: KeysChanged }),
  'keys.discard': method('officer', { input: z.strictObject({ proposal: Digest, reason: Name }), output: nothing }),

  'partner.list': method('read', { input: nothing, output: z.strictObject({ partners: z.array(PartnerView) }) }),
  'partner.card': method('read', { input: nothing, output: z.strictObject({ fileName: z.string(), bytes: Bytes }) }),
  'partner.add': method('officer', { input: z.strictObject({ bytes: Bytes }), output: PartnerView }),
  /** What its card does not say. */
  'partner.describe': method('officer', {
    input: z.strictObject({ agency: AgencyId, kind: AgencyKind }),
    output: PartnerView,
  }),
  /** `words`: the twelve words, or the code that the partner's own screen shows (K21). */
  'partner.confirm': method('officer', {
    input: z.strictObject({ agency: AgencyId, words: z.string().max(1024), with: Name, channel: Name }),
    output: PartnerView,
  }),
  /** K22: how many approvals its bundles must have. */
  'partner.require': method('officer', {
    input: z.strictObject({ agency: AgencyId, approvals: z.number().int().min(0).max(4) }),
    output: PartnerView,
  }),
  /** What rests on it, or on one of its keys; what nobody else states comes first. */
  'partner.affected': method('read', {
    input: z.strictObject({
      agency: AgencyId,
      kid: KeyId.optional(),
      place: AffectedPlace.optional(),
      limit: z.number().int().min(1).max(1000),
    }),
    output: z.strictObject({
      counts: AffectedCounts,
      keys: z.array(z.strictObject({ kid: KeyId, records: Count })),
      passedOn: z.array(PassedOn),
      subjects: z.array(AffectedSubject),
      next: AffectedPlace.optional(),
    }),
  }),
  'partner.revoke': method('officer', {
    input: z.strictObject({ agency: AgencyId, reason: Name }),
    output: PartnerView,
  }),

  'release.preview': method('officer', {
    input: ReleaseRequest.extend({ job: JobId.optional() }),
    output: ReleasePreview,
  }),
  /** The subjects of a preview, in reading order, from any place of it on. */
  'release.subjects': method('officer', {
    input: ReleaseRequest.extend({
      show: ReleaseList,
      /** Only what this rule keeps home, or lets leave under its condition. */
      rule: z.string().max(16).optional(),
      /** How many of them come before. */
      after: Count.default(0),
      limit: z.number().int().min(1).max(500),
      job: JobId.optional(),
    }),
    output: z.strictObject({ digest: z.string(), subjects: z.array(ReleaseSubject), total: Count }),
  }),
  /** The records of one subject of a preview, from any place of it on. */
  'release.records': method('officer', {
    input: ReleaseRequest.extend({
      subject: SubjectId,
      /** Of the list that the subject stands in. */
      show: ReleaseList,
      after: Count.default(0),
      limit: z.number().int().min(1).max(100),
      job: JobId.optional(),
    }),
    output: z.strictObject({
      digest: z.string(),
      subject: SubjectId,
      isProtected: z.boolean(),
      records: z.array(ReleaseSubjectRecord),
      total: Count,
    }),
  }),
  /** Asks for the approval of another officer of exactly what was previewed. */
  'release.ask': method('officer', {
    input: ReleaseRequest.extend({ digest: z.string().max(128), job: JobId.optional() }),
    output: z.strictObject({ id: z.string(), missing: Count }),
  }),
  /** Those that wait, oldest first, or one of them. */
  'release.pending': method('read', {
    input: z.strictObject({
      id: z.string().max(64).optional(),
      /** How many of them come before. */
      after: Count.default(0),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({ pending: z.array(PendingRelease), total: Count }),
  }),
  /** The last 20 that were declined, latest first. */
  'release.declined': method('read', {
    input: nothing,
    output: z.strictObject({ declined: z.array(DeclinedRelease).max(20) }),
  }),
  'release.approve': method('officer', {
    input: z.strictObject({ id: z.string().max(64), digest: z.string().max(128), job: JobId.optional() }),
    output: PendingRelease,
  }),
  'release.decline': method('officer', {
    input: z.strictObject({ id: z.string().max(64), reason: Name }),
    output: nothing,
  }),
  'release.withdraw': method('officer', { input: z.strictObject({ id: z.string().max(64) }), output: nothing }),
  'release.seal': method('officer', {
    input: ReleaseRequest.extend({ digest: z.string().max(128), job: JobId.optional() }),
    output: ReleaseResult,
  }),
  'bundle.inspect': method('locked', {
    input: z.strictObject({ bytes: Bytes }),
    output: z.strictObject({ format: z.string(), version: Count, size: Count, recipients: Count, digest: z.string() }),
  }),
  'receive.open': method('officer', {
    input: z.strictObject({ bytes: Bytes, job: JobId.optional() }),
    output: ReceivePlan,
  }),
  'receive.list': method('officer', {
    input: nothing,
    output: z.strictObject({
      quarantined: z.array(
        z.strictObject({
          quarantine: z.string(),
          issuer: AgencyId,
          issuerName: z.string(),
          sequence: Count,
          records: Count,
          receivedAt: z.string(),
          /** False: only until the vault locks (vault.md V104). */
          isKept: z.boolean(),
        }),
      ),
      /** Dropped while they waited, because an author erased a record in them (vault.md V103); gone from here once applied after all. The last 100, latest first. */
      withdrawn: z
        .array(
          z.strictObject({
            quarantine: z.string(),
            issuer: AgencyId,
            issuerName: z.string(),
            sequence: Count,
            receivedAt: z.string(),
          }),
        )
        .max(100),
    }),
  }),
  'receive.plan': method('officer', {
    input: z.strictObject({ quarantine: QuarantineId, job: JobId.optional() }),
    output: ReceivePlan,
  }),
  /** Items that pass, in reading order, from any place of it on. */
  'receive.items': method('officer', {
    input: z.strictObject({
      quarantine: QuarantineId,
      filter: ReviewFilter.optional(),
      from: Count.optional(),
      limit: z.number().int().min(1).max(500),
    }),
    output: ReviewPage,
  }),
  /** What choices add up to; changes nothing. */
  'receive.choose': method('officer', {
    input: z.strictObject({ quarantine: QuarantineId, choices: ReviewChoices, items: ReviewAsk.items }),
    output: ReviewTally,
  }),
  'receive.chart': method('officer', {
    input: z.strictObject({
      quarantine: QuarantineId,
      filter: ReviewFilter.optional(),
      /** Drawn first, with what they are linked to. */
      focus: ReviewAsk.focus,
    }),
    output: ReviewChart,
  }),
  'receive.apply': method('officer', {
    input: z.strictObject({
      quarantine: QuarantineId,
      accept: Accept,
      /** Of the plan that was looked at. */
      digest: z.string().max(64).optional(),
      case: SubjectId.optional(),
      /** An officer's yes to this epoch of the sender, where it is new (docs/formats/bundle.md Q6). */
      epoch: Count.optional(),
      job: JobId.optional(),
    }),
    output: ReceiveResult,
  }),
  'receive.discard': method('officer', {
    input: z.strictObject({ quarantine: QuarantineId, reason: Name, job: JobId.optional() }),
    /** The receipt for its sender; none where the bundle does not prove itself any more or its place needs a person's word (bundle.md B34). */
    output: z.strictObject({ bytes: Bytes.optional(), fileName: z.string().optional() }),
  }),

  /** Where the streams of one partner or all stand, both ways. */
  'stream.list': method('read', {
    input: z.strictObject({ agency: AgencyId.optional() }),
    output: z.strictObject({ partners: z.array(PartnerStreams) }),
  }),
  /** Manifests of a partner as they came, with signatures and card: what proves a fork to anybody. */
  'stream.evidence': method('officer', {
    input: z.strictObject({ agency: AgencyId, manifests: z.array(Digest).min(1).max(8) }),
    output: z.strictObject({ fileName: z.string(), bytes: Bytes }),
  }),
  /** An officer has seen these alarms and says what was done about them. */
  'stream.note': method('officer', {
    input: z.strictObject({ agency: AgencyId, note: Name }),
    output: z.strictObject({ noted: Count }),
  }),
  /** What became of withdrawals at every partner that was sent something of what they withdraw. */
  'recall.board': method('read', {
    input: z.strictObject({
      agency: AgencyId.optional(),
      /** Only those that nobody has said to have applied. */
      isOpen: z.boolean().optional(),
      limit: Limit.optional(),
    }),
    output: z.strictObject({ rows: z.array(RecallRow), total: Count, open: Count }),
  }),
  /** What a permission would cover: our own live records of a case, about subjects, or these. */
  'permission.scope': method('read', {
    input: z.strictObject(permissionScope),
    output: z.strictObject({
      records: Count,
      subjects: Count,
      /** The first of them. */
      named: z.array(z.strictObject({ subject: SubjectId, kind: z.string(), label: z.string(), records: Count })),
    }),
  }),
  /** Lets partners pass on what we said. It is withdrawn as any record is: `record.retract`. */
  'permission.create': method('officer', {
    input: z.strictObject({
      ...permissionScope,
      to: z.array(AgencyId).min(1).max(128),
      purposes: z.array(z.string().max(64)).min(1).max(16),
      until: z.iso.date(),
      reason: z.string().min(1).max(2000).optional(),
    }),
    output: z.strictObject({ permissions: z.array(RecordId), records: Count }),
  }),
  /** Those that are live: all, ours, or about one subject. */
  'permission.list': method('read', {
    input: z.strictObject({ subject: SubjectId.optional(), ours: z.boolean().optional(), limit: Limit.optional() }),
    output: z.strictObject({ permissions: z.array(PermissionView), more: z.boolean() }),
  }),
  /** Latest first; `from`: how many come before. */
  'ledger.list': method('read', {
    input: z.strictObject({
      subject: SubjectId.optional(),
      agency: AgencyId.optional(),
      from: Count.optional(),
      limit: Limit.optional(),
    }),
    output: z.strictObject({ disclosures: z.array(Disclosure), total: Count }),
  }),
  'audit.list': method('read', {
    input: z.strictObject({ before: Count.optional(), limit: z.number().int().min(1).max(500) }),
    output: z.strictObject({ entries: z.array(AuditEntry), total: Count }),
  }),
  /** Proves the log, and that it is the one of which a partner holds a checkpoint. */
  'audit.verify': method('read', {
    input: z.strictObject({ checkpoint: Checkpoint.optional(), job: JobId.optional() }),
    output: z.strictObject({
      ok: z.boolean(),
      entries: Count,
      firstBad: Count.optional(),
      /** Of the whole log; absent where it is broken. */
      root: z.string().optional(),
      checkpoint: z.enum(['same', 'shorter', 'other']).optional(),
    }),
  }),
} as const;

export type Methods = typeof methods;
export type MethodName = keyof Methods;
/** What a caller passes. */
export type Input<M extends MethodName> = z.input<Methods[M]['input']>;
/** What a handler gets. */
export type Parsed<M extends MethodName> = z.output<Methods[M]['input']>;
export type Output<M extends MethodName> = z.output<Methods[M]['output']>;
export type Handlers = { readonly [M in MethodName]: (input: Parsed<M>) => Output<M> | Promise<Output<M>> };

/** What the vault process says unasked: something changed, work goes on, the vault is locked. Never an instruction. */
export const VaultEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('changed'), change: Count }),
  z.strictObject({ type: z.literal('progress'), job: JobId, stage: z.string(), done: Count, total: Count }),
  z.strictObject({ type: z.literal('store'), phase: StoreState.shape.phase, done: Count, total: Count }),
  z.strictObject({ type: z.literal('locking-soon'), seconds: Count }),
  z.strictObject({ type: z.literal('locked'), reason: z.enum(['asked', 'idle', 'ended']) }),
]);
export type VaultEvent = z.infer<typeof VaultEvent>;

/** Whether the table has a row of that name. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name);
}

/** Methods that work without an unlocked vault, and those that need one. */
export type LockedMethodName = { [M in MethodName]: Methods[M]['access'] extends 'locked' ? M : never }[MethodName];
export type OpenMethodName = Exclude<MethodName, LockedMethodName>;
