import { Button, Group, Modal, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { BatchId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { saveFile } from '../../ui/save-file.ts';

interface Props {
  readonly batch: BatchId;
  readonly sender: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Takes a whole bundle back, and offers the receipt that says so. */
export function TakeBackDialog({ batch, sender, onClose, onDone }: Props) {
  const undo = useAction('batch.undo');
  const job = useJob();
  const { bytes, fileName } = undo.data ?? {};
  const isDone = undo.data !== undefined;
  return (
    <Modal opened onClose={isDone ? onDone : onClose} title="Take the file back" lockScroll={false} centered size={480}>
      <Stack gap={12}>
        {isDone ? (
          <Notice tone="ok" title={`${countOf(undo.data.removed, 'record')} taken back.`}>
            Your store is as if the file had never come. It is remembered that it came, and the same file can be opened
            again. The new receipt tells <bdi>{sender}</bdi> that nothing of it is held here.
          </Notice>
        ) : (
          <p className="receive-hint">
            Everything that this file brought is removed: records, links, values that it disclosed, and the membership
            in your case. What it erased, if anything, stays erased, and then it cannot be taken back.
          </p>
        )}
        {undo.error !== null && <ErrorNotice {...explain(undo.error)} />}
        {undo.isPending && <JobProgress label="Taking back" progress={job.progress} onCancel={job.cancel} />}
        <Group justify="flex-end" gap={8}>
          {bytes !== undefined && fileName !== undefined && (
            <Button
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden />}
              onClick={() => saveFile(fileName, bytes)}
            >
              Save new receipt
            </Button>
          )}
          <Button variant="default" onClick={isDone ? onDone : onClose} disabled={undo.isPending}>
            {isDone ? 'Close' : 'Cancel'}
          </Button>
          {!isDone && (
            <Button loading={undo.isPending} onClick={() => undo.mutate({ batch, job: job.begin() })}>
              Take it back
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
