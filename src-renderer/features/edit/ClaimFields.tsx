import { Select } from '@mantine/core';
import { propertiesOf, propertyKind } from '../../../src-shared/catalogue/kinds.ts';
import { ruleText } from '../../strings/rules.ts';
import { ClaimField } from './ClaimField.tsx';
import { type ClaimRow, type RowProblem, emptyRow } from './claim-row.ts';

interface Props {
  readonly type: string;
  readonly rows: readonly ClaimRow[];
  readonly problems: readonly RowProblem[];
  readonly onChange: (rows: readonly ClaimRow[]) => void;
}

/** The values of a statement, one field each, and a way to add any other detail that the kind knows. */
export function ClaimFields({ type, rows, problems, onChange }: Props) {
  const addable = propertiesOf(type).filter(
    (kind) => kind.valueType !== 'attribute' && (kind.isMany || rows.every((row) => row.property !== kind.name)),
  );
  const replace = (next: ClaimRow) => onChange(rows.map((row) => (row.key === next.key ? next : row)));
  const add = (property: string | null) => {
    if (property === null) return;
    onChange([...rows, emptyRow(Math.max(-1, ...rows.map((row) => row.key)) + 1, property)]);
  };
  return (
    <fieldset className="statement-part">
      <legend>What is said</legend>
      {rows.map((row, index) => {
        const problem = problems.find((candidate) => candidate.key === row.key);
        return (
          <ClaimField
            key={row.key}
            kind={propertyKind(type, row.property)}
            row={row}
            hasFocus={index === 0}
            error={problem?.isError === true ? ruleText(problem.rule) : undefined}
            warning={problem?.isError === false ? ruleText(problem.rule) : undefined}
            onChange={replace}
            onRemove={() => onChange(rows.filter((other) => other.key !== row.key))}
          />
        );
      })}
      <Select
        key={rows.length}
        aria-label="Add a detail"
        placeholder="Add a detail…"
        searchable
        data={addable.map((kind) => ({ value: kind.name, label: kind.label }))}
        value={null}
        onChange={add}
      />
    </fieldset>
  );
}
