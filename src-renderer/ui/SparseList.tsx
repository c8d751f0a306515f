import { useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ActiveItem } from './active-item.ts';
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

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 10,
  PageUp: (at) => at - 10,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/**
 * A list of any length of which only what is in sight is read: what is still being read has its place and says so. One stop of the Tab key for the
 * list and for the controls of the item that the arrow keys chose, so that what comes after a long list can be reached.
 */
export function SparseList<T>({ label, count, itemAt, keyOf, estimate, onSight, children }: Props<T>) {
  const scroller = useRef<HTMLElement>(null);
  const [active, setActive] = useState(0);
  /** Where the focus goes as soon as it is there. */
  const wanted = useRef<number>(undefined);
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
  const goTo = (index: number) => {
    wanted.current = index;
    const item = scroller.current?.querySelector<HTMLElement>(`li[data-index="${index}"]`);
    if (item === undefined || item === null) return;
    wanted.current = undefined;
    item.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (wanted.current !== undefined) goTo(wanted.current);
  });
  const choose = ({ target }: FocusEvent) => {
    const index = target.closest<HTMLElement>('li[data-index]')?.dataset['index'];
    if (index !== undefined) setActive(Number(index));
  };
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.ctrlKey || event.metaKey || event.altKey ? undefined : STEPS[event.key];
    // what a menu says over the list is heard here too
    const isInside = event.target instanceof HTMLElement && event.currentTarget.contains(event.target);
    if (step === undefined || !isInside) return;
    event.preventDefault();
    const isOnList = event.target === event.currentTarget && event.key.startsWith('Arrow');
    const next = isOnList ? active : Math.min(Math.max(step(active, count), 0), count - 1);
    setActive(next);
    list.scrollToIndex(next, { align: 'auto' });
    goTo(next);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={scroller} className="virtual-list" tabIndex={0} aria-label={label} onKeyDown={move} onFocus={choose}>
      <ul style={{ blockSize: list.getTotalSize() }}>
        {rows.map((row) => {
          const item = itemAt(row.index);
          return (
            <li
              key={item === undefined ? row.index : keyOf(item)}
              ref={list.measureElement}
              data-index={row.index}
              tabIndex={-1}
              aria-posinset={row.index + 1}
              aria-setsize={count}
              aria-busy={item === undefined}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <ActiveItem value={row.index === active}>
                {item === undefined ? <p className="muted">Reading…</p> : children(item, row.index)}
              </ActiveItem>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
