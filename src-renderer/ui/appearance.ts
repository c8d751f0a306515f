import { type Appearance, personAppearances } from '../../src-shared/catalogue/appearance-table.ts';
import { findCode } from '../../src-shared/catalogue/code-list.ts';
import { entityKinds } from '../../src-shared/catalogue/entity-kinds.ts';
import { entityKind } from '../../src-shared/catalogue/kinds.ts';
import { subjectCategories } from '../../src-shared/catalogue/lists/subject-category.ts';

export interface Look {
  /** Type, and for people the subject category: what the filters count. */
  readonly key: string;
  readonly label: string;
  readonly appearance: Appearance;
}

/** How an entity of this type (and, for people, subject category) looks everywhere: chart, lists, filters, inspector. */
export function lookOf(type: string, subjectCategory?: string): Look {
  const kind = entityKind(type);
  const category = subjectCategory === undefined ? undefined : findCode(subjectCategories, subjectCategory);
  const appearance = personAppearances[subjectCategory ?? ''];
  if (type !== 'person' || category === undefined || appearance === undefined) {
    return { key: type, label: kind.label, appearance: kind.appearance };
  }
  return { key: `${type}:${category.code}`, label: category.label, appearance };
}

/** The key of `lookOf`, for comparing and counting. */
export function appearanceKey(type: string, subjectCategory?: string): string {
  return lookOf(type, subjectCategory).key;
}

/** The inverse of `appearanceKey`. */
export function lookByKey(key: string): Look {
  const [type = '', subjectCategory] = key.split(':');
  return lookOf(type, subjectCategory);
}

const ORDER: readonly string[] = [
  ...subjectCategories.codes.map((category) => `person:${category.code}`),
  ...entityKinds.map((kind) => kind.type),
];

/** Looks in the order of the catalogue, people first; unknown types last by name. */
export function compareLooks(one: string, other: string): number {
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

function rank(key: string): number {
  return ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length;
}
