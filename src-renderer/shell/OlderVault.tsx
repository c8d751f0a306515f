import { Button, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { SalvageVault } from '../features/partners/SalvageVault.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useLock } from './use-lock.ts';

interface Props {
  readonly status: VaultStatus;
  readonly schema: number;
}

/** A vault of an older version that is not whole: this program knows its records, not its tables. What can be done with it is to save them. */
export function OlderVault({ status, schema }: Props) {
  const [isSalvaging, setSalvaging] = useState(false);
  const lock = useLock();
  return (
    <main className="older-vault">
      <Stack gap={16} maw={640} mx="auto" p={24}>
        <Title order={1} size="h3">
          Save what is in “{status.vault}”
        </Title>
        <Notice tone="warn" title="This vault is open for reading, and can only be saved.">
          It is of an older version ({schema}) and is not whole, so it was not brought up to date. Nothing in it was
          changed. Salvage writes every record that can be read and proves itself to one sealed file, says what is
          missing, and leaves this vault as it is. “chirograph vault from-salvage” makes a new vault of that file, for
          the same users.
        </Notice>
        <Group gap={8}>
          <Button disabled={status.role !== 'officer'} onClick={() => setSalvaging(true)}>
            Salvage…
          </Button>
          <Button variant="default" onClick={lock}>
            Lock
          </Button>
          {status.role !== 'officer' && <span>Only an exchange officer can write the file.</span>}
        </Group>
      </Stack>
      {isSalvaging && <SalvageVault onClose={() => setSalvaging(false)} />}
    </main>
  );
}
