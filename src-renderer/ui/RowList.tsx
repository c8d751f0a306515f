import { type ReactNode, startTransition, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import './virtual-list.css';

interface Props {
  readonly label: string;
  readonly count: number;
  /** Of every row, in pixels. */
  readonly rowHeight: number;
  /** Position of the row to keep in sight. */
  readonly shownIndex: number;
  /** Which rows are in sight, so that they can be read. */
  readonly onSight: (first: number, last: number) => void;
  readonly children: (index: number) => ReactNode;
}

/** Rows come and go in groups of so many, and one group more than is in sight is there. */
const GROUP = 8;

/**
 * A list of any length with rows of one height: which of them are in sight is counted and nothing is measured, so that a list of a hundred thousand
 * begins as fast as one of ten. It scrolls by keyboard and tells how long it is.
 */
export function RowList({ label, count, rowHeight, shownIndex, onSight, children }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState({ first: 0, last: 0 });
  const look = useEffectEvent(() => {
    const { scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    const group = rowHeight * GROUP;
    const first = Math.max(0, Math.floor(scrollTop / group) - 1) * GROUP;
    const last = (Math.ceil((scrollTop + clientHeight) / group) + 1) * GROUP - 1;
    setSeen((before) => (before.first === first && before.last === last ? before : { first, last }));
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => look());
    const scrolled = () => look();
    watch.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, []);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const top = shownIndex * rowHeight;
    const lowest = top + rowHeight - element.clientHeight;
    if (element.scrollTop > top) element.scrollTop = top;
    else if (element.scrollTop < lowest) element.scrollTop = lowest;
  }, [shownIndex, rowHeight]);
  const last = Math.min(seen.last, count - 1);
  const first = Math.min(seen.first, Math.max(0, last));
  // behind the keys: an urgent change after every key of a held one is what React takes for a loop without end
  useEffect(() => startTransition(() => onSight(first, Math.max(first, last))), [onSight, first, last]);
  const rows = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={scroller} className="virtual-list" tabIndex={0} aria-label={label}>
      <ul style={{ blockSize: count * rowHeight }}>
        {rows.map((index) => (
          <li
            key={index}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={count}
            style={{ transform: `translateY(${index * rowHeight}px)` }}
          >
            {children(index)}
          </li>
        ))}
      </ul>
    </section>
  );
}
