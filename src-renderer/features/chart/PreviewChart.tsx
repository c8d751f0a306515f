import { useComputedColorScheme } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { ReviewChart } from '../../../src-shared/contract/review.ts';
import { countOf } from '../../strings/format.ts';
import './chart.css';
import { announcement } from './announce.ts';
import { NO_ELEMENTS, chartElements } from './chart-elements.ts';
import { ChartTools } from './ChartTools.tsx';
import { emphasise } from './emphasis.ts';
import { LayoutProgress } from './LayoutProgress.tsx';
import { PreviewKey } from './PreviewKey.tsx';
import { SIGNS, marked } from './preview-marks.ts';
import { useDrawing } from './use-drawing.ts';
import { useIsland } from './use-island.ts';
import { useLayout } from './use-layout.ts';
import type { Point } from './walk.ts';

interface Props {
  readonly chart: ReviewChart;
}

/**
 * What would be added, drawn beside what is held: looked at, not changed. What is held here already is drawn as guests of a case are. It is drawn once
 * it is known where everything stands, so that nothing has to be drawn twice.
 */
export function PreviewChart({ chart }: Props) {
  const scheme = useComputedColorScheme('light');
  const [selection, setSelection] = useState<readonly string[]>([]);
  const [spots, setSpots] = useState<readonly Point[]>();
  const { entities, links, held } = useMemo(() => marked(chart), [chart]);
  const elements = useMemo(() => chartElements(entities, links, held), [entities, links, held]);
  const emphasis = useMemo(() => {
    const shown = { shownEntities: new Set(elements.nodes.keys()), shownLinks: new Set(elements.edges.keys()) };
    return emphasise(elements, { ...shown, mode: 'dim', found: undefined, selection });
  }, [elements, selection]);
  const { surface, island } = useIsland(scheme, elements.nodes.size + elements.edges.size);
  const layout = useLayout(island, elements, false, setSpots);
  const [wasRunning, setWasRunning] = useState(layout.running);
  if (wasRunning !== layout.running) {
    setWasRunning(layout.running);
    // stopped or failed: it is drawn beside one another, as it comes
    if (layout.running === undefined && spots === undefined) setSpots([]);
  }
  useDrawing(island, {
    elements: spots === undefined ? NO_ELEMENTS : elements,
    emphasis,
    selection,
    scheme,
    saved: spots ?? [],
    onSelect: setSelection,
    onMove: () => undefined,
    onOpen: () => undefined,
    onExpand: () => undefined,
  });
  return (
    <div className="chart">
      <figure
        className="chart-pane"
        aria-label={`What it would add: ${countOf(elements.nodes.size, 'entity', 'entities')}, ${countOf(elements.edges.size, 'link')}`}
      >
        <div ref={surface} className="chart-surface" />
      </figure>
      <output className="visually-hidden" aria-live="polite">
        {announcement(selection, entities, links, elements)}
      </output>
      <ChartTools
        hasSelection={selection.length > 0}
        onZoomIn={() => island?.zoomBy(1.25)}
        onZoomOut={() => island?.zoomBy(0.8)}
        onFitAll={() => island?.fit()}
        onFitSelection={() => island?.fit(selection)}
        onLayOut={layout.run}
      />
      {layout.running !== undefined ? (
        <LayoutProgress entities={elements.nodes.size} onCancel={layout.cancel} />
      ) : (
        <PreviewKey signs={SIGNS} hasHeld={held.length > 0} />
      )}
    </div>
  );
}
