/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows out of sight are not in the page, and those in sight are placed by hand: no native table */
import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useId, useRef } from 'react';
import { GridHead } from './GridHead.tsx';
import { GridRow } from './GridRow.tsx';
import { nextRow } from './next-row.ts';
import { placesToDraw } from './places.ts';
import { ALL_SORTS, type Sort, type SortKey, type TableRow } from './table-rows.ts';
import { useCaret } from './use-caret.ts';
import { ROW, type RowsInSight, useRowsInSight } from './use-rows-in-sight.ts';

interface Props {
  readonly label: string;
  readonly hasLinks: boolean;
  readonly count: number;
  /** Undefined while a row is still being read. */
  readonly rowAt: (index: number) => TableRow | undefined;
  readonly selection: readonly string[];
  readonly sort: Sort;
  readonly sortable?: readonly SortKey[];
  /** What is said in place of rows when there are none. */
  readonly empty: string;
  readonly onSort: (sort: Sort) => void;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onSight?: (rows: RowsInSight) => void;
}

/**
 * A grid of any length: only the rows in sight are in the page, so the focus stays on the grid and `aria-activedescendant` names the
 * active row (a roving tab index would lose it, UX notes §2.2). Keys move by place, whether a row has been read or not.
 */
export function SubjectGrid(props: Props) {
  const { label, hasLinks, count, rowAt, selection, sort, sortable = ALL_SORTS, empty, onSort, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const { inSight, goTo } = useRowsInSight(scroller, count);
  const { from, to } = inSight;
  const tellOfSight = useEffectEvent((rows: RowsInSight) => props.onSight?.(rows));
  useEffect(() => tellOfSight({ from, to }), [from, to]);
  const caret = useCaret(
    count,
    (index) => rowAt(index)?.id,
    (found) => onSelect([found]),
  );
  const toggle = (row: TableRow | undefined, isAdding: boolean) => {
    if (row === undefined) return;
    if (!isAdding) return onSelect([row.id]);
    return onSelect(
      selection.includes(row.id) ? selection.filter((other) => other !== row.id) : [...selection, row.id],
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) return;
    const target = event.altKey || event.metaKey ? undefined : nextRow(event.key, caret.row, count);
    if (target !== undefined) {
      goTo(target);
      caret.goTo(target);
    } else {
      caret.settle();
      if (event.key !== ' ' && event.key !== 'Enter') return;
      toggle(rowAt(caret.row), event.ctrlKey || event.key === ' ');
    }
    event.preventDefault();
  };
  const resort = (next: Sort) => {
    goTo(0);
    caret.stand(0);
    onSort(next);
  };
  const onClick = (event: MouseEvent) => {
    const place = event.target instanceof Element ? event.target.closest('[data-place]') : null;
    if (place === null) return;
    const index = Number(place.getAttribute('data-place'));
    caret.stand(index);
    toggle(rowAt(index), event.ctrlKey || event.metaKey);
  };
  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-multiselectable
      tabIndex={0}
      aria-activedescendant={count === 0 ? undefined : `${id}-${caret.row}`}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onBlur={caret.settle}
    >
      <GridHead hasLinks={hasLinks} sort={sort} sortable={sortable} onSort={resort} />
      <div role="rowgroup" className="grid-body" style={{ blockSize: count * ROW }}>
        {placesToDraw(inSight, caret.row, count).map((index) => {
          const row = rowAt(index);
          return (
            <GridRow
              key={index}
              id={`${id}-${index}`}
              row={row}
              position={index}
              hasLinks={hasLinks}
              isActive={index === caret.row}
              isSelected={row !== undefined && selection.includes(row.id)}
            />
          );
        })}
      </div>
      {count === 0 && <p className="grid-empty">{empty}</p>}
    </div>
  );
}
