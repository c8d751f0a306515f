import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { DiscardedDialog } from './DiscardedDialog.tsx';

interface Props {
  readonly quarantine: string;
  readonly sender: string;
  readonly onClose: () => void;
}

/** Puts a file away untaken, with a reason for the log and a receipt for its sender (docs/formats/bundle.md B34). */
export function DiscardDialog({ quarantine, sender, onClose }: Props) {
  const [reason, setReason] = useState('');
  const discard = useAction('receive.discard');
  const job = useJob();
  if (discard.data !== undefined) return <DiscardedDialog {...discard.data} sender={sender} onClose={onClose} />;
  return (
    <ConfirmDialog
      opened
      title="Discard this file"
      confirmLabel="Discard"
      isDangerous
      isBusy={discard.isPending}
      isReady={reason.trim() !== ''}
      onClose={onClose}
      onConfirm={() => discard.mutate({ quarantine, reason, job: job.begin() })}
    >
      <p className="receive-hint">
        Nothing of it enters a case. You get a receipt that tells the sender so; the reason stays here. If the sender’s
        file is still at hand it can be received again.
      </p>
      <Textarea
        label="Reason"
        data-autofocus
        withAsterisk
        autosize
        minRows={2}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {discard.isPending && <JobProgress label="Discarding" progress={job.progress} onCancel={job.cancel} />}
      {discard.error !== null && <ErrorNotice {...explain(discard.error)} />}
    </ConfirmDialog>
  );
}
