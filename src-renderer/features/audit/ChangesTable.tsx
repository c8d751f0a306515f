import { Button } from '@mantine/core';
import type { BatchView } from '../../../src-shared/contract/views.ts';
import { formatCount, formatInstant } from '../../strings/format.ts';

interface Props {
  readonly batches: readonly BatchView[];
  readonly mayWrite: boolean;
  readonly onUndo: (batch: BatchView) => void;
}

const KINDS: { readonly [K in BatchView['kind']]: string } = {
  import: 'Import',
  edit: 'Edit',
  chart: 'Drawing',
  receive: 'Received file',
  recall: 'Recall',
  sample: 'Sample case',
};

/** Changes, newest first, with what can be taken back. */
export function ChangesTable({ batches, mayWrite, onUndo }: Props) {
  return (
    <table className="rows" aria-label="Changes">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col" data-number>
            Records
          </th>
          <th scope="col" data-number>
            Released
          </th>
          <th scope="col">Undo</th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <tr key={batch.id}>
            <td data-muted data-whole>
              {formatInstant(batch.at)}
            </td>
            <td>
              <bdi>{batch.actor}</bdi>
            </td>
            <td>{KINDS[batch.kind]}</td>
            <td data-number>{formatCount(batch.records)}</td>
            <td data-number>{batch.released === 0 ? '' : formatCount(batch.released)}</td>
            <td>
              {batch.canUndo && mayWrite ? (
                <Button
                  variant="default"
                  aria-label={`Undo: ${KINDS[batch.kind]}, ${formatInstant(batch.at)}`}
                  onClick={() => onUndo(batch)}
                >
                  Undo…
                </Button>
              ) : (
                <span className="muted">{whyNot(batch)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function whyNot(batch: BatchView): string {
  if (batch.undoneAt !== undefined) return `Undone ${formatInstant(batch.undoneAt)}`;
  if (batch.released > 0) return 'Released: recall instead';
  return batch.kind === 'receive' ? 'Said by others: stays' : 'Not possible';
}
