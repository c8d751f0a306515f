import { identifies, propertyKind } from '../catalogue/kinds.ts';
import type { AgencyId, SubjectId } from '../domain/ids.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord, Claim, EntityRecord, WithheldClaim } from '../domain/record.ts';
import { eachInSteps, runThrough } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
import { claimHash } from '../records/record-id.ts';
import { dataClasses } from './data-classes.ts';
import { withheldFinderInSteps } from './find-withheld.ts';
import type { WithheldValue } from './find-withheld.ts';
import { fileJudge, withFittingFiles } from './judge-files.ts';
import { headerJudge } from './judge-headers.ts';
import { holdsAny, isNotice, withUsedPermissions } from './notices.ts';
import { identifiersOfProtected, protectedSubjects } from './protected-subjects.ts';
import type { Candidate, RecordVerdict, ReleasePlan, ReleaseQuestion } from './release-types.ts';
import { RELEASE, withholdBy } from './rules.ts';
import type { PolicyRule, Verdict } from './rules.ts';
import { releaseStops } from './stops.ts';
import { openKey, openKeys, searchable } from './withheld-values.ts';

export type { Candidate, RecordVerdict, Recipient, ReleasePlan, ReleaseQuestion } from './release-types.ts';

/** Decides, record by record and claim by claim, what may leave. Pure: reads nothing, writes nothing. docs/policy.md */
export function planRelease(question: ReleaseQuestion): ReleasePlan {
  return runThrough(planReleaseInSteps(question));
}

/** The same with pauses: yields how far it is, in records. */
export function* planReleaseInSteps(question: ReleaseQuestion): Generator<Step, ReleasePlan, undefined> {
  const shields = yield* protectedSubjects(question.context.concat(yield* pastOfTheGone(question)));
  const included = new Set(question.include);
  const isShielded = (subject: SubjectId): boolean => {
    const shield = shields.get(subject);
    return shield !== undefined && !included.has(shield);
  };
  const identifiers = yield* identifiersOfProtected(question.context, isShielded);
  const { cellsOf, ruleOf } = yield* headerJudge(question);
  const keptClaims = yield* claimsKeptByOfficer(question);
  const finder = yield* withheldFinderInSteps(yield* withheldValues(), question.foldToAscii);
  const named = new Map<string, boolean>();
  const found = { text: new Map<string, boolean>(), freeText: new Map<string, boolean>() };
  /** Of each candidate, in their order. */
  const rules: (PolicyRule | undefined)[] = [];
  yield* eachInSteps('policy', question.candidates, ({ record }) => void rules.push(recordRule(record)));
  const staysHome = yield* subjectsThatStay();
  const fileRule = yield* fileJudge(question, {
    leaving: leavingSubjects,
    isShielded: (subject) => isShielded(subject) || identifiers.has(subject),
  });
  const wholes = new Map<string, readonly Verdict[]>();
  const conditions = new Map<string, readonly PolicyRule[]>();
  const judged = yield* withFittingFiles(yield* judgedInSteps(), question.files);
  const verdicts = yield* withUsedPermissions(judged, question.holders);
  const classes = yield* dataClasses(verdicts, question.us, shields);
  const stops = yield* releaseStops(question, verdicts, classes, finder);
  return { verdicts, stops, classes, protected: shields };

  /**
   * Every value that must not appear anywhere, also those of subjects outside the case. What a subject that nobody protects openly is or has is
   * not hidden because a protected person has it too; names are, but for those of persons elsewhere.
   */
  function* withheldValues(): Generator<Step, WithheldValue[], undefined> {
    const hidden: HiddenClaim[] = [];
    const collect = (record: AnyRecord): number => {
      if (record.kind === 'entity') addHidden(record, hidden);
      return 1;
    };
    yield* eachInSteps('texts', question.context, collect);
    yield* eachInSteps('texts', question.past, collect);
    const openValues = hidden.every(({ isCertain }) => isCertain) ? undefined : yield* valuesOfOpenRecords();
    const wanted: { readonly claim: Claim; readonly value: WithheldValue }[] = [];
    yield* eachInSteps('texts', hidden, ({ record, claim, isCertain }) => {
      if (!isCertain && openValues?.has(valueKey(record, claim)) === true) return;
      for (const value of searchable(record, claim)) wanted.push({ claim, value });
    });
    const isOpenAsked = question.elsewhere.length > 0 || wanted.some(({ value }) => value.kind === 'phrase');
    const open = isOpenAsked ? yield* saidOpenly() : new Set<string>();
    const values: WithheldValue[] = [];
    yield* eachInSteps('texts', wanted, ({ claim, value }) => {
      if (!isSaidOpenly(open, claim, value)) values.push(value);
    });
    yield* eachInSteps('texts', question.elsewhere, (value) => {
      if (!open.has(openKey(value.value))) values.push(value);
    });
    return values;
  }

  function addHidden(record: EntityRecord, hidden: HiddenClaim[]): void {
    const isSubjectHidden = question.exclude.has(record.subject) || isHiddenInformant(record.subject);
    const isRecordHidden = isHiddenByHeader(record);
    for (const claim of record.claims) {
      if (!isDisclosed(claim)) continue;
      const isCertain =
        isSubjectHidden || identifyingRule(record, claim) !== undefined || isKeptByOfficer(record, claim);
      if (isCertain || isRecordHidden) hidden.push({ record, claim, isCertain });
    }
  }

  /** Ours that its marking keeps home; what another author marked RED or H2, unless it is that author alone who gets the bundle. */
  function isHiddenByHeader(record: AnyRecord): boolean {
    const rule = ruleOf(record);
    if (record.author === question.us) return rule !== undefined;
    if (question.recipients.every(({ agency }) => agency === record.author)) return false;
    return record.handling.tlp === 'TLP:RED' || (record.handling.codes.includes('H2') && rule !== undefined);
  }

  /** What our records that may leave say, so that a value marked RED in one of them is not hidden where another, open one says the same. */
  function* valuesOfOpenRecords(): Generator<Step, ReadonlySet<string>, undefined> {
    const values = new Set<string>();
    yield* eachInSteps('texts', question.context, (record) => {
      if (record.author !== question.us || ruleOf(record) !== undefined) return 1;
      for (const claim of record.claims) if (isDisclosed(claim)) values.add(valueKey(record, claim));
      return 1 + record.claims.length;
    });
    return values;
  }

  /** What the subjects that nobody protects, and that leave, are said to be or to have. Free text is not: it may speak of anybody. */
  function* saidOpenly(): Generator<Step, ReadonlySet<string>, undefined> {
    const open = new Set<string>();
    yield* eachInSteps('texts', question.candidates, ({ record }) => {
      if (record.kind !== 'entity' || ruleBeforeText(record) !== undefined || isShielded(record.subject)) return 1;
      for (const claim of record.claims) {
        if (!isDisclosed(claim) || identifyingRule(record, claim) !== undefined) continue;
        if (!isKeptByOfficer(record, claim)) for (const key of openKeys(record, claim)) open.add(key);
      }
      return 1 + record.claims.length;
    });
    return open;
  }

  function isHiddenInformant(subject: SubjectId): boolean {
    return shields.get(subject) === 'informants' && isShielded(subject);
  }

  /** Entities of which no record leaves, but for those that every recipient told us of: it holds them already. */
  function* subjectsThatStay(): Generator<Step, ReadonlySet<SubjectId>, undefined> {
    const leaving = yield* subjectsOfAllRecipients(question);
    yield* eachInSteps('policy', question.candidates, ({ record }, at) => {
      if (record.kind === 'entity' && rules[at] === undefined) leaving.add(record.subject);
    });
    const staying = new Set<SubjectId>();
    yield* eachInSteps('policy', question.candidates, ({ record }) => {
      if (record.kind === 'entity' && !leaving.has(record.subject)) staying.add(record.subject);
    });
    return staying;
  }

  /** Subjects of which anything that is said leaves, or that every recipient told us of. */
  function* leavingSubjects(): Generator<Step, ReadonlySet<SubjectId>, undefined> {
    const leaving = yield* subjectsOfAllRecipients(question);
    yield* eachInSteps('policy', question.candidates, ({ record }, at) => {
      if (rules[at] === undefined && endRule(record) === undefined) leaving.add(record.subject);
    });
    return leaving;
  }

  function* judgedInSteps(): Generator<Step, RecordVerdict[], undefined> {
    const verdicts: RecordVerdict[] = [];
    let since = 0;
    for (const [at, candidate] of question.candidates.entries()) {
      const { record } = candidate;
      const rule = rules[at] ?? endRule(record) ?? fileRule(candidate);
      verdicts.push(rule === undefined ? yield* judge(candidate) : stayingHome(candidate, rule));
      since += 1 + record.claims.length;
      if (since < CLAIMS_AT_ONCE) continue;
      since = 0;
      yield ['policy', verdicts.length, question.candidates.length];
    }
    return verdicts;
  }

  function stayingHome(candidate: Candidate, rule: PolicyRule): RecordVerdict {
    const claims = sameForAll(withholdBy(rule), candidate.record.claims.length);
    return { ...candidate, verdict: withholdBy(rule), conditions: [], claims };
  }

  function* judge(candidate: Candidate): Generator<Step, RecordVerdict, undefined> {
    const { record } = candidate;
    const claims = yield* judgedClaims(record);
    const rule = wholeTextRule(record, claims);
    if (rule !== undefined) return stayingHome(candidate, rule);
    return { ...candidate, verdict: RELEASE, conditions: conditionsOf(record), claims };
  }

  /** Nearly all records have the same few conditions. */
  function conditionsOf(record: AnyRecord): readonly PolicyRule[] {
    const own = new Set(cellsOf(record).flatMap((cell) => (cell.verdict === 'leaves' ? [] : [cell.rule])));
    const key = [...own].join(' ');
    const known = conditions.get(key) ?? [...own];
    conditions.set(key, known);
    return known;
  }

  /** A list of a case or a drawing has thousands of claims. */
  function* judgedClaims(record: AnyRecord): Generator<Step, readonly Verdict[], undefined> {
    const verdicts: Verdict[] = [];
    for (const claim of record.claims) {
      verdicts.push(judgeClaim(record, claim));
      if (verdicts.length % CLAIMS_AT_ONCE === 0) yield ['policy', 0, 0];
    }
    return verdicts.every((verdict) => verdict === RELEASE) ? sameForAll(RELEASE, verdicts.length) : verdicts;
  }

  /** Most records have one verdict for all of their claims: they share one list. */
  function sameForAll(verdict: Verdict, length: number): readonly Verdict[] {
    const key = `${verdict.rule} ${length}`;
    const known = wholes.get(key) ?? Array.from({ length }, () => verdict);
    wholes.set(key, known);
    return known;
  }

  function recordRule(record: AnyRecord): PolicyRule | undefined {
    return ruleBeforeText(record) ?? headerRule(record);
  }

  function ruleBeforeText(record: AnyRecord): PolicyRule | undefined {
    if (question.exclude.has(record.subject)) return 'P9';
    return ruleOf(record) ?? (isHiddenInformant(record.subject) ? 'P13' : undefined);
  }

  function headerRule(record: AnyRecord): PolicyRule | undefined {
    const texts = [
      ...('source' in record ? [record.source?.reference, record.source?.collectedOn] : []),
      record.handling.caveat,
      ...record.handling.purposes,
      ...record.handling.legalBases,
    ];
    return texts.some((text) => text !== undefined && namesInHeader(text)) ? 'P8' : undefined;
  }

  /** Thousands of records have the same source, caveat and purposes. */
  function namesInHeader(text: string): boolean {
    const known = named.get(text);
    if (known !== undefined) return known;
    const found = finder.findInFreeText(text);
    named.set(text, found);
    return found;
  }

  function endRule(record: AnyRecord): PolicyRule | undefined {
    const hasEnds = record.kind === 'link' || record.kind === 'same' || record.kind === 'not-same';
    return hasEnds && (staysHome.has(record.from) || staysHome.has(record.to)) ? 'P12' : undefined;
  }

  function judgeClaim(record: AnyRecord, claim: Claim | WithheldClaim): Verdict {
    if (!isDisclosed(claim)) return withholdBy('P3');
    const named = subjectNamedBy(record, claim);
    if (named !== undefined && (staysHome.has(named) || question.exclude.has(named))) return withholdBy('P12');
    if (isNoticeForSome(record)) return withholdBy('P3');
    const rule = record.kind === 'entity' ? identifyingRule(record, claim) : undefined;
    if (rule !== undefined) return withholdBy(rule);
    if (isKeptByOfficer(record, claim)) return withholdBy('P21');
    // what was erased is not there any more to be looked for
    if (record.kind === 'retract' && record.action === 'erase') return withholdBy('P7');
    return containsWithheld(record, claim) ? withholdBy('P7') : RELEASE;
  }

  /** Why another author withdrew or permitted something is for those alone who hold it. */
  function isNoticeForSome(record: AnyRecord): boolean {
    if (record.author === question.us || !isNotice(record)) return false;
    return !question.recipients.every(({ agency }) => holdsAny(record, agency, question.holders));
  }

  function isKeptByOfficer(record: AnyRecord, claim: Claim): boolean {
    if (question.withhold.properties.has(`${typeOf(record)} ${claim.property}`)) return true;
    return keptClaims.get(record)?.has(claim) ?? false;
  }

  function identifyingRule(record: AnyRecord, claim: Claim): PolicyRule | undefined {
    if (record.kind !== 'entity') return undefined;
    const isIdentifying = identifies(record.type, claim.property);
    if (isIdentifying && isShielded(record.subject)) return 'P5';
    const isKey = propertyKind(record.type, claim.property)?.isKey === true;
    return identifiers.has(record.subject) && (isIdentifying || isKey) ? 'P6' : undefined;
  }

  function containsWithheld(record: AnyRecord, claim: Claim): boolean {
    const isFree = isFreeText(record, claim);
    return [...stringsOf(claim), claim.validFrom, claim.validTo].some(
      (text) =>
        text !== undefined &&
        (isFree ? isIn(found.freeText, text, finder.findInFreeText) : isIn(found.text, text, finder.findIn)),
    );
  }
}

/** A record committed as a whole cannot be redacted: one claim that must stay keeps all of it home. */
function wholeTextRule(record: AnyRecord, claims: readonly Verdict[]): PolicyRule | undefined {
  return record.commitment === 'claims' ? undefined : claims.find(({ action }) => action === 'withhold')?.rule;
}

function isSaidOpenly(open: ReadonlySet<string>, claim: Claim, { kind, value }: WithheldValue): boolean {
  return kind === 'phrase' && (open.has(openKey(value)) || open.has(openKey(value, claim)));
}

/** A claim whose value may have to be looked for; `isCertain` where no open record that says the same can change that. */
interface HiddenClaim {
  readonly record: EntityRecord;
  readonly claim: Claim;
  readonly isCertain: boolean;
}

/** Claims that are judged between two pauses. */
const CLAIMS_AT_ONCE = 1024;

/** Texts that are remembered: thousands of records say the same days, codes and countries. */
const REMEMBERED = 4096;
const LONGEST_REMEMBERED = 32;

function isIn(known: Map<string, boolean>, text: string, find: (text: string) => boolean): boolean {
  const before = known.get(text);
  if (before !== undefined) return before;
  const found = find(text);
  if (known.size < REMEMBERED && text.length <= LONGEST_REMEMBERED) known.set(text, found);
  return found;
}

function* subjectsOfAllRecipients({
  candidates,
  recipients,
}: ReleaseQuestion): Generator<Step, Set<SubjectId>, undefined> {
  const agencies = new Set(recipients.map(({ agency }) => agency));
  const told = new Map<SubjectId, Set<AgencyId>>();
  yield* eachInSteps('policy', candidates, ({ record: { kind, subject, author } }) => {
    if (kind === 'entity' && agencies.has(author)) told.set(subject, (told.get(subject) ?? new Set()).add(author));
  });
  return new Set([...told].flatMap(([subject, authors]) => (authors.size === agencies.size ? [subject] : [])));
}

/** The chosen claims themselves, found by their hashes in the records that they were chosen in. */
function* claimsKeptByOfficer({
  candidates,
  withhold,
}: ReleaseQuestion): Generator<Step, ReadonlyMap<AnyRecord, ReadonlySet<Claim>>, undefined> {
  const kept = new Map<AnyRecord, ReadonlySet<Claim>>();
  if (withhold.claims.size === 0) return kept;
  yield* eachInSteps('policy', candidates, ({ id, record }) => {
    const chosen = withhold.claims.get(id);
    if (chosen === undefined) return 1;
    kept.set(record, new Set(record.claims.filter(isDisclosed).filter((claim) => chosen.has(claimHash(claim)))));
    return record.claims.length;
  });
  return kept;
}

/** What kind of thing a record is about: the type of an entity or link, else the kind of the record. */
function typeOf(record: AnyRecord): string {
  return 'type' in record ? record.type : record.kind;
}

function valueKey(record: AnyRecord, claim: Claim): string {
  return JSON.stringify([record.subject, claim.property, claim.value]);
}

/** The subject that a membership or a drawing position speaks about. docs/formats/record.md §7 */
function subjectNamedBy(record: AnyRecord, claim: Claim): SubjectId | undefined {
  if (record.kind === 'case' && claim.property === 'member') return claim.value as SubjectId;
  if (record.kind === 'chart' && claim.property === 'position' && typeof claim.value === 'object')
    return claim.value['subject'] as SubjectId;
  return undefined;
}

/** Lists of a case or a drawing are ids, tens of thousands of them: they hold no words. */
function stringsOf(claim: Claim): string[] {
  if (typeof claim.value === 'boolean') return [];
  const texts = typeof claim.value === 'object' ? Object.values(claim.value).map(String) : [String(claim.value)];
  return claim.property === 'member' || claim.property === 'position'
    ? texts.filter((text) => !IS_ID.test(text))
    : texts;
}

const IS_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Titles of events, journeys, adverts and documents are written freely, although they are kept like names. */
function isFreeText(record: AnyRecord, claim: Claim): boolean {
  if (record.kind !== 'entity' || claim.property === 'title') return true;
  const valueType = propertyKind(record.type, claim.property)?.valueType ?? 'text';
  return ['text', 'longText', 'attribute'].includes(valueType);
}

/** Live records of a subject say who is protected; where none is left, those that were. */
function* pastOfTheGone({ context, past }: ReleaseQuestion): Generator<Step, AnyRecord[], undefined> {
  const present = new Set<SubjectId>();
  yield* eachInSteps('people', context, ({ kind, subject }) => {
    if (kind === 'entity') present.add(subject);
  });
  return past.filter(({ subject }) => !present.has(subject));
}
