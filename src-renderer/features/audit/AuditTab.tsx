import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useAction, useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { AuditTable } from './AuditTable.tsx';

const PAGE = 100;

/** The log, newest first, one page at a time; Verify recomputes the chain over all of it. */
export function AuditTab() {
  const [before, setBefore] = useState<readonly number[]>([]);
  const from = before.at(-1);
  const list = useMethod(
    'audit.list',
    { limit: PAGE, ...(from !== undefined && { before: from }) },
    { keepsPrevious: true },
  );
  const verify = useAction('audit.verify');
  const entries = list.data?.entries ?? [];
  const last = entries.at(-1)?.sequence;
  return (
    <div className="screen-stack">
      <Group gap={12}>
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({})}>
          Verify
        </Button>
        <span className="muted">
          Every entry is chained to the one before it. Nothing can be changed or removed unseen.
        </span>
      </Group>
      {verify.data?.ok === true && (
        <Notice tone="ok" title={`The log is whole: ok, ${countOf(verify.data.entries, 'entry', 'entries')}.`} />
      )}
      {verify.data?.ok === false && (
        <Notice tone="crit" title={`The log was tampered with at entry ${verify.data.firstBad ?? 'unknown'}.`}>
          Do not work on in this vault. Keep a copy of its folder as evidence and tell the person responsible for it.
        </Notice>
      )}
      {(list.error ?? verify.error) !== null && <ErrorNotice {...explain(list.error ?? verify.error)} />}
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
