import { displayValue } from '../../src-shared/catalogue/display.ts';
import { propertyKind } from '../../src-shared/catalogue/kinds.ts';
import { caseLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import { mostProtected, subjectCategoriesOf } from '../../src-shared/catalogue/subject.ts';
import type { PlanItem, PlanState } from '../../src-shared/contract/views.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim, RetractRecord } from '../../src-shared/domain/record.ts';
import { protectedClassOf } from '../../src-shared/policy/protected-subjects.ts';
import { inPropertyOrder } from './property-order.ts';

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
  /** Live records about a subject. Asked once a subject. */
  liveRecords(subject: SubjectId): readonly Offered[];
  agencyName(agency: AgencyId): string;
}

export interface ReviewPlan {
  readonly items: readonly PlanItem[];
  readonly refused: readonly { readonly record: string; readonly rule: string }[];
  readonly counts: { readonly [S in PlanState]: number };
}

/** What the items are made from: what was offered, together with what we hold. */
interface Review {
  readonly ours: OurKnowledge;
  readonly label: (subject: SubjectId) => string;
  readonly isOffered: (subject: SubjectId) => boolean;
}

/**
 * Sorts what a bundle offers into new, changed, conflicting, known and refused: one item a subject, and one a kind where records of several
 * kinds name one subject, so that none rides along under another's heading. Pure: a person decides, and nothing shown here is skipped or applied
 * in silence. Receive rules X3, X4: docs/formats/bundle.md §9. O(records).
 */
export function planReceive(ours: OurKnowledge, offered: readonly Offered[]): ReviewPlan {
  const refused: { record: string; rule: string }[] = [];
  const welcome: Offered[] = [];
  for (const one of offered) {
    const rule = refusal(ours, one);
    if (rule === undefined) welcome.push(one);
    else refused.push({ record: one.id, rule });
  }
  const bySubject = Map.groupBy(welcome, ({ record }) => record.subject);
  const labels = theirLabels(bySubject);
  const review: Review = {
    ours,
    label: (subject) => ours.label(subject) ?? labels.get(subject) ?? subject.slice(-6),
    isOffered: (subject) => bySubject.has(subject),
  };
  const items = [...bySubject.values()].flatMap((records) => planItems(review, records));
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
  if (record.kind === 'attachment') return 'X5';
  return record.author === ours.us && ours.record(id) === undefined ? 'X4' : undefined;
}

/** New to us: the record itself, or a claim of it that was withheld from us before. R11 gives both copies the same claims at the same places. */
function isNews(ours: OurKnowledge, { id, record }: Offered): boolean {
  const held = ours.record(id);
  if (held === undefined) return true;
  return record.claims.some((claim, at) => {
    const ourCopy = held.claims[at];
    return isDisclosed(claim) && ourCopy !== undefined && !isDisclosed(ourCopy);
  });
}

function planItems(review: Review, records: readonly Offered[]): PlanItem[] {
  const groups = [...Map.groupBy(records, ({ record }) => record.kind).values()];
  const standing = standingClaims(review.ours, records);
  return groups.map((group, at) => {
    const { subject, kind } = firstOf(group).record;
    return planItem(review, at === 0 ? subject : `${subject} ${kind}`, group, standing);
  });
}

function planItem(review: Review, item: string, records: readonly Offered[], standing: Standing): PlanItem {
  const { ours, label, isOffered } = review;
  const news = records.filter((one) => isNews(ours, one));
  const main = firstOf(news.length > 0 ? news : records).record;
  const statements = news.flatMap(({ record }) => statementsOf(review, record, standing));
  const ends = 'from' in main ? [main.from, main.to] : [];
  const subjectCategory = main.kind === 'entity' ? categoryOf(records, standing) : undefined;
  return {
    item,
    state: stateOf(ours, news, statements),
    kind: main.kind,
    type: typeOf(main),
    label: main.kind === 'retract' ? retractionLabel(main.targets.length) : label(main.subject),
    ...(subjectCategory !== undefined && { subjectCategory }),
    isProtected: records.some(({ record }) => record.kind === 'entity' && protectedClassOf(record) !== undefined),
    ...(ends[0] !== undefined && ends[1] !== undefined && { ends: { from: label(ends[0]), to: label(ends[1]) } }),
    needs: ends.filter((end) => !ours.hasEntity(end) && isOffered(end)),
    records: news.map(({ id }) => id),
    statements,
    withheld: records.reduce((sum, { record }) => sum + record.claims.filter((claim) => !isDisclosed(claim)).length, 0),
    handling: main.handling,
  };
}

/** By what is offered; where that does not say, by what we hold. */
function categoryOf(records: readonly Offered[], standing: Standing): string | undefined {
  const offered = subjectCategoriesOf(records.flatMap(({ record }) => record.claims.filter(isDisclosed)));
  const held = (standing.byProperty.get('entity subjectCategory') ?? []).map(({ claim }) => claim);
  return mostProtected(offered) ?? mostProtected(subjectCategoriesOf(held));
}

function firstOf(records: readonly Offered[]): Offered {
  const [first] = records;
  if (first === undefined) throw new Error('an item without a record');
  return first;
}

function stateOf(ours: OurKnowledge, news: readonly Offered[], statements: PlanItem['statements']): PlanState {
  const [first] = news;
  if (first === undefined) return 'known';
  if (news.some(({ record }) => record.kind === 'retract')) return 'changed';
  const isReplacing = news.some(({ record }) => record.supersedes.some((id) => ours.record(id) !== undefined));
  if (ours.label(first.record.subject) === undefined) return isReplacing ? 'changed' : 'new';
  return statements.some((statement) => statement.state === 'differs') ? 'conflicting' : 'changed';
}

interface Stated {
  readonly record: RecordId;
  readonly claim: Claim;
}

/** Live claims that we hold about a subject, by kind of record and property, and by that and value: both in the order of the records. */
interface Standing {
  readonly byProperty: ReadonlyMap<string, readonly Stated[]>;
  readonly byValue: ReadonlyMap<string, readonly Stated[]>;
}

function standingClaims(ours: OurKnowledge, records: readonly Offered[]): Standing {
  const held = ours
    .liveRecords(firstOf(records).record.subject)
    .flatMap(({ id, record }) =>
      record.claims.filter(isDisclosed).map((claim) => ({ record: id, kind: record.kind, claim })),
    );
  return {
    byProperty: Map.groupBy(held, ({ kind, claim }) => propertyKey(kind, claim)),
    byValue: Map.groupBy(held, ({ kind, claim }) => valueKey(kind, claim)),
  };
}

function propertyKey(kind: string, { property }: Claim): string {
  return `${kind} ${property}`;
}

function valueKey(kind: string, claim: Claim): string {
  return `${propertyKey(kind, claim)} ${JSON.stringify(claim.value)}`;
}

function statementsOf(review: Review, record: AnyRecord, standing: Standing): PlanItem['statements'] {
  if (record.kind === 'case' || record.kind === 'chart') return summaryOf(review.ours, record);
  if (record.kind === 'retract') return withdrawalOf(review, record);
  const { ours } = review;
  const source = 'source' in record ? record.source : undefined;
  const replaced = new Set<RecordId>(record.supersedes);
  const stays = (stated: Stated): boolean => !replaced.has(stated.record);
  const type = typeOf(record);
  return inPropertyOrder(type, record.claims.filter(isDisclosed)).map((claim) => {
    const rival = standing.byProperty.get(propertyKey(record.kind, claim))?.find(stays)?.claim;
    const isSame = standing.byValue.get(valueKey(record.kind, claim))?.some(stays) === true;
    const property = propertyKind(type, claim.property);
    const shown = isSame ? claim : rival;
    const differs = !isSame && rival !== undefined && property?.isMany !== true;
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

/** A case and a chart in a few lines: their members and positions are counted, not listed. */
function summaryOf(ours: OurKnowledge, record: AnyRecord): PlanItem['statements'] {
  const said = record.claims.filter(isDisclosed);
  const counted = ['member', 'position'].flatMap((property) => {
    const count = said.filter((claim) => claim.property === property).length;
    const label = property === 'member' ? 'Members' : 'Positions';
    return count === 0 ? [] : [line(ours, record, { property, label, theirs: String(count) })];
  });
  const told = inPropertyOrder(typeOf(record), said)
    .filter((claim) => claim.property !== 'member' && claim.property !== 'position')
    .map((claim) => toldLine(ours, record, claim));
  return [...told, ...counted];
}

const EFFECTS: { readonly [A in RetractRecord['action']]: string } = {
  correct: 'Stays in the history',
  suppress: 'Shown to nobody',
  erase: 'Erased here for good',
};

/** Why, with what effect, and which of the records that we hold: named by their subjects, the others counted. */
function withdrawalOf({ ours, label }: Review, record: RetractRecord): PlanItem['statements'] {
  const held = record.targets.flatMap((id) => ours.record(id) ?? []).filter(({ author }) => author === record.author);
  const names = [...new Set(held.map(({ subject }) => label(subject)))];
  const others = record.targets.length - held.length;
  return [
    ...record.claims.filter(isDisclosed).map((claim) => toldLine(ours, record, claim)),
    line(ours, record, { property: 'action', label: 'Effect', theirs: EFFECTS[record.action] }),
    ...names.map((theirs) => line(ours, record, { property: 'target', label: 'Withdraws', theirs })),
    ...(others > 0 ? [line(ours, record, { property: 'target', label: 'Not held here', theirs: String(others) })] : []),
  ];
}

function toldLine(ours: OurKnowledge, record: AnyRecord, { property, value }: Claim): PlanItem['statements'][number] {
  const label = propertyKind(typeOf(record), property)?.label ?? property;
  return line(ours, record, { property, label, theirs: displayValue(typeOf(record), property, value) });
}

function line(
  ours: OurKnowledge,
  record: AnyRecord,
  said: Pick<PlanItem['statements'][number], 'property' | 'label' | 'theirs'>,
): PlanItem['statements'][number] {
  return { ...said, state: 'new', author: ours.agencyName(record.author) };
}

function theirLabels(bySubject: ReadonlyMap<SubjectId, readonly Offered[]>): Map<SubjectId, string> {
  const labels = new Map<SubjectId, string>();
  for (const [subject, records] of bySubject) {
    const claims = records.flatMap(({ record }) => record.claims.filter(isDisclosed));
    const main = firstOf(records).record;
    if (main.kind === 'entity' || main.kind === 'link') labels.set(subject, labelOf(main.type, claims, subject));
    if (main.kind === 'case') labels.set(subject, caseLabel(claims, subject));
    if (main.kind === 'chart') labels.set(subject, 'Chart');
  }
  return labels;
}

function retractionLabel(targets: number): string {
  return targets === 1 ? 'Withdraws 1 record' : `Withdraws ${targets} records`;
}
