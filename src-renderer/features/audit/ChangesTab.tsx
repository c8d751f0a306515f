import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BatchView } from '../../../src-shared/contract/views.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { mayWrite } from '../../api/may.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { ChangesTable } from './ChangesTable.tsx';

const SHOWN = 200;

/** The latest changes; each was one transaction and is undone as one. */
export function ChangesTab() {
  const [chosen, setChosen] = useState<BatchView>();
  const list = useMethod('batch.list', { limit: SHOWN });
  const status = useMethod('vault.status', {});
  const undo = useAction('batch.undo');
  const job = useJob();
  const [receipt, setReceipt] = useState<{ readonly bytes: Uint8Array; readonly fileName: string }>();
  const batches = list.data?.batches ?? [];
  const close = () => {
    setChosen(undefined);
    undo.reset();
  };
  return (
    <div className="screen-stack">
      {list.error !== null && <ErrorNotice {...explain(list.error)} />}
      {list.data !== undefined && batches.length === 0 && (
        <p className="muted">Nothing was entered yet. Every edit, import and received file is listed here.</p>
      )}
      {receipt !== undefined && (
        <Notice tone="ok" title="The file was taken back.">
          <p className="audit-hint">Send the new receipt: it says that nothing of the file is held here.</p>
          <Button variant="default" onClick={() => saveFile(receipt.fileName, receipt.bytes)}>
            Save new receipt
          </Button>
        </Notice>
      )}
      {batches.length > 0 && (
        <ChangesTable
          batches={batches}
          mayWrite={status.data !== undefined && mayWrite(status.data)}
          onUndo={setChosen}
        />
      )}
      {chosen !== undefined && (
        <ConfirmDialog
          opened
          title="Undo this change"
          confirmLabel="Undo"
          isBusy={undo.isPending}
          onClose={close}
          onConfirm={() =>
            undo.mutate(
              { batch: chosen.id, job: job.begin() },
              {
                onSuccess: ({ bytes, fileName }) => {
                  if (bytes !== undefined && fileName !== undefined) setReceipt({ bytes, fileName });
                  close();
                },
              },
            )
          }
        >
          <p className="audit-hint">
            Takes back {countOf(chosen.records, 'record')} of {formatInstant(chosen.at)}. The log keeps that it was done
            and undone.
          </p>
          {chosen.kind === 'receive' && (
            <p className="audit-hint">The sender is told by a new receipt that nothing of the file is held here.</p>
          )}
          {undo.isPending && <JobProgress label="Taking back" progress={job.progress} onCancel={job.cancel} />}
          {undo.error !== null && <ErrorNotice {...explain(undo.error)} />}
        </ConfirmDialog>
      )}
    </div>
  );
}
