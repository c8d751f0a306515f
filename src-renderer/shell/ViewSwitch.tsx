import { SegmentedControl } from '@mantine/core';
import { IconAffiliate, IconListTree, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type CaseView, useView, useViewStore } from './view-state.ts';

interface Props {
  readonly canWrite: boolean;
}

const VIEWS: readonly { readonly value: CaseView; readonly label: ReactNode }[] = [
  { value: 'graph', label: <ViewLabel icon={<IconAffiliate size={15} aria-hidden />} text="Graph" /> },
  { value: 'table', label: <ViewLabel icon={<IconTable size={15} aria-hidden />} text="Table" /> },
  { value: 'outline', label: <ViewLabel icon={<IconListTree size={15} aria-hidden />} text="List" /> },
];

/** Three ways to look at the same selection. */
export function ViewSwitch({ canWrite }: Props) {
  const store = useViewStore();
  const caseView = useView((state) => state.caseView);
  return (
    <div className="workspace-views">
      <SegmentedControl
        size="xs"
        aria-label="View"
        data={[...VIEWS]}
        value={caseView}
        onChange={(value) => store.set({ caseView: value })}
      />
      {canWrite && (
        <Button
          variant="subtle"
          px={8}
          leftSection={<IconPlus size={15} aria-hidden />}
          onClick={() => store.set({ dialog: { kind: 'add-entity' } })}
        >
          Add entity
        </Button>
      )}
    </div>
  );
}

function ViewLabel({ icon, text }: { readonly icon: ReactNode; readonly text: string }) {
  return (
    <span className="view-label">
      {icon}
      {text}
    </span>
  );
}
