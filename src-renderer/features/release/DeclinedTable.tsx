import type { Output } from '../../../src-shared/contract/methods.ts';
import { formatInstant } from '../../strings/format.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';

interface Props {
  readonly declined: Output<'release.declined'>['declined'];
}

/** Releases that an officer said no to, and why; nothing while there is none. */
export function DeclinedTable({ declined }: Props) {
  if (declined.length === 0) return null;
  return (
    <section>
      <SectionHead title="Declined lately" aside={declined.length} level={2} />
      <table className="rows approvals" aria-label="Releases that were declined">
        <thead>
          <tr>
            <th scope="col">Case</th>
            <th scope="col">To</th>
            <th scope="col">Purpose</th>
            <th scope="col">Asked by</th>
            <th scope="col">Declined by</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {declined.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                <bdi>{each.caseTitle}</bdi>
              </th>
              <td>
                <bdi>{each.recipients.map(({ name }) => name).join(', ')}</bdi>
              </td>
              <td>
                <bdi>{each.purpose}</bdi>
              </td>
              <td>
                <bdi>{each.by}</bdi>, {formatInstant(each.at)}
              </td>
              <td>
                <bdi>{each.declinedBy}</bdi>, {formatInstant(each.declinedAt)}
              </td>
              <td>
                <bdi>{each.reason}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
