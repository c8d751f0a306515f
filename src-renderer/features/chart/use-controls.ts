import { type Ref, type RefObject, useImperativeHandle } from 'react';
import type { ChartControls } from './chart-controls.ts';
import type { Island } from './chart-island.ts';
import type { ChartElements } from './chart-elements.ts';
import type { Emphasis } from './emphasis.ts';
import { type Direction, biggestHub, stepTo } from './walk.ts';

interface Facts {
  readonly island: Island | undefined;
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly elements: ChartElements;
  readonly emphasis: Emphasis;
  readonly selection: readonly string[];
  readonly layOut: () => void;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onMove: (ids: readonly string[]) => void;
}

const PAN_STEP = 80;
const PAN: { readonly [D in Direction]: readonly [number, number] } = {
  left: [PAN_STEP, 0],
  right: [-PAN_STEP, 0],
  up: [0, PAN_STEP],
  down: [0, -PAN_STEP],
};

const NUDGE: { readonly [D in Direction]: readonly [number, number] } = {
  left: [-15, 0],
  right: [15, 0],
  up: [0, -15],
  down: [0, 15],
};

/** Gives the shell the verbs of the chart, so that keys, palette and buttons are one thing. */
export function useControls(ref: Ref<ChartControls>, facts: Facts): void {
  useImperativeHandle(ref, () => controlsOf(facts));
}

function controlsOf(facts: Facts): ChartControls {
  const { island, elements, emphasis, selection } = facts;
  const visible = () => [...elements.nodes.values()].filter((node) => !emphasis.gone.has(node.id));
  const goTo = (id: string | undefined) => {
    if (id === undefined) return;
    facts.onSelect([id]);
    island?.reveal(id);
  };
  const step = (direction: Direction, isCandidate: (id: string) => boolean) => {
    const spots = island?.spots() ?? [];
    const from = spots.find((spot) => spot.id === selection.at(-1));
    if (from === undefined) return goTo(biggestHub(visible()));
    const candidates = spots.filter((spot) => isCandidate(spot.id) && !emphasis.gone.has(spot.id));
    return goTo(stepTo(from, candidates, direction)?.id);
  };
  return {
    fitAll: () => island?.fit(),
    fitSelection: () => island?.fit(selection),
    zoomIn: () => island?.zoomBy(1.25),
    zoomOut: () => island?.zoomBy(0.8),
    zoomReset: () => island?.zoomTo(1),
    layOut: facts.layOut,
    walk: (direction) => {
      const neighbours = linked(selection.at(-1), elements);
      step(direction, (id) => neighbours.has(id));
    },
    walkNearest: (direction) => step(direction, () => true),
    pan: (direction) => island?.panBy(...PAN[direction]),
    nudge: (direction) => {
      const moved = (island?.spots() ?? []).filter((spot) => selection.includes(spot.id));
      const [x, y] = NUDGE[direction];
      island?.moveTo(moved.map((spot) => ({ id: spot.id, x: spot.x + x, y: spot.y + y })));
      facts.onMove(moved.map((spot) => spot.id));
    },
    goToHub: () => goTo(biggestHub(visible())),
    goTo,
    isDrawn: (id) => elements.nodes.has(id),
    selectAll: () => facts.onSelect(visible().map((node) => node.id)),
    selectNeighbours: () =>
      facts.onSelect([...new Set([...selection, ...selection.flatMap((id) => [...linked(id, elements)])])]),
    focus: () => facts.pane.current?.focus(),
  };
}

function linked(id: string | undefined, elements: ChartElements): ReadonlySet<string> {
  const others = new Set<string>();
  for (const edge of elements.edges.values()) {
    if (edge.source === id) others.add(edge.target);
    if (edge.target === id) others.add(edge.source);
  }
  return others;
}
