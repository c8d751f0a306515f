import type { Output } from '../../../src-shared/contract/methods.ts';
import { formatInstant } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly files: Output<'receive.list'>['withdrawn'];
}

/** Files that waited for a review and are gone, because an author erased something in them. Nothing when there is none. */
export function WithdrawnNotice({ files }: Props) {
  if (files.length === 0) return null;
  return (
    <Notice tone="warn" title="Removed while waiting: something in it was erased by its author">
      <ul>
        {files.map((file) => (
          <li key={file.quarantine}>
            Number {file.sequence} from <bdi>{file.issuerName}</bdi>, received {formatInstant(file.receivedAt)}, held a
            record that its author has erased, and was removed from here. To review the rest, open the file again or ask{' '}
            <bdi>{file.issuerName}</bdi> for a new one.
          </li>
        ))}
      </ul>
    </Notice>
  );
}
