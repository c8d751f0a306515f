import { identifies, propertyKind } from '../catalogue/kinds.ts';
import { isGateway } from '../catalogue/lists/legal-bases.ts';
import type { AgencyId, RecordId, SubjectId } from '../domain/ids.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord, Claim, WithheldClaim } from '../domain/record.ts';
import { withheldFinder } from './find-withheld.ts';
import type { WithheldFinder, WithheldValue } from './find-withheld.ts';
import { identifiersOfProtected, protectedSubjects } from './protected-subjects.ts';
import { RELEASE, withholdBy } from './rules.ts';
import type { PolicyRule, ProtectedClass, Verdict } from './rules.ts';
import { openKey, openKeys, searchable } from './withheld-values.ts';

export interface Candidate {
  readonly id: RecordId;
  readonly record: AnyRecord;
}

export interface ReleaseQuestion {
  readonly us: AgencyId;
  /** The exact closure: live records of the case, and retractions that the recipients have not had. */
  readonly candidates: readonly Candidate[];
  /**
   * All live entity records, belongs-to links and `same` records of the subjects concerned, also outside the case: who is protected is known
   * store-wide.
   */
  readonly context: readonly AnyRecord[];
  /** Entity records of these subjects that are live no more: what they say of a protected person is withheld as much. */
  readonly past: readonly AnyRecord[];
  /** Names and identifiers of protected persons who have nothing to do with the case: nobody may be named in passing. */
  readonly elsewhere: readonly WithheldValue[];
  readonly recipients: readonly { readonly agency: AgencyId; readonly isConfirmed: boolean }[];
  readonly purpose: string;
  readonly legalBases: readonly string[];
  readonly include: readonly ProtectedClass[];
  readonly exclude: ReadonlySet<SubjectId>;
  /** Calendar day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly foldToAscii: (text: string) => string;
}

export interface RecordVerdict extends Candidate {
  readonly verdict: Verdict;
  /** One for each claim, in the record's order. */
  readonly claims: readonly Verdict[];
}

export interface ReleasePlan {
  readonly verdicts: readonly RecordVerdict[];
  readonly stops: readonly { readonly rule: PolicyRule; readonly agency?: AgencyId }[];
  readonly protected: ReadonlyMap<SubjectId, ProtectedClass>;
}

/** Decides, record by record and claim by claim, what may leave. Pure: reads nothing, writes nothing. docs/policy.md */
export function planRelease(question: ReleaseQuestion): ReleasePlan {
  const shields = protectedSubjects([...question.context, ...pastOfTheGone(question)]);
  const isShielded = (subject: SubjectId): boolean => {
    const shield = shields.get(subject);
    return shield !== undefined && !question.include.includes(shield);
  };
  const identifiers = identifiersOfProtected(question.context, isShielded);
  const openValues = valuesOf(
    question.context.filter(
      (record) => record.author === question.us && handlingRule(record, question.today) === undefined,
    ),
  );
  const openStatements = saidOpenly();
  const finder = withheldFinder(withheldValues(), question.foldToAscii);
  const staysHome = subjectsThatStay();
  const verdicts = question.candidates.map(judge);
  return { verdicts, stops: stopsOf(question, verdicts, finder), protected: shields };

  /**
   * Every value that must not appear anywhere, also those of subjects outside the case. What a subject that nobody protects openly is or has is
   * not hidden because a protected person has it too; names are, but for those of persons elsewhere.
   */
  function withheldValues(): WithheldValue[] {
    const here = [...question.context, ...question.past].flatMap((record) => hiddenValues(record));
    return [...here, ...question.elsewhere.filter(({ value }) => !openStatements.has(openKey(value)))];
  }

  function hiddenValues(record: AnyRecord): WithheldValue[] {
    if (record.kind !== 'entity') return [];
    const isSubjectHidden = question.exclude.has(record.subject) || isHiddenInformant(record.subject);
    const isRecordHidden = record.author === question.us && handlingRule(record, question.today) !== undefined;
    return record.claims.filter(isDisclosed).flatMap((claim) => {
      const isHidden = isSubjectHidden || identifyingRule(record, claim) !== undefined;
      const isWanted = isHidden || (isRecordHidden && !openValues.has(valueKey(record, claim)));
      return isWanted ? searchable(record, claim).filter((value) => !isSaidOpenly(claim, value)) : [];
    });
  }

  function isSaidOpenly(claim: Claim, { kind, value }: WithheldValue): boolean {
    if (kind !== 'phrase') return false;
    return openStatements.has(openKey(value)) || openStatements.has(openKey(value, claim));
  }

  /** What the subjects that nobody protects, and that leave, are said to be or to have. Free text is not: it may speak of anybody. */
  function saidOpenly(): ReadonlySet<string> {
    return new Set(
      question.candidates.flatMap(({ record }) => {
        if (record.kind !== 'entity' || recordRuleBeforeText(record) !== undefined) return [];
        if (isShielded(record.subject)) return [];
        return record.claims
          .filter(isDisclosed)
          .filter((claim) => identifyingRule(record, claim) === undefined)
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
    for (const { record } of entities) if (recordRule(record) === undefined) leaving.add(record.subject);
    return new Set(entities.map(({ record }) => record.subject).filter((subject) => !leaving.has(subject)));
  }

  function judge(candidate: Candidate): RecordVerdict {
    const { record } = candidate;
    const rule = recordRule(record) ?? endRule(record) ?? wholeTextRule(record);
    if (rule !== undefined)
      return { ...candidate, verdict: withholdBy(rule), claims: record.claims.map(() => withholdBy(rule)) };
    return { ...candidate, verdict: RELEASE, claims: record.claims.map((claim) => judgeClaim(record, claim)) };
  }

  function recordRule(record: AnyRecord): PolicyRule | undefined {
    return recordRuleBeforeText(record) ?? headerRule(record);
  }

  function recordRuleBeforeText(record: AnyRecord): PolicyRule | undefined {
    if (question.exclude.has(record.subject)) return 'P9';
    if (record.author !== question.us) return 'P3';
    if (record.kind === 'attachment') return 'P16';
    return handlingRule(record, question.today) ?? (isHiddenInformant(record.subject) ? 'P13' : undefined);
  }

  function headerRule(record: AnyRecord): PolicyRule | undefined {
    const texts = [
      ...('source' in record ? [record.source?.reference, record.source?.collectedOn] : []),
      record.handling.caveat,
      ...record.handling.purposes,
      ...record.handling.legalBases,
    ];
    return texts.some((text) => text !== undefined && finder.findInFreeText(text)) ? 'P8' : undefined;
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
    const rule = record.kind === 'entity' ? identifyingRule(record, claim) : undefined;
    if (rule !== undefined) return withholdBy(rule);
    // what was erased is not there any more to be looked for
    if (record.kind === 'retract' && record.action === 'erase') return withholdBy('P7');
    return containsWithheld(record, claim) ? withholdBy('P7') : RELEASE;
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

function handlingRule(record: AnyRecord, today: string): PolicyRule | undefined {
  if (record.handling.tlp === 'TLP:RED') return 'P2';
  if (record.handling.reviewOn !== undefined && record.handling.reviewOn < today) return 'P11';
  return record.handling.codes.includes('H2') ? 'P4' : undefined;
}

function stopsOf(
  question: ReleaseQuestion,
  verdicts: readonly RecordVerdict[],
  finder: WithheldFinder,
): ReleasePlan['stops'] {
  const stops: { rule: PolicyRule; agency?: AgencyId }[] = [];
  if (!question.legalBases.some(isGateway)) stops.push({ rule: 'P1' });
  for (const { agency, isConfirmed } of question.recipients) if (!isConfirmed) stops.push({ rule: 'P10', agency });
  if (finder.findInFreeText(question.purpose)) stops.push({ rule: 'P14' });
  if (!verdicts.some(({ verdict }) => verdict.action === 'release')) stops.push({ rule: 'P15' });
  return stops;
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
