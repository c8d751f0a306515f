import { type Appearance, personAppearances } from './appearance-table.ts';
import { disclosedValues, type ReadableClaim } from './claim.ts';
import { entityKind } from './kinds.ts';
import { mostProtected, subjectCategoriesOf } from './subject.ts';

/** How a chart draws an entity: its kind's look, and for a person the look of the most protective category that anyone claims. */
export function appearanceOf(type: string, claims: readonly ReadableClaim[]): Appearance {
  const category = mostProtected(subjectCategoriesOf(claims));
  const variant = category === undefined ? undefined : variantsOf(type)[category];
  return variant ?? entityKind(type).appearance;
}

/** The looks of a type by subject category. */
function variantsOf(type: string): Readonly<Record<string, Appearance>> {
  return hasSubjectCategory(type) ? personAppearances : {};
}

/** True where at least one disclosed claim says that the person is a minor. */
export function isClaimedMinor(claims: readonly ReadableClaim[]): boolean {
  return disclosedValues(claims, 'isMinor').includes(true);
}

function hasSubjectCategory(type: string): boolean {
  return entityKind(type).properties.some((property) => property.list === 'subject-category');
}
