import { linkKind, propertyKind } from '../catalogue/kinds.ts';
import { isProtectedCategory } from '../catalogue/lists/subject-category.ts';
import { eachInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
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

/**
 * Protected persons among the records; where sources disagree, the strictest class counts, and it counts for every subject that somebody states
 * to be the same. O(records), with pauses.
 */
export function* protectedSubjects(
  records: readonly AnyRecord[],
): Generator<Step, ReadonlyMap<SubjectId, ProtectedClass>, undefined> {
  const found = new Map<SubjectId, ProtectedClass>();
  const same: AnyRecord[] = [];
  yield* eachInSteps('people', records, (record) => {
    if (record.kind === 'same') same.push(record);
    if (record.kind !== 'entity') return 0;
    const one = protectedClassOf(record);
    if (one !== undefined) found.set(record.subject, strictest(one, found.get(record.subject)));
    return 1;
  });
  const alike = sameSubjects(same);
  const waiting = [...found.keys()].filter((subject) => alike.has(subject));
  for (let subject = waiting.pop(); subject !== undefined; subject = waiting.pop()) {
    for (const other of alike.get(subject) ?? []) {
      const before = found.get(other);
      const after = strictest(found.get(subject), before);
      if (after === before) continue;
      found.set(other, after);
      waiting.push(other);
    }
  }
  return found;
}

function strictest(one: ProtectedClass | undefined, other: ProtectedClass | undefined): ProtectedClass {
  return STRICTEST_FIRST.find((each) => each === one || each === other) ?? 'victims';
}

/** For each subject the ones that a `same` record joins it to. */
function sameSubjects(records: readonly AnyRecord[]): ReadonlyMap<SubjectId, readonly SubjectId[]> {
  const pairs = records.flatMap((record) =>
    record.kind === 'same'
      ? [
          { one: record.from, other: record.to },
          { one: record.to, other: record.from },
        ]
      : [],
  );
  const grouped = Map.groupBy(pairs, ({ one }) => one);
  return new Map([...grouped].map(([one, list]) => [one, list.map(({ other }) => other)]));
}

/** Identifiers and addresses that belong to protected persons and to nobody else (P6). O(records), with pauses. */
export function* identifiersOfProtected(
  records: readonly AnyRecord[],
  isShielded: (subject: SubjectId) => boolean,
): Generator<Step, ReadonlySet<SubjectId>, undefined> {
  const typeOf = new Map<SubjectId, string>();
  yield* eachInSteps('people', records, (record) => {
    if (record.kind === 'entity') typeOf.set(record.subject, record.type);
  });
  const owners = new Map<SubjectId, Set<SubjectId>>();
  yield* eachInSteps('people', records, (record) => {
    if (record.kind !== 'link' || !linkKind(record.type).identifiesPerson) return;
    for (const [person, thing] of [
      [record.from, record.to],
      [record.to, record.from],
    ] as const) {
      if (isPerson(typeOf.get(person)) && typeOf.has(thing) && !isPerson(typeOf.get(thing)))
        owners.set(thing, (owners.get(thing) ?? new Set()).add(person));
    }
  });
  return new Set([...owners].filter(([, persons]) => [...persons].every(isShielded)).map(([thing]) => thing));
}

/** Only kinds of person have a subject category. */
function isPerson(type: string | undefined): boolean {
  return type !== undefined && propertyKind(type, 'subjectCategory') !== undefined;
}
