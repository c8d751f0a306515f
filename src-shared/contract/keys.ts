import { z } from 'zod';
import { AgencyId, KeyId, SubjectId } from '../domain/ids.ts';

/** Our own keys, changes of them, and releases that wait for approval, as the page and the command line see them. */

const Count = z.number().int().nonnegative();
const Reason = z.string().trim().min(1).max(200);

/** An officer's own key; `user` only where this vault knows whose it is. */
const OfficerKeyView = z.strictObject({ kid: KeyId, user: z.string().optional() });

const KeyVersion = z.strictObject({
  version: Count,
  /** Undefined for version 1, which began with the vault. */
  at: z.string().optional(),
  kid: KeyId,
  threshold: Count,
  root: z.array(OfficerKeyView),
  approving: z.array(OfficerKeyView),
  revoked: z.array(KeyId),
  /** Of version 1 nobody's. */
  signedBy: z.array(OfficerKeyView),
});
export type KeyVersion = z.infer<typeof KeyVersion>;

const KeyProposal = z.strictObject({
  id: z.string(),
  by: z.string(),
  at: z.string(),
  reason: z.string(),
  keys: KeyVersion,
  newSigning: z.boolean(),
  newSealing: z.boolean(),
  /** How many approvals we will require of what we receive, and our own releases will need. */
  requires: Count,
  releases: Count,
  /** How many more root keys have to sign, of those before and of those after. */
  missing: z.strictObject({ old: Count, new: Count }),
  /** Whose signatures could still come. */
  awaited: z.array(OfficerKeyView),
  canSign: z.boolean(),
});

export const KeysView = z.strictObject({
  /** The current one last. */
  versions: z.array(KeyVersion),
  /** The agency's own signing key stands among the root keys: any officer can use it. */
  isRootShared: z.boolean(),
  requires: Count,
  releases: Count,
  /** Earlier sealing keys still open files until then. */
  earlierOpenUntil: z.array(z.string()),
  /** Officers of this vault who have a key of their own. */
  officers: z.array(z.strictObject({ user: z.string(), kid: KeyId, isYours: z.boolean() })),
  canMakeOwn: z.boolean(),
  proposal: KeyProposal.optional(),
  /** K21, of our card. */
  code: z.string(),
});
export type KeysView = z.infer<typeof KeysView>;

const Own = z.number().int().min(0).max(4);

export const KeysRotate = z.strictObject({
  newSigning: z.boolean(),
  newSealing: z.boolean(),
  root: z.array(KeyId).max(8),
  approving: z.array(KeyId).max(16),
  threshold: z.number().int().min(1).max(8),
  requires: Own,
  releases: Own,
  revoke: z.array(KeyId).max(64),
  reason: Reason,
});

/** `isEffective` false: it waits for signatures. */
export const KeysChanged = z.strictObject({ isEffective: z.boolean(), proposal: z.string(), version: Count });

/** A release that waits. */
export const PendingRelease = z.strictObject({
  id: z.string(),
  by: z.string(),
  at: z.string(),
  /** As it was asked for: what `release.preview` takes. */
  request: z.unknown(),
  digest: z.string(),
  caseTitle: z.string(),
  recipients: z.array(z.strictObject({ agency: AgencyId, name: z.string() })),
  purpose: z.string(),
  needed: Count,
  given: z.array(z.strictObject({ kid: KeyId, user: z.string(), at: z.string() })),
  isYours: z.boolean(),
  canApprove: z.boolean(),
  isComplete: z.boolean(),
});
export type PendingRelease = z.infer<typeof PendingRelease>;

/** A release that another officer said no to. */
export const DeclinedRelease = PendingRelease.pick({
  id: true,
  by: true,
  at: true,
  caseTitle: true,
  recipients: true,
  purpose: true,
  isYours: true,
}).extend({ declinedBy: z.string(), declinedAt: z.string(), reason: z.string() });

/** What rests on a partner, or on one of its keys. */
export const AffectedCounts = z.strictObject({
  records: Count,
  entities: Count,
  links: Count,
  cases: Count,
  /** Nobody else states anything about them. */
  aloneEntities: Count,
  aloneLinks: Count,
  aloneCases: Count,
});

export const AffectedSubject = z.strictObject({
  subject: SubjectId,
  what: z.enum(['entity', 'link', 'case']),
  type: z.string(),
  label: z.string(),
  isAlone: z.boolean(),
});
export type AffectedSubject = z.infer<typeof AffectedSubject>;

/** Where a list of what is affected goes on. */
export const AffectedPlace = z.strictObject({ what: z.enum(['entity', 'link', 'case']), list: Count, after: Count });

export const PassedOn = z.strictObject({
  agency: AgencyId,
  name: z.string(),
  records: Count,
  releases: Count,
  lastAt: z.string(),
});
