import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import type { BatchView } from '../../src-shared/contract/views.ts';
import { call } from '../api/client.ts';
import { useMethod } from '../api/hooks.ts';
import { explain } from '../strings/errors.ts';
import { countOf, formatInstant } from '../strings/format.ts';

const LOOK_BACK = 100;
const WORDS: { readonly [K in BatchView['kind']]: string } = {
  import: 'import',
  edit: 'change',
  chart: 'drawing',
  receive: 'receipt of a bundle',
  recall: 'recall',
  sample: 'sample case',
};

/**
 * Takes back the newest change that can be taken back, and says which it was. A released change can only be recalled; what was received is never one
 * key away: the list of changes takes it back.
 */
export function useUndo(): {
  readonly canUndo: boolean;
  readonly next: BatchView | undefined;
  readonly undo: () => void;
} {
  const batches = useMethod('batch.list', { limit: LOOK_BACK });
  const next = batches.data?.batches.find(({ canUndo, kind }) => canUndo && kind !== 'sample' && kind !== 'receive');
  const undo = useCallback(() => {
    if (next === undefined) {
      notifications.show({ message: 'There is nothing to undo.' });
      return;
    }
    void undoBatch(next);
  }, [next]);
  return { canUndo: next !== undefined, next, undo };
}

/** "an import of 93 records by A. Analyst, 16:42" */
export function batchWords(batch: BatchView): string {
  return `${WORDS[batch.kind]} of ${countOf(batch.records, 'record')} by ${batch.actor}, ${formatInstant(batch.at)}`;
}

async function undoBatch(batch: BatchView): Promise<void> {
  try {
    await call('batch.undo', { batch: batch.id });
    notifications.show({ title: 'Undone', message: `Took back the ${batchWords(batch)}.` });
  } catch (error) {
    const { what, next } = explain(error);
    notifications.show({ color: 'red', title: what, message: next });
  }
}
