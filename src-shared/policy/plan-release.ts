import { identifies, propertyKind } from '../catalogue/kinds.ts';
import type { SubjectId } from '../domain/ids.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord, Claim, WithheldClaim } from '../domain/record.ts';
import { claimHash } from '../records/record-id.ts';
import { dataClasses } from './data-classes.ts';
import { withheldFinder } from './find-withheld.ts';
import type { WithheldValue } from './find-withheld.ts';
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
  const shields = protectedSubjects([...question.context, ...pastOfTheGone(question)]);
  const included = new Set(question.include);
  const isShielded = (subject: SubjectId): boolean => {
    const shield = shields.get(subject);
    return shield !== undefined && !included.has(shield);
  };
  const identifiers = identifiersOfProtected(question.context, isShielded);
  const { cellsOf, ruleOf } = headerJudge(question);
  const keptClaims = claimsKeptByOfficer(question);
  const openValues = once(() =>
    valuesOf(question.context.filter((record) => record.author === question.us && ruleOf(record) === undefined)),
  );
  const openStatements = once(saidOpenly);
  const finder = withheldFinder(withheldValues(), question.foldToAscii);
  const named = new Map<string, boolean>();
  const rules = new Map(question.candidates.map(({ record }) => [record, recordRule(record)]));
  const staysHome = subjectsThatStay();
  const judged = question.candidates.map(judge);
  const verdicts = withUsedPermissions(judged, question.holders);
  const classes = dataClasses(verdicts, question.us, shields);
  return { verdicts, stops: releaseStops(question, verdicts, classes, finder), classes, protected: shields };

  /**
   * Every value that must not appear anywhere, also those of subjects outside the case. What a subject that nobody protects openly is or has is
   * not hidden because a protected person has it too; names are, but for those of persons elsewhere.
   */
  function withheldValues(): WithheldValue[] {
    const here = [...question.context, ...question.past].flatMap((record) => hiddenValues(record));
    return [...here, ...question.elsewhere.filter(({ value }) => !openStatements().has(openKey(value)))];
  }

  function hiddenValues(record: AnyRecord): WithheldValue[] {
    if (record.kind !== 'entity') return [];
    const isSubjectHidden = question.exclude.has(record.subject) || isHiddenInformant(record.subject);
    const isRecordHidden = isHiddenByHeader(record);
    return record.claims.filter(isDisclosed).flatMap((claim) => {
      const isHidden =
        isSubjectHidden || identifyingRule(record, claim) !== undefined || isKeptByOfficer(record, claim);
      const isWanted = isHidden || (isRecordHidden && !openValues().has(valueKey(record, claim)));
      return isWanted ? searchable(record, claim).filter((value) => !isSaidOpenly(claim, value)) : [];
    });
  }

  /** Ours that its marking keeps home; what another author marked RED or H2, unless it is that author alone who gets the bundle. */
  function isHiddenByHeader(record: AnyRecord): boolean {
    const rule = ruleOf(record);
    if (record.author === question.us) return rule !== undefined;
    if (question.recipients.every(({ agency }) => agency === record.author)) return false;
    return record.handling.tlp === 'TLP:RED' || (record.handling.codes.includes('H2') && rule !== undefined);
  }

  function isSaidOpenly(claim: Claim, { kind, value }: WithheldValue): boolean {
    if (kind !== 'phrase') return false;
    return openStatements().has(openKey(value)) || openStatements().has(openKey(value, claim));
  }

  /** What the subjects that nobody protects, and that leave, are said to be or to have. Free text is not: it may speak of anybody. */
  function saidOpenly(): ReadonlySet<string> {
    return new Set(
      question.candidates.flatMap(({ record }) => {
        if (record.kind !== 'entity' || ruleBeforeText(record) !== undefined) return [];
        if (isShielded(record.subject)) return [];
        return record.claims
          .filter(isDisclosed)
          .filter((claim) => identifyingRule(record, claim) === undefined && !isKeptByOfficer(record, claim))
          .flatMap((claim) => openKeys(record, claim));
      }),
    );
  }

  function isHiddenInformant(subject: SubjectId): boolean {
    return shields.get(subject) === 'informants' && isShielded(subject);
  }

  /** Entities of which no record leaves, but for those that every recipient told us of: it holds them already. */
  function subjectsThatStay(): ReadonlySet<SubjectId> {
    const leaving = new Set(subjectsOfAllRecipients(question));
    const entities = question.candidates.filter(({ record }) => record.kind === 'entity');
    for (const { record } of entities) if (rules.get(record) === undefined) leaving.add(record.subject);
    return new Set(entities.map(({ record }) => record.subject).filter((subject) => !leaving.has(subject)));
  }

  function judge(candidate: Candidate): RecordVerdict {
    const { record } = candidate;
    const rule = rules.get(record) ?? endRule(record) ?? wholeTextRule(record);
    if (rule !== undefined)
      return {
        ...candidate,
        verdict: withholdBy(rule),
        conditions: [],
        claims: record.claims.map(() => withholdBy(rule)),
      };
    const conditions = new Set(cellsOf(record).flatMap((cell) => (cell.verdict === 'leaves' ? [] : [cell.rule])));
    const claims = record.claims.map((claim) => judgeClaim(record, claim));
    return { ...candidate, verdict: RELEASE, conditions: [...conditions], claims };
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

  /** A record committed as a whole cannot be redacted: one claim that must stay keeps all of it home. */
  function wholeTextRule(record: AnyRecord): PolicyRule | undefined {
    if (record.commitment === 'claims') return undefined;
    return record.claims.map((claim) => judgeClaim(record, claim)).find((verdict) => verdict.action === 'withhold')
      ?.rule;
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
    const find = isFreeText(record, claim) ? finder.findInFreeText : finder.findIn;
    return [...stringsOf(claim), claim.validFrom ?? '', claim.validTo ?? ''].some(find);
  }
}

function subjectsOfAllRecipients({ candidates, recipients }: ReleaseQuestion): SubjectId[] {
  const authors = Map.groupBy(
    candidates.filter(({ record }) => record.kind === 'entity'),
    ({ record }) => record.subject,
  );
  return [...authors].flatMap(([subject, own]) =>
    recipients.length > 0 && recipients.every(({ agency }) => own.some(({ record }) => record.author === agency))
      ? [subject]
      : [],
  );
}

/** Worked out when it is first asked for: most releases hide nothing that it would open. */
function once<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: work() }).value;
}

/** The chosen claims themselves, found by their hashes in the records that they were chosen in. */
function claimsKeptByOfficer({ candidates, withhold }: ReleaseQuestion): ReadonlyMap<AnyRecord, ReadonlySet<Claim>> {
  if (withhold.claims.size === 0) return new Map();
  return new Map(
    candidates.flatMap(({ id, record }) => {
      const chosen = withhold.claims.get(id);
      if (chosen === undefined) return [];
      return [[record, new Set(record.claims.filter(isDisclosed).filter((claim) => chosen.has(claimHash(claim))))]];
    }),
  );
}

/** What kind of thing a record is about: the type of an entity or link, else the kind of the record. */
function typeOf(record: AnyRecord): string {
  return 'type' in record ? record.type : record.kind;
}

/** What records say, so that a value marked RED in one of them is not hidden where another, open one says the same of the same subject. */
function valuesOf(records: readonly AnyRecord[]): ReadonlySet<string> {
  return new Set(
    records.flatMap((record) => record.claims.filter(isDisclosed).map((claim) => valueKey(record, claim))),
  );
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

function stringsOf(claim: Claim): string[] {
  if (typeof claim.value === 'object') return Object.values(claim.value).map(String);
  return typeof claim.value === 'boolean' ? [] : [String(claim.value)];
}

/** Titles of events, journeys, adverts and documents are written freely, although they are kept like names. */
function isFreeText(record: AnyRecord, claim: Claim): boolean {
  if (record.kind !== 'entity' || claim.property === 'title') return true;
  const valueType = propertyKind(record.type, claim.property)?.valueType ?? 'text';
  return ['text', 'longText', 'attribute'].includes(valueType);
}

/** Live records of a subject say who is protected; where none is left, those that were. */
function pastOfTheGone({ context, past }: ReleaseQuestion): AnyRecord[] {
  const present = new Set(context.flatMap((record) => (record.kind === 'entity' ? [record.subject] : [])));
  return past.filter(({ subject }) => !present.has(subject));
}
