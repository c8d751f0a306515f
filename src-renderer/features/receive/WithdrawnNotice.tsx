import type { Output } from '../../../src-shared/contract/methods.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly files: Output<'receive.list'>['withdrawn'];
}

/** Files that waited for a review and are gone, because an author erased something in them. Nothing when there is none. */
export function WithdrawnNotice({ files }: Props) {
  if (files.length === 0) return null;
  return (
    <Notice tone="warn" title="Withdrawn by its author while waiting">
      <ul>
        {files.map((file) => (
          <li key={file.quarantine}>
            File {file.sequence} from <bdi>{file.issuerName}</bdi> held a record that its author has erased, and was
            removed. Open the file again, or ask for the rest again.
          </li>
        ))}
      </ul>
    </Notice>
  );
}
