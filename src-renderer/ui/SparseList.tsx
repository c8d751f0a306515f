import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  startTransition,
  useEffect,
  useRef,
  useState,
} from 'react';
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
  /** Which items are in sight, and which one the keys are at, so that they can be read. */
  readonly onSight: (first: number, last: number, active: number) => void;
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
    // the item that may have the focus stays in the page wherever the list is scrolled to: with it the focus would go
    rangeExtractor: (range) => withPlace(defaultRangeExtractor(range), active, count),
  });
  const rows = list.getVirtualItems();
  const near = rows.filter(({ index }) => index !== active || rows.some((row) => Math.abs(row.index - index) === 1));
  const [first, last] = [near[0]?.index ?? 0, near.at(-1)?.index ?? 0];
  // behind the keys: an urgent change after every key of a held one is what React takes for a loop without end
  useEffect(() => startTransition(() => onSight(first, last, active)), [onSight, first, last, active]);
  const goTo = (index: number) => {
    wanted.current = index;
    const item = scroller.current?.querySelector<HTMLElement>(`li[data-index="${index}"]`);
    if (item === undefined || item === null) {
      // the item that has the focus may go before the other one comes
      scroller.current?.focus({ preventScroll: true });
      return;
    }
    wanted.current = undefined;
    item.focus({ preventScroll: true });
  };
  useEffect(() => {
    if (wanted.current === undefined) return;
    if (isElsewhere(scroller.current)) {
      wanted.current = undefined;
      return;
    }
    // heights were guessed: where it was looked for may be some way off
    list.scrollToIndex(wanted.current, { align: 'auto' });
    goTo(wanted.current);
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
    const isOnItsWay = wanted.current !== undefined;
    const isOnList = event.target === event.currentTarget && event.key.startsWith('Arrow') && !isOnItsWay;
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
              key={row.index}
              ref={list.measureElement}
              data-index={row.index}
              tabIndex={-1}
              aria-posinset={row.index + 1}
              aria-setsize={count}
              aria-busy={item === undefined}
              // what is not read yet keeps its room: a list that shrinks and grows again is not where it was scrolled to
              style={{
                transform: `translateY(${row.start}px)`,
                ...(item === undefined && { minBlockSize: estimate }),
              }}
            >
              <ActiveItem value={row.index === active}>
                {item === undefined ? (
                  <p className="muted">Reading…</p>
                ) : (
                  // the place keeps the focus while what is in it is read, or changes
                  <Fragment key={keyOf(item)}>{children(item, row.index)}</Fragment>
                )}
              </ActiveItem>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function withPlace(places: readonly number[], place: number, count: number): number[] {
  if (place >= count || places.includes(place)) return [...places];
  return [...places, place].toSorted((one, other) => one - other);
}

/** Whether a person has meanwhile gone on to something else. */
function isElsewhere(list: HTMLElement | null): boolean {
  const { activeElement, body } = document;
  return activeElement !== null && activeElement !== body && list?.contains(activeElement) !== true;
}
