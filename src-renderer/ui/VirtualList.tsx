import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import './virtual-list.css';

interface Props<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  /** Height in pixels of a typical item; the true one is measured. */
  readonly estimate: number;
  readonly children: (item: T, index: number) => ReactNode;
  /** Position of the item to keep in sight. */
  readonly shownIndex?: number;
}

/** A list of any length: only what is in sight is in the page. It scrolls by keyboard and tells how long it is. */
export function VirtualList<T>({ label, items, keyOf, estimate, children, shownIndex }: Props<T>) {
  const scroller = useRef<HTMLElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by a compiler
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => keyOf(items[index] as T),
    estimateSize: () => estimate,
    overscan: 8,
  });
  useEffect(() => {
    if (shownIndex !== undefined && shownIndex >= 0) list.scrollToIndex(shownIndex, { align: 'auto' });
  }, [list, shownIndex]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={scroller} className="virtual-list" tabIndex={0} aria-label={label}>
      <ul style={{ blockSize: list.getTotalSize() }}>
        {list.getVirtualItems().map((row) => {
          const item = items[row.index];
          return item === undefined ? null : (
            <li
              key={row.key}
              ref={list.measureElement}
              data-index={row.index}
              aria-posinset={row.index + 1}
              aria-setsize={items.length}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {children(item, row.index)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
