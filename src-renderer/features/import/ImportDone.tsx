import { Button, Group } from '@mantine/core';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, listOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { importProgress } from './import-progress.ts';

interface Props {
  readonly result: Output<'import.apply'>;
  readonly onOpenCase: () => void;
  readonly onClose: () => void;
}

/** What was written, and one step to take all of it back. */
export function ImportDone({ result, onOpenCase, onClose }: Props) {
  const undo = useAction('batch.undo');
  const job = useJob();
  const added = listOf([countOf(result.entities, 'entity', 'entities'), countOf(result.links, 'link')]);
  if (undo.data !== undefined) {
    return (
      <div className="screen-stack">
        <Notice tone="ok" title="The import was undone.">
          {countOf(undo.data.removed, 'record')} removed; the case is as it was before.
        </Notice>
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            Close
          </Button>
        </Group>
      </div>
    );
  }
  return (
    <div className="screen-stack">
      <Notice tone="ok" title={`Imported ${added}.`}>
        {result.rejected.length > 0
          ? `${countOf(result.rejected.length, 'row')} could not be used and were left out.`
          : 'Every row was used.'}{' '}
        It is one change: Undo takes all of it back as long as nothing of it was released.
      </Notice>
      {undo.isPending && <JobProgress {...importProgress(job.progress, 'Undoing')} onCancel={job.cancel} />}
      {undo.error !== null && <ErrorNotice {...explain(undo.error)} />}
      <Group justify="flex-end" gap={8}>
        <Button
          variant="default"
          loading={undo.isPending}
          onClick={() => undo.mutate({ batch: result.batch, job: job.begin() })}
        >
          Undo this import
        </Button>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <Button data-autofocus onClick={onOpenCase}>
          Open case
        </Button>
      </Group>
    </div>
  );
}
