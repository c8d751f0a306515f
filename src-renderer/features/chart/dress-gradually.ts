import type { Core, SingularElementArgument } from 'cytoscape';
import type { Emphasis } from './emphasis.ts';

/** So many elements change in one frame: each has its style computed and its picture drawn again. */
const A_FRAME = 24;
/** A large drawing is not to take longer than so many frames. */
const FRAMES = 20;

export interface GradualDressing {
  /** Has every element look as this says, one slice a frame; what is still to come of another emphasis is forgotten. */
  readonly dress: (emphasis: Emphasis) => void;
  /** Whoever measures the drawing waits for nothing. */
  readonly finish: () => void;
  readonly cancel: () => void;
}

/** Dims, hides and lights elements a few a frame, so that the page stays answerable when nearly all of them change. */
export function dressGradually(chart: Core, onDone: () => void): GradualDressing {
  let coming: readonly Change[] = [];
  let frame: number | undefined;
  const take = (count: number) => {
    const slice = coming.slice(0, count);
    coming = coming.slice(count);
    chart.batch(() => {
      for (const { element, names } of slice) for (const name of names) element.toggleClass(name);
    });
    if (coming.length === 0) onDone();
  };
  const stop = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  };
  return {
    dress(emphasis) {
      stop();
      coming = changesTo(chart, emphasis);
      const slice = Math.max(A_FRAME, Math.ceil(coming.length / FRAMES));
      const next = () => {
        frame = coming.length > slice ? requestAnimationFrame(next) : undefined;
        take(slice);
      };
      next();
    },
    finish() {
      stop();
      if (coming.length > 0) take(coming.length);
    },
    cancel: stop,
  };
}

interface Change {
  readonly element: SingularElementArgument;
  /** Classes that it gets or loses. */
  readonly names: readonly string[];
}

function changesTo(chart: Core, { gone, dim, lit }: Emphasis): readonly Change[] {
  const wanted = Object.entries({ gone, dim, lit });
  return chart
    .elements()
    .toArray()
    .flatMap((element) => {
      const id = element.id();
      const names = wanted.filter(([name, ids]) => element.hasClass(name) !== ids.has(id)).map(([name]) => name);
      return names.length === 0 ? [] : [{ element, names }];
    });
}
