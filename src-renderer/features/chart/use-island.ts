import { type RefObject, useEffect, useEffectEvent } from 'react';
import { type Island, createIsland } from './chart-island.ts';
import type { Scheme } from './chart-colours.ts';
import type { ChartElements } from './chart-elements.ts';
import type { Emphasis } from './emphasis.ts';
import { placeNew } from './place-new.ts';
import type { Point } from './walk.ts';

interface Drawing {
  readonly elements: ChartElements;
  readonly emphasis: Emphasis;
  readonly selection: readonly string[];
  readonly scheme: Scheme;
  /** Where a saved drawing has them. */
  readonly saved: readonly Point[];
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onMove: (ids: readonly string[]) => void;
  readonly onOpen: () => void;
}

/** Keeps the drawing in an element of the page equal to plain data. `island` is filled by the first effect. */
export function useIsland(
  container: RefObject<HTMLDivElement | null>,
  island: RefObject<Island | undefined>,
  drawing: Drawing,
): void {
  const onSelect = useEffectEvent(drawing.onSelect);
  const onMove = useEffectEvent(drawing.onMove);
  const onOpen = useEffectEvent(drawing.onOpen);
  const first = useEffectEvent(() => ({
    scheme: drawing.scheme,
    size: drawing.elements.nodes.size + drawing.elements.edges.size,
  }));

  useEffect(() => {
    if (container.current === null) return undefined;
    const made = createIsland(container.current, {
      ...first(),
      onSelect: (ids) => onSelect(ids),
      onMove: (ids) => onMove(ids),
      onOpen: () => onOpen(),
    });
    island.current = made;
    return () => {
      island.current = undefined;
      made.destroy();
    };
  }, [container, island]);

  useEffect(() => {
    const chart = island.current;
    if (chart === undefined) return;
    const isFirst = chart.spots().length === 0;
    chart.apply(drawing.elements, spotsFor(drawing.elements, drawing.saved, chart.spots()));
    if (isFirst) chart.fit();
  }, [drawing.elements, drawing.saved, island]);
  useEffect(() => island.current?.emphasise(drawing.emphasis), [drawing.emphasis, island]);
  useEffect(() => island.current?.select(drawing.selection), [drawing.selection, drawing.elements, island]);
  useEffect(() => island.current?.dress(drawing.scheme), [drawing.scheme, island]);
}

/** A spot for everything: as saved, as drawn now, or beside its neighbours. */
function spotsFor(elements: ChartElements, saved: readonly Point[], drawn: readonly Point[]): readonly Point[] {
  const known = new Map([...saved, ...drawn].map((point) => [point.id, { x: point.x, y: point.y }]));
  const added = [...elements.nodes.keys()].filter((id) => !known.has(id));
  const placed = placeNew(known, added, [...elements.edges.values()]);
  return [...known, ...placed].map(([id, spot]) => ({ id, ...spot }));
}
