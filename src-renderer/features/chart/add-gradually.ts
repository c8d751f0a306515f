import type { Core, ElementDefinition } from 'cytoscape';
import type { Point } from './walk.ts';

/** So many elements come in one frame: computing a style and drawing a picture for the first time costs up to four milliseconds each. */
const A_FRAME = 3;
/** A large drawing is not to take much longer than so many frames. */
const FRAMES = 45;

export interface GradualAdding {
  /** Adds what is given, one slice a frame; what is still to come from before is added first. */
  readonly add: (elements: readonly ElementDefinition[]) => void;
  /** The nodes that are still to come, where they will stand. */
  readonly coming: () => readonly Point[];
  /** Those that are still to come will stand there. */
  readonly place: (spots: ReadonlyMap<string, { readonly x: number; readonly y: number }>) => void;
  /** Adds what is still to come. */
  readonly finish: () => void;
  readonly cancel: () => void;
}

/**
 * Adds elements to a drawing a few a frame, one more in each than in the one before: the first cost the most. So the page stays answerable while a
 * neighbourhood unfolds. Nodes come before the links that join them. `dressed` gives each element its classes when its turn comes; `onDone` hears that everything is there.
 */
export function addGradually(
  chart: Core,
  dressed: (element: ElementDefinition) => ElementDefinition,
  onDone: () => void,
): GradualAdding {
  let coming: readonly ElementDefinition[] = [];
  let frame: number | undefined;
  const take = (count: number) => {
    const slice = coming.slice(0, count);
    coming = coming.slice(count);
    chart.batch(() => void chart.add(slice.map(dressed)));
    if (coming.length === 0) onDone();
  };
  const stop = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
  };
  const finish = () => {
    stop();
    if (coming.length > 0) take(coming.length);
  };
  return {
    add(elements) {
      finish();
      if (elements.length === 0) return;
      coming = elements;
      const largest = Math.max(A_FRAME, Math.ceil(elements.length / FRAMES));
      let slice = A_FRAME;
      const next = () => {
        frame = coming.length > slice ? requestAnimationFrame(next) : undefined;
        take(slice);
        slice = Math.min(slice + 1, largest);
      };
      frame = requestAnimationFrame(next);
    },
    coming: () =>
      coming.flatMap(({ data, position }) => (position === undefined ? [] : [{ id: String(data.id), ...position }])),
    place(spots) {
      coming = coming.map((element) => {
        const spot = spots.get(String(element.data.id));
        return spot === undefined ? element : { ...element, position: { ...spot } };
      });
    },
    finish,
    cancel: stop,
  };
}
