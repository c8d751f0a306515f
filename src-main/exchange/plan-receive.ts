import { displayValue } from '../../src-shared/catalogue/display.ts';
import { propertyKind } from '../../src-shared/catalogue/kinds.ts';
import { caseLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import type { PlanItem, PlanState } from '../../src-shared/contract/views.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim } from '../../src-shared/domain/record.ts';
import { protectedClassOf } from '../../src-shared/policy/protected-subjects.ts';

export interface Offered {
  readonly id: RecordId;
  readonly record: AnyRecord;
}

/** What we hold already, as far as the plan needs it. */
export interface OurKnowledge {
  readonly us: AgencyId;
  /** The copy that we hold of a record. */
  record(id: RecordId): AnyRecord | undefined;
  isErased(id: RecordId): boolean;
  hasEntity(subject: SubjectId): boolean;
  /** Label that we show for a subject; undefined for one that we do not know. */
  label(subject: SubjectId): string | undefined;
  /** Live records about a subject. */
  liveRecords(subject: SubjectId): readonly Offered[];
  agencyName(agency: AgencyId): string;
}

export interface ReviewPlan {
  readonly items: readonly PlanItem[];
  readonly refused: readonly { readonly record: string; readonly rule: string }[];
  readonly counts: { readonly [S in PlanState]: number };
}

/**
 * Sorts what a bundle offers into new, changed, conflicting, known and refused, one item a subject. Pure: a person decides, and
 * nothing shown here is skipped or applied in silence. Receive rules X3, X4: docs/formats/bundle.md §9.
 */
export function planReceive(ours: OurKnowledge, offered: readonly Offered[]): ReviewPlan {
  const refused: { record: string; rule: string }[] = [];
  const bySubject = new Map<SubjectId, Offered[]>();
  for (const one of offered) {
    const rule = refusal(ours, one);
    if (rule !== undefined) refused.push({ record: one.id, rule });
    else bySubject.set(one.record.subject, [...(bySubject.get(one.record.subject) ?? []), one]);
  }
  const labels = theirLabels(bySubject);
  const label = (subject: SubjectId): string => ours.label(subject) ?? labels.get(subject) ?? subject.slice(-6);
  const items = [...bySubject].map(([subject, records]) => planItem(ours, subject, records, label, bySubject));
  const count = (state: PlanState): number => items.filter((item) => item.state === state).length;
  return {
    items,
    refused,
    counts: {
      new: count('new'),
      changed: count('changed'),
      conflicting: count('conflicting'),
      known: count('known'),
      refused: refused.length,
    },
  };
}

function refusal(ours: OurKnowledge, { id, record }: Offered): string | undefined {
  if (ours.isErased(id)) return 'X3';
  return record.author === ours.us && ours.record(id) === undefined ? 'X4' : undefined;
}

/** New to us: the record itself, or claims of it that were withheld from us before. */
function isNews(ours: OurKnowledge, { id, record }: Offered): boolean {
  const held = ours.record(id);
  if (held === undefined) return true;
  return record.claims.filter(isDisclosed).length > held.claims.filter(isDisclosed).length;
}

function planItem(
  ours: OurKnowledge,
  subject: SubjectId,
  records: readonly Offered[],
  label: (subject: SubjectId) => string,
  offered: ReadonlyMap<SubjectId, readonly Offered[]>,
): PlanItem {
  const news = records.filter((one) => isNews(ours, one));
  const main = (news[0] ?? records[0])?.record;
  if (main === undefined) throw new Error('an item without a record');
  const statements = news.flatMap(({ record }) => statementsOf(ours, record));
  const ends = 'from' in main ? [main.from, main.to] : [];
  return {
    item: subject,
    state: stateOf(ours, subject, news, statements),
    kind: main.kind,
    type: typeOf(main),
    label: main.kind === 'retract' ? retractionLabel(main.targets.length) : label(subject),
    isProtected: records.some(({ record }) => record.kind === 'entity' && protectedClassOf(record) !== undefined),
    ...(ends[0] !== undefined && ends[1] !== undefined && { ends: { from: label(ends[0]), to: label(ends[1]) } }),
    needs: ends.filter((end) => !ours.hasEntity(end) && offered.has(end)),
    records: news.map(({ id }) => id),
    statements,
    withheld: records.reduce((sum, { record }) => sum + record.claims.filter((claim) => !isDisclosed(claim)).length, 0),
    handling: main.handling,
  };
}

function stateOf(
  ours: OurKnowledge,
  subject: SubjectId,
  news: readonly Offered[],
  statements: PlanItem['statements'],
): PlanState {
  if (news.length === 0) return 'known';
  if (news.some(({ record }) => record.kind === 'retract')) return 'changed';
  if (ours.label(subject) === undefined) return 'new';
  return statements.some((statement) => statement.state === 'differs') ? 'conflicting' : 'changed';
}

function statementsOf(ours: OurKnowledge, record: AnyRecord): PlanItem['statements'] {
  if (record.kind === 'case' || record.kind === 'chart') return summaryOf(ours, record);
  const source = 'source' in record ? record.source : undefined;
  const standing = ours.liveRecords(record.subject).filter(({ id }) => !record.supersedes.includes(id));
  return record.claims.filter(isDisclosed).map((claim) => {
    const rivals = rivalsOf(record, claim, standing);
    const type = typeOf(record);
    const property = propertyKind(type, claim.property);
    const isSame = rivals.some((rival) => sameValue(rival.value, claim.value));
    const shown = isSame ? claim : rivals[0];
    const differs = !isSame && rivals.length > 0 && property?.isMany !== true;
    return {
      property: claim.property,
      label: property?.label ?? claim.property,
      theirs: displayValue(type, claim.property, claim.value),
      ...(shown !== undefined && { ours: displayValue(type, claim.property, shown.value) }),
      state: isSame ? ('same' as const) : differs ? ('differs' as const) : ('new' as const),
      ...(source !== undefined && { source }),
      author: ours.agencyName(record.author),
    };
  });
}

function typeOf(record: AnyRecord): string {
  return 'type' in record ? record.type : record.kind;
}

function rivalsOf(record: AnyRecord, claim: Claim, standing: readonly Offered[]): Claim[] {
  return standing
    .filter((other) => other.record.kind === record.kind)
    .flatMap((other) => other.record.claims.filter(isDisclosed))
    .filter((other) => other.property === claim.property);
}

function sameValue(one: Claim['value'], other: Claim['value']): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A case and a chart in a few lines: their members and positions are counted, not listed. */
function summaryOf(ours: OurKnowledge, record: AnyRecord): PlanItem['statements'] {
  const said = record.claims.filter(isDisclosed);
  const line = (property: string, label: string, theirs: string): PlanItem['statements'][number] => ({
    property,
    label,
    theirs,
    state: 'new',
    author: ours.agencyName(record.author),
  });
  const counted = ['member', 'position'].flatMap((property) => {
    const count = said.filter((claim) => claim.property === property).length;
    return count === 0 ? [] : [line(property, property === 'member' ? 'Members' : 'Positions', String(count))];
  });
  const told = said
    .filter((claim) => claim.property !== 'member' && claim.property !== 'position')
    .map((claim) => {
      const label = propertyKind(typeOf(record), claim.property)?.label ?? claim.property;
      return line(claim.property, label, displayValue(typeOf(record), claim.property, claim.value));
    });
  return [...told, ...counted];
}

function theirLabels(bySubject: ReadonlyMap<SubjectId, readonly Offered[]>): Map<SubjectId, string> {
  const labels = new Map<SubjectId, string>();
  for (const [subject, records] of bySubject) {
    const claims = records.flatMap(({ record }) => record.claims.filter(isDisclosed));
    const main = records[0]?.record;
    if (main === undefined) continue;
    if (main.kind === 'entity' || main.kind === 'link') labels.set(subject, labelOf(main.type, claims, subject));
    if (main.kind === 'case') labels.set(subject, caseLabel(claims, subject));
    if (main.kind === 'chart') labels.set(subject, 'Chart');
  }
  return labels;
}

function retractionLabel(targets: number): string {
  return targets === 1 ? 'Withdraws 1 record' : `Withdraws ${targets} records`;
}
