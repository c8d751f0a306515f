import { propertyKind } from '../../src-shared/catalogue/kinds.ts';
import { caseLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import { mostProtected, subjectCategoriesOf } from '../../src-shared/catalogue/subject.ts';
import { compareText } from '../../src-shared/crypto/hash.ts';
import { confidenceOf, formatGrade } from '../../src-shared/domain/grading.ts';
import type { Confidence } from '../../src-shared/domain/grading.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import { SubjectId } from '../../src-shared/domain/ids.ts';
import { stricterTlp } from '../../src-shared/domain/marking.ts';
import type { Tlp } from '../../src-shared/domain/marking.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type {
  AnyRecord,
  CaseRecord,
  Claim,
  ClaimValue,
  EntityRecord,
  LinkRecord,
} from '../../src-shared/domain/record.ts';
import { countWithheld } from '../../src-shared/records/redact.ts';
import { z } from 'zod';
import { disclosedClaims, inDisplayOrder, valuesByProperty } from './display-rule.ts';
import type { Stated } from './display-rule.ts';
import { textsOf } from './entity-texts.ts';
import type { EntityTexts } from './entity-texts.ts';
import { isProtectedBy } from './protection.ts';
import type { IdentifiedRecord } from './types.ts';

/** What live records of one subject add up to: docs/formats/vault.md §6. Pure; global ids only. */

type Common = {
  readonly authors: readonly AgencyId[];
  readonly grades: readonly string[];
  readonly tlp: Tlp;
  readonly conflicts: number;
  readonly withheld: number;
  readonly firstOn: string | undefined;
  readonly lastOn: string | undefined;
  readonly reviewOn: string | undefined;
};
export type ProjectedEntity = Common & {
  readonly type: string;
  readonly label: string;
  readonly subjectCategory: string | undefined;
  readonly isProtected: boolean;
  readonly texts: EntityTexts;
};
export type ProjectedLink = Common & {
  readonly type: string;
  readonly from: SubjectId;
  readonly to: SubjectId;
  readonly directed: boolean;
  readonly confidence: Confidence;
};
export type ProjectedCase = {
  readonly title: string;
  readonly reference: string | undefined;
  readonly description: string;
  readonly authors: readonly AgencyId[];
  readonly tlp: Tlp;
  readonly createdAt: string;
  readonly changedAt: string;
};
export type ProjectedPosition = {
  readonly subject: SubjectId;
  readonly case: SubjectId;
  readonly author: AgencyId;
  readonly record: RecordId;
  readonly x: number;
  readonly y: number;
  readonly pinned: boolean;
};
export type Projection = {
  readonly entity?: ProjectedEntity;
  readonly link?: ProjectedLink;
  readonly case?: ProjectedCase;
  readonly positions: readonly ProjectedPosition[];
};

type Live<R extends AnyRecord> = { readonly id: RecordId; readonly record: R };

/** The projection of one subject from all its live records, in any order. */
export function projectSubject(subject: SubjectId, live: readonly IdentifiedRecord[]): Projection {
  const entities = ofKind(live, 'entity');
  const links = ofKind(live, 'link');
  const cases = ofKind(live, 'case');
  return {
    ...(entities.length > 0 && { entity: projectEntity(subject, entities) }),
    ...(links.length > 0 && { link: projectLink(links) }),
    ...(cases.length > 0 && { case: projectCase(subject, cases) }),
    positions: projectPositions(live),
  };
}

function projectEntity(subject: SubjectId, live: readonly Live<EntityRecord>[]): ProjectedEntity {
  const types = inDisplayOrder(live.map((by) => ({ value: by.record.type, by, isEnded: false })));
  const type = shown(types);
  const claims = disclosedClaims(live);
  const values = valuesByProperty(live);
  const label = labelOf(type, shownClaims(values, claims), subject);
  return {
    ...common(live, type, claims, types.length - 1),
    type,
    label,
    subjectCategory: mostProtected(subjectCategoriesOf(claims)),
    isProtected: isProtectedBy(claims),
    texts: textsOf(type, label, values),
  };
}

function projectLink(live: readonly Live<LinkRecord>[]): ProjectedLink {
  const types = inDisplayOrder(live.map((by) => ({ value: by.record.type, by, isEnded: false })));
  const ends = inDisplayOrder(
    live.map((by) => ({ value: [by.record.from, by.record.to, by.record.directed] as const, by, isEnded: false })),
  );
  const [from, to, directed] = shown(ends);
  const type = shown(types);
  const disagreements = types.length - 1 + (ends.length - 1);
  return {
    ...common(live, type, disclosedClaims(live), disagreements),
    type,
    from,
    to,
    directed,
    confidence: bestConfidence(live),
  };
}

function projectCase(subject: SubjectId, live: readonly IdentifiedRecord[]): ProjectedCase {
  const claims = disclosedClaims(live);
  const values = valuesByProperty(live);
  const created = live.map(({ record }) => record.created).toSorted(compareText);
  return {
    title: caseLabel(shownClaims(values, claims), subject),
    reference: shownText(values, 'reference'),
    description: shownText(values, 'description') ?? '',
    authors: authorsOf(live),
    tlp: strictestTlp(live),
    createdAt: created[0] ?? '',
    changedAt: created.at(-1) ?? '',
  };
}

/** R16: the members that a case record names, each once; what is no subject id is passed over. */
export function membersOf(record: CaseRecord): ReadonlySet<SubjectId> {
  const members = record.claims.filter(isDisclosed).filter(({ property }) => property === 'member');
  return new Set(members.flatMap(({ value }) => SubjectId.safeParse(value).data ?? []));
}

/** A case record without its members: what the row of the case is computed from (V76). */
export function withoutMembers(record: CaseRecord): CaseRecord {
  return { ...record, claims: record.claims.filter((claim) => !isDisclosed(claim) || claim.property !== 'member') };
}

const Position = z.object({ subject: SubjectId, x: z.number(), y: z.number(), pinned: z.boolean().default(false) });

/** V47: one position a subject, that of the record with the lowest id. */
function projectPositions(live: readonly IdentifiedRecord[]): ProjectedPosition[] {
  const bySubject = new Map<SubjectId, ProjectedPosition>();
  for (const { id, record } of ofKind(live, 'chart').toSorted((one, other) => compareText(one.id, other.id))) {
    for (const claim of disclosedClaims([{ id, record }])) {
      const position = claim.property === 'position' ? Position.safeParse(claim.value).data : undefined;
      if (position === undefined || bySubject.has(position.subject)) continue;
      bySubject.set(position.subject, { ...position, case: record.case, author: record.author, record: id });
    }
  }
  return [...bySubject.values()].toSorted((one, other) => compareText(one.subject, other.subject));
}

function common(
  live: readonly IdentifiedRecord[],
  type: string,
  claims: readonly Claim[],
  disagreements: number,
): Common {
  const dates = datesOf(claims);
  const reviews = live.flatMap(({ record }) => record.handling.reviewOn ?? []).toSorted(compareText);
  return {
    authors: authorsOf(live),
    grades: ascending(live.flatMap(({ record }) => gradeOf(record) ?? [])),
    tlp: strictestTlp(live),
    conflicts: disagreements + conflictsIn(type, claims),
    withheld: live.reduce((count, { record }) => count + countWithheld(record), 0),
    firstOn: dates.first,
    lastOn: dates.last,
    reviewOn: reviews[0],
  };
}

/** V42. */
function conflictsIn(type: string, claims: readonly Claim[]): number {
  const timeless = claims.filter((claim) => claim.validFrom === undefined && claim.validTo === undefined);
  const properties = new Set(timeless.map(({ property }) => property));
  if (properties.size === timeless.length) return 0;
  const said = Map.groupBy(timeless, ({ property }) => property);
  return [...said].filter(([property, same]) => {
    const isOnce = same.length > 1 && propertyKind(type, property)?.isMany === false;
    return isOnce && new Set(same.map(({ value }) => JSON.stringify(value))).size > 1;
  }).length;
}

/** V46: lowest and highest. */
function datesOf(claims: readonly Claim[]): { readonly first?: string; readonly last?: string } {
  let first: string | undefined;
  let last: string | undefined;
  for (const { property, value, validFrom, validTo } of claims) {
    const own = property === 'startOn' || property === 'endOn' ? value : undefined;
    for (const date of [own, validFrom, validTo]) {
      if (typeof date !== 'string') continue;
      if (first === undefined || date < first) first = date;
      if (last === undefined || date > last) last = date;
    }
  }
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

/** One claim a property, the shown one; of the subject category all, because the most protected one counts. */
function shownClaims(values: ReadonlyMap<string, readonly Stated<ClaimValue>[]>, claims: readonly Claim[]): Claim[] {
  const categories = claims.filter((claim) => claim.property === 'subjectCategory');
  const others = [...values].flatMap(([property, [first]]) =>
    property === 'subjectCategory' || first === undefined ? [] : [{ property, value: first.value }],
  );
  return [...others, ...categories];
}

function shownText(values: ReadonlyMap<string, readonly Stated<ClaimValue>[]>, property: string): string | undefined {
  const value = values.get(property)?.[0]?.value;
  return typeof value === 'string' ? value : undefined;
}

function shown<T>(stated: readonly Stated<T>[]): T {
  const [first] = stated;
  if (first === undefined) throw new Error('a projected subject has at least one live record');
  return first.value;
}

function gradeOf(record: AnyRecord): string | undefined {
  const grade = 'source' in record ? record.source?.grade : undefined;
  return grade === undefined ? undefined : formatGrade(grade);
}

const CONFIDENCE: readonly Confidence[] = ['confirmed', 'unconfirmed', 'tentative'];

function bestConfidence(live: readonly Live<LinkRecord>[]): Confidence {
  const found = new Set(live.map(({ record }) => confidenceOf(record.source.grade)));
  return CONFIDENCE.find((confidence) => found.has(confidence)) ?? 'tentative';
}

function strictestTlp(live: readonly IdentifiedRecord[]): Tlp {
  return live.map(({ record }) => record.handling.tlp).reduce(stricterTlp);
}

function authorsOf(live: readonly IdentifiedRecord[]): AgencyId[] {
  return ascending(live.map(({ record }) => record.author));
}

function ascending<T extends string>(texts: readonly T[]): T[] {
  if (texts.length < 2) return [...texts];
  return [...new Set(texts)].toSorted(compareText);
}

function ofKind<K extends AnyRecord['kind']>(
  live: readonly IdentifiedRecord[],
  kind: K,
): Live<Extract<AnyRecord, { kind: K }>>[] {
  if (live.every(({ record }) => record.kind !== kind)) return [];
  const isKind = (each: IdentifiedRecord): each is Live<Extract<AnyRecord, { kind: K }>> => each.record.kind === kind;
  return live.filter(isKind);
}
