import type { SearchRequest } from '../../../src-shared/contract/views.ts';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { Tlp } from '../../../src-shared/domain/marking.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';

/** What is looked for, as the screen of the search has it. Dates as they are typed; what is no date yet limits nothing. */
export interface SearchWish {
  readonly text: string;
  readonly types: readonly string[];
  readonly case: SubjectId | undefined;
  readonly agencies: readonly AgencyId[];
  readonly grades: readonly string[];
  readonly tlp: readonly Tlp[];
  readonly from: string;
  readonly to: string;
  readonly limit: number;
}

const PAGE = 50;
export const MOST_HITS = 500;

export const NO_WISH: SearchWish = {
  text: '',
  types: [],
  case: undefined,
  agencies: [],
  grades: [],
  tlp: [],
  from: '',
  to: '',
  limit: PAGE,
};

/** One more page of hits. */
export function withMore(wish: SearchWish): SearchWish {
  return { ...wish, limit: Math.min(MOST_HITS, wish.limit + PAGE) };
}

/** Another wish begins at its first page. */
export function changed(wish: SearchWish, change: Partial<SearchWish>): SearchWish {
  return { ...wish, limit: PAGE, ...change };
}

export function isLimited(wish: SearchWish): boolean {
  return isAnyLimit(wish) || [wish.from, wish.to].some((date) => PartialDate.safeParse(date).success);
}

/** What to ask the vault; undefined when there is nothing to look for. */
export function requestOf(wish: SearchWish): SearchRequest | undefined {
  const text = wish.text.trim();
  if (text === '') return undefined;
  const [from, to] = [wish.from, wish.to].map((date) => PartialDate.safeParse(date).data);
  return {
    text,
    limit: wish.limit,
    ...(wish.types.length > 0 && { types: [...wish.types] }),
    ...(wish.case !== undefined && { case: wish.case }),
    ...(wish.agencies.length > 0 && { agencies: [...wish.agencies] }),
    ...(wish.grades.length > 0 && { grades: [...wish.grades] }),
    ...(wish.tlp.length > 0 && { tlp: [...wish.tlp] }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function isAnyLimit({ types, case: of, agencies, grades, tlp }: SearchWish): boolean {
  return of !== undefined || [types, agencies, grades, tlp].some((values) => values.length > 0);
}
