import { Button } from '@mantine/core';
import { IconAffiliate, IconLayoutSidebarRight } from '@tabler/icons-react';
import { type RefObject, useMemo } from 'react';
import { SubjectId } from '../../src-shared/domain/ids.ts';
import type { CaseChart, VaultStatus } from '../../src-shared/contract/views.ts';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import { ChartScreen } from '../features/chart/ChartScreen.tsx';
import { OutlineScreen } from '../features/chart/OutlineScreen.tsx';
import type { Passing } from '../features/filters/filters.ts';
import { TableScreen } from '../features/table/TableScreen.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ToolButton } from '../ui/ToolButton.tsx';
import { inspect } from './inspector-place.ts';
import { SelectionBar } from './SelectionBar.tsx';
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
  const selection = useView((state) => state.selection);
  const mode = useView((state) => state.filters.mode);
  const canWrite = status.role !== 'lead';
  const entity = chart.entities.find((candidate) => selection.length === 1 && candidate.id === selection[0])?.id;
  const select = (ids: readonly string[]) => store.set({ selection: ids.map((id) => SubjectId.parse(id)) });
  const attention = useMemo(
    () => ({ shownEntities: passing.entities, shownLinks: passing.links, mode, found, selection }),
    [passing, mode, found, selection],
  );
  return (
    <main className="workspace-middle" data-pane="main">
      <h1 className="visually-hidden">
        <bdi>{chart.case.title}</bdi>
      </h1>
      <div className="workspace-bars">
        <ViewSwitch canWrite={canWrite} />
        <SelectionBar selection={selection} entity={entity} canWrite={canWrite} />
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
      {chart.entities.length === 0 ? (
        <EmptyCase canWrite={canWrite} />
      ) : caseView === 'graph' ? (
        <ChartScreen
          chart={chart}
          attention={attention}
          canWrite={canWrite}
          controls={controls}
          onSelect={select}
          onInspect={() => inspect(store)}
        />
      ) : caseView === 'table' ? (
        <TableScreen chart={chart} attention={attention} onSelect={select} />
      ) : (
        <OutlineScreen chart={chart} attention={attention} onSelect={select} />
      )}
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
