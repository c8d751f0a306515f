import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CaseChart, EntityView } from '../../../src-shared/contract/views.ts';
import { explain } from '../../strings/errors.ts';
import { formatCount } from '../../strings/format.ts';
import type { Attention } from '../../ui/attention.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SubjectGrid } from './SubjectGrid.tsx';
import { PAGED_SORTS, type Sort, linkRows, pagedRows, pagedSort } from './table-rows.ts';
import { type Order, useMembers } from './use-members.ts';
import { useRowAttention } from './use-row-attention.ts';
import './table.css';

interface Props {
  readonly chart: CaseChart;
  readonly attention: Attention;
  /** What the filters hide; nothing while they only dim. */
  readonly hidden: Pick<Order, 'period' | 'without'>;
  /** Whether an entity gets through the filters. */
  readonly passes: (entity: EntityView) => boolean;
  readonly onSelect: (ids: readonly string[]) => void;
}

const FIRST_SORT: Sort = { key: 'label', isDescending: false };

/** The table of a case too large to be in the page at once: its entities, read where they are looked at, and the links of the drawing. */
export function LargeTableScreen({ chart, attention, hidden, passes, onSelect }: Props) {
  const [shows, setShows] = useState<'entities' | 'links'>('entities');
  const [sorts, setSorts] = useState({ entities: FIRST_SORT, links: FIRST_SORT });
  const sort = sorts[shows];
  const what = useRowAttention(attention);
  const { piece, error, show } = useMembers({ case: chart.case.id, ...pagedSort(sorts.entities), ...hidden });
  const entities = useMemo(
    () => pagedRows(piece?.entities ?? [], chart.agencies, what.found, passes),
    [piece, chart.agencies, what.found, passes],
  );
  const links = useMemo(
    () => (shows === 'links' ? linkRows(chart, what, sorts.links) : []),
    [shows, chart, what, sorts.links],
  );
  if (error !== null) return <ErrorNotice {...explain(error)} />;
  const at = piece?.at ?? 0;
  const total = piece?.total ?? chart.case.entities;
  return (
    <div className="table-screen">
      <div className="table-head">
        <SegmentedControl
          size="xs"
          aria-label="Rows"
          data={[
            { value: 'entities', label: `Entities ${formatCount(total)}` },
            { value: 'links', label: `Links drawn ${formatCount(chart.links.length)}` },
          ]}
          value={shows}
          onChange={(value) => setShows(value === 'links' ? 'links' : 'entities')}
        />
      </div>
      <SubjectGrid
        key={shows}
        label={shows === 'entities' ? 'Entities of the case' : 'Links that are drawn'}
        hasLinks={shows === 'entities'}
        count={shows === 'entities' ? total : links.length}
        rowAt={(index) => (shows === 'entities' ? entities[index - at] : links[index])}
        selection={attention.selection}
        sort={sort}
        empty={
          shows === 'links' && chart.links.length === 0
            ? 'No link is drawn yet. Expand an entity of the drawing to see its links here.'
            : 'Nothing passes the filters. Clear them in the status line.'
        }
        onSort={(next) => setSorts({ ...sorts, [shows]: next })}
        onSelect={onSelect}
        {...(shows === 'entities' && { onSight: show, sortable: PAGED_SORTS })}
      />
    </div>
  );
}
