import { Button } from '@mantine/core';
import { IconAffiliate, IconLayoutSidebarRight } from '@tabler/icons-react';
import { type RefObject, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { SubjectId } from '../../src-shared/domain/ids.ts';
import type { CaseChart, EntityView, VaultStatus } from '../../src-shared/contract/views.ts';
import { mayWrite } from '../api/may.ts';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import { ChartScreen } from '../features/chart/ChartScreen.tsx';
import { OutlineScreen } from '../features/chart/OutlineScreen.tsx';
import { type Passing, entityPasses, storedFilter } from '../features/filters/filters.ts';
import { LargeTableScreen } from '../features/table/LargeTableScreen.tsx';
import { TableScreen } from '../features/table/TableScreen.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ToolButton } from '../ui/ToolButton.tsx';
import { DrawingNote } from './DrawingNote.tsx';
import { expandAll } from './expand.ts';
import { inspect } from './inspector-place.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { SubjectExpansion } from './SubjectExpansion.tsx';
import { ViewSwitch } from './ViewSwitch.tsx';
import { useView, useViewStore } from './view-state.ts';

interface Props {
  readonly chart: CaseChart;
  readonly passing: Passing;
  readonly found: ReadonlySet<string> | undefined;
  readonly status: VaultStatus;
  readonly controls: RefObject<ChartControls | null>;
  readonly isInspectorShown: boolean;
}

/** The middle of the workspace: the case as graph, table or list. */
export function CaseViews({ chart, passing, found, status, controls, isInspectorShown }: Props) {
  const store = useViewStore();
  const caseView = useView((state) => state.caseView);
  // another view is shown first, and the graph catches up with it afterwards
  const followed = useDeferredValue(caseView);
  const selection = useView((state) => state.selection);
  const filters = useView((state) => state.filters);
  const { mode } = filters;
  const canWrite = mayWrite(status);
  const isEmpty = chart.entities.length === 0 && chart.isWhole;
  // Once drawn the graph stays: to draw it anew at every change of view would stop the page each time.
  const [wasDrawn, setWasDrawn] = useState(false);
  if (caseView === 'graph' && !wasDrawn) setWasDrawn(true);
  const expanding = useView((state) => state.expanding);
  const [first, ...others] = selection;
  const isLink = chart.links.some(({ id }) => id === first);
  const isDrawn = chart.entities.some(({ id }) => id === first);
  const entity = others.length === 0 && !isLink && (isDrawn || caseView === 'table') ? first : undefined;
  const select = (ids: readonly string[]) => store.set({ selection: ids.map((id) => SubjectId.parse(id)) });
  const attention = useMemo(
    () => ({ shownEntities: passing.entities, shownLinks: passing.links, mode, found, selection }),
    [passing, mode, found, selection],
  );
  const hidden = useMemo(() => (mode === 'hide' ? storedFilter(filters) : {}), [mode, filters]);
  const passes = useCallback((item: EntityView) => entityPasses(item, filters), [filters]);
  return (
    <main className="workspace-middle" data-pane="main">
      <h1 className="visually-hidden">
        <bdi>{chart.case.title}</bdi>
      </h1>
      <div className="workspace-bars">
        <ViewSwitch canWrite={canWrite} />
        <SelectionBar chart={chart} selection={selection} entity={entity} canWrite={canWrite} />
        {!isInspectorShown && (
          <div>
            <ToolButton
              label="Show the inspector"
              keys="Ctrl+Alt+B"
              icon={<IconLayoutSidebarRight size={17} />}
              onPress={() => inspect(store)}
            />
          </div>
        )}
      </div>
      {caseView === 'graph' && <DrawingNote chart={chart} />}
      {isEmpty && <EmptyCase canWrite={canWrite} />}
      {!isEmpty && (caseView === 'graph' || wasDrawn) && (
        <div className="workspace-graph" inert={caseView !== 'graph'} data-shown={caseView === 'graph'}>
          <ChartScreen
            isShown={caseView === 'graph' && followed === 'graph'}
            chart={chart}
            attention={attention}
            canWrite={canWrite}
            controls={controls}
            onSelect={select}
            onInspect={() => inspect(store)}
            onUnsaved={(isUnsaved) => store.set({ unsavedDrawing: isUnsaved ? chart.case.id : undefined })}
            onExpand={(id, at) => {
              const subject = SubjectId.parse(id);
              if (at === undefined) void expandAll(store, chart, subject);
              else store.set({ selection: [subject], expanding: { subject, at } });
            }}
          >
            {expanding?.at !== undefined && (
              <SubjectExpansion chart={chart} subject={expanding.subject} canWrite={canWrite} isOpen>
                <span
                  className="chart-anchor"
                  style={{ transform: `translate(${expanding.at.x}px, ${expanding.at.y}px)` }}
                />
              </SubjectExpansion>
            )}
          </ChartScreen>
        </div>
      )}
      {!isEmpty && caseView === 'table' && chart.isWhole && (
        <TableScreen chart={chart} attention={attention} onSelect={select} />
      )}
      {!isEmpty && caseView === 'table' && !chart.isWhole && (
        <LargeTableScreen chart={chart} attention={attention} hidden={hidden} passes={passes} onSelect={select} />
      )}
      {!isEmpty && caseView === 'outline' && <OutlineScreen chart={chart} attention={attention} onSelect={select} />}
    </main>
  );
}

function EmptyCase({ canWrite }: { readonly canWrite: boolean }) {
  const store = useViewStore();
  return (
    <EmptyState
      icon={<IconAffiliate size={22} />}
      title="Nothing in this case yet"
      actions={
        canWrite && (
          <>
            <Button onClick={() => store.set({ dialog: { kind: 'import' } })}>Import a file</Button>
            <Button variant="default" onClick={() => store.set({ dialog: { kind: 'add-entity' } })}>
              Add the first entity
            </Button>
          </>
        )
      }
    >
      A case holds people, phones, places, money and what links them. Import a list or a graph, add entities by hand, or
      receive a bundle from a partner. Everything keeps its source, its grade and its marking.
    </EmptyState>
  );
}
