import { useMemo } from 'react';
import type { CaseChart } from '../../src-shared/contract/views.ts';
import { type Filters, type Passing, passing } from '../features/filters/filters.ts';

const NONE: Passing = { entities: new Set(), links: new Set() };

/** What of a case passes the filters; nothing while the case is not there yet. */
export function usePassing(chart: CaseChart | undefined, filters: Filters): Passing {
  return useMemo(() => (chart === undefined ? NONE : passing(chart.entities, chart.links, filters)), [chart, filters]);
}
