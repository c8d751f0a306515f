import type { CaseChart } from '../../src-shared/contract/views.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';

/** Guest links between a guest and the members of the case. */
export function linksIntoCase({ links, guests }: Pick<CaseChart, 'links' | 'guests'>, subject: SubjectId): SubjectId[] {
  const outside = new Set(guests);
  return links
    .filter(({ id, from, to }) => outside.has(id) && (from === subject || to === subject))
    .filter(({ from, to }) => !outside.has(from === subject ? to : from) || from === to)
    .map(({ id }) => id);
}
