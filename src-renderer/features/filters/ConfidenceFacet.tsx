import type { Confidence } from '../../../src-shared/domain/grading.ts';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { FacetRow } from './FacetRow.tsx';
import { confidenceCounts } from './facets.ts';
import { type Filters, isOn, toggleValue } from './filters.ts';

interface Props {
  readonly chart: CaseChart;
  readonly filters: Filters;
  readonly onFilters: (filters: Filters) => void;
}

const ROWS: readonly { readonly value: Confidence; readonly label: string; readonly dash?: string }[] = [
  { value: 'confirmed', label: 'Confirmed' },
  { value: 'unconfirmed', label: 'Unconfirmed', dash: '6 4' },
  { value: 'tentative', label: 'Tentative', dash: '1.5 4' },
];

/** Links by confidence, with the line pattern that the chart draws them in. */
export function ConfidenceFacet({ chart, filters, onFilters }: Props) {
  const counts = confidenceCounts(chart);
  return (
    <section className="facet">
      <SectionHead title="Link confidence" aside={chart.links.length} />
      {ROWS.map(({ value, label, dash }) => (
        <FacetRow
          key={value}
          label={label}
          icon={<Line dash={dash} />}
          count={counts.find((entry) => entry.value === value)?.count ?? 0}
          most={1}
          colour={undefined}
          isOn={isOn(filters, 'confidences', value)}
          onToggle={() => onFilters(toggleValue(filters, 'confidences', value))}
        />
      ))}
    </section>
  );
}

function Line({ dash }: { readonly dash: string | undefined }) {
  return (
    <svg width="22" height="8" viewBox="0 0 22 8" aria-hidden>
      <path d="M1 4h20" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeDasharray={dash} />
    </svg>
  );
}
