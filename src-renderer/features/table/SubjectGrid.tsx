/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows out of sight are not in the page, and those in sight are placed by hand: no native table */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { nextRow } from './next-row.ts';
import { ALL_SORTS, type Sort, type SortKey, type TableRow } from './table-rows.ts';

interface Props {
  readonly label: string;
  readonly hasLinks: boolean;
  readonly rows: readonly TableRow[];
  readonly selection: readonly string[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onSelect: (ids: readonly string[]) => void;
  /** How many rows there are when `rows` holds only the first of them. */
  readonly total?: number;
  /** The last rows come into sight: there may be more. */
  readonly onNearEnd?: () => void;
  readonly sortable?: readonly SortKey[];
}

const ROW = 26;
const NEAR_END = 60;

/**
 * A grid of any length: only the rows in sight are in the page, so the focus stays on the grid and `aria-activedescendant` names the
 * active row (a roving tab index would lose it, UX notes §2.2).
 */
export function SubjectGrid(props: Props) {
  const { label, hasLinks, rows, selection, sort, onSort, onSelect, total = rows.length } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 5,
    useFlushSync: false,
  });
  const lastInSight = list.getVirtualItems().at(-1)?.index ?? 0;
  const isNearEnd = lastInSight >= rows.length - NEAR_END;
  const more = useEffectEvent(() => props.onNearEnd?.());
  useEffect(() => {
    if (isNearEnd) more();
  }, [isNearEnd, rows]);
  const current = Math.min(active, rows.length - 1);
  const goTo = (index: number) => {
    setActive(index);
    if (scroller.current !== null) bringIntoSight(scroller.current, index);
  };
  const toggle = (id: string, isAdding: boolean) => {
    if (!isAdding) return onSelect([id]);
    return onSelect(selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = nextRow(event.key, current, rows.length);
    const row = rows[target ?? current];
    if (row === undefined) return;
    if (target !== undefined) {
      goTo(target);
      toggle(row.id, false);
    } else if (event.key === ' ' || event.key === 'Enter') toggle(row.id, event.ctrlKey || event.key === ' ');
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={rows[current] === undefined ? undefined : `row-${rows[current].id}`}
      onKeyDown={onKeyDown}
    >
      <GridHead hasLinks={hasLinks} sort={sort} sortable={props.sortable ?? ALL_SORTS} onSort={onSort} />
      <div role="rowgroup" className="grid-body" style={{ blockSize: list.getTotalSize() }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <GridRow
              key={row.id}
              row={row}
              position={item.index}
              top={item.start}
              hasLinks={hasLinks}
              isActive={item.index === current}
              isSelected={selection.includes(row.id)}
              onPress={(isAdding) => {
                setActive(item.index);
                toggle(row.id, isAdding);
              }}
            />
          );
        })}
      </div>
      {rows.length === 0 && <p className="grid-empty">Nothing passes the filters. Clear them in the status line.</p>}
    </div>
  );
}

/** Rows have one height, so nothing of the page has to be laid out to know where one is. */
function bringIntoSight(scroller: HTMLElement, index: number): void {
  const { scrollTop } = scroller;
  const height = scroller.clientHeight - ROW;
  if (index * ROW < scrollTop) scroller.scrollTop = index * ROW;
  else if ((index + 1) * ROW > scrollTop + height) scroller.scrollTop = (index + 1) * ROW - height;
}
