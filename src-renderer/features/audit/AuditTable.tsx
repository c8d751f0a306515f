import type { z } from 'zod';
import type { AuditEntry } from '../../../src-shared/contract/views.ts';
import { actionText } from '../../strings/actions.ts';
import { formatInstant } from '../../strings/format.ts';
import { detailWords } from './detail-words.ts';

interface Props {
  readonly entries: readonly z.infer<typeof AuditEntry>[];
}

/** Entries of the log. They hold codes, ids and counts, never names of the case. */
export function AuditTable({ entries }: Props) {
  return (
    <table className="rows" aria-label="Audit log">
      <thead>
        <tr>
          <th scope="col" data-number>
            Entry
          </th>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">Details</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.sequence}>
            <td data-number>{entry.sequence}</td>
            <td data-muted data-whole>
              {formatInstant(entry.at)}
            </td>
            <td data-whole>
              <bdi>{entry.actor}</bdi> <span className="muted">{entry.role}</span>
            </td>
            <td>{actionText(entry.action)}</td>
            <td data-muted className="audit-details" dir="ltr">
              {detailWords(entry.details)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
