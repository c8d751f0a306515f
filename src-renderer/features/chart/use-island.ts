import { type RefCallback, useCallback, useState } from 'react';
import { type Island, createIsland } from './chart-island.ts';
import type { Scheme } from './chart-colours.ts';

export interface IslandSurface {
  /** For the element that the chart is drawn into. */
  readonly surface: RefCallback<HTMLElement>;
  /** Undefined until that element is on the page. */
  readonly island: Island | undefined;
}

/** A drawing that lives as long as its element. `size` counts what it will have to draw when it begins. */
export function useIsland(scheme: Scheme, size: number): IslandSurface {
  const [first] = useState({ scheme, size });
  const [island, setIsland] = useState<Island>();
  const surface = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return undefined;
      let made: Island | undefined;
      // A frame of its own: the page that has just been made is shown first.
      const frame = requestAnimationFrame(() => {
        made = createIsland(element, first);
        setIsland(made);
      });
      return () => {
        cancelAnimationFrame(frame);
        setIsland(undefined);
        made?.destroy();
      };
    },
    [first],
  );
  return { surface, island };
}
