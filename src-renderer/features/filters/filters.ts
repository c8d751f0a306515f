import { type Confidence, formatGrade } from '../../../src-shared/domain/grading.ts';
import { ANY_TIME, type Period, isAnyTime, overlaps } from '../../../src-shared/domain/period.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import { appearanceKey } from '../../ui/appearance.ts';

/** What the analyst has switched off, by facet. Nothing switched off is the resting state; the switch says how the rest is drawn. */
export interface Filters {
  readonly mode: 'dim' | 'hide';
  readonly types: readonly string[];
  readonly confidences: readonly Confidence[];
  readonly grades: readonly string[];
  readonly authors: readonly string[];
  readonly markings: readonly string[];
  /** What was not there in it is switched off. */
  readonly period: Period;
}

/** A facet whose values can be switched off one by one. */
export type Facet = Exclude<keyof Filters, 'mode' | 'period'>;

export const NO_FILTERS: Filters = {
  mode: 'dim',
  types: [],
  confidences: [],
  grades: [],
  authors: [],
  markings: [],
  period: ANY_TIME,
};

/** The value that stands for "no source gave a grade". */
export const UNGRADED = 'ungraded';

export interface Passing {
  readonly entities: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
}

/** What passes all facets. A link passes only when both its ends do (UX notes §1.1). O(entities + links). */
export function passing(entities: readonly EntityView[], links: readonly LinkView[], filters: Filters): Passing {
  const shown = new Set(
    entities.filter((entity) => entityPasses(entity, filters)).map((entity) => entity.id as string),
  );
  const shownLinks = links.filter((link) => shown.has(link.from) && shown.has(link.to) && linkPasses(link, filters));
  return { entities: shown, links: new Set(shownLinks.map((link) => link.id as string)) };
}

/** Switches one value of a facet off, or on again. */
export function toggleValue(filters: Filters, facet: Facet, value: string): Filters {
  const off: readonly string[] = filters[facet];
  const next = off.includes(value) ? off.filter((other) => other !== value) : [...off, value].sort();
  return { ...filters, [facet]: next };
}

/** True when a facet value is switched on. */
export function isOn(filters: Filters, facet: Facet, value: string): boolean {
  return !(filters[facet] as readonly string[]).includes(value);
}

/** How many facets have something switched off. */
export function activeFacets(filters: Filters): number {
  const facets: readonly Facet[] = ['types', 'confidences', 'grades', 'authors', 'markings'];
  return facets.filter((facet) => filters[facet].length > 0).length + (isAnyTime(filters.period) ? 0 : 1);
}

/** The grades of something as facet values; at least one, so that ungraded things can be found too. */
export function gradeValues(item: Pick<EntityView, 'grades'>): readonly string[] {
  return item.grades.length === 0 ? [UNGRADED] : [...new Set(item.grades.map(formatGrade))];
}

/** The same for whoever reads entities from the store; nothing where nothing is switched off, so that equal questions are equal. */
export function storedFilter({ types, grades, authors, markings, period }: Filters) {
  const isOff = [types, grades, authors, markings].some((values) => values.length > 0);
  return {
    ...(!isAnyTime(period) && { period }),
    ...(isOff && {
      without: {
        looks: [...types],
        grades: [...grades],
        authors: authors.map((id) => AgencyId.parse(id)),
        markings: [...markings],
      },
    }),
  };
}

/** Whether an entity passes all facets. */
export function entityPasses(entity: EntityView, filters: Filters): boolean {
  return isOn(filters, 'types', appearanceKey(entity.type, entity.subjectCategory)) && commonPasses(entity, filters);
}

function linkPasses(link: LinkView, filters: Filters): boolean {
  return isOn(filters, 'confidences', link.confidence) && commonPasses(link, filters);
}

/** One switched-on grade or author is enough: another agency's better source must not hide behind a weak one. */
function commonPasses(
  item: Pick<EntityView, 'grades' | 'authors' | 'tlp' | 'firstOn' | 'lastOn'>,
  filters: Filters,
): boolean {
  return (
    overlaps(filters.period, item) &&
    gradeValues(item).some((grade) => isOn(filters, 'grades', grade)) &&
    item.authors.some((author) => isOn(filters, 'authors', author)) &&
    isOn(filters, 'markings', item.tlp)
  );
}
