import type { ReactNode } from 'react';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import type { StatedValue } from './group-statements.ts';

interface Props {
  readonly values: readonly StatedValue[];
  readonly editButton: (value: StatedValue) => ReactNode;
}

/** Values that live statements do not agree on, side by side, each with who says so and from where. None is the winner. */
export function DisputedValues({ values, editButton }: Props) {
  return (
    <ul className="disputed">
      {values.map((value) => (
        <li key={value.display} className="disputed-value">
          <div className="disputed-line">
            <bdi>{value.display}</bdi>
            {editButton(value)}
          </div>
          {value.statements.map((statement) => (
            <div key={`${statement.record} ${statement.property}`} className="disputed-source">
              <bdi>{statement.authorName}</bdi>
              <GradeBadge grade={statement.source?.grade} />
              <bdi className="disputed-reference">{statement.source?.reference ?? ''}</bdi>
            </div>
          ))}
          {value.isShown && <small>Shown on the chart and in lists</small>}
        </li>
      ))}
    </ul>
  );
}
