import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The inspector where there is no room beside the case: over it, and closed again by its button. */
export function InspectorOver({ onClose, children }: Props) {
  return (
    <aside className="workspace-pane workspace-over" aria-label="Inspector" data-pane="inspector">
      <div className="workspace-over-head">
        <span>Inspector</span>
        <ActionIcon size={24} aria-label="Close the inspector" onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      {children}
    </aside>
  );
}
