import { displayValue } from '../../src-shared/catalogue/display.ts';
import { linkKind, propertyKind } from '../../src-shared/catalogue/kinds.ts';
import { attachmentLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import { mostProtected, subjectCategoriesOf } from '../../src-shared/catalogue/subject.ts';
import type { ReleaseSubject } from '../../src-shared/contract/views.ts';
import { SubjectId } from '../../src-shared/domain/ids.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim } from '../../src-shared/domain/record.ts';
import type { RecordVerdict, ReleasePlan } from '../../src-shared/policy/plan-release.ts';
import { claimHash } from '../../src-shared/records/record-id.ts';
import { inPropertyOrder } from './property-order.ts';
import { isLeaving, leavingClaims } from './release-preview.ts';

export interface PreviewNames {
  readonly us: AgencyId;
  /** How we show a subject. */
  label(subject: SubjectId): string | undefined;
  agency(id: AgencyId): string;
  /** Which of the recipients have a copy of the record with every claim that would leave. */
  heldBy(record: RecordId): readonly AgencyId[];
}

export interface SubjectFilter {
  readonly show: 'all' | 'leaving' | 'home' | 'third-party' | 'protected';
  readonly rule?: string | undefined;
}

/** The subjects of a plan in reading order, and each as the officer sees it: every record, every claim, every verdict. */
export interface ReleaseSubjects {
  page(
    filter: SubjectFilter,
    after: number,
    limit: number,
  ): { readonly subjects: ReleaseSubject[]; readonly total: number };
}

/** Claims of one record that are listed: a case may have a million members. */
const LISTED = 100;

/** Puts the subjects in order, O(n log n); what a page shows is worked out when it is asked for. */
export function releaseSubjects(plan: ReleasePlan, names: PreviewNames): ReleaseSubjects {
  const bySubject = new Map<SubjectId, RecordVerdict[]>();
  for (const verdict of plan.verdicts) {
    const list = bySubject.get(verdict.record.subject);
    if (list === undefined) bySubject.set(verdict.record.subject, [verdict]);
    else list.push(verdict);
  }
  const seenAs = recipientLabels(bySubject, names);
  const ordered = inReadingOrder(bySubject, plan, names);
  const found = new Map<string, readonly Entry[]>();
  return {
    page(filter, after, limit) {
      const key = `${filter.show} ${filter.rule ?? ''}`;
      const passing = found.get(key) ?? ordered.filter((entry) => passes(entry, filter, plan, names.us));
      found.set(key, passing);
      const shown = passing.slice(after, after + limit);
      return { subjects: shown.map((entry) => subjectOf(entry, plan, names, seenAs)), total: passing.length };
    },
  };
}

interface Entry {
  readonly subject: SubjectId;
  readonly label: string;
  readonly verdicts: readonly RecordVerdict[];
}

const ORDER: readonly ReleaseSubject['kind'][] = [
  'case',
  'retraction',
  'permission',
  'entity',
  'link',
  'identity',
  'attachment',
  'chart',
];
const collator = new Intl.Collator('en', { numeric: true });

/** The case first, then people and things with the protected ones in front, then what joins them. */
function inReadingOrder(
  bySubject: ReadonlyMap<SubjectId, readonly RecordVerdict[]>,
  plan: ReleasePlan,
  names: PreviewNames,
): readonly Entry[] {
  const keyed = [...bySubject].map(([subject, verdicts]) => {
    const record = mainRecord(verdicts);
    const label = names.label(subject) ?? ownLabel(record, verdicts);
    const place = ORDER.indexOf(previewKind(record)) * 2 + (plan.protected.has(subject) ? 0 : 1);
    return { subject, label, verdicts, place, type: typeOf(record) };
  });
  return keyed.toSorted(
    (one, other) =>
      one.place - other.place ||
      (one.type === other.type ? 0 : one.type < other.type ? -1 : 1) ||
      collator.compare(one.label, other.label),
  );
}

function passes({ subject, verdicts }: Entry, { show, rule }: SubjectFilter, plan: ReleasePlan, us: AgencyId): boolean {
  if (rule !== undefined && !verdicts.some((verdict) => isDecidedBy(verdict, rule))) return false;
  if (show === 'leaving') return verdicts.some(isLeaving);
  if (show === 'home') return verdicts.some((verdict) => !isLeaving(verdict) || hasWithheld(verdict));
  if (show === 'third-party') return verdicts.some(({ record }) => record.author !== us);
  return show === 'all' || plan.protected.has(subject);
}

function isDecidedBy({ verdict, claims, conditions }: RecordVerdict, rule: string): boolean {
  if (verdict.action === 'withhold') return verdict.rule === rule;
  return conditions.some((each) => each === rule) || claims.some((each) => each.rule === rule);
}

function hasWithheld({ claims }: RecordVerdict): boolean {
  return claims.some(({ action }) => action === 'withhold');
}

/** How the recipients will see them named: an entity by what leaves of it, a link by its ends. */
function recipientLabels(
  bySubject: ReadonlyMap<SubjectId, readonly RecordVerdict[]>,
  names: PreviewNames,
): (subject: SubjectId) => string | undefined {
  const known = new Map<SubjectId, string | undefined>();
  const seenAs = (subject: SubjectId): string | undefined => {
    if (known.has(subject)) return known.get(subject);
    const label = labelThere(subject);
    known.set(subject, label);
    return label;
  };
  return seenAs;

  function labelThere(subject: SubjectId): string | undefined {
    const verdicts = bySubject.get(subject) ?? [];
    const main = verdicts[0]?.record;
    if (main?.kind === 'entity') return labelOf(main.type, verdicts.filter(isLeaving).flatMap(leavingClaims), subject);
    if (main?.kind !== 'link') return undefined;
    const end = (id: SubjectId) => (bySubject.get(id)?.[0]?.record.kind === 'entity' ? seenAs(id) : names.label(id));
    return [end(main.from), linkKind(main.type).label, end(main.to)].filter((part) => part !== undefined).join(' – ');
  }
}

function subjectOf(
  { subject, label, verdicts }: Entry,
  plan: ReleasePlan,
  names: PreviewNames,
  seenAs: (subject: SubjectId) => string | undefined,
): ReleaseSubject {
  const main = mainRecord(verdicts);
  const type = typeOf(main);
  const category =
    main.kind === 'entity' ? mostProtected(subjectCategoriesOf(verdicts.flatMap(disclosedClaims))) : undefined;
  return {
    subject,
    kind: previewKind(main),
    type,
    label,
    recipientLabel: seenAs(subject) ?? label,
    ...(category !== undefined && { subjectCategory: category }),
    isProtected: plan.protected.has(subject),
    records: verdicts.map((verdict) => previewRecord(type, verdict, names, seenAs)),
  };
}

function previewRecord(
  type: string,
  verdict: RecordVerdict,
  names: PreviewNames,
  seenAs: (subject: SubjectId) => string | undefined,
): ReleaseSubject['records'][number] {
  const { record, id } = verdict;
  const disclosed = record.claims.flatMap((claim, at) => (isDisclosed(claim) ? [{ claim, at }] : []));
  const claims = inPropertyOrder(
    type,
    disclosed.slice(0, LISTED).map(({ claim, at }) => previewClaim(type, claim, verdict, at, names, seenAs)),
  );
  const rest = disclosed.slice(LISTED).map(({ at }) => verdict.claims[at]?.action);
  const leaving = rest.filter((action) => action === 'release').length;
  return {
    record: id,
    verdict: verdict.verdict,
    conditions: [...verdict.conditions],
    ...(record.author !== names.us && { author: { agency: record.author, name: names.agency(record.author) } }),
    alreadyHeldBy: [...names.heldBy(id)],
    claims,
    ...(rest.length > 0 && { more: { leaving, withheld: rest.length - leaving } }),
    ...('source' in record && record.source !== undefined && { source: record.source }),
    handling: record.handling,
  };
}

/** What lists of a case or a drawing call a subject by. */
const REFERRING: Readonly<Record<string, string>> = { member: 'Member', position: 'Position' };
const SUBJECT_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function previewClaim(
  type: string,
  claim: Claim,
  { record, verdict, claims }: RecordVerdict,
  at: number,
  names: PreviewNames,
  seenAs: (subject: SubjectId) => string | undefined,
): ReleaseSubject['records'][number]['claims'][number] {
  const shown = displayValue(type, claim.property, claim.value);
  const referring = REFERRING[claim.property];
  const named = (id: string) => seenAs(SubjectId.parse(id)) ?? names.label(SubjectId.parse(id)) ?? id;
  return {
    property: claim.property,
    label: referring ?? propertyKind(type, claim.property)?.label ?? claim.property,
    display: referring === undefined ? shown : shown.replaceAll(SUBJECT_ID, named),
    verdict: claims[at] ?? verdict,
    ...(record.commitment === 'claims' && { claim: claimHash(claim) }),
  };
}

function mainRecord(verdicts: readonly RecordVerdict[]): AnyRecord {
  const record = verdicts[0]?.record;
  if (record === undefined) throw new Error('a subject without a record');
  return record;
}

function typeOf(record: AnyRecord): string {
  return 'type' in record ? record.type : record.kind;
}

function ownLabel(record: AnyRecord, verdicts: readonly RecordVerdict[]): string {
  const claims = verdicts.flatMap(disclosedClaims);
  return record.kind === 'attachment'
    ? attachmentLabel(claims, record.subject)
    : labelOf(typeOf(record), claims, record.subject);
}

function disclosedClaims({ record }: RecordVerdict): Claim[] {
  return record.claims.filter(isDisclosed);
}

function previewKind(record: AnyRecord): ReleaseSubject['kind'] {
  if (record.kind === 'same' || record.kind === 'not-same') return 'identity';
  return record.kind === 'retract' ? 'retraction' : record.kind;
}
