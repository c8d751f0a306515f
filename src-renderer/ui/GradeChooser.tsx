import { Radio, Select } from '@mantine/core';
import type { Code } from '../../src-shared/catalogue/code-list.ts';
import { gradingSchemes } from '../../src-shared/catalogue/lists/grading.ts';
import { type GradeDraft, gradeCode } from './statement-draft.ts';

interface Props {
  readonly value: GradeDraft | undefined;
  readonly error?: string | undefined;
  readonly onChange: (grade: GradeDraft | undefined) => void;
}

const NOT_GRADED = 'none';
const SCHEMES = [
  { value: NOT_GRADED, label: 'Not graded' },
  ...gradingSchemes.map((entry) => ({ value: entry.scheme as string, label: entry.label })),
];

/** A grade as its source gave it: one scheme, then its two halves with what each code means. Never converted. */
export function GradeChooser({ value, error, onChange }: Props) {
  const scheme = gradingSchemes.find((entry) => entry.scheme === value?.scheme);
  const choose = (name: string | null) => {
    const chosen = gradingSchemes.find((entry) => entry.scheme === name);
    onChange(chosen === undefined ? undefined : { scheme: chosen.scheme, source: '', information: '' });
  };
  return (
    <div className="grade-chooser">
      <div className="grade-chooser-scheme">
        <Select
          label="Grade"
          data={SCHEMES}
          value={value?.scheme ?? NOT_GRADED}
          onChange={choose}
          allowDeselect={false}
          error={error}
        />
        {value !== undefined && (
          <output className="grade-chooser-code" aria-label="Grade as it will be stored" dir="ltr">
            {gradeCode(value) ?? '··'}
          </output>
        )}
      </div>
      {value !== undefined && scheme !== undefined && (
        <div className="grade-chooser-halves">
          <CodeRadios
            label="Reliability of the source"
            codes={scheme.source}
            value={value.source}
            onChoose={(source) => onChange({ ...value, source })}
          />
          <CodeRadios
            label="Quality of the information"
            codes={scheme.information}
            value={value.information}
            onChoose={(information) => onChange({ ...value, information })}
          />
        </div>
      )}
    </div>
  );
}

interface CodeRadiosProps {
  readonly label: string;
  readonly codes: readonly Code[];
  readonly value: string;
  readonly onChoose: (code: string) => void;
}

function CodeRadios({ label, codes, value, onChoose }: CodeRadiosProps) {
  return (
    <Radio.Group label={label} value={value} onChange={onChoose}>
      {codes.map((entry) => (
        <Radio
          key={entry.code}
          size="xs"
          value={entry.code}
          label={
            <>
              <b dir="ltr">{entry.code}</b> {entry.label}
            </>
          }
        />
      ))}
    </Radio.Group>
  );
}
