import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import './virtual-list.css';

interface Props<T> {
  readonly label: string;
  /** How many items there are, read or not. */
  readonly count: number;
  readonly itemAt: (index: number) => T | undefined;
  readonly keyOf: (item: T) => string;
  /** Height in pixels of a typical item; the true one is measured. */
  readonly estimate: number;
  /** Which items are in sight, so that they can be read. */
  readonly onSight: (first: number, last: number) => void;
  readonly children: (item: T, index: number) => ReactNode;
}

/** A list of any length of which only what is in sight is read: what is still being read has its place and says so. */
export function SparseList<T>({ label, count, itemAt, keyOf, estimate, onSight, children }: Props<T>) {
  const scroller = useRef<HTMLElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const list = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    overscan: 8,
  });
  const rows = list.getVirtualItems();
  const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
  useEffect(() => onSight(first, last), [onSight, first, last]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={scroller} className="virtual-list" tabIndex={0} aria-label={label}>
      <ul style={{ blockSize: list.getTotalSize() }}>
        {rows.map((row) => {
          const item = itemAt(row.index);
          return (
            <li
              key={item === undefined ? row.index : keyOf(item)}
              ref={list.measureElement}
              data-index={row.index}
              aria-posinset={row.index + 1}
              aria-setsize={count}
              aria-busy={item === undefined}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {item === undefined ? <p className="muted">Reading…</p> : children(item, row.index)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
