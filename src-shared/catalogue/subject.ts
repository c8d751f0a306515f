import { disclosedValues, type ReadableClaim } from './claim.ts';
import { isProtectedCategory, subjectCategories } from './lists/subject-category.ts';

/** Most protective first: where agencies disagree, the person is treated as the category that protects most. */
const PROTECTION = ['victim', 'possible-victim', 'informant', 'witness', 'convicted', 'suspect', 'contact', 'other'];

/** Every subject category that disclosed claims give a person; agencies may disagree. */
export function subjectCategoriesOf(claims: readonly ReadableClaim[]): readonly string[] {
  return [...new Set(disclosedValues(claims, 'subjectCategory').filter((value) => typeof value === 'string'))];
}

/** The category that decides how a person is treated; undefined when none is claimed. A category that we do not know comes first. */
export function mostProtected(categories: readonly string[]): string | undefined {
  return categories.toSorted((one, other) => PROTECTION.indexOf(one) - PROTECTION.indexOf(other))[0];
}

/** True when any disclosed claim makes the person a victim, possible victim, witness or informant, or something we do not know. */
export function isProtectedSubject(claims: readonly ReadableClaim[]): boolean {
  return subjectCategoriesOf(claims).some(isProtectedCategory);
}

/** What stands for the name of a person whose name is withheld; undefined when no category is known. */
export function pseudonymWord(claims: readonly ReadableClaim[]): string | undefined {
  const category = mostProtected(subjectCategoriesOf(claims));
  return subjectCategories.codes.find((entry) => entry.code === category)?.pseudonym;
}
