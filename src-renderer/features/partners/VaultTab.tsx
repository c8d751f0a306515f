import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { VaultStatus } from '../../../src-shared/contract/views.ts';
import { useMethod } from '../../api/hooks.ts';
import { mayExchange } from '../../api/may.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { AddUser } from './AddUser.tsx';
import { BackupVault } from './BackupVault.tsx';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { ExportIdentity } from './ExportIdentity.tsx';
import { RotateKey } from './RotateKey.tsx';
import { StoreSection } from './StoreSection.tsx';
import { UserTable } from './UserTable.tsx';
import { ROLES } from './roles.ts';

interface Props {
  readonly status: VaultStatus;
}

/** The vault, who may open it, and the keys in it. */
export function VaultTab({ status }: Props) {
  const [dialog, setDialog] = useState<'add' | 'passphrase' | 'identity' | 'backup' | 'rotate'>();
  const users = useMethod('vault.users', {});
  const canExchange = mayExchange(status);
  const others = (users.data?.users ?? []).map(({ name }) => name).filter((name) => name !== status.user);
  const close = () => {
    setDialog(undefined);
    void users.refetch();
  };
  return (
    <div className="vault-tab">
      <section>
        <SectionHead title="This vault" level={2} />
        <dl className="facts">
          <dt>Agency</dt>
          <dd>
            <bdi>{status.agency}</bdi> ({status.country})
          </dd>
          <dt>Folder</dt>
          <dd dir="ltr">{status.vault}</dd>
          <dt>Holds</dt>
          <dd>
            {countOf(status.records, 'record')} in {countOf(status.cases, 'case')}
          </dd>
          <dt>Locks itself after</dt>
          <dd>{countOf(status.autoLockMinutes, 'minute')} without input</dd>
          <dt>You are</dt>
          <dd>
            <bdi>{status.user}</bdi>, {ROLES[status.role].label}
          </dd>
        </dl>
        {!status.isReadOnly && (
          <Group gap={8} mt={12}>
            {canExchange && (
              <Button variant="default" onClick={() => setDialog('backup')}>
                Back up…
              </Button>
            )}
            <Button variant="default" onClick={() => setDialog('passphrase')}>
              Change my passphrase…
            </Button>
            {canExchange && (
              <>
                <Button variant="default" onClick={() => setDialog('rotate')}>
                  Give the vault a new key…
                </Button>
                <Button variant="default" onClick={() => setDialog('identity')}>
                  Export the sealing identity…
                </Button>
              </>
            )}
          </Group>
        )}
        <StoreSection status={status} />
      </section>
      <section>
        <SectionHead title="Users" level={2} />
        {users.error !== null && <ErrorNotice {...explain(users.error)} />}
        <UserTable
          users={users.data?.users ?? []}
          isOfficer={canExchange}
          own={status.user}
          onRemoved={() => void users.refetch()}
        />
        {canExchange && (
          <Group mt={12}>
            <Button variant="default" onClick={() => setDialog('add')}>
              Add user…
            </Button>
          </Group>
        )}
      </section>
      {dialog === 'add' && <AddUser onClose={close} />}
      {dialog === 'passphrase' && <ChangePassphrase onClose={close} />}
      {dialog === 'identity' && <ExportIdentity onClose={close} />}
      {dialog === 'backup' && <BackupVault suggestedName={`${status.vault}.chirovault`} onClose={close} />}
      {dialog === 'rotate' && <RotateKey status={status} others={others} onClose={close} />}
    </div>
  );
}
