import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CaseChart, EntityView } from '../../../src-shared/contract/views.ts';
import { type Period, isAnyTime } from '../../../src-shared/domain/period.ts';
import { useMethodPages } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { formatCount } from '../../strings/format.ts';
import type { Attention } from '../../ui/attention.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SubjectGrid } from './SubjectGrid.tsx';
import { type Sort, linkRows, pagedRows } from './table-rows.ts';
import './table.css';

interface Props {
  readonly chart: CaseChart;
  readonly attention: Attention;
  readonly period: Period;
  /** Whether an entity gets through the filters. */
  readonly passes: (entity: EntityView) => boolean;
  readonly onSelect: (ids: readonly string[]) => void;
}

const PAGE = 200;

/** The table of a case too large to be in the page at once: its entities page by page, and the links of the drawing. */
export function LargeTableScreen({ chart, attention, period, passes, onSelect }: Props) {
  const [shows, setShows] = useState<'entities' | 'links'>('entities');
  const [sort, setSort] = useState<Sort>({ key: 'label', isDescending: false });
  const isHiding = attention.mode === 'hide';
  const asked = {
    case: chart.case.id,
    sort: sort.key === 'kind' ? 'kind' : 'label',
    limit: PAGE,
    ...(isHiding && !isAnyTime(period) && { period }),
  } as const;
  const list = useMethodPages('case.members', asked, (page) => {
    const last = page.entities.at(-1);
    return page.isLast || last === undefined ? undefined : { ...asked, after: last.id };
  });
  const rows = useMemo(() => {
    if (shows === 'links') return linkRows(chart, attention, sort);
    const entities = list.pages.flatMap((page) => page.entities);
    return pagedRows(entities, chart.agencies, attention, passes);
  }, [shows, chart, attention, sort, list.pages, passes]);
  if (list.error !== null) return <ErrorNotice {...explain(list.error)} />;
  return (
    <div className="table-screen">
      <div className="table-head">
        <SegmentedControl
          size="xs"
          aria-label="Rows"
          data={[
            { value: 'entities', label: `Entities ${formatCount(chart.case.entities)}` },
            { value: 'links', label: `Links drawn ${formatCount(chart.links.length)}` },
          ]}
          value={shows}
          onChange={(value) => setShows(value === 'links' ? 'links' : 'entities')}
        />
      </div>
      <SubjectGrid
        label={shows === 'entities' ? 'Entities of the case' : 'Links that are drawn'}
        hasLinks={shows === 'entities'}
        rows={rows}
        selection={attention.selection}
        sort={sort}
        onSort={setSort}
        onSelect={onSelect}
        {...(shows === 'entities' && { total: chart.case.entities, onNearEnd: list.fetchNext, sortable: PAGED_SORTS })}
      />
    </div>
  );
}

/** By these the store has an order of its own. */
const PAGED_SORTS: readonly Sort['key'][] = ['label', 'kind'];
