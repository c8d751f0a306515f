import { Button } from '@mantine/core';
import { IconLink, IconListTree, IconMessagePlus, IconTopologyStar3, IconX } from '@tabler/icons-react';
import type { CaseChart } from '../../src-shared/contract/views.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { ToolButton } from '../ui/ToolButton.tsx';
import { showInCase } from './drawings.ts';
import { SubjectExpansion } from './SubjectExpansion.tsx';
import { useView, useViewStore } from './view-state.ts';

interface Props {
  readonly selection: readonly SubjectId[];
  readonly chart: CaseChart;
  /** The selected entity, when exactly one entity is selected. */
  readonly entity: SubjectId | undefined;
  readonly canWrite: boolean;
}

/** What can be done with the selection; there only while something is selected. */
export function SelectionBar({ chart, selection, entity, canWrite }: Props) {
  const store = useViewStore();
  const subject = selection.at(-1);
  const isExpanding = useView(({ expanding }) => expanding !== undefined && expanding.at === undefined);
  const isDrawn = chart.entities.some(({ id }) => id === entity);
  if (subject === undefined) return null;
  return (
    <div className="workspace-selection" role="toolbar" aria-label="Selection">
      <span>{selection.length} selected</span>
      {entity !== undefined && isDrawn && (
        <SubjectExpansion chart={chart} subject={entity} isOpen={isExpanding} canWrite={canWrite}>
          <Button
            variant="subtle"
            leftSection={<IconTopologyStar3 size={15} />}
            onClick={() => store.set({ expanding: isExpanding ? undefined : { subject: entity, at: undefined } })}
          >
            Expand
          </Button>
        </SubjectExpansion>
      )}
      {entity !== undefined && !isDrawn && (
        <ToolButton
          label="Show on the drawing"
          icon={<IconTopologyStar3 size={17} />}
          onPress={() => showInCase(store, chart.case.id, entity)}
        />
      )}
      {canWrite && entity !== undefined && (
        <Button
          variant="subtle"
          leftSection={<IconLink size={15} aria-hidden />}
          onClick={() => store.set({ dialog: { kind: 'add-link', from: entity } })}
        >
          Add link
        </Button>
      )}
      {canWrite && selection.length === 1 && (
        <ToolButton
          label="Add statement"
          keys="S"
          icon={<IconMessagePlus size={17} />}
          onPress={() => store.set({ dialog: { kind: 'add-statement', subject } })}
        />
      )}
      <ToolButton
        label="Show as a list"
        keys="F2"
        icon={<IconListTree size={17} />}
        onPress={() => store.set({ caseView: 'outline' })}
      />
      <ToolButton
        label="Clear the selection"
        keys="Esc"
        icon={<IconX size={17} />}
        onPress={() => store.set({ selection: [] })}
      />
    </div>
  );
}
