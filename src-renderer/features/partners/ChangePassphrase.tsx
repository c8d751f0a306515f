import { useState } from 'react';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NO_PASSPHRASE, NewPassphraseFields, isUsablePassphrase } from '../../ui/NewPassphraseFields.tsx';
import { PassphraseInput } from '../../ui/PassphraseInput.tsx';

interface Props {
  readonly onClose: () => void;
}

/** The old passphrase, then the new one twice. */
export function ChangePassphrase({ onClose }: Props) {
  const [old, setOld] = useState('');
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const change = useAction('vault.change-passphrase');
  return (
    <ConfirmDialog
      opened
      title="Change my passphrase"
      confirmLabel="Change passphrase"
      isBusy={change.isPending}
      isReady={old !== '' && isUsablePassphrase(passphrase)}
      onClose={onClose}
      onConfirm={() => change.mutate({ old, new: passphrase.first }, { onSuccess: onClose })}
    >
      <PassphraseInput
        label="Present passphrase"
        autoComplete="current-password"
        isFocusedFirst
        value={old}
        onChange={setOld}
      />
      <NewPassphraseFields value={passphrase} isTried={false} onChange={setPassphrase} />
      {change.error !== null && <ErrorNotice {...explain(change.error)} />}
    </ConfirmDialog>
  );
}
