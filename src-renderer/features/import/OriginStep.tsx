import { Button, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { entityKinds } from '../../../src-shared/catalogue/entity-kinds.ts';
import { linkKinds } from '../../../src-shared/catalogue/link-kinds.ts';
import type { CaseView } from '../../../src-shared/contract/views.ts';
import { formatSize } from '../../strings/format.ts';
import { StatementFields } from '../../ui/StatementFields.tsx';
import { parseDraft } from '../../ui/statement-draft.ts';
import type { ImportChoice } from './import-choice.ts';

interface Props {
  readonly fileName: string;
  readonly size: number;
  readonly cases: readonly CaseView[];
  readonly choice: ImportChoice;
  readonly isBusy: boolean;
  readonly onChange: (choice: ImportChoice) => void;
  readonly onBack: () => void;
  readonly onPreview: () => void;
}

const NEW_CASE = 'new';
const FROM_FILE = 'file';
const ENTITY_TYPES = entityKinds.map((kind) => ({ value: kind.type, label: kind.label }));
const LINK_TYPES = [
  { value: FROM_FILE, label: 'As the ends suggest' },
  ...linkKinds.map((kind) => ({ value: kind.type, label: kind.label })),
];
const DIRECTIONS: { value: ImportChoice['direction']; label: string }[] = [
  { value: 'as-file', label: 'As the file says' },
  { value: 'directed', label: 'Every link has a direction' },
  { value: 'undirected', label: 'No link has a direction' },
];

/** Which case, what the rows are when the file does not say, and one source, grade and marking for all of it. */
export function OriginStep({ fileName, size, cases, choice, isBusy, onChange, onBack, onPreview }: Props) {
  const [isTried, setIsTried] = useState(false);
  const check = parseDraft(choice.statement);
  const isUntitled = choice.into === undefined && choice.title.trim() === '';
  const go = () => {
    setIsTried(true);
    if (check.ok && !isUntitled) onPreview();
  };
  return (
    <div className="screen-stack">
      <p className="import-file">
        <bdi>{fileName}</bdi> · {formatSize(size)}
      </p>
      <div className="import-options">
        <Select
          label="Into"
          data={[{ value: NEW_CASE, label: 'A new case' }, ...cases.map((it) => ({ value: it.id, label: it.title }))]}
          value={choice.into ?? NEW_CASE}
          allowDeselect={false}
          onChange={(id) => onChange({ ...choice, into: cases.find((it) => it.id === id)?.id })}
        />
        {choice.into === undefined && (
          <TextInput
            label="Title of the new case"
            withAsterisk
            maxLength={200}
            value={choice.title}
            error={isTried && isUntitled && 'Give the case a title.'}
            onChange={(event) => onChange({ ...choice, title: event.currentTarget.value })}
          />
        )}
        <Select
          label="Rows are"
          description="Unless the file says otherwise"
          data={ENTITY_TYPES}
          value={choice.entityType}
          allowDeselect={false}
          searchable
          onChange={(type) => onChange({ ...choice, entityType: type ?? 'person' })}
        />
        <Select
          label="Links are"
          description="Unless the file says otherwise"
          data={LINK_TYPES}
          value={choice.linkType ?? FROM_FILE}
          allowDeselect={false}
          searchable
          onChange={(type) => onChange({ ...choice, linkType: type === FROM_FILE || type === null ? undefined : type })}
        />
        <Select
          label="Direction"
          description="Of the links"
          data={DIRECTIONS}
          value={choice.direction}
          allowDeselect={false}
          onChange={(direction) => onChange({ ...choice, direction: direction ?? 'as-file' })}
        />
      </div>
      <StatementFields
        value={choice.statement}
        errors={isTried && !check.ok ? check.errors : {}}
        onChange={(statement) => onChange({ ...choice, statement })}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onBack} disabled={isBusy}>
          Other file
        </Button>
        <Button onClick={go} disabled={isBusy}>
          Preview
        </Button>
      </Group>
    </div>
  );
}
