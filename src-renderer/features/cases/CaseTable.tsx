import type { CaseView } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { formatCount, formatInstant, listOf } from '../../strings/format.ts';
import { TlpBadge } from '../../ui/TlpBadge.tsx';

interface Props {
  readonly cases: readonly CaseView[];
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly onOpen: (caseId: SubjectId) => void;
}

/** One row a case; its title opens it. */
export function CaseTable({ cases, agencyNames, onOpen }: Props) {
  const latestFirst = [...cases].sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
  return (
    <table className="rows" aria-label="Cases">
      <thead>
        <tr>
          <th scope="col">Case</th>
          <th scope="col">Reference</th>
          <th scope="col" data-number>
            Entities
          </th>
          <th scope="col" data-number>
            Links
          </th>
          <th scope="col">Agencies</th>
          <th scope="col">Marking</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {latestFirst.map((listed) => (
          <tr key={listed.id}>
            <td>
              <button type="button" dir="auto" className="title-button" onClick={() => onOpen(listed.id)}>
                {listed.title}
              </button>
            </td>
            <td dir="ltr">{listed.reference ?? ''}</td>
            <td data-number>{formatCount(listed.entities)}</td>
            <td data-number>{formatCount(listed.links)}</td>
            <td>
              <bdi>{listOf(listed.authors.map((agency) => agencyNames.get(agency) ?? agency.slice(0, 8)))}</bdi>
            </td>
            <td>
              <TlpBadge tlp={listed.tlp} />
            </td>
            <td data-muted>{formatInstant(listed.changedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
