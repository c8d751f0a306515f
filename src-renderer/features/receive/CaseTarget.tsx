import { Select } from '@mantine/core';
import type { CaseView, ReceivePlan } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';

interface Props {
  readonly cases: readonly CaseView[];
  readonly plan: ReceivePlan;
  readonly value: SubjectId | undefined;
  readonly onChange: (caseId: SubjectId | undefined) => void;
}

const AS_SENT = 'as-sent';

/** What is accepted belongs to the sender's case, and on request to one of ours too. */
export function CaseTarget({ cases, plan, value, onChange }: Props) {
  const choices = [
    { value: AS_SENT, label: plan.hasCase ? 'The sender’s case only' : 'No case' },
    ...cases.map((listed) => ({ value: listed.id as string, label: `Also: ${listed.title}` })),
  ];
  return (
    <Select
      aria-label="Into which case"
      data={choices}
      value={value ?? AS_SENT}
      allowDeselect={false}
      onChange={(id) => onChange(cases.find((listed) => listed.id === id)?.id)}
    />
  );
}
