import { Checkbox, MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { legalBases } from '../../src-shared/catalogue/lists/legal-bases.ts';
import { handlingCodes, tlp } from '../../src-shared/catalogue/lists/marking.ts';
import { Tlp } from '../../src-shared/domain/marking.ts';
import { type StatementDraft, type StatementErrors, needsCaveat } from './statement-draft.ts';

interface Props {
  readonly value: StatementDraft;
  readonly errors: StatementErrors;
  readonly onChange: (value: StatementDraft) => void;
}

const TLP_CODES = tlp.codes.map((entry) => entry.code);
const LEGAL_BASES = legalBases.codes.map((entry) => ({
  value: entry.code,
  label: `${entry.instrument}, ${entry.article} (${entry.kind})`,
}));

/** Who may hear it (TLP), what its originator demands (handling codes), on what basis it is held, and until when. */
export function MarkingFields({ value, errors, onChange }: Props) {
  const meaning = tlp.codes.find((entry) => entry.code === value.tlp);
  return (
    <fieldset className="statement-part">
      <legend>Handling</legend>
      <Select
        label="TLP marking"
        description={meaning?.label}
        data={TLP_CODES}
        value={value.tlp}
        allowDeselect={false}
        onChange={(label) => onChange({ ...value, tlp: Tlp.parse(label) })}
      />
      <Checkbox.Group
        label="Handling codes"
        value={[...value.codes]}
        onChange={(codes) => onChange({ ...value, codes: codesIn(codes) })}
      >
        {handlingCodes.codes.map((entry) => (
          <Checkbox
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
      </Checkbox.Group>
      {(needsCaveat(value.codes) || value.caveat !== '') && (
        <Textarea
          label="Condition in words"
          withAsterisk={needsCaveat(value.codes)}
          autosize
          minRows={2}
          maxLength={2048}
          value={value.caveat}
          error={errors.caveat}
          onChange={(event) => onChange({ ...value, caveat: event.currentTarget.value })}
        />
      )}
      <MultiSelect
        label="Legal basis"
        placeholder={value.legalBases.length === 0 ? 'Choose' : ''}
        data={LEGAL_BASES}
        value={[...value.legalBases]}
        searchable
        hidePickedOptions
        maxValues={16}
        error={errors.legalBases}
        onChange={(chosen) => onChange({ ...value, legalBases: chosen })}
      />
      <div className="statement-pair">
        <TagsInput
          label="Allowed purposes"
          placeholder={value.purposes.length === 0 ? 'Any; type to limit' : ''}
          value={[...value.purposes]}
          maxTags={16}
          error={errors.purposes}
          onChange={(purposes) => onChange({ ...value, purposes })}
        />
        <TextInput
          label="Review on"
          placeholder="YYYY-MM-DD"
          value={value.reviewOn}
          error={errors.reviewOn}
          onChange={(event) => onChange({ ...value, reviewOn: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

/** The chosen codes in the order of the list. */
function codesIn(chosen: readonly string[]): StatementDraft['codes'] {
  return handlingCodes.codes.filter((entry) => chosen.includes(entry.code)).map((entry) => entry.code);
}
