import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Island } from './chart-island.ts';
import type { ChartElements } from './chart-elements.ts';
import { type LayoutJob, startLayout } from './layout-job.ts';
import type { Point } from './walk.ts';

/** Asked for by a person; or begun because nobody has drawn the case yet. */
export type LayoutCause = 'asked' | 'begun';

export interface Layout {
  readonly running: LayoutCause | undefined;
  readonly run: () => void;
  readonly cancel: () => void;
}

/**
 * Lays the chart out in a worker: by itself only when the case has no drawing yet, otherwise when asked. Afterwards every entity has
 * moved, and `onDone` hears where to.
 */
export function useLayout(
  island: Island | undefined,
  elements: ChartElements,
  hasDrawing: boolean,
  onDone: (spots: readonly Point[], how: LayoutCause) => void,
): Layout {
  const [running, setRunning] = useState<LayoutCause>();
  const job = useRef<LayoutJob>(undefined);
  const cancel = () => {
    job.current?.cancel();
    job.current = undefined;
    setRunning(undefined);
  };
  const lay = (how: LayoutCause) => {
    job.current?.cancel();
    if (elements.nodes.size === 0) return;
    const started = startLayout(requestFor(elements, island?.aspect() ?? 1));
    job.current = started;
    setRunning(how);
    const finish = (spots: readonly Point[]) => {
      if (job.current !== started) return;
      job.current = undefined;
      setRunning(undefined);
      if (spots.length === 0) return;
      island?.moveTo(spots);
      island?.fit();
      onDone(spots, how);
    };
    started.done.then(finish, () => finish([]));
  };
  const runOnce = useEffectEvent(() => {
    if (!hasDrawing && job.current === undefined) lay('begun');
  });
  const isReady = island !== undefined && elements.nodes.size > 0;
  useEffect(() => {
    if (isReady) runOnce();
    return () => {
      job.current?.cancel();
      job.current = undefined;
    };
  }, [isReady]);
  return { running, run: () => lay('asked'), cancel };
}

/** The seed is fixed: the same case gives the same drawing. */
function requestFor(elements: ChartElements, aspect: number) {
  return {
    nodes: [...elements.nodes.keys()].sort(),
    edges: [...elements.edges.values()].map(({ source, target }) => ({ source, target })),
    seed: 20_261,
    aspect,
  };
}
