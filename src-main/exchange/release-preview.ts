import { MOST_STOPS } from '../../src-shared/contract/views.ts';
import type { ReleasePreview } from '../../src-shared/contract/views.ts';
import { identifies } from '../../src-shared/catalogue/kinds.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { stricterTlp } from '../../src-shared/domain/marking.ts';
import type { Tlp } from '../../src-shared/domain/marking.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { Claim } from '../../src-shared/domain/record.ts';
import type { RecordVerdict, ReleasePlan } from '../../src-shared/policy/plan-release.ts';

/** What a preview says of the whole: sums, stops and people. Its subjects: release-subjects.ts. */
export type ReleaseSums = Omit<ReleasePreview, 'digest' | 'subjects'>;

/** The plan in sums; nothing is summed up that is not listed subject by subject as well. O(records). */
export function releaseSums(plan: ReleasePlan, answers: readonly string[]): ReleaseSums {
  const answered = new Set(answers);
  const stops = plan.stops.filter(({ key, isAnswerable }) => !isAnswerable || !answered.has(key));
  return {
    subjectsTotal: new Set(plan.verdicts.map(({ record }) => record.subject)).size,
    protectedPeople: protectedPeople(plan),
    classes: [...plan.classes],
    totals: totalsOf(plan.verdicts),
    stopsTotal: stops.length,
    stops: stops.slice(0, MOST_STOPS).map(({ isAnswerable, ...stop }) => ({ ...stop, answerable: isAnswerable })),
    strictestTlp: strictestTlp(plan.verdicts),
  };
}

/** Strictest label of what leaves. */
export function strictestTlp(verdicts: readonly RecordVerdict[]): Tlp {
  return verdicts
    .filter(isLeaving)
    .reduce<Tlp>((tlp, { record }) => stricterTlp(tlp, record.handling.tlp), 'TLP:CLEAR');
}

/** Whether a record leaves, perhaps without some of its claims. */
export function isLeaving(verdict: RecordVerdict): boolean {
  return verdict.verdict.action === 'release';
}

/** Claims of a record that leave, in its order. */
export function leavingClaims({ record, claims }: RecordVerdict): Claim[] {
  return record.claims.filter((claim, at) => claims[at]?.action === 'release').filter(isDisclosed);
}

/** How many claims of a record leave, without listing them. */
export function leavingCount({ claims }: RecordVerdict): number {
  return claims.reduce((count, { action }) => (action === 'release' ? count + 1 : count), 0);
}

function protectedPeople({ verdicts, protected: shields }: ReleasePlan): ReleasePreview['protectedPeople'] {
  const people = new Set<SubjectId>();
  const identified = new Set<SubjectId>();
  for (const verdict of verdicts) {
    const { record } = verdict;
    if (record.kind !== 'entity' || !shields.has(record.subject)) continue;
    people.add(record.subject);
    if (isLeaving(verdict) && leavingClaims(verdict).some(({ property }) => identifies(record.type, property))) {
      identified.add(record.subject);
    }
  }
  return { people: people.size, identified: identified.size };
}

function totalsOf(verdicts: readonly RecordVerdict[]): ReleasePreview['totals'] {
  const leaving = verdicts.filter(isLeaving);
  const byRule = new Map<string, { records: number; claims: number }>();
  const count = (rule: string, what: 'records' | 'claims'): void => {
    const sums = byRule.get(rule) ?? { records: 0, claims: 0 };
    byRule.set(rule, sums);
    sums[what] += 1;
  };
  for (const { verdict, claims } of verdicts) {
    if (verdict.action === 'withhold') count(verdict.rule, 'records');
    else for (const claim of claims) if (claim.action === 'withhold') count(claim.rule, 'claims');
  }
  const claims = sum(leaving.map(leavingCount));
  return {
    subjects: new Set(leaving.map(({ record }) => record.subject)).size,
    records: leaving.length,
    claims,
    withheldRecords: verdicts.length - leaving.length,
    withheldClaims: sum(leaving.map(({ record }) => record.claims.length)) - claims,
    byRule: [...byRule]
      .map(([rule, sums]) => ({ rule, ...sums }))
      .toSorted((a, b) => a.rule.localeCompare(b.rule, 'en', { numeric: true })),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
