import { displayValue } from '../../src-shared/catalogue/display.ts';
import { linkKind, propertyKind } from '../../src-shared/catalogue/kinds.ts';
import { foldText } from '../../src-shared/catalogue/fold-text.ts';
import { attachmentLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import { mostProtected, subjectCategoriesOf } from '../../src-shared/catalogue/subject.ts';
import type { ReleaseSubject } from '../../src-shared/contract/views.ts';
import { compareText } from '../../src-shared/crypto/hash.ts';
import { eachInSteps, sortedInSteps } from '../../src-shared/crypto/steps.ts';
import type { Step } from '../../src-shared/crypto/steps.ts';
import { SubjectId } from '../../src-shared/domain/ids.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, AttachmentRecord, Claim } from '../../src-shared/domain/record.ts';
import type { RecordVerdict, ReleasePlan } from '../../src-shared/policy/plan-release.ts';
import { claimHash } from '../../src-shared/records/record-id.ts';
import { inPropertyOrder } from './property-order.ts';
import { isLeaving, leavingClaims, leavingCount } from './release-preview.ts';

export interface PreviewNames {
  readonly us: AgencyId;
  /** How we show a subject. */
  label(subject: SubjectId): string | undefined;
  agency(id: AgencyId): string;
  /** Which of the recipients have a copy of each of these records with every claim that would leave. */
  heldBy(records: readonly RecordId[]): (record: RecordId) => readonly AgencyId[];
}

export interface SubjectFilter {
  readonly show: 'all' | 'leaving' | 'home' | 'third-party' | 'protected';
  readonly rule?: string | undefined;
}

export interface Page {
  readonly after: number;
  readonly limit: number;
}

type Steps<T> = Generator<Step, T, undefined>;
type RecordView = ReleaseSubject['records'][number];

/** The subjects of a plan in reading order, and each as the officer sees it: every record, every claim, every verdict. */
export interface ReleaseSubjects {
  /** With pauses. */
  page(filter: SubjectFilter, page: Page): Steps<{ readonly subjects: ReleaseSubject[]; readonly total: number }>;
  /** The records of one subject that a list of what passes shows, from any place on; none where the plan has no such subject. */
  records(
    subject: SubjectId,
    show: SubjectFilter['show'],
    page: Page,
  ): Steps<{ readonly records: RecordView[]; readonly total: number }>;
}

/** Claims of one record that are listed: a case may have a million members. */
const LISTED = 100;
/** Records of one subject that come with it: somebody may have been seen five thousand times. */
const RECORDS_LISTED = 20;

/** Puts the subjects in order, O(n log n), with pauses; what a page shows is worked out when it is asked for. */
export function* releaseSubjects(plan: ReleasePlan, names: PreviewNames): Steps<ReleaseSubjects> {
  const bySubject = new Map<SubjectId, RecordVerdict[]>();
  yield* eachInSteps('order', plan.verdicts, (verdict) => {
    const list = bySubject.get(verdict.record.subject);
    if (list === undefined) bySubject.set(verdict.record.subject, [verdict]);
    else list.push(verdict);
  });
  const seenAs = recipientLabels(bySubject, names);
  const ordered = yield* inReadingOrder(bySubject, plan, names);
  const found = new Map<string, readonly Entry[]>();
  function* passing(filter: SubjectFilter): Steps<readonly Entry[]> {
    const key = `${filter.show} ${filter.rule ?? ''}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const entries: Entry[] = [];
    yield* eachInSteps('order', ordered, (entry) => {
      if (passes(entry, filter, plan, names.us)) entries.push(entry);
      return entry.verdicts.length;
    });
    found.set(key, entries);
    return entries;
  }
  return {
    *page(filter, { after, limit }) {
      const entries = yield* passing(filter);
      const subjects: ReleaseSubject[] = [];
      for (const entry of entries.slice(after, after + limit)) {
        subjects.push(yield* subjectOf(entry, filter, plan, names, seenAs));
        if (subjects.length % SUBJECTS_AT_ONCE === 0) yield ['order', after + subjects.length, entries.length];
      }
      return { subjects, total: entries.length };
    },
    *records(subject, show, { after, limit }) {
      const verdicts = recordsShown(bySubject.get(subject) ?? [], show);
      const records = yield* previewRecords(verdicts.slice(after, after + limit), names, seenAs);
      return { records, total: verdicts.length };
    },
  };
}

/** Subjects that are shown between two pauses. */
const SUBJECTS_AT_ONCE = 16;
/** What a claim that is shown weighs beside one that is only counted. */
const UNITS_A_CLAIM = 8;

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

/** The case first, then people and things with the protected ones in front, then what joins them; each by name, numbers in it as numbers. */
function* inReadingOrder(
  bySubject: ReadonlyMap<SubjectId, readonly RecordVerdict[]>,
  plan: ReleasePlan,
  names: PreviewNames,
): Steps<readonly Entry[]> {
  const keyed: { readonly entry: Entry; readonly key: string }[] = [];
  yield* eachInSteps('order', [...bySubject.keys()], (subject) => {
    const verdicts = bySubject.get(subject) ?? [];
    const record = mainRecord(verdicts);
    const label = names.label(subject) ?? ownLabel(record, verdicts);
    const place = ORDER.indexOf(previewKind(record)) * 2 + (isProtected(plan, subject, verdicts) ? 0 : 1);
    const key = `${String(place).padStart(2, '0')} ${typeOf(record)} ${nameKey(label)} ${label}`;
    keyed.push({ entry: { subject, label, verdicts }, key });
    return verdicts.length;
  });
  const ordered = yield* sortedInSteps('order', keyed, (one, other) => compareText(one.key, other.key));
  return ordered.map(({ entry }) => entry);
}

function nameKey(label: string): string {
  return foldText(label).replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
}

function passes({ subject, verdicts }: Entry, { show, rule }: SubjectFilter, plan: ReleasePlan, us: AgencyId): boolean {
  if (rule !== undefined && !verdicts.some((verdict) => isDecidedBy(verdict, rule))) return false;
  if (show === 'leaving') return verdicts.some(isLeaving);
  if (show === 'home') return verdicts.some((verdict) => !isLeaving(verdict) || hasWithheld(verdict));
  if (show === 'third-party') return verdicts.some(({ record }) => record.author !== us);
  return show === 'all' || isProtected(plan, subject, verdicts);
}

/** A protected person, or a file about one: what is in a picture cannot be withheld (P16). */
function isProtected(plan: ReleasePlan, subject: SubjectId, verdicts: readonly RecordVerdict[]): boolean {
  if (plan.protected.has(subject)) return true;
  return verdicts.some(
    ({ record }) => record.kind === 'attachment' && record.supports.some((it) => plan.protected.has(it)),
  );
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

function* subjectOf(
  { subject, label, verdicts }: Entry,
  { show }: SubjectFilter,
  plan: ReleasePlan,
  names: PreviewNames,
  seenAs: (subject: SubjectId) => string | undefined,
): Steps<ReleaseSubject> {
  const main = mainRecord(verdicts);
  const category =
    main.kind === 'entity' ? mostProtected(subjectCategoriesOf(verdicts.flatMap(disclosedClaims))) : undefined;
  const shown = recordsShown(verdicts, show);
  return {
    subject,
    kind: previewKind(main),
    type: typeOf(main),
    label,
    recipientLabel: seenAs(subject) ?? label,
    ...(category !== undefined && { subjectCategory: category }),
    isProtected: isProtected(plan, subject, verdicts),
    counts: countsOf(verdicts),
    records: yield* previewRecords(shown.slice(0, RECORDS_LISTED), names, seenAs),
    recordsTotal: shown.length,
  };
}

function countsOf(verdicts: readonly RecordVerdict[]): ReleaseSubject['counts'] {
  const leaving = verdicts.filter(isLeaving);
  const withheld = leaving.reduce((sum, each) => sum + each.claims.length - leavingCount(each), 0);
  return { leaving: leaving.length, home: verdicts.length - leaving.length, withheld };
}

/** Where only what stays home is listed, or only what leaves, other records of the same subject are not. */
function recordsShown(verdicts: readonly RecordVerdict[], show: SubjectFilter['show']): readonly RecordVerdict[] {
  if (show === 'home') return verdicts.filter((verdict) => !isLeaving(verdict) || hasWithheld(verdict));
  return show === 'leaving' ? verdicts.filter(isLeaving) : verdicts;
}

function* previewRecords(
  verdicts: readonly RecordVerdict[],
  names: PreviewNames,
  seenAs: (subject: SubjectId) => string | undefined,
): Steps<RecordView[]> {
  const heldBy = names.heldBy(verdicts.map(({ id }) => id));
  const records: RecordView[] = [];
  yield* eachInSteps('order', verdicts, (verdict) => {
    records.push(previewRecord(verdict, { ...names, heldBy }, seenAs));
    return verdict.claims.length + UNITS_A_CLAIM * Math.min(verdict.claims.length, LISTED);
  });
  return records;
}

type RecordNames = Omit<PreviewNames, 'heldBy'> & { readonly heldBy: ReturnType<PreviewNames['heldBy']> };

function previewRecord(
  verdict: RecordVerdict,
  names: RecordNames,
  seenAs: (subject: SubjectId) => string | undefined,
): RecordView {
  const { record, id } = verdict;
  const type = typeOf(record);
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
    ...(record.kind === 'attachment' && { file: previewFile(record, names) }),
    ...(rest.length > 0 && { more: { leaving, withheld: rest.length - leaving } }),
    ...('source' in record && record.source !== undefined && { source: record.source }),
    handling: record.handling,
  };
}

function previewFile({ file: { size, type }, supports }: AttachmentRecord, names: RecordNames) {
  return { size, type, supports: supports.map((subject) => names.label(subject) ?? subject.slice(-6)) };
}

/** What lists of a case or a drawing call a subject by. */
const REFERRING: Readonly<Record<string, string>> = { member: 'Member', position: 'Position' };
const SUBJECT_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function previewClaim(
  type: string,
  claim: Claim,
  { record, verdict, claims }: RecordVerdict,
  at: number,
  names: Pick<PreviewNames, 'label'>,
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
