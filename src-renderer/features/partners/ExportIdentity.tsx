import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { saveFile } from '../../ui/save-file.ts';

interface Props {
  readonly onClose: () => void;
}

/** The secret that opens what was sealed to us, for escrow. Audited. */
export function ExportIdentity({ onClose }: Props) {
  const [isUnderstood, setIsUnderstood] = useState(false);
  const identity = useAction('vault.identity');
  const save = () =>
    identity.mutate(
      {},
      {
        onSuccess: ({ fileName, bytes }) => {
          saveFile(fileName, bytes);
          onClose();
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      title="Export the sealing identity"
      confirmLabel="Save the secret file"
      isDangerous
      isBusy={identity.isPending}
      isReady={isUnderstood}
      onClose={onClose}
      onConfirm={save}
    >
      <Notice tone="crit" title="This file is a secret.">
        Whoever holds it can read every file that partners seal to this agency, for ever, with the standard tool age. It
        cannot sign for the agency and does not open this vault. Export it only into the escrow that your rules
        prescribe. The export is written to the audit log with your name.
      </Notice>
      <Checkbox
        label="I will store it in escrow and nowhere else"
        checked={isUnderstood}
        onChange={(event) => setIsUnderstood(event.currentTarget.checked)}
      />
      {identity.error !== null && <ErrorNotice {...explain(identity.error)} />}
    </ConfirmDialog>
  );
}
