import { attachmentLabel, caseLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import { mostProtected, subjectCategoriesOf } from '../../src-shared/catalogue/subject.ts';
import { compareText } from '../../src-shared/crypto/hash.ts';
import { formatGrade } from '../../src-shared/domain/grading.ts';
import type { RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, AttachmentRecord } from '../../src-shared/domain/record.ts';
import { protectedClassOf } from '../../src-shared/policy/protected-subjects.ts';
import { withConflicts } from './plan-conflicts.ts';
import type { Holdings, Offered, OurKnowledge, PlanEntry, Refusal, ReviewPlan } from './plan-types.ts';
import { hasDifference, heldClaims, NOTHING_HELD, standingClaims } from './standing-claims.ts';
import type { Standing } from './standing-claims.ts';

export type { Holdings, Offered, OurKnowledge, PlanEntry, Refusal, ReviewPlan } from './plan-types.ts';

/** Subjects that are looked at together, between two looks at whether somebody cancelled. */
const SUBJECTS_A_STEP = 256;

/** Records that are passed, without a question to the store, between two such looks. */
const AT_ONCE = 2048;

const NONE: readonly never[] = [];

type Step = readonly [done: number, total: number];

/** `planReceive` in steps: yields how much is done, in records. */
export function* planInSteps(ours: OurKnowledge, offered: readonly Offered[]): Generator<Step, ReviewPlan> {
  const total = offered.length;
  const { refused, bySubject, entities: offeredEntities } = yield* sortedInSteps(ours, offered);
  const labels = new Map<SubjectId, string>();
  const withdrawn = (id: RecordId) => ours.withdrawn?.(id);
  const fileState = (record: AttachmentRecord) => ours.file?.(record) ?? 'absent';
  const gradeLists = new Map<string, readonly string[]>();
  const groups = [...bySubject.values()];
  const entries: PlanEntry[] = [];
  for (let at = 0; at < groups.length; at += SUBJECTS_A_STEP) {
    yield [Math.round((at / groups.length) * total), total];
    const some = groups.slice(at, at + SUBJECTS_A_STEP);
    const held = ours.of(some.flat());
    const isOffered = (subject: SubjectId): boolean => offeredEntities.has(subject);
    for (const group of some) nameAll(labels, held, group);
    const context = { held, withdrawn, labels, isOffered, fileState, gradeLists };
    for (const group of some) entries.push(...entriesOf(context, group));
  }
  yield [total, total];
  return { entries: yield* inReadingOrder(entries, total), refused, counts: countsOf(entries, refused), labels };
}

/**
 * Sorts what a bundle offers into new, changed, conflicting, known and refused: one item for what one author says about one subject, and one a kind where
 * records of several kinds name one subject, so that none rides along under another's heading. Pure: a person decides, and nothing shown here is
 * skipped or applied in silence. Receive rules X3, X4: docs/formats/bundle.md §10. O(records).
 */
export function planReceive(ours: OurKnowledge, offered: readonly Offered[]): ReviewPlan {
  const steps = planInSteps(ours, offered);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** New to us: the record itself, or a claim of it that was withheld from us before. R11 gives both copies the same claims at the same places. */
export function isNews(held: Pick<Holdings, 'record' | 'isWhole'>, { id, record }: Offered): boolean {
  if (held.isWhole?.(id) === true) return false;
  const before = held.record(id);
  if (before === undefined) return true;
  return record.claims.some((claim, at) => {
    const ourCopy = before.claims[at];
    return isDisclosed(claim) && ourCopy !== undefined && !isDisclosed(ourCopy);
  });
}

export function typeOf(record: AnyRecord): string {
  return 'type' in record ? record.type : record.kind;
}

interface Sorted {
  readonly refused: readonly Refusal[];
  readonly bySubject: ReadonlyMap<SubjectId, readonly Offered[]>;
  /** Subjects of which an entity record is offered. */
  readonly entities: ReadonlySet<SubjectId>;
}

function* sortedInSteps(ours: OurKnowledge, offered: readonly Offered[]): Generator<Step, Sorted> {
  const refused: Refusal[] = [];
  const bySubject = new Map<SubjectId, Offered[]>();
  const entities = new Set<SubjectId>();
  for (const [at, one] of offered.entries()) {
    if (at % AT_ONCE === 0) yield [0, offered.length];
    const rule = refusalOf(ours, one);
    const { subject, author } = one.record;
    if (rule !== undefined) {
      refused.push({ record: one.id, author, rule });
      continue;
    }
    if (one.record.kind === 'entity') entities.add(subject);
    const group = bySubject.get(subject);
    if (group === undefined) bySubject.set(subject, [one]);
    else group.push(one);
  }
  return { refused, bySubject, entities };
}

function refusalOf(ours: OurKnowledge, one: Offered): string | undefined {
  if (ours.isErased(one.id)) return 'X3';
  if (one.record.author === ours.us && !ours.holds(one.id)) return 'X4';
  return ours.refusal?.(one);
}

interface Context {
  readonly held: Holdings;
  readonly withdrawn: (id: RecordId) => 'correct' | 'suppress' | undefined;
  readonly labels: ReadonlyMap<SubjectId, string>;
  readonly isOffered: (subject: SubjectId) => boolean;
  readonly fileState: (record: AttachmentRecord) => 'comes' | 'held' | 'absent';
  /** Of one grade, by that grade: nearly every item has the same few. */
  readonly gradeLists: Map<string, readonly string[]>;
}

function entriesOf(context: Context, records: readonly Offered[]): PlanEntry[] {
  const { subject } = firstOf(records).record;
  const standing = standingOnce(context.held, subject);
  if (records.length === 1) return [entryOf(context, subject, records, standing)];
  const groups = Map.groupBy(records, ({ record }) => `${record.kind} ${record.author}`);
  const kinds = new Map<string, number>();
  const entries = [...groups].map(([key, group], at) => {
    const { kind } = firstOf(group).record;
    const before = kinds.get(kind) ?? 0;
    kinds.set(kind, before + 1);
    const item = at === 0 ? subject : before === 0 ? `${subject} ${kind}` : `${subject} ${key}`;
    return entryOf(context, item, group, standing);
  });
  return withConflicts(entries);
}

/** What we hold about a subject: most items never ask. */
function standingOnce(held: Holdings, subject: SubjectId): () => Standing {
  let found: Standing | undefined;
  return () => {
    found ??= held.label(subject) === undefined ? NOTHING_HELD : standingClaims(heldClaims(held.liveRecords(subject)));
    return found;
  };
}

function entryOf(
  { held, withdrawn, labels, isOffered, fileState, gradeLists }: Context,
  item: string,
  records: readonly Offered[],
  standing: () => Standing,
): PlanEntry {
  const news = records.filter((one) => isNews(held, one) || isFileNews(one.record, fileState));
  const takenBack = withdrawnAs(news, withdrawn);
  const main = firstOf(news.length > 0 ? news : records).record;
  const ends = 'from' in main ? ([main.from, main.to] as const) : undefined;
  const supports = main.kind === 'attachment' ? main.supports : [];
  const category = main.kind === 'entity' ? categoryOf(records, standing) : undefined;
  return {
    item,
    subject: main.subject,
    state: takenBack === undefined ? stateOf(held, news, standing) : 'changed',
    ...(takenBack !== undefined && { withdrawn: takenBack }),
    kind: main.kind,
    type: typeOf(main),
    label:
      main.kind === 'retract'
        ? retractionLabel(main.targets.length)
        : main.kind === 'permission'
          ? permissionLabel(main.targets.length, main.until)
          : (labels.get(main.subject) ?? main.subject.slice(-6)),
    author: main.author,
    grades: gradesOf(records, gradeLists),
    ...(category !== undefined && { subjectCategory: category }),
    isProtected: records.some(({ record }) => record.kind === 'entity' && protectedClassOf(record) !== undefined),
    ...(ends !== undefined && { ends }),
    needs: exactly([...(ends ?? []), ...supports].filter((end) => !held.hasEntity(end) && isOffered(end))),
    ...(main.kind === 'attachment' && { file: { ...main.file, state: fileState(main), supports } }),
    offered: records,
    news: news.map(({ id }) => id),
    withheld: records.reduce((sum, { record }) => sum + record.claims.filter((claim) => !isDisclosed(claim)).length, 0),
  };
}

/** A file that we do not hold is news, also where we hold its record. */
function isFileNews(record: AnyRecord, fileState: Context['fileState']): boolean {
  return record.kind === 'attachment' && fileState(record) === 'comes';
}

/** As we do, else as they do; the ends of a link as we do. */
function nameAll(labels: Map<SubjectId, string>, held: Holdings, records: readonly Offered[]): void {
  const { subject } = firstOf(records).record;
  const label = held.label(subject) ?? theirLabel(subject, records);
  if (label !== undefined) labels.set(subject, label);
  for (const { record } of records) {
    if (!('from' in record)) continue;
    for (const end of [record.from, record.to]) {
      const ours = held.label(end);
      if (ours !== undefined) labels.set(end, ours);
    }
  }
}

function gradesOf(records: readonly Offered[], lists: Context['gradeLists']): readonly string[] {
  const grades = new Set<string>();
  for (const { record } of records) {
    const grade = 'source' in record ? record.source?.grade : undefined;
    if (grade !== undefined) grades.add(formatGrade(grade));
  }
  const [first] = grades;
  if (first === undefined) return NONE;
  if (grades.size > 1) return [...grades].toSorted(compareText);
  const known = lists.get(first) ?? [first];
  lists.set(first, known);
  return known;
}

/** A list that grew has room for sixteen more, and there are as many lists as items. */
function exactly<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : [...list];
}

/** By what is offered; where that does not say, by what we hold. */
function categoryOf(records: readonly Offered[], standing: () => Standing): string | undefined {
  const offered = mostProtected(
    subjectCategoriesOf(records.flatMap(({ record }) => record.claims.filter(isDisclosed))),
  );
  if (offered !== undefined) return offered;
  const held = (standing().byProperty.get('entity subjectCategory') ?? []).map(({ claim }) => claim);
  return mostProtected(subjectCategoriesOf(held));
}

function firstOf(records: readonly Offered[]): Offered {
  const [first] = records;
  if (first === undefined) throw new Error('an item without a record');
  return first;
}

function stateOf(held: Holdings, news: readonly Offered[], standing: () => Standing): PlanEntry['state'] {
  const [first] = news;
  if (first === undefined) return 'known';
  if (news.some(({ record }) => record.kind === 'retract')) return 'changed';
  const isReplacing = news.some(({ record }) => record.supersedes.some((id) => held.record(id) !== undefined));
  const isFileOnly = first.record.kind === 'attachment' && held.record(first.id) !== undefined;
  if (held.label(first.record.subject) === undefined) return isReplacing || isFileOnly ? 'changed' : 'new';
  return news.some(({ record }) => hasDifference(record, standing())) ? 'conflicting' : 'changed';
}

/** Undefined unless all of it was taken back. */
function withdrawnAs(news: readonly Offered[], withdrawn: Context['withdrawn']): PlanEntry['withdrawn'] {
  const actions = news.map(({ id }) => withdrawn(id));
  if (actions.length === 0 || actions.includes(undefined)) return undefined;
  return actions.includes('correct') ? 'correct' : 'suppress';
}

function countsOf(entries: readonly PlanEntry[], refused: readonly Refusal[]): ReviewPlan['counts'] {
  const counts = { new: 0, changed: 0, conflicting: 0, known: 0, refused: refused.length };
  for (const { state, sideOf } of entries) if (sideOf === undefined) counts[state] += 1;
  return counts;
}

const ORDER: readonly string[] = [
  'case',
  'retract',
  'permission',
  'entity',
  'link',
  'same',
  'not-same',
  'attachment',
  'chart',
];

interface Keyed {
  readonly key: string;
  readonly entry: PlanEntry;
}

/** The case first, then what is taken back, people and things, then what joins them; each by name, numbers in it as numbers. */
function* inReadingOrder(entries: readonly PlanEntry[], total: number): Generator<Step, PlanEntry[]> {
  let runs: (readonly Keyed[])[] = [];
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    yield [total, total];
    const run = entries.slice(at, at + AT_ONCE).map((entry) => ({ entry, key: orderKey(entry) }));
    runs.push(run.toSorted((one, other) => compareText(one.key, other.key)));
  }
  while (runs.length > 1) {
    const merged: (readonly Keyed[])[] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(yield* mergeInSteps(runs[at] ?? [], runs[at + 1] ?? [], total));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ entry }) => entry);
}

function* mergeInSteps(one: readonly Keyed[], other: readonly Keyed[], total: number): Generator<Step, Keyed[]> {
  const merged: Keyed[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    if (merged.length % (8 * AT_ONCE) === 0) yield [total, total];
    const [first, second] = [one[left], other[right]];
    if (first === undefined && second === undefined) return merged;
    const isFirst = second === undefined || (first !== undefined && compareText(first.key, second.key) <= 0);
    const next = isFirst ? first : second;
    if (next !== undefined) merged.push(next);
    if (isFirst) left += 1;
    else right += 1;
  }
}

function orderKey({ kind, type, label, item }: PlanEntry): string {
  return `${String(ORDER.indexOf(kind) + 1).padStart(2, '0')} ${type} ${nameKey(label)} ${item}`;
}

function nameKey(label: string): string {
  return label.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
}

function theirLabel(subject: SubjectId, records: readonly Offered[]): string | undefined {
  const claims = records.flatMap(({ record }) => record.claims.filter(isDisclosed));
  const main = firstOf(records).record;
  if (main.kind === 'entity' || main.kind === 'link') return labelOf(main.type, claims, subject);
  if (main.kind === 'case') return caseLabel(claims, subject);
  if (main.kind === 'attachment') return attachmentLabel(claims, subject);
  return main.kind === 'chart' ? 'Chart' : undefined;
}

function permissionLabel(targets: number, until: string): string {
  return `${targets === 1 ? '1 record' : `${targets} records`} until ${until}`;
}

function retractionLabel(targets: number): string {
  return targets === 1 ? 'Withdraws 1 record' : `Withdraws ${targets} records`;
}
