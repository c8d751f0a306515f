import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Role } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NO_PASSPHRASE, NewPassphraseFields, isUsablePassphrase } from '../../ui/NewPassphraseFields.tsx';
import { ROLES } from './roles.ts';

interface Props {
  readonly onClose: () => void;
}

/** A new user types a passphrase of their own at this machine. */
export function AddUser({ onClose }: Props) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('analyst');
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const add = useAction('vault.add-user');
  return (
    <ConfirmDialog
      opened
      title="Add a user"
      confirmLabel="Add user"
      isBusy={add.isPending}
      isReady={name.trim() !== '' && isUsablePassphrase(passphrase)}
      onClose={onClose}
      onConfirm={() => add.mutate({ name, role, passphrase: passphrase.first }, { onSuccess: onClose })}
    >
      <TextInput
        label="Name"
        data-autofocus
        withAsterisk
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group label="Role" value={role} onChange={(chosen) => setRole(Role.parse(chosen))}>
        {Role.options.map((option) => (
          <Radio
            key={option}
            size="xs"
            className="choice"
            value={option}
            label={`${ROLES[option].label}: ${ROLES[option].may}`}
          />
        ))}
      </Radio.Group>
      <NewPassphraseFields value={passphrase} isTried={false} onChange={setPassphrase} />
      {add.error !== null && <ErrorNotice {...explain(add.error)} />}
    </ConfirmDialog>
  );
}
