import { useEffect, useEffectEvent } from 'react';
import type { Island, IslandListener } from './chart-island.ts';
import type { Scheme } from './chart-colours.ts';
import type { ChartElements } from './chart-elements.ts';
import type { Emphasis } from './emphasis.ts';
import { placeNew } from './place-new.ts';
import type { Point } from './walk.ts';

interface Drawing extends IslandListener {
  readonly elements: ChartElements;
  readonly emphasis: Emphasis;
  readonly selection: readonly string[];
  readonly scheme: Scheme;
  /** Where a saved drawing has them. */
  readonly saved: readonly Point[];
}

/** Keeps the drawing equal to plain data, and hears what a person does to it. */
export function useDrawing(island: Island | undefined, drawing: Drawing): void {
  const { elements, emphasis, selection, scheme } = drawing;
  const onSelect = useEffectEvent(drawing.onSelect);
  const onMove = useEffectEvent(drawing.onMove);
  const onOpen = useEffectEvent(drawing.onOpen);
  const onExpand = useEffectEvent(drawing.onExpand);
  const draw = useEffectEvent((chart: Island, next: ChartElements) => {
    const drawn = chart.spots();
    chart.apply(next, spotsFor(next, drawing.saved, drawn));
    const sought = drawing.selection.at(-1);
    if (drawn.length === 0) chart.fit();
    else if (sought !== undefined && !drawn.some(({ id }) => id === sought)) chart.reveal(sought);
    chart.select(drawing.selection);
    chart.emphasise(drawing.emphasis);
  });

  useEffect(
    () =>
      island?.listen({
        onSelect: (ids) => onSelect(ids),
        onMove: (ids) => onMove(ids),
        onOpen: () => onOpen(),
        onExpand: (id, at) => onExpand(id, at),
      }),
    [island],
  );
  useEffect(() => {
    if (island !== undefined) draw(island, elements);
  }, [island, elements]);
  useEffect(() => island?.emphasise(emphasis), [island, emphasis]);
  useEffect(() => island?.select(selection), [island, selection]);
  useEffect(() => island?.dress(scheme), [island, scheme]);
}

/** A spot for everything: as drawn now, as saved, or beside its neighbours. */
function spotsFor(elements: ChartElements, saved: readonly Point[], drawn: readonly Point[]): readonly Point[] {
  const known = new Map([...saved, ...drawn].map((point) => [point.id, { x: point.x, y: point.y }]));
  const added = [...elements.nodes.keys()].filter((id) => !known.has(id));
  const placed = placeNew(known, added, [...elements.edges.values()]);
  return [...known, ...placed].map(([id, spot]) => ({ id, ...spot }));
}
