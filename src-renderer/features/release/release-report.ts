import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';

/** True when at least one record of the subject leaves. */
export function isLeaving(subject: ReleaseSubject): boolean {
  return subject.records.some((record) => record.verdict.action === 'release');
}

/** How many values and whole records of a subject stay home. */
export function withheldCount(subject: ReleaseSubject): number {
  return subject.records.reduce((sum, { verdict, claims, more }) => {
    if (verdict.action === 'withhold') return sum + 1;
    return sum + claims.filter((claim) => claim.verdict.action === 'withhold').length + (more?.withheld ?? 0);
  }, 0);
}
