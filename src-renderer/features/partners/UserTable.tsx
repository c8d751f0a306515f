import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ROLES } from './roles.ts';

interface Props {
  readonly users: Output<'vault.users'>['users'];
  readonly isOfficer: boolean;
  /** The user of this session, who cannot remove themselves. */
  readonly own: string;
  readonly onRemoved: () => void;
}

/** Who may open the vault and what each may do. */
export function UserTable({ users, isOfficer, own, onRemoved }: Props) {
  const [leaving, setLeaving] = useState<string>();
  const remove = useAction('vault.remove-user');
  const close = () => setLeaving(undefined);
  const removed = () => {
    close();
    onRemoved();
  };
  return (
    <>
      <table className="rows" aria-label="Users">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">May</th>
            {isOfficer && <th scope="col">Change</th>}
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.name}>
              <td data-whole>
                <bdi>{user.name}</bdi>
              </td>
              <td data-whole>{ROLES[user.role].label}</td>
              <td data-muted>{ROLES[user.role].may}</td>
              {isOfficer && (
                <td>
                  {user.name === own ? (
                    <span className="muted">you</span>
                  ) : (
                    <Button variant="default" aria-label={`Remove ${user.name}`} onClick={() => setLeaving(user.name)}>
                      Remove…
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {leaving !== undefined && (
        <ConfirmDialog
          opened
          title={`Remove ${leaving}`}
          confirmLabel="Remove user"
          isDangerous
          isBusy={remove.isPending}
          onClose={close}
          onConfirm={() => remove.mutate({ name: leaving }, { onSuccess: removed })}
        >
          <p className="partner-hint">
            Their passphrase stops opening this vault at once. It does not reach copies of the folder that were made
            before.
          </p>
          {remove.error !== null && <ErrorNotice {...explain(remove.error)} />}
        </ConfirmDialog>
      )}
    </>
  );
}
