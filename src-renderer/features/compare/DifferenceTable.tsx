import type { Difference } from '../../../src-shared/contract/compare.ts';
import { ADVICE, KINDS, RECORD_KINDS, REMEDIES } from './compare-words.ts';

interface Props {
  readonly differences: readonly Difference[];
}

/** One row a record: which, what is different, what to do. What is not held here has no name here. */
export function DifferenceTable({ differences }: Props) {
  return (
    <table className="compare-table" aria-label="Differences">
      <thead>
        <tr>
          <th scope="col">Record</th>
          <th scope="col">Said by</th>
          <th scope="col">What differs</th>
          <th scope="col">What to do</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ record, what, remedy, isOurs, held }) => (
          <tr key={record}>
            <td>
              {held === undefined ? <i>Not held here</i> : <bdi>{held.label}</bdi>}
              <span className="muted">
                {held !== undefined && `${RECORD_KINDS[held.kind] ?? held.kind} `}
                <bdi dir="ltr" className="compare-id" title={record}>
                  {record.slice(0, 16)}
                </bdi>
              </span>
            </td>
            <td>{isOurs ? 'Us' : 'Them'}</td>
            <td>{KINDS[what]}</td>
            <td>
              <b>{REMEDIES[remedy]}</b>
              {ADVICE[what] !== undefined && <span className="muted">{ADVICE[what]}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
