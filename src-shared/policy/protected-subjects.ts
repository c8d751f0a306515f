import { linkKind, propertyKind } from '../catalogue/kinds.ts';
import { isProtectedCategory } from '../catalogue/lists/subject-category.ts';
import type { SubjectId } from '../domain/ids.ts';
import { isDisclosed } from '../domain/record.ts';
import type { AnyRecord, EntityRecord } from '../domain/record.ts';
import type { ProtectedClass } from './rules.ts';

/** Which protected class a statement puts its subject in; undefined for none. A child goes with the victims. LED art. 6 */
export function protectedClassOf(record: EntityRecord): ProtectedClass | undefined {
  const said = record.claims.filter(isDisclosed);
  const categories = said.flatMap(({ property, value }) =>
    property === 'subjectCategory' && typeof value === 'string' ? [value] : [],
  );
  if (categories.includes('informant')) return 'informants';
  if (said.some((claim) => claim.property === 'isMinor' && claim.value === true)) return 'victims';
  if (said.some((claim) => claim.property === 'traffickingStatus' && claim.value !== 'NotAVictimOfTrafficking'))
    return 'victims';
  if (categories.includes('witness')) return 'witnesses';
  return categories.some(isProtectedCategory) ? 'victims' : undefined;
}

const STRICTEST_FIRST: readonly ProtectedClass[] = ['informants', 'victims', 'witnesses'];

/** Protected persons among the records; where sources disagree, the strictest class counts. */
export function protectedSubjects(records: readonly AnyRecord[]): ReadonlyMap<SubjectId, ProtectedClass> {
  const found = new Map<SubjectId, ProtectedClass>();
  for (const record of records) {
    if (record.kind !== 'entity') continue;
    const one = protectedClassOf(record);
    const other = found.get(record.subject);
    const strictest = STRICTEST_FIRST.find((each) => each === one || each === other);
    if (strictest !== undefined) found.set(record.subject, strictest);
  }
  return found;
}

/** Identifiers and addresses that belong to protected persons and to nobody else (P6). O(records). */
export function identifiersOfProtected(
  records: readonly AnyRecord[],
  isShielded: (subject: SubjectId) => boolean,
): ReadonlySet<SubjectId> {
  const typeOf = new Map(
    records.flatMap((record) => (record.kind === 'entity' ? [[record.subject, record.type] as const] : [])),
  );
  const owners = new Map<SubjectId, SubjectId[]>();
  for (const record of records) {
    if (record.kind !== 'link' || !linkKind(record.type).identifiesPerson) continue;
    for (const [person, thing] of [
      [record.from, record.to],
      [record.to, record.from],
    ] as const) {
      if (isPerson(typeOf.get(person)) && typeOf.has(thing) && !isPerson(typeOf.get(thing)))
        owners.set(thing, [...(owners.get(thing) ?? []), person]);
    }
  }
  return new Set([...owners].filter(([, persons]) => persons.every(isShielded)).map(([thing]) => thing));
}

/** Only kinds of person have a subject category. */
function isPerson(type: string | undefined): boolean {
  return type !== undefined && propertyKind(type, 'subjectCategory') !== undefined;
}
