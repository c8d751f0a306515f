import { type RefObject, useCallback, useEffect, useState } from 'react';

/** Every row is so high. */
export const ROW = 26;
const BESIDE = 5;

export interface RowsInSight {
  /** The first row to be in the page, and the first that is not. */
  readonly from: number;
  readonly to: number;
}

/** Which rows of a grid are in sight, and a few beside them. Rows have one height, so that this costs the same however many there are. */
export function useRowsInSight(scroller: RefObject<HTMLElement | null>, count: number) {
  const [{ from, to }, setRows] = useState<RowsInSight>({ from: 0, to: 0 });
  const look = useCallback(() => {
    if (scroller.current === null) return;
    const next = rowsAt(scroller.current);
    setRows((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, [scroller]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, look]);
  const goTo = (index: number) => {
    if (scroller.current === null) return;
    bringIntoSight(scroller.current, index);
    look();
  };
  return { inSight: { from: Math.min(from, count), to: Math.min(to, count) }, goTo };
}

/** Odd edges would change with every pixel. */
function rowsAt({ scrollTop, clientHeight }: HTMLElement): RowsInSight {
  const first = Math.floor(scrollTop / ROW / BESIDE) * BESIDE;
  return { from: Math.max(0, first - BESIDE), to: first + Math.ceil(clientHeight / ROW) + 2 * BESIDE };
}

/** Nothing of the page has to be laid out to know where a row is. */
function bringIntoSight(scroller: HTMLElement, index: number): void {
  const { scrollTop } = scroller;
  const height = scroller.clientHeight - ROW;
  if (index * ROW < scrollTop) scroller.scrollTop = index * ROW;
  else if ((index + 1) * ROW > scrollTop + height) scroller.scrollTop = (index + 1) * ROW - height;
}
