import { useComputedColorScheme } from '@mantine/core';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import { lookByKey } from '../../ui/appearance.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { FacetRow } from './FacetRow.tsx';
import { typeCounts } from './facets.ts';
import { type Filters, isOn, toggleValue } from './filters.ts';

interface Props {
  readonly chart: CaseChart;
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
}

/** Kinds of entities with their counts: filter and legend in one. */
export function TypeFacet({ chart, filters, onFilters }: Props) {
  const scheme = useComputedColorScheme('light');
  const counts = typeCounts(chart);
  const most = Math.max(1, ...counts.map((entry) => entry.count));
  return (
    <section className="facet">
      <SectionHead title="Entity types" aside={chart.entities.length} />
      {counts.map(({ value, count }) => {
        const [type = '', category] = value.split(':');
        const look = lookByKey(value);
        return (
          <FacetRow
            key={value}
            label={look.label}
            icon={<EntityIcon type={type} subjectCategory={category} />}
            count={count}
            most={most}
            colour={look.appearance.ink[scheme]}
            isOn={isOn(filters, 'types', value)}
            onToggle={() => onFilters(toggleValue(filters, 'types', value))}
          />
        );
      })}
    </section>
  );
}
