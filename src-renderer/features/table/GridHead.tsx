/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows out of sight are not in the page, and those in sight are placed by hand: no native table */
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { Sort, SortKey } from './table-rows.ts';

interface Props {
  readonly hasLinks: boolean;
  readonly sort: Sort;
  readonly sortable: readonly SortKey[];
  readonly onSort: (sort: Sort) => void;
}

const COLUMNS: readonly { readonly key: SortKey | 'grades'; readonly label: string }[] = [
  { key: 'label', label: 'Label' },
  { key: 'kind', label: 'Kind' },
  { key: 'links', label: 'Links' },
  { key: 'grades', label: 'Grades' },
  { key: 'authors', label: 'Stated by' },
  { key: 'tlp', label: 'Marking' },
  { key: 'firstOn', label: 'First' },
  { key: 'lastOn', label: 'Last' },
];

/** The column heads; each sorts but the grades, which have no order between schemes, and those by which the store has none. */
export function GridHead({ hasLinks, sort, sortable, onSort }: Props) {
  const shown = COLUMNS.filter((column) => hasLinks || column.key !== 'links');
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" className="grid-row" data-links={hasLinks} aria-rowindex={1}>
        {shown.map(({ key, label }) =>
          key === 'grades' || !sortable.includes(key) ? (
            <span key={key} role="columnheader">
              {label}
            </span>
          ) : (
            <span key={key} role="columnheader" aria-sort={sortWord(sort, key)}>
              <button
                type="button"
                className="grid-sort"
                onClick={() => onSort({ key, isDescending: sort.key === key && !sort.isDescending })}
              >
                {label}
                {sort.key === key && (sort.isDescending ? <IconArrowDown size={12} /> : <IconArrowUp size={12} />)}
              </button>
            </span>
          ),
        )}
      </div>
    </div>
  );
}

function sortWord(sort: Sort, key: SortKey): 'ascending' | 'descending' | 'none' {
  if (sort.key !== key) return 'none';
  return sort.isDescending ? 'descending' : 'ascending';
}
