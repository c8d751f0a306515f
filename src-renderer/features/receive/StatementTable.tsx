import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { countOf, formatCount } from '../../strings/format.ts';
import { GradeBadge } from '../../ui/GradeBadge.tsx';

interface Props {
  readonly statements: PlanItem['statements'];
}

type Statement = PlanItem['statements'][number];

/** So many values are listed at first, and more when they are asked for: an item may have thousands. */
const LISTED = 40;

/** Their values beside ours, each with its author, source and grade; a difference is said in words, not by colour alone. */
export function StatementTable({ statements }: Props) {
  const [limit, setLimit] = useState(LISTED);
  const rest = statements.length - limit;
  return (
    <>
      <table className="rows statements" aria-label="Theirs and ours">
        <thead>
          <tr>
            <th scope="col">Detail</th>
            <th scope="col">Theirs</th>
            <th scope="col">Held here</th>
          </tr>
        </thead>
        <tbody>
          {statements.slice(0, limit).map((statement, at) => (
            <tr key={`${statement.property} ${at}`} data-state={statement.state}>
              <td data-muted>{statement.label}</td>
              <td>
                <bdi>{statement.theirs}</bdi>
                {statement.state === 'new' && <small> new</small>}
                {isDenied(statement) && <small> contradicted in this file</small>}
                <Origin author={statement.author} source={statement.source} />
              </td>
              <td>
                {statement.ours === undefined ? <span className="muted">nothing</span> : <bdi>{statement.ours}</bdi>}
                {statement.state === 'differs' && statement.ours !== undefined && !isDenied(statement) && (
                  <small> differs</small>
                )}
                {statement.state === 'same' && <small> the same</small>}
                {statement.oursBy !== undefined && (
                  <Origin author={statement.oursBy.author} source={statement.oursBy.source} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <div className="statement-more">
          <Button variant="default" onClick={() => setLimit(limit + LISTED)}>
            Show {formatCount(Math.min(rest, LISTED))} more
          </Button>{' '}
          <span className="receive-hint">
            {countOf(rest, 'value')} of this item not listed yet. A decision is about all of them.
          </span>
        </div>
      )}
    </>
  );
}

/** By another side of the same conflict. */
function isDenied({ state, ours, theirs }: Statement): boolean {
  return state === 'differs' && (ours === undefined || ours === theirs);
}

function Origin({ author, source }: { readonly author: string; readonly source: Statement['source'] }) {
  return (
    <div className="statement-origin">
      <bdi>{author}</bdi>
      {source !== undefined && (
        <>
          {', '}
          <bdi>{source.reference}</bdi> <GradeBadge grade={source.grade} /> {source.basis}
        </>
      )}
    </div>
  );
}
