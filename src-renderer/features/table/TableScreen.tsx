import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import type { Attention } from '../../ui/attention.ts';
import { SubjectGrid } from './SubjectGrid.tsx';
import { type Sort, entityRows, linkRows } from './table-rows.ts';
import { useRowAttention } from './use-row-attention.ts';
import './table.css';

interface Props {
  readonly chart: CaseChart;
  readonly attention: Attention;
  readonly onSelect: (ids: readonly string[]) => void;
}

/** The case as a table: the same filters and the same selection as the chart. */
export function TableScreen({ chart, attention, onSelect }: Props) {
  const [shows, setShows] = useState<'entities' | 'links'>('entities');
  const [sort, setSort] = useState<Sort>({ key: 'label', isDescending: false });
  const what = useRowAttention(attention);
  const rows = useMemo(
    () => (shows === 'entities' ? entityRows(chart, what, sort) : linkRows(chart, what, sort)),
    [chart, what, sort, shows],
  );
  return (
    <div className="table-screen">
      <div className="table-head">
        <SegmentedControl
          size="xs"
          aria-label="Rows"
          data={[
            { value: 'entities', label: `Entities ${chart.entities.length}` },
            { value: 'links', label: `Links ${chart.links.length}` },
          ]}
          value={shows}
          onChange={(value) => setShows(value === 'links' ? 'links' : 'entities')}
        />
      </div>
      <SubjectGrid
        key={shows}
        label={shows === 'entities' ? 'Entities of the case' : 'Links of the case'}
        hasLinks={shows === 'entities'}
        count={rows.length}
        rowAt={(index) => rows[index]}
        selection={attention.selection}
        sort={sort}
        empty={
          shows === 'links' && chart.links.length === 0
            ? 'This case has no links yet.'
            : 'Nothing passes the filters. Clear them in the status line.'
        }
        onSort={setSort}
        onSelect={onSelect}
      />
    </div>
  );
}
