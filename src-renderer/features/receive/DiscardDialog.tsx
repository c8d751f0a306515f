import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

interface Props {
  readonly quarantine: string;
  readonly onClose: () => void;
}

/** Puts a file away unread, with a reason for the log. */
export function DiscardDialog({ quarantine, onClose }: Props) {
  const [reason, setReason] = useState('');
  const discard = useAction('receive.discard');
  return (
    <ConfirmDialog
      opened
      title="Discard this file"
      confirmLabel="Discard"
      isDangerous
      isBusy={discard.isPending}
      isReady={reason.trim() !== ''}
      onClose={onClose}
      onConfirm={() => discard.mutate({ quarantine, reason }, { onSuccess: onClose })}
    >
      <p className="receive-hint">
        Nothing of it enters a case and no receipt is made. If the sender’s file is still at hand it can be received
        again.
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
      {discard.error !== null && <ErrorNotice {...explain(discard.error)} />}
    </ConfirmDialog>
  );
}
