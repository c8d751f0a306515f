import { Radio, TextInput } from '@mantine/core';
import { GradeChooser } from './GradeChooser.tsx';
import { MarkingFields } from './MarkingFields.tsx';
import type { StatementDraft, StatementErrors } from './statement-draft.ts';
import './statement-fields.css';

interface Props {
  readonly value: StatementDraft;
  readonly errors: StatementErrors;
  readonly onChange: (value: StatementDraft) => void;
}

/** Who says so, how far we trust it, and what may be done with it: the same section in every form that writes a record. */
export function StatementFields({ value, errors, onChange }: Props) {
  return (
    <div className="statement-fields">
      <fieldset className="statement-part">
        <legend>Source</legend>
        <TextInput
          label="Source reference"
          withAsterisk
          maxLength={512}
          value={value.reference}
          error={errors.reference}
          onChange={(event) => onChange({ ...value, reference: event.currentTarget.value })}
        />
        <GradeChooser value={value.grade} error={errors.grade} onChange={(grade) => onChange({ ...value, grade })} />
        <Radio.Group
          label="This is"
          value={value.basis}
          onChange={(basis) => onChange({ ...value, basis: basis === 'fact' ? 'fact' : 'assessment' })}
        >
          <Radio size="xs" value="fact" label="a fact, as observed or documented" />
          <Radio size="xs" value="assessment" label="an assessment, someone’s judgement" />
        </Radio.Group>
        <TextInput
          label="Collected on"
          description="As precisely as it is known: 2026, 2026-03, 2026-03-17"
          value={value.collectedOn}
          error={errors.collectedOn}
          onChange={(event) => onChange({ ...value, collectedOn: event.currentTarget.value })}
        />
      </fieldset>
      <MarkingFields value={value} errors={errors} onChange={onChange} />
    </div>
  );
}
