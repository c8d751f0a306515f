import { MOST_STOPS } from '../../src-shared/contract/views.ts';
import type { ReleasePreview } from '../../src-shared/contract/views.ts';
import { identifies } from '../../src-shared/catalogue/kinds.ts';
import { eachInSteps, runThrough } from '../../src-shared/crypto/steps.ts';
import type { Step } from '../../src-shared/crypto/steps.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { stricterTlp } from '../../src-shared/domain/marking.ts';
import type { Tlp } from '../../src-shared/domain/marking.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { Claim, EvidenceFile } from '../../src-shared/domain/record.ts';
import type { RecordVerdict, ReleasePlan } from '../../src-shared/policy/plan-release.ts';
import type { Stop } from '../../src-shared/policy/release-types.ts';

/** What a preview says of the whole: sums, stops and people. Its subjects: release-subjects.ts. */
export type ReleaseSums = Omit<ReleasePreview, 'digest' | 'subjects'>;

/** The part of them that is the same whatever was answered. */
export type PlanSums = Omit<ReleaseSums, 'stops' | 'stopsTotal'>;

/** The plan in sums; nothing is summed up that is not listed subject by subject as well. O(records). */
export function releaseSums(plan: ReleasePlan, answers: readonly string[]): ReleaseSums {
  return { ...runThrough(planSums(plan)), ...openStops(plan.stops, answers) };
}

/** With pauses. */
export function* planSums(plan: ReleasePlan): Generator<Step, PlanSums, undefined> {
  const subjects = new Set<SubjectId>();
  yield* eachInSteps('sums', plan.verdicts, ({ record }) => void subjects.add(record.subject));
  return {
    subjectsTotal: subjects.size,
    protectedPeople: yield* protectedPeople(plan),
    classes: [...plan.classes],
    totals: yield* totalsOf(plan.verdicts),
    strictestTlp: strictestTlp(plan.verdicts),
  };
}

/** The stops that still hold, as many as can be answered at once, and how many there are. */
export function openStops(
  stops: readonly Stop[],
  answers: readonly string[],
): Pick<ReleaseSums, 'stops' | 'stopsTotal'> {
  const answered = new Set(answers);
  const open = stops.filter(({ key, isAnswerable }) => !isAnswerable || !answered.has(key));
  return {
    stopsTotal: open.length,
    stops: open.slice(0, MOST_STOPS).map(({ isAnswerable, ...stop }) => ({ ...stop, answerable: isAnswerable })),
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

/** Evidence files of records that leave, each once: what travels with them (docs/formats/bundle.md B38). */
export function filesOf(leaving: readonly RecordVerdict[]): readonly Pick<EvidenceFile, 'sha256' | 'size'>[] {
  const files = leaving.flatMap(({ record }) => (record.kind === 'attachment' ? [record.file] : []));
  return [...new Map(files.map(({ sha256, size }) => [sha256, { sha256, size }])).values()];
}

function* protectedPeople({
  verdicts,
  protected: shields,
}: ReleasePlan): Generator<Step, ReleasePreview['protectedPeople'], undefined> {
  const people = new Set<SubjectId>();
  const identified = new Set<SubjectId>();
  yield* eachInSteps('sums', verdicts, (verdict) => {
    const { record } = verdict;
    if (record.kind !== 'entity' || !shields.has(record.subject)) return;
    people.add(record.subject);
    if (isLeaving(verdict) && leavingClaims(verdict).some(({ property }) => identifies(record.type, property))) {
      identified.add(record.subject);
    }
  });
  return { people: people.size, identified: identified.size };
}

function* totalsOf(verdicts: readonly RecordVerdict[]): Generator<Step, ReleasePreview['totals'], undefined> {
  const subjects = new Set<SubjectId>();
  const files = new Map<string, number>();
  const sums = { records: 0, claims: 0, withheldClaims: 0 };
  const byRule = new Map<string, { records: number; claims: number }>();
  const count = (rule: string, what: 'records' | 'claims'): void => {
    const before = byRule.get(rule) ?? { records: 0, claims: 0 };
    byRule.set(rule, before);
    before[what] += 1;
  };
  yield* eachInSteps('sums', verdicts, (each) => {
    const { record, verdict, claims } = each;
    if (isLeaving(each)) {
      if (record.kind === 'attachment') files.set(record.file.sha256, record.file.size);
      const leaving = leavingCount(each);
      subjects.add(record.subject);
      sums.records += 1;
      sums.claims += leaving;
      sums.withheldClaims += record.claims.length - leaving;
      for (const claim of claims) if (claim.action === 'withhold') count(claim.rule, 'claims');
    } else count(verdict.rule, 'records');
    return 1 + claims.length / 16;
  });
  return {
    ...sums,
    files: files.size,
    fileBytes: [...files.values()].reduce((bytes, size) => bytes + size, 0),
    subjects: subjects.size,
    withheldRecords: verdicts.length - sums.records,
    byRule: [...byRule]
      .map(([rule, both]) => ({ rule, ...both }))
      .toSorted((a, b) => a.rule.localeCompare(b.rule, 'en', { numeric: true })),
  };
}
