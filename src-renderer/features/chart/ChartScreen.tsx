import { useComputedColorScheme } from '@mantine/core';
import { type ReactNode, type Ref, memo, useMemo, useRef } from 'react';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import type { Attention } from '../../ui/attention.ts';
import { countOf } from '../../strings/format.ts';
import { announcement } from './announce.ts';
import type { ChartControls } from './chart-controls.ts';
import { chartElements } from './chart-elements.ts';
import { ChartTools } from './ChartTools.tsx';
import './chart.css';
import { emphasise } from './emphasis.ts';
import type { MenuPlace } from './chart-island.ts';
import { LayoutProgress } from './LayoutProgress.tsx';
import { LineKey } from './LineKey.tsx';
import { useControls } from './use-controls.ts';
import { useDrawing } from './use-drawing.ts';
import { useIsland } from './use-island.ts';
import { useLayout } from './use-layout.ts';
import { useReported } from './use-reported.ts';
import { useSavedPositions } from './use-saved-positions.ts';

interface Props {
  readonly isShown: boolean;
  readonly chart: CaseChart;
  readonly attention: Attention;
  readonly canWrite: boolean;
  readonly controls: Ref<ChartControls>;
  readonly onSelect: (ids: readonly string[]) => void;
  readonly onInspect: () => void;
  readonly onExpand: (id: string, at: MenuPlace | undefined) => void;
  /** Whether the drawing is about to be stored: laid out again just now, moved, or on its way. */
  readonly onUnsaved: (isUnsaved: boolean) => void;
  /** What lies over the drawing: the menu of an entity. */
  readonly children?: ReactNode;
}

/** The chart of a case: drawn, walked by keyboard, moved by hand, and kept as the analyst left it. One that nobody sees follows nothing until it is shown again. */
export const ChartScreen = memo(Chart, (_, { isShown }) => !isShown);

function Chart(props: Props) {
  const { chart, attention, canWrite, controls, onSelect, onInspect, onExpand, onUnsaved, children } = props;
  const scheme = useComputedColorScheme('light');
  const pane = useRef<HTMLDivElement>(null);
  const elements = useMemo(
    () => chartElements(chart.entities, chart.links, chart.guests),
    [chart.entities, chart.links, chart.guests],
  );
  const emphasis = useMemo(() => emphasise(elements, attention), [elements, attention]);
  const { surface, island } = useIsland(scheme, elements.nodes.size + elements.edges.size);
  const { saved, keep, isUnsaved } = useSavedPositions(chart, island, canWrite);
  useDrawing(island, {
    elements,
    emphasis,
    selection: attention.selection,
    scheme,
    saved,
    onSelect,
    onMove: keep,
    onOpen: onInspect,
    onExpand,
  });
  const layout = useLayout(island, elements, chart.positions.length > 0, (_, how) => {
    // What a case begins with is nobody's drawing yet, and looking at it changes nothing: docs/decisions/0035.
    if (how === 'asked') keep([]);
  });
  useReported(canWrite && (layout.running === 'asked' || isUnsaved), onUnsaved);
  const facts = {
    island,
    pane,
    elements,
    emphasis,
    selection: attention.selection,
    layOut: layout.run,
    onSelect,
    onMove: keep,
  };
  useControls(controls, facts);

  return (
    <div className="chart">
      <div
        ref={pane}
        className="chart-pane"
        role="application"
        aria-roledescription="chart"
        aria-label={`Chart: ${countOf(elements.nodes.size, 'entity', 'entities')}, ${countOf(elements.edges.size, 'link')}`}
        aria-describedby="chart-help"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes keys; its own are the arrows
        tabIndex={0}
        data-keys="chart"
      >
        <div ref={surface} className="chart-surface" />
      </div>
      <p id="chart-help" className="visually-hidden">
        Arrow keys walk along links, Home goes to the entity with most links, Enter inspects, E expands, F2 shows the
        same as a list.
      </p>
      <output className="visually-hidden" aria-live="polite">
        {announcement(attention.selection, chart.entities, chart.links, elements)}
      </output>
      <ChartTools
        hasSelection={attention.selection.length > 0}
        onZoomIn={() => island?.zoomBy(1.25)}
        onZoomOut={() => island?.zoomBy(0.8)}
        onFitAll={() => island?.fit()}
        onFitSelection={() => island?.fit(attention.selection)}
        onLayOut={layout.run}
      />
      {layout.running !== undefined ? (
        <LayoutProgress entities={elements.nodes.size} onCancel={layout.cancel} />
      ) : (
        <LineKey hasGuests={chart.entities.some(({ id }) => chart.guests.includes(id))} />
      )}
      {children}
    </div>
  );
}
