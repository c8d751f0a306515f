import { z } from 'zod';
import { AgencyId, RecordId, SubjectId } from '../domain/ids.ts';
import { Checkpoint } from './checkpoint.ts';
import { Count } from './views.ts';

/** What partners' streams tell, and what became of withdrawals: docs/formats/bundle.md §11, §12. */

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Place = { epoch: Count, sequence: Count };
const Dated = z.strictObject({ ...Place, at: z.string() });

/** Q4, Q5, Q10, Q13. */
export const StreamAlarm = z.strictObject({
  kind: z.enum(['fork', 'rollback', 'ours-older', 'log-rewritten']),
  ...Place,
  /** Manifests that prove it and are held: what `stream.evidence` takes. */
  manifests: z.array(Hash),
  /** How many entries the two say that the audit log had. */
  entries: z.tuple([Count, Count]).optional(),
  at: z.string(),
  /** An officer has seen it; it stays, but does not call any more. */
  isNoted: z.boolean(),
});
export type StreamAlarm = z.infer<typeof StreamAlarm>;

export const PartnerStreams = z.strictObject({
  agency: AgencyId,
  name: z.string(),
  /** From them to us. */
  incoming: z.strictObject({
    last: Dated.optional(),
    gaps: z.array(z.strictObject({ epoch: Count, numbers: z.array(Count), count: Count, since: z.string() })),
    /** They say that they sealed up to `sequence`; from `from` on nothing came. */
    behind: z.strictObject({ ...Place, from: Count, since: z.string() }).optional(),
    /** An epoch that waits for an officer's yes. */
    newEpoch: Count.optional(),
    /** The newest checkpoint of its audit log that came with a receipt. */
    log: Checkpoint.extend({ epoch: Count, at: z.string() }).optional(),
    isFrozen: z.boolean(),
  }),
  /** From us to them. */
  outgoing: z.strictObject({
    last: Dated.optional(),
    acknowledged: z.strictObject(Place).optional(),
    lastReceiptAt: z.string().optional(),
    /** Without a receipt, the oldest first; `unansweredCount` says how many there are. */
    unanswered: z.array(Dated.extend({ isLate: z.boolean() })),
    unansweredCount: Count,
    isFrozen: z.boolean(),
  }),
  alarms: z.array(StreamAlarm),
  heardAt: z.string().optional(),
  silentDays: Count.optional(),
});
export type PartnerStreams = z.infer<typeof PartnerStreams>;

/** Q21. */
export const RecallAnswer = z.enum(['applied', 'pending', 'refused', 'unclear', 'none']);
export type RecallAnswer = z.infer<typeof RecallAnswer>;

/** Q20: one withdrawal and one partner that was sent something of what it withdraws. */
export const RecallRow = z.strictObject({
  withdrawal: RecordId,
  action: z.enum(['correct', 'suppress', 'erase']),
  reason: z.string(),
  createdAt: z.string(),
  author: AgencyId,
  authorName: z.string(),
  isOurs: z.boolean(),
  /** Labels of what it was about, as far as we still show it. */
  labels: z.array(z.string()),
  partner: AgencyId,
  partnerName: z.string(),
  /** Whether something may be sealed to the partner now. */
  canSend: z.boolean(),
  /** The last bundle that carried one of its targets to the partner. */
  held: z.strictObject({ ...Place, at: z.string(), targets: Count, isRedacted: z.boolean() }),
  /** Absent: the withdrawal was not sent yet. */
  sent: z.strictObject({ ...Place, at: z.string() }).optional(),
  answer: RecallAnswer,
  answeredAt: z.string().optional(),
  rule: z.string().optional(),
  /** Q22: the partner's store was restored after it answered. */
  isRestoredSince: z.boolean(),
  heardAt: z.string().optional(),
  silentDays: Count,
  /** Where its release begins: the case in which a target left last. */
  case: SubjectId.optional(),
});
export type RecallRow = z.infer<typeof RecallRow>;
