import { displayValue } from '../../src-shared/catalogue/display.ts';
import { linkKind, propertyKind } from '../../src-shared/catalogue/kinds.ts';
import { attachmentLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import { mostProtected, subjectCategoriesOf } from '../../src-shared/catalogue/subject.ts';
import type { ReleasePreview, ReleaseSubject } from '../../src-shared/contract/views.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { stricterTlp } from '../../src-shared/domain/marking.ts';
import type { Tlp } from '../../src-shared/domain/marking.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim } from '../../src-shared/domain/record.ts';
import type { RecordVerdict, ReleasePlan } from '../../src-shared/policy/plan-release.ts';
import { inPropertyOrder } from './property-order.ts';

export interface PreviewNames {
  /** How we show a subject. */
  label(subject: SubjectId): string | undefined;
  /** Which of the recipients have a copy of the record with every claim that would leave. */
  heldBy(record: RecordId): readonly AgencyId[];
}

/** The plan as the officer sees it: by subject, every record, every claim, every verdict. Nothing is summed up without being listed. */
export function releasePreview(plan: ReleasePlan, digest: string, names: PreviewNames): ReleasePreview {
  const bySubject = new Map<SubjectId, RecordVerdict[]>();
  for (const verdict of plan.verdicts) {
    const { subject } = verdict.record;
    const list = bySubject.get(subject);
    if (list === undefined) bySubject.set(subject, [verdict]);
    else list.push(verdict);
  }
  const seenAs = recipientLabels(bySubject, names);
  return {
    digest,
    subjects: [...bySubject].map(([subject, verdicts]) => previewSubject(subject, verdicts, plan, names, seenAs)),
    totals: totalsOf(plan.verdicts),
    stops: plan.stops.map((stop) => ({ ...stop })),
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

/** How the recipients will see them named: an entity by what leaves of it, a link by its ends. */
function recipientLabels(
  bySubject: ReadonlyMap<SubjectId, readonly RecordVerdict[]>,
  names: PreviewNames,
): ReadonlyMap<SubjectId, string> {
  const seenAs = new Map<SubjectId, string>();
  for (const [subject, verdicts] of bySubject) {
    const main = verdicts[0]?.record;
    const leaving = verdicts.filter(isLeaving).flatMap(leavingClaims);
    if (main?.kind === 'entity') seenAs.set(subject, labelOf(main.type, leaving, subject));
  }
  const end = (subject: SubjectId) => seenAs.get(subject) ?? names.label(subject);
  for (const [subject, [first]] of bySubject) {
    if (first?.record.kind !== 'link') continue;
    const { type, from, to } = first.record;
    seenAs.set(subject, [end(from), linkKind(type).label, end(to)].filter((part) => part !== undefined).join(' – '));
  }
  return seenAs;
}

function previewSubject(
  subject: SubjectId,
  verdicts: readonly RecordVerdict[],
  plan: ReleasePlan,
  names: PreviewNames,
  seenAs: ReadonlyMap<SubjectId, string>,
): ReleaseSubject {
  const main = verdicts[0]?.record;
  if (main === undefined) throw new Error('a subject without a record');
  const type = 'type' in main ? main.type : main.kind;
  const claims = allClaims(verdicts);
  const label = names.label(subject) ?? ownLabel(main, claims);
  const subjectCategory = main.kind === 'entity' ? mostProtected(subjectCategoriesOf(claims)) : undefined;
  return {
    subject,
    kind: previewKind(main),
    type,
    label,
    recipientLabel: seenAs.get(subject) ?? label,
    ...(subjectCategory !== undefined && { subjectCategory }),
    isProtected: plan.protected.has(subject),
    records: verdicts.map((verdict) => ({
      record: verdict.id,
      verdict: verdict.verdict,
      alreadyHeldBy: [...names.heldBy(verdict.id)],
      claims: inPropertyOrder(
        type,
        verdict.record.claims.flatMap((claim, at) =>
          isDisclosed(claim) ? [previewClaim(type, claim, verdict, at)] : [],
        ),
      ),
      ...('source' in verdict.record && verdict.record.source !== undefined && { source: verdict.record.source }),
      handling: verdict.record.handling,
    })),
  };
}

function ownLabel(record: AnyRecord, claims: readonly Claim[]): string {
  const type = 'type' in record ? record.type : record.kind;
  return record.kind === 'attachment' ? attachmentLabel(claims, record.subject) : labelOf(type, claims, record.subject);
}

function allClaims(verdicts: readonly RecordVerdict[]): Claim[] {
  return verdicts.flatMap(({ record }) => record.claims.filter(isDisclosed));
}

function previewClaim(
  type: string,
  claim: Claim,
  verdict: RecordVerdict,
  at: number,
): ReleaseSubject['records'][number]['claims'][number] {
  const property = propertyKind(type, claim.property);
  return {
    property: claim.property,
    label: property?.label ?? claim.property,
    display: displayValue(type, claim.property, claim.value),
    verdict: verdict.claims[at] ?? verdict.verdict,
  };
}

function previewKind(record: AnyRecord): ReleaseSubject['kind'] {
  if (record.kind === 'same' || record.kind === 'not-same') return 'identity';
  return record.kind === 'retract' ? 'retraction' : record.kind;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function totalsOf(verdicts: readonly RecordVerdict[]): ReleasePreview['totals'] {
  const leaving = verdicts.filter(isLeaving);
  const byRule = new Map<string, { records: number; claims: number }>();
  const count = (rule: string, what: 'records' | 'claims'): void => {
    const sums = byRule.get(rule) ?? { records: 0, claims: 0 };
    byRule.set(rule, { ...sums, [what]: sums[what] + 1 });
  };
  for (const { verdict, claims } of verdicts) {
    if (verdict.action === 'withhold') count(verdict.rule, 'records');
    else for (const claim of claims) if (claim.action === 'withhold') count(claim.rule, 'claims');
  }
  return {
    subjects: new Set(leaving.map(({ record }) => record.subject)).size,
    records: leaving.length,
    claims: sum(leaving.map((verdict) => leavingClaims(verdict).length)),
    withheldRecords: verdicts.length - leaving.length,
    withheldClaims: sum(leaving.map((verdict) => verdict.record.claims.length - leavingClaims(verdict).length)),
    byRule: [...byRule]
      .map(([rule, sums]) => ({ rule, ...sums }))
      .toSorted((a, b) => a.rule.localeCompare(b.rule, 'en', { numeric: true })),
  };
}
