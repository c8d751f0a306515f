import type { CaseChart } from '../../../src-shared/contract/views.ts';
import { appearanceKey, compareLooks } from '../../ui/appearance.ts';
import { type Period, overlaps } from '../../../src-shared/domain/period.ts';
import { gradeValues } from './filters.ts';

export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** Entities by look, in the order of the catalogue. */
export function typeCounts(chart: CaseChart): readonly FacetCount[] {
  const keys = chart.entities.map((entity) => appearanceKey(entity.type, entity.subjectCategory));
  return countValues(keys).toSorted((one, other) => compareLooks(one.value, other.value));
}

/** Links by confidence. */
export function confidenceCounts(chart: CaseChart): readonly FacetCount[] {
  return countValues(chart.links.map((link) => link.confidence));
}

/** Entities and links by grade; one with two grades counts for both. */
export function gradeCounts(chart: CaseChart): readonly FacetCount[] {
  return countValues([...chart.entities, ...chart.links].flatMap(gradeValues)).toSorted(byValue);
}

/** Entities and links by agency; what two agencies state counts for both. */
export function authorCounts(chart: CaseChart): readonly FacetCount[] {
  return countValues([...chart.entities, ...chart.links].flatMap((item) => item.authors)).toSorted(byValue);
}

/** Entities and links by their strictest marking. */
export function markingCounts(chart: CaseChart): readonly FacetCount[] {
  return countValues([...chart.entities, ...chart.links].map((item) => item.tlp));
}

export interface PeriodCounts {
  readonly inside: number;
  readonly outside: number;
  readonly undated: number;
}

/** Entities and links by whether they may have been there in the period. */
export function periodCounts(chart: CaseChart, period: Period): PeriodCounts {
  let [inside, outside, undated] = [0, 0, 0];
  for (const item of [...chart.entities, ...chart.links]) {
    if (item.firstOn === undefined && item.lastOn === undefined) undated += 1;
    else if (overlaps(period, item)) inside += 1;
    else outside += 1;
  }
  return { inside, outside, undated };
}

function countValues(values: readonly string[]): FacetCount[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}

function byValue(one: FacetCount, other: FacetCount): number {
  return one.value < other.value ? -1 : 1;
}
