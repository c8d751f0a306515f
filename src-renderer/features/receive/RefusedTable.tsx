import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { ruleText } from '../../strings/rules.ts';

interface Props {
  readonly refused: ReceivePlan['refused'];
}

/** Records that no one can accept, each with its reason. */
export function RefusedTable({ refused }: Props) {
  if (refused.length === 0) return <p className="receive-hint">Nothing is refused.</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="review-refused" aria-label="Refused" tabIndex={0}>
      <table className="rows">
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">Why it is refused</th>
            <th scope="col">Rule</th>
          </tr>
        </thead>
        <tbody>
          {refused.map((row) => (
            <tr key={row.record}>
              <td dir="ltr" data-muted>
                {row.record.slice(0, 12)}
              </td>
              <td>{ruleText(row.rule)}</td>
              <td dir="ltr" data-muted>
                {row.rule}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
