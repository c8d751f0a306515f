import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { AuditTable } from './AuditTable.tsx';
import { VerifyLog } from './VerifyLog.tsx';

const PAGE = 100;

/** The log, newest first, one page at a time; above it, its proof. */
export function AuditTab() {
  const [before, setBefore] = useState<readonly number[]>([]);
  const from = before.at(-1);
  const list = useMethod(
    'audit.list',
    { limit: PAGE, ...(from !== undefined && { before: from }) },
    { keepsPrevious: true },
  );
  const entries = list.data?.entries ?? [];
  const last = entries.at(-1)?.sequence;
  return (
    <div className="screen-stack">
      <VerifyLog />
      {list.error !== null && <ErrorNotice {...explain(list.error)} />}
      <AuditTable entries={entries} />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
          Newer
        </Button>
        <Button
          variant="default"
          disabled={entries.length < PAGE || last === undefined}
          onClick={() => last !== undefined && setBefore([...before, last])}
        >
          Older
        </Button>
      </Group>
    </div>
  );
}
