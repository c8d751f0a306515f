import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { GradeBadge } from '../../ui/GradeBadge.tsx';

interface Props {
  readonly statements: PlanItem['statements'];
}

/** Their values beside ours; a difference is said in words, not by colour alone. */
export function StatementTable({ statements }: Props) {
  return (
    <table className="rows statements" aria-label="Theirs and ours">
      <thead>
        <tr>
          <th scope="col">Detail</th>
          <th scope="col">Theirs</th>
          <th scope="col">Ours</th>
          <th scope="col">Says</th>
        </tr>
      </thead>
      <tbody>
        {statements.map((statement, at) => (
          <tr key={`${statement.property} ${at}`} data-state={statement.state}>
            <td data-muted>{statement.label}</td>
            <td>
              <bdi>{statement.theirs}</bdi>
              {statement.state === 'new' && <small> new</small>}
            </td>
            <td>
              {statement.ours === undefined ? <span className="muted">nothing</span> : <bdi>{statement.ours}</bdi>}
              {statement.state === 'differs' && <small> differs</small>}
              {statement.state === 'same' && <small> the same</small>}
            </td>
            <td data-muted>
              <bdi>{statement.author}</bdi>
              {statement.source !== undefined && (
                <>
                  {', '}
                  <bdi>{statement.source.reference}</bdi> <GradeBadge grade={statement.source.grade} />{' '}
                  {statement.source.basis}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
