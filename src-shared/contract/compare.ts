import { z } from 'zod';
import { AgencyId, RecordId, SubjectId } from '../domain/ids.ts';
import { Count } from './views.ts';

/** What a comparison with a partner told: docs/formats/compare.md §5. */

/** M20. */
export const DifferenceKind = z.enum([
  'missing-there',
  'withdrawn-here',
  'changed-here',
  'unsent-here',
  'unknown-here',
  'missing-here',
  'ended-here',
  'gone-there',
  'out-of-case',
  'fewer-there',
  'more-there',
  'fewer-here',
  'more-here',
]);
export type DifferenceKind = z.infer<typeof DifferenceKind>;

/** What a person does about it. */
export const DifferenceRemedy = z.enum(['release', 'ask', 'check', 'none']);
export type DifferenceRemedy = z.infer<typeof DifferenceRemedy>;

export const Difference = z.strictObject({
  record: RecordId,
  what: DifferenceKind,
  remedy: DifferenceRemedy,
  /** Whether we are its author; if not, the partner is. */
  isOurs: z.boolean(),
  /** Absent for what is not held here. */
  held: z.strictObject({ subject: SubjectId, kind: z.string(), label: z.string() }).optional(),
});
export type Difference = z.infer<typeof Difference>;

export const ComparisonView = z.strictObject({
  partner: AgencyId,
  partnerName: z.string(),
  /** Which file it was: the first, the answer, or the answer to the answer. */
  round: z.literal([1, 2, 3]),
  madeAt: z.string(),
  /** Both have the same records, the same claims of them withheld. */
  isSame: z.boolean(),
  /** M16: false where our store changed since the file that this one answers. */
  isCurrent: z.boolean(),
  /** How many records each compares. */
  ours: Count,
  theirs: Count,
  /** How many ranges of ids differ; all that the first file tells. */
  ranges: Count,
  /** M12: so many of them are not in the list. */
  left: Count,
  differences: z.array(Difference),
  total: Count,
});
export type ComparisonView = z.infer<typeof ComparisonView>;
