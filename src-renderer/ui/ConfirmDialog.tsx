import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly opened: boolean;
  readonly title: string;
  /** What will happen and whether it can be undone. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly isDangerous?: boolean;
  readonly isBusy?: boolean;
  readonly isReady?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that is not one key away from being undone. The safe way out has the focus. */
export function ConfirmDialog(props: Props) {
  const { opened, title, children, confirmLabel, isDangerous = false, isBusy = false, isReady = true } = props;
  return (
    <Modal opened={opened} onClose={props.onClose} title={title} lockScroll={false} centered size={460}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) props.onConfirm();
        }}
      >
        <Stack gap={12}>
          {children}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={props.onClose} disabled={isBusy} data-autofocus>
              Cancel
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady} {...(isDangerous && { color: 'red' })}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
