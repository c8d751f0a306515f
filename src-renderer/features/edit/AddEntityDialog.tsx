import { Select } from '@mantine/core';
import { useState } from 'react';
import { entityKinds } from '../../../src-shared/catalogue/entity-kinds.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../api/hooks.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import type { StatementDraft } from '../../ui/statement-draft.ts';
import { firstRows } from './claim-row.ts';
import { EditDrawer } from './EditDrawer.tsx';
import { type StatementInput, StatementForm } from './StatementForm.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly country: string;
  readonly draft: StatementDraft;
  readonly onSaved: (statement: StatementInput, subject: SubjectId) => void;
  readonly onClose: () => void;
}

const TYPES = entityKinds.map((kind) => ({ value: kind.type, label: kind.label }));

/** A new entity of the case: its kind, what a source says of it, and who the source is. */
export function AddEntityDialog({ caseId, country, draft, onSaved, onClose }: Props) {
  const [type, setType] = useState('person');
  const save = useAction('entity.save');
  return (
    <EditDrawer title="Add entity" onClose={onClose}>
      <StatementForm
        type={type}
        rows={firstRows(type)}
        draft={draft}
        country={country}
        saveLabel="Add entity"
        isBusy={save.isPending}
        error={save.error}
        onCancel={onClose}
        onSave={(input) =>
          save.mutate(
            { case: caseId, supersedes: [], type, ...input },
            { onSuccess: ({ subject }) => onSaved(input, subject) },
          )
        }
      >
        <Select
          label="Kind"
          searchable
          allowDeselect={false}
          data={TYPES}
          value={type}
          leftSection={<EntityIcon type={type} size={18} />}
          onChange={(next) => next !== null && setType(next)}
        />
      </StatementForm>
    </EditDrawer>
  );
}
