import { Button } from '@mantine/core';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { formatCount, formatInstant } from '../../strings/format.ts';

interface Props {
  readonly files: Output<'receive.list'>['quarantined'];
  readonly isBusy: boolean;
  readonly onReview: (quarantine: string) => void;
  readonly onDiscard: (file: Output<'receive.list'>['quarantined'][number]) => void;
}

/** Files in quarantine. */
export function QuarantineTable({ files, isBusy, onReview, onDiscard }: Props) {
  return (
    <table className="rows" aria-label="Waiting for a review">
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col" data-number>
            Number
          </th>
          <th scope="col" data-number>
            Records
          </th>
          <th scope="col">Received</th>
          <th scope="col">Decide</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <tr key={file.quarantine}>
            <td>
              <bdi>{file.issuerName}</bdi>
            </td>
            <td data-number>{file.sequence}</td>
            <td data-number>{formatCount(file.records)}</td>
            <td data-muted>{formatInstant(file.receivedAt)}</td>
            <td className="receive-buttons">
              <Button disabled={isBusy} onClick={() => onReview(file.quarantine)}>
                Review
              </Button>
              <Button variant="default" disabled={isBusy} onClick={() => onDiscard(file)}>
                Discard…
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
