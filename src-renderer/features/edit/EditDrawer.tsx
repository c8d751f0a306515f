import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The side sheet of every form that writes: the chart stays in sight beside it. */
export function EditDrawer({ title, onClose, children }: Props) {
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size={440}
      closeOnClickOutside={false}
      classNames={{ body: 'edit-drawer-body', content: 'edit-drawer' }}
    >
      {children}
    </Drawer>
  );
}
