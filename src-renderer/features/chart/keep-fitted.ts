import type { Core } from 'cytoscape';

const FIT_PADDING = 48;
const MAX_FIT_ZOOM = 1.4;

export interface Fitting {
  /** Brings these into sight, or everything that is shown. */
  readonly fit: (ids?: readonly string[]) => void;
  /** A view of its own was chosen: the next change of size leaves it alone. */
  readonly release: () => void;
}

/** Fits the drawing, and fits it again whenever its element changes size, until a person zooms or pans. */
export function keepFitted(chart: Core): Fitting {
  let refit: (() => void) | undefined;
  const release = () => {
    refit = undefined;
  };
  chart.on('resize', () => refit?.());
  chart.on('dragpan scrollzoom pinchzoom', release);
  return {
    fit(ids) {
      refit = () => fitNow(chart, ids);
      refit();
    },
    release,
  };
}

function fitNow(chart: Core, ids: readonly string[] | undefined): void {
  const all = chart.elements().not('.gone');
  const chosen = ids === undefined ? all : all.filter((element) => ids.includes(element.id()));
  const wanted = chosen.empty() ? all : chosen;
  chart.stop();
  chart.fit(wanted, FIT_PADDING);
  if (chart.zoom() > MAX_FIT_ZOOM) zoomAround(chart, MAX_FIT_ZOOM);
  chart.center(wanted);
}

/** Zooms around the middle of the drawing. */
export function zoomAround(chart: Core, level: number): void {
  chart.zoom({ level, renderedPosition: { x: chart.width() / 2, y: chart.height() / 2 } });
}
