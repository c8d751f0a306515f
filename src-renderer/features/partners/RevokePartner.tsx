import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
  readonly onClose: () => void;
}

/** Stops all exchange with a partner's present keys, with a reason for the log. */
export function RevokePartner({ partner, onClose }: Props) {
  const [reason, setReason] = useState('');
  const revoke = useAction('partner.revoke');
  return (
    <ConfirmDialog
      opened
      title={`Revoke ${partner.name}`}
      confirmLabel="Revoke"
      isDangerous
      isBusy={revoke.isPending}
      isReady={reason.trim() !== ''}
      onClose={onClose}
      onConfirm={() => revoke.mutate({ agency: partner.agency, reason }, { onSuccess: onClose })}
    >
      <p className="partner-hint">
        From now on nothing is released to these keys and nothing signed by them is received. What was received before
        stays, with its author. It cannot be taken back; a new card has to be confirmed instead.
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
      {revoke.error !== null && <ErrorNotice {...explain(revoke.error)} />}
    </ConfirmDialog>
  );
}
