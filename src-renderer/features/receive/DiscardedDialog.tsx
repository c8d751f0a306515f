import { Button, Group, Modal } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { Notice } from '../../ui/Notice.tsx';
import { saveFile } from '../../ui/save-file.ts';

interface Props extends Output<'receive.discard'> {
  readonly sender: string;
  readonly onClose: () => void;
}

/** A file was discarded: the receipt for its sender, or why there is none. */
export function DiscardedDialog({ bytes, fileName, sender, onClose }: Props) {
  return (
    <Modal opened title="Discarded" lockScroll={false} onClose={onClose}>
      <div className="screen-stack">
        {bytes === undefined ? (
          <Notice tone="info" title="There is no receipt.">
            The file does not prove itself any more, or came in a place that a person has to ask the sender about. Tell{' '}
            <bdi>{sender}</bdi> by another channel.
          </Notice>
        ) : (
          <Notice tone="info" title="Send the receipt back">
            It tells <bdi>{sender}</bdi> that nothing of the file was taken. It is sealed for them and holds no case
            data and no reason.
          </Notice>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Done
          </Button>
          {bytes !== undefined && fileName !== undefined && (
            <Button leftSection={<IconDownload size={14} aria-hidden />} onClick={() => saveFile(fileName, bytes)}>
              Save receipt
            </Button>
          )}
        </Group>
      </div>
    </Modal>
  );
}
