import type { Core } from 'cytoscape';

const FIT_PADDING = 48;
const MAX_FIT_ZOOM = 1.4;
/** From the middle of an entity to the end of its badges. */
const NODE_REACH = 24;

export interface Fitting {
  /** Brings these into sight, or everything that is shown. */
  readonly fit: (ids?: readonly string[]) => void;
  /** Fits once more what was fitted last, unless a person has chosen a view since. */
  readonly fitAgain: () => void;
  /** Looks at where things are about to stand, before they do. */
  readonly fitBox: (spots: readonly { readonly x: number; readonly y: number }[]) => void;
  /** Nobody has chosen a view of their own since everything was fitted. */
  readonly isFitted: () => boolean;
  /** A view of its own was chosen: the next change of size leaves it alone. */
  readonly release: () => void;
}

/** Fits the drawing, and fits it again whenever its element changes size, until a person zooms or pans. */
export function keepFitted(chart: Core): Fitting {
  let refit: (() => void) | undefined;
  let isAll = false;
  const release = () => {
    refit = undefined;
    isAll = false;
  };
  chart.on('resize', () => refit?.());
  chart.on('dragpan scrollzoom pinchzoom', release);
  return {
    fit(ids) {
      refit = () => fitNow(chart, ids);
      isAll = ids === undefined;
      refit();
    },
    fitAgain: () => refit?.(),
    isFitted: () => isAll,
    fitBox(spots) {
      if (spots.length === 0) return;
      const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
      const [x1, x2] = [Math.min(...xs) - NODE_REACH, Math.max(...xs) + NODE_REACH];
      const [y1, y2] = [Math.min(...ys) - NODE_REACH, Math.max(...ys) + NODE_REACH];
      fitToBox(chart, { x1, y1, x2, y2 });
    },
    release,
  };
}

/** Without the labels: they keep their size on the screen, so that the drawing would be fitted to sizes that it is about to lose. */
function fitNow(chart: Core, ids: readonly string[] | undefined): void {
  const all = chart.elements().not('.gone');
  const chosen = ids === undefined ? all : all.filter((element) => ids.includes(element.id()));
  const wanted = chosen.empty() ? all : chosen;
  if (wanted.empty()) return;
  fitToBox(chart, wanted.boundingBox({ includeLabels: false }));
}

interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

function fitToBox(chart: Core, { x1, y1, x2, y2 }: Box): void {
  const [w, h] = [x2 - x1, y2 - y1];
  const [width, height] = [chart.width(), chart.height()];
  const zoom = Math.max(chart.minZoom(), Math.min(MAX_FIT_ZOOM, room(width) / w, room(height) / h));
  chart.stop();
  chart.viewport({ zoom, pan: { x: width / 2 - (zoom * (x1 + x2)) / 2, y: height / 2 - (zoom * (y1 + y2)) / 2 } });
}

function room(length: number): number {
  return Math.max(1, length - 2 * FIT_PADDING);
}

/** Zooms around the middle of the drawing. */
export function zoomAround(chart: Core, level: number): void {
  chart.zoom({ level, renderedPosition: { x: chart.width() / 2, y: chart.height() / 2 } });
}
