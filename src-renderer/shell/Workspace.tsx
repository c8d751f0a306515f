import { useMediaQuery } from '@mantine/hooks';
import { type RefObject, useDeferredValue } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { useMethod } from '../api/hooks.ts';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import { FiltersPanel } from '../features/filters/FiltersPanel.tsx';
import { useFound } from '../features/search/use-found.ts';
import { explain } from '../strings/errors.ts';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { Later } from '../ui/Later.tsx';
import { CaseViews } from './CaseViews.tsx';
import { drawingOf } from './drawings.ts';
import { NO_ROOM_BESIDE, isInspectorShown, leaveInspector } from './inspector-place.ts';
import { InspectorOver } from './InspectorOver.tsx';
import { InspectorPane } from './InspectorPane.tsx';
import { StatusBar } from './StatusBar.tsx';
import { usePassing } from './use-passing.ts';
import { stepThroughFound } from './step-through-found.ts';
import { useView, useViewStore } from './view-state.ts';

interface Props {
  readonly caseId: SubjectId;
  readonly status: VaultStatus;
  readonly controls: RefObject<ChartControls | null>;
}

/** The panels keep their width when the window changes; in a narrow or zoomed window the filters get a part of it instead. */
const WIDE = {
  filters: { defaultSize: 270, minSize: 220, maxSize: 400, groupResizeBehavior: 'preserve-pixel-size' },
  inspector: { defaultSize: 320, minSize: 260, maxSize: 520, groupResizeBehavior: 'preserve-pixel-size' },
} as const;
const NARROW = {
  filters: { defaultSize: '28%', minSize: 120 },
} as const;

/** One case: filters, the case itself as graph, table or list, and the inspector. All of them show one selection. */
export function Workspace({ caseId, status, controls }: Props) {
  const store = useViewStore();
  const { only, also } = useView((state) => drawingOf(state, caseId));
  const answer = useMethod(
    'case.chart',
    { case: caseId, ...(only !== undefined && { only: [...only] }), ...(also.length > 0 && { also: [...also] }) },
    { keepsPrevious: true },
  );
  const filters = useView((state) => state.filters);
  const find = useView((state) => state.find);
  const panels = useView((state) => state.panels);
  const isNarrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false });
  const hasRoom = !useMediaQuery(NO_ROOM_BESIDE, false, { getInitialValueInEffect: false });
  const isShown = useView((state) => isInspectorShown(state, hasRoom));
  // The frame is there at once, with empty panels that find their sizes. What is in them follows in a render of its own, which the page can interrupt.
  const calm = useDeferredValue(answer.data, undefined);
  const found = useFound(caseId, find, answer.data?.entities);
  const passing = usePassing(answer.data, filters);
  if (answer.isError) return <ErrorNotice {...explain(answer.error)} onRetry={() => void answer.refetch()} />;
  const chart = calm === undefined ? undefined : answer.data;
  return (
    <div className="workspace" data-over={isShown && !hasRoom}>
      <Group key={String(isNarrow)} orientation="horizontal">
        {panels.filters && (
          <>
            <Panel id="filters" {...(isNarrow ? NARROW.filters : WIDE.filters)}>
              <aside className="workspace-pane" aria-label="Filters" data-pane="filters">
                {calm !== undefined && (
                  <Later>
                    <FiltersPanel
                      chart={calm}
                      filters={filters}
                      find={find}
                      found={found?.size}
                      onFilters={(next) => store.set({ filters: next })}
                      onFind={(text) => store.set({ find: text })}
                      onStep={(step) => stepThroughFound(store, controls.current, found, step)}
                    />
                  </Later>
                )}
              </aside>
            </Panel>
            <Separator className="workspace-handle" title="Width of the filters" />
          </>
        )}
        <Panel id="main" minSize={180}>
          {chart === undefined ? (
            <main className="workspace-middle" aria-busy />
          ) : (
            <CaseViews
              chart={chart}
              passing={passing}
              found={found}
              status={status}
              controls={controls}
              isInspectorShown={isShown}
            />
          )}
        </Panel>
        {isShown && hasRoom && (
          <>
            <Separator className="workspace-handle" title="Width of the inspector" />
            <Panel id="inspector" {...WIDE.inspector}>
              <aside className="workspace-pane" aria-label="Inspector" data-pane="inspector">
                {calm !== undefined && (
                  <Later>
                    <InspectorPane chart={calm} status={status} />
                  </Later>
                )}
              </aside>
            </Panel>
          </>
        )}
      </Group>
      {isShown && !hasRoom && calm !== undefined && (
        <InspectorOver onClose={() => leaveInspector(store)}>
          <InspectorPane chart={calm} status={status} />
        </InspectorOver>
      )}
      {chart === undefined ? (
        <footer className="statusbar" />
      ) : (
        <StatusBar chart={chart} passing={passing} status={status} />
      )}
    </div>
  );
}
