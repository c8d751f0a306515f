import type { SubjectExpansion } from '../../../src-shared/contract/views.ts';

/** What of the neighbourhood is wanted: everything, some kinds, or one direction. */
export interface Choice {
  readonly types?: readonly string[];
  readonly direction?: 'out' | 'in';
}

/** So many links one expansion brings; a hub is expanded in several. */
export const AT_ONCE = 100;
/** More than so many new entities are chosen from a menu first (UX notes §6, 14). */
export const WITHOUT_ASKING = 40;

/** How many entities an expansion without a choice would bring. */
export function totalOf(counts: SubjectExpansion['counts']): number {
  return counts.filter(({ direction }) => direction === undefined).reduce((sum, { entities }) => sum + entities, 0);
}
