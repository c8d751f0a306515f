import { z } from 'zod';
import { Grade } from './grading.ts';
import { AgencyId, ClaimHash, FileHash, RecordId, SubjectId } from './ids.ts';
import { HandlingCode, Tlp } from './marking.ts';
import { PartialDate } from './partial-date.ts';

/** docs/formats/record.md: every schema here is strict; an unknown field refuses the record (R2). */

export const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
export const PropertyName = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/);
export const TypeName = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const Text = z.string().max(65_536);
const Scalar = z.union([Text, z.number().finite(), z.boolean()]);

/** A value: text, number, truth, or a flat object of these (a chart position, an imported attribute). */
export const ClaimValue = z.union([Scalar, z.record(PropertyName, Scalar)]);
export type ClaimValue = z.infer<typeof ClaimValue>;

/** R7: one disclosed claim. `salt` is 16 random bytes in base64url; absent in records committed as a whole. */
export const Claim = z.strictObject({
  property: PropertyName,
  value: ClaimValue,
  salt: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/)
    .optional(),
  validFrom: PartialDate.optional(),
  validTo: PartialDate.optional(),
});
export type Claim = z.infer<typeof Claim>;

/** R9: a claim that its sender withheld; the record still verifies. */
export const WithheldClaim = z.strictObject({ withheld: ClaimHash });
export type WithheldClaim = z.infer<typeof WithheldClaim>;

/** Who told us, how far we trust it, and whether it is a fact or an assessment (Directive (EU) 2016/680 art. 7(1)). */
export const Source = z.strictObject({
  reference: z.string().min(1).max(512),
  grade: Grade.optional(),
  collectedOn: PartialDate.optional(),
  basis: z.enum(['fact', 'assessment']),
});
export type Source = z.infer<typeof Source>;

/** What may be done with it. H3 and C need a caveat in words (R6). */
export const Handling = z
  .strictObject({
    tlp: Tlp,
    codes: z.array(HandlingCode).max(8),
    caveat: z.string().min(1).max(2048).optional(),
    purposes: z.array(z.string().min(1).max(256)).max(16),
    legalBases: z.array(z.string().min(1).max(64)).max(16),
    reviewOn: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  })
  .refine((h) => h.caveat !== undefined || !h.codes.some((code) => code === 'H3' || code === 'C'), {
    message: 'R6',
    path: ['caveat'],
  });
export type Handling = z.infer<typeof Handling>;

/** R18: the largest evidence file, 2 GiB. */
export const MAX_FILE_BYTES = 2_147_483_648;
/** docs/formats/bundle.md B36: how many evidence files one bundle carries at most, and how many bytes they have together. */
export const MAX_BUNDLED_FILES = 1024;
export const MAX_BUNDLED_BYTES = 67_108_864;
/** R18: a media type (RFC 6838 §4.2) in lower case, as the file came; `application/octet-stream` when nobody said. */
export const MediaType = z.string().regex(/^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/);

/** R18: which file: the SHA-256 of its bytes, how many they are, and what its name claimed it to be. Its name is a claim, not here. */
export const EvidenceFile = z.strictObject({
  sha256: FileHash,
  size: z.number().int().min(0).max(MAX_FILE_BYTES),
  type: MediaType,
});
export type EvidenceFile = z.infer<typeof EvidenceFile>;

const common = {
  v: z.literal(1),
  subject: SubjectId,
  author: AgencyId,
  created: Instant,
  supersedes: z.array(RecordId).max(1024),
  handling: Handling,
  /** R3: `claims` = one salted hash a claim, can be redacted; `record` = committed as a whole. */
  commitment: z.enum(['claims', 'record']),
  claims: z.array(z.union([Claim, WithheldClaim])).max(8192),
};

export const EntityRecord = z.strictObject({ kind: z.literal('entity'), ...common, type: TypeName, source: Source });
export const LinkRecord = z.strictObject({
  kind: z.literal('link'),
  ...common,
  type: TypeName,
  source: Source,
  from: SubjectId,
  to: SubjectId,
  directed: z.boolean(),
});
const identity = { ...common, source: Source, from: SubjectId, to: SubjectId };
const SameRecord = z.strictObject({ kind: z.literal('same'), ...identity });
const NotSameRecord = z.strictObject({ kind: z.literal('not-same'), ...identity });
export const RetractRecord = z.strictObject({
  kind: z.literal('retract'),
  ...common,
  targets: z.array(RecordId).min(1).max(8192),
  action: z.enum(['correct', 'suppress', 'erase']),
});
const CaseRecord = z.strictObject({ kind: z.literal('case'), ...common, source: Source.optional() });
const ChartRecord = z.strictObject({ kind: z.literal('chart'), ...common, case: SubjectId });
/** R18, R19: this file supports these subjects. Always committed by claim: the name of a file can tell who it is about. */
export const AttachmentRecord = z.strictObject({
  kind: z.literal('attachment'),
  ...common,
  v: z.literal(2),
  commitment: z.literal('claims'),
  source: Source,
  file: EvidenceFile,
  supports: z.array(SubjectId).min(1).max(64),
});

/** R21: a day of the calendar. */
const Day = z.iso.date();

/** R21–R25: whoever holds one of the targets may pass it on to each recipient, for each purpose, until the end of that day. */
export const PermissionRecord = z.strictObject({
  kind: z.literal('permission'),
  ...common,
  v: z.literal(3),
  commitment: z.literal('claims'),
  handling: Handling.refine(({ purposes }) => purposes.length > 0, { message: 'R21' }),
  targets: z.array(RecordId).min(1).max(4096),
  recipients: z.array(AgencyId).min(1).max(128),
  until: Day,
});

/** What one agency says about one subject, at one time, from one source. docs/formats/record.md */
export const AnyRecord = z.discriminatedUnion('kind', [
  EntityRecord,
  LinkRecord,
  SameRecord,
  NotSameRecord,
  RetractRecord,
  CaseRecord,
  ChartRecord,
  AttachmentRecord,
  PermissionRecord,
]);
export type AnyRecord = z.infer<typeof AnyRecord>;
export type RecordKind = AnyRecord['kind'];

/** R17: the version of the format in which a kind came or last changed; its records say it in `v`. */
export const RECORD_VERSIONS: { readonly [K in RecordKind]: number } = {
  'entity': 1,
  'link': 1,
  'same': 1,
  'not-same': 1,
  'retract': 1,
  'case': 1,
  'chart': 1,
  'attachment': 2,
  'permission': 3,
};
export type EntityRecord = z.infer<typeof EntityRecord>;
export type LinkRecord = z.infer<typeof LinkRecord>;
export type CaseRecord = z.infer<typeof CaseRecord>;
export type ChartRecord = z.infer<typeof ChartRecord>;
export type RetractRecord = z.infer<typeof RetractRecord>;
export type SameRecord = z.infer<typeof SameRecord>;
export type NotSameRecord = z.infer<typeof NotSameRecord>;
export type AttachmentRecord = z.infer<typeof AttachmentRecord>;
export type PermissionRecord = z.infer<typeof PermissionRecord>;

/** True for a claim whose value can be read. */
export function isDisclosed(claim: Claim | WithheldClaim): claim is Claim {
  return !('withheld' in claim);
}
