import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import { parseGrade } from '../../../src-shared/domain/grading.ts';
import { gradeMeaning } from '../../ui/GradeBadge.tsx';
import { Keys } from '../../ui/Keys.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { ConfidenceFacet } from './ConfidenceFacet.tsx';
import { FacetChips } from './FacetChips.tsx';
import { authorCounts, gradeCounts, markingCounts } from './facets.ts';
import { type Facet, type Filters, UNGRADED, isOn, toggleValue } from './filters.ts';
import './filters.css';
import { PeriodFacet } from './PeriodFacet.tsx';
import { TypeFacet } from './TypeFacet.tsx';

interface Props {
  readonly chart: CaseChart;
  readonly filters: Filters;
  readonly find: string;
  /** How many entities match the search; undefined when nothing is looked for. */
  readonly found: number | undefined;
  readonly onFilters: (filters: Filters) => void;
  readonly onFind: (text: string) => void;
  /** To the next or previous entity that was found. */
  readonly onStep: (step: 1 | -1) => void;
}

/** Search and filters of a case; in work mode also its legend. */
export function FiltersPanel({ chart, filters, find, found, onFilters, onFind, onStep }: Props) {
  const toggle = (facet: Facet) => (value: string) => onFilters(toggleValue(filters, facet, value));
  const agency = (id: string) => chart.agencies.find((candidate) => candidate.id === id)?.name ?? id.slice(0, 8);
  return (
    <div className="filters">
      <TextInput
        type="search"
        aria-label="Find in this case"
        placeholder="Find people, phones, plates…"
        value={find}
        data-search
        leftSection={<IconSearch size={15} aria-hidden />}
        rightSection={<Keys keys="/" />}
        onChange={(event) => onFind(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onFind('');
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
        }}
      />
      <output className="filters-found">
        {found !== undefined && (found === 1 ? '1 entity found' : `${found} entities found`)}
      </output>
      <TypeFacet chart={chart} filters={filters} onFilters={onFilters} />
      <ConfidenceFacet chart={chart} filters={filters} onFilters={onFilters} />
      <PeriodFacet chart={chart} period={filters.period} onPeriod={(period) => onFilters({ ...filters, period })} />
      <FacetChips
        title="Source grade"
        onToggle={toggle('grades')}
        items={gradeCounts(chart).map(({ value, count }) => ({
          ...gradeChip(value, count),
          isOn: isOn(filters, 'grades', value),
        }))}
      />
      <FacetChips
        title="Stated by"
        onToggle={toggle('authors')}
        items={authorCounts(chart).map(({ value, count }) => ({
          value,
          label: <bdi>{agency(value)}</bdi>,
          title: `${count} entities and links`,
          isOn: isOn(filters, 'authors', value),
        }))}
      />
      <FacetChips
        title="Marking"
        onToggle={toggle('markings')}
        items={markingCounts(chart).map(({ value, count }) => ({
          value,
          label: <span dir="ltr">{value}</span>,
          title: `${count} entities and links`,
          isOn: isOn(filters, 'markings', value),
        }))}
      />
      <section className="facet">
        <SectionHead title="What is filtered out is" />
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="What is filtered out is"
          data={[
            { value: 'dim', label: 'Dimmed' },
            { value: 'hide', label: 'Hidden' },
          ]}
          value={filters.mode}
          onChange={(mode) => onFilters({ ...filters, mode: mode === 'hide' ? 'hide' : 'dim' })}
        />
        <p className="filters-hint">A link shows only when both its ends do.</p>
      </section>
    </div>
  );
}

function gradeChip(value: string, count: number) {
  const grade = parseGrade(value);
  const items = `${count} entities and links`;
  if (value === UNGRADED || grade === undefined) return { value, label: 'Not graded', title: items };
  return {
    value,
    label: <span dir="ltr">{`${grade.source}${grade.information}`}</span>,
    title: `${gradeMeaning(grade)} ${items}.`,
  };
}
