import type { ReleasePlan } from '../../../src-shared/policy/plan-release.ts';
import type { PlanSums } from '../../exchange/release-preview.ts';
import type { ReleaseSubjects } from '../../exchange/release-subjects.ts';

/** A release that was asked for and is not made: what would leave, and the hash of exactly that. */
export interface PreparedRelease {
  readonly plan: ReleasePlan;
  readonly digest: string;
  readonly sums: PlanSums;
  readonly subjects: ReleaseSubjects;
  /** What the store said when it was worked out, without its audit log. */
  readonly from: string;
}
