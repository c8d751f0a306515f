import cytoscape, { type Core, type NodeSingular } from 'cytoscape';
import { addGradually } from './add-gradually.ts';
import { type ChartElements, NO_ELEMENTS } from './chart-elements.ts';
import { chartStyle } from './chart-style.ts';
import type { Scheme } from './chart-colours.ts';
import { diffElements } from './diff-elements.ts';
import { dressGradually } from './dress-gradually.ts';
import type { Emphasis } from './emphasis.ts';
import { drawLabels } from './draw-labels.ts';
import { keepFitted, zoomAround } from './keep-fitted.ts';
import type { Point } from './walk.ts';

/** Above this many elements the chart draws a picture while it is moved, and no links. */
const MANY = 900;
const SETTLED_MS = 70;

export interface IslandOptions {
  readonly scheme: Scheme;
  /** How many elements it will have to draw. */
  readonly size: number;
}

export interface IslandListener {
  readonly onSelect: (ids: readonly string[]) => void;
  /** A person moved these. */
  readonly onMove: (ids: readonly string[]) => void;
  /** A link was pressed twice: look at it. */
  readonly onOpen: () => void;
  /** An entity was pressed twice, or asked for its menu at a place of the page. */
  readonly onExpand: (id: string, at: MenuPlace | undefined) => void;
}

/** Pixels from the corner of the chart. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** The one imperative part of the page: it applies plain data to a drawing and reports what a person did to it. */
export interface Island {
  readonly apply: (elements: ChartElements, spots: readonly Point[]) => void;
  readonly listen: (listener: IslandListener) => () => void;
  readonly moveTo: (spots: readonly Point[]) => void;
  readonly emphasise: (emphasis: Emphasis) => void;
  readonly select: (ids: readonly string[]) => void;
  readonly dress: (scheme: Scheme) => void;
  readonly spots: () => readonly Point[];
  readonly fit: (ids?: readonly string[]) => void;
  readonly reveal: (id: string) => void;
  readonly zoomBy: (factor: number) => void;
  readonly zoomTo: (zoom: number) => void;
  readonly panBy: (x: number, y: number) => void;
  readonly aspect: () => number;
  readonly destroy: () => void;
}

/** Draws a chart into an element of the page. */
export function createIsland(container: HTMLElement, options: IslandOptions): Island {
  const isBig = options.size > MANY;
  const chart = cytoscape({
    container,
    style: chartStyle({ scheme: options.scheme, zoom: 1, isBig }),
    minZoom: 0.05,
    maxZoom: 4,
    boxSelectionEnabled: true,
    selectionType: 'single',
    textureOnViewport: isBig,
    hideEdgesOnViewport: isBig,
    pixelRatio: isBig ? 1 : 'auto',
  });
  let drawn = NO_ELEMENTS;
  let { scheme } = options;
  let emphasis = NO_EMPHASIS;
  let selection: ReadonlySet<string> = new Set();
  const settle = whenSettled(chart, isBig, () => scheme);
  const { listen, quietly } = reports(chart);
  const { fit, fitAgain, fitBox, isFitted, release } = keepFitted(chart);
  const adding = addGradually(
    chart,
    (element) => ({
      ...element,
      classes: classesOf(emphasis, String(element.data.id)),
      selected: selection.has(String(element.data.id)),
    }),
    () => {
      fitAgain();
      settle();
    },
  );
  const dressing = dressGradually(chart, () => settle());
  const byHand = (move: () => void) => {
    release();
    move();
  };

  return {
    apply(elements, spots) {
      const diff = diffElements(drawn, elements);
      const at = new Map(spots.map((spot) => [spot.id, { x: spot.x, y: spot.y }]));
      adding.finish();
      dressing.finish();
      // what goes, goes first: it is not to be drawn in the size that what stays is about to have
      quietly(() => applyDiff(chart, diff));
      // the view goes where everything will stand before it stands there: what is new is measured and painted once
      if (diff.addedNodes.length > 0 && (drawn.nodes.size === 0 || isFitted())) {
        const staying = chart.nodes().map((node) => node.position());
        fitBox([...staying, ...diff.addedNodes.flatMap(({ id }) => at.get(id) ?? [])]);
        settle.now();
      }
      drawn = elements;
      adding.add([
        ...diff.addedNodes.map((data) => ({ data: { ...data }, position: at.get(data.id) ?? { x: 0, y: 0 } })),
        ...diff.addedEdges.map((data) => ({ data: { ...data } })),
      ]);
      settle();
    },
    listen,
    moveTo(spots) {
      adding.place(new Map(spots.map(({ id, x, y }) => [id, { x, y }])));
      chart.batch(() => {
        for (const { id, x, y } of spots) chart.getElementById(id).position({ x, y });
      });
      settle();
    },
    emphasise(next) {
      emphasis = next;
      dressing.dress(next);
    },
    select(ids) {
      selection = new Set(ids);
      quietly(() => applySelection(chart, ids));
      settle();
    },
    dress(next) {
      if (next === scheme) return;
      scheme = next;
      chart.style(chartStyle({ scheme, zoom: chart.zoom(), isBig }));
    },
    spots: () => [...chart.nodes().map(spotOf), ...adding.coming()],
    fit(ids) {
      dressing.finish();
      fit(ids);
      const coming = adding.coming();
      if (ids === undefined && coming.length > 0) fitBox([...chart.nodes().map((node) => node.position()), ...coming]);
    },
    reveal(id) {
      if (adding.coming().some((node) => node.id === id)) adding.finish();
      revealNode(chart, id, release);
    },
    zoomBy: (factor) => byHand(() => zoomAround(chart, chart.zoom() * factor)),
    zoomTo: (zoom) => byHand(() => zoomAround(chart, zoom)),
    panBy: (x, y) => byHand(() => chart.panBy({ x, y })),
    aspect: () => chart.width() / Math.max(1, chart.height()),
    destroy() {
      adding.cancel();
      dressing.cancel();
      settle.cancel();
      chart.destroy();
    },
  };
}

/** All but what is new. */
function applyDiff(chart: Core, diff: ReturnType<typeof diffElements>): void {
  chart.batch(() => {
    for (const id of diff.removed) chart.getElementById(id).remove();
    for (const data of diff.changed) chart.getElementById(data.id).data({ ...data });
  });
}

const NO_EMPHASIS: Emphasis = { gone: new Set(), dim: new Set(), lit: new Set() };

function classesOf({ gone, dim, lit }: Emphasis, id: string): string[] {
  return [...(gone.has(id) ? ['gone'] : []), ...(dim.has(id) ? ['dim'] : []), ...(lit.has(id) ? ['lit'] : [])];
}

function applySelection(chart: Core, ids: readonly string[]): void {
  const wanted = new Set(ids);
  chart.batch(() => {
    chart.elements(':selected').forEach((element) => void (wanted.has(element.id()) || element.unselect()));
    for (const id of ids) chart.getElementById(id).select();
  });
}

/** Reports a person's doings to one listener; what runs inside `quietly` is ours and is not reported. */
function reports(chart: Core) {
  let listener: IslandListener | undefined;
  let isOurs = false;
  let isQueued = false;
  const reportSelection = () => {
    if (isOurs || isQueued) return;
    isQueued = true;
    queueMicrotask(() => {
      isQueued = false;
      if (!chart.destroyed()) listener?.onSelect(chart.elements(':selected').map((element) => element.id()));
    });
  };
  chart.on('select unselect', reportSelection);
  chart.on('dragfree', 'node', (event) => {
    const moved = chart.nodes(':selected').union(event.target as NodeSingular);
    listener?.onMove(moved.map((node) => node.id()));
  });
  chart.on('dbltap', 'edge', () => listener?.onOpen());
  chart.on('dbltap', 'node', (event) => listener?.onExpand((event.target as NodeSingular).id(), undefined));
  chart.on('cxttap', 'node', (event) => {
    const { x, y } = event.renderedPosition;
    listener?.onExpand((event.target as NodeSingular).id(), { x, y });
  });
  return {
    listen(next: IslandListener) {
      listener = next;
      return () => {
        listener = undefined;
      };
    },
    quietly(work: () => void) {
      isOurs = true;
      work();
      isOurs = false;
    },
  };
}

/** Sizes follow the zoom and labels make room for each other once the view has come to rest. */
function whenSettled(
  chart: Core,
  isBig: boolean,
  scheme: () => Scheme,
): (() => void) & { now: () => void; cancel: () => void } {
  const tolerance = isBig ? 0.35 : 0.04;
  let dressedAt = 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopLabels: (() => void) | undefined;
  const dress = (): boolean => {
    if (Math.abs(Math.log(chart.zoom() / dressedAt)) <= tolerance) return false;
    dressedAt = chart.zoom();
    chart.style(chartStyle({ scheme: scheme(), zoom: dressedAt, isBig }));
    return true;
  };
  const cancel = () => {
    clearTimeout(timer);
    stopLabels?.();
  };
  const work = () => {
    // both at once would be too long a task
    if (dress()) settle();
    else stopLabels = drawLabels(chart);
  };
  const settle = () => {
    cancel();
    timer = setTimeout(work, SETTLED_MS);
  };
  chart.on('viewport resize', settle);
  chart.on('dragfree', 'node', settle);
  return Object.assign(settle, { now: () => void dress(), cancel });
}

function revealNode(chart: Core, id: string, onMove: () => void): void {
  const element = chart.getElementById(id);
  if (element.empty()) return;
  const box = element.renderedBoundingBox({ includeLabels: false });
  const isInside = box.x1 > 24 && box.y1 > 48 && box.x2 < chart.width() - 48 && box.y2 < chart.height() - 48;
  if (isInside) return;
  onMove();
  chart.center(element);
}

function spotOf(node: NodeSingular): Point {
  const { x, y } = node.position();
  return { id: node.id(), x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}
