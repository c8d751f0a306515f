import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { visibleName } from '../../../src-shared/catalogue/file-name.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { formatSize } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { saveBlob } from '../../ui/save-file.ts';
import { fetchFile } from './transfer-file.ts';
import { useTransfer } from './use-transfer.ts';

interface Props {
  readonly subject: SubjectId;
  readonly record: RecordId;
  readonly onClose: () => void;
}

/** What the list of files asks for at most. */
const MOST_LISTED = 200;

/** Takes a file out of the vault. Outside it lies in clear, so who did it and why is kept before it leaves. */
export function ExportFileDialog({ subject, record, onClose }: Props) {
  const files = useMethod('attachment.list', { subject, offset: 0, limit: MOST_LISTED }).data;
  const file = files?.attachments.find((each) => each.record === record);
  const [reason, setReason] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const transfer = useTransfer();
  if (file === undefined) return null;
  const submit = async () => {
    setWasTried(true);
    if (reason.trim() === '') return;
    const isThrough = await transfer.run(async (step) => {
      const { fileName, content } = await fetchFile({ sha256: file.sha256, reason: reason.trim() }, step);
      saveBlob(fileName, content);
    });
    if (isThrough) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Export ${visibleName(file.name)}`}
      size={480}
      lockScroll={false}
      closeOnClickOutside={false}
      closeOnEscape={!transfer.isRunning}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap={12}>
          <Notice tone="warn" title="Outside the vault it is not encrypted">
            It is saved as <bdi>{file.fileName}</bdi>, {formatSize(file.size)}. Your name, the time and the reason go
            into its custody.
            {file.isOdd && ' It is not what its name says: be careful where you open it.'}
          </Notice>
          <TextInput
            label="Reason"
            withAsterisk
            data-autofocus
            maxLength={200}
            value={reason}
            error={wasTried && reason.trim() === '' ? 'Say what it is needed for.' : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {transfer.error !== undefined && <ErrorNotice {...explain(transfer.error)} />}
          {transfer.isRunning && (
            <JobProgress label="Taking it out of the vault" progress={transfer.progress} onCancel={transfer.cancel} />
          )}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose} disabled={transfer.isRunning}>
              Cancel
            </Button>
            <Button type="submit" loading={transfer.isRunning}>
              Export
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
