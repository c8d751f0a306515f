import { Button, Group, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { SubjectView } from '../../../src-shared/contract/views.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { MarkingFields } from '../../ui/MarkingFields.tsx';
import { type StatementErrors, draftOf, emptyDraft, parseDraft } from '../../ui/statement-draft.ts';
import './edit.css';
import { EditDrawer } from './EditDrawer.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly onClose: () => void;
}

const NO_ERRORS: StatementErrors = {};

/** Title, reference and description of the case, and how it may be handled. */
export function EditCaseDialog({ caseId, onClose }: Props) {
  const view = useMethod('subject.show', { subject: caseId }).data;
  return (
    <EditDrawer title="Edit case" onClose={onClose}>
      {view !== undefined && <EditCaseForm view={view} onClose={onClose} />}
    </EditDrawer>
  );
}

function EditCaseForm({ view, onClose }: { readonly view: SubjectView; readonly onClose: () => void }) {
  const said = (property: string) =>
    view.statements.find((statement) => statement.property === property && statement.isShown)?.display ?? '';
  const titled = view.history.find((item) => item.isOurs && item.claims.some((claim) => claim.property === 'title'));
  const [title, setTitle] = useState(() => said('title'));
  const [reference, setReference] = useState(() => said('reference'));
  const [description, setDescription] = useState(() => said('description'));
  const [draft, setDraft] = useState(() => (titled === undefined ? emptyDraft() : draftOf(undefined, titled.handling)));
  const [wasTried, setWasTried] = useState(false);
  const save = useAction('case.save');
  // A case says who it is by its author alone; only its handling is taken from the draft.
  const checked = parseDraft({ ...draft, reference: 'case' });
  const submit = () => {
    setWasTried(true);
    if (!checked.ok || title.trim() === '') return;
    save.mutate({ case: view.id, title, reference, description, handling: checked.handling }, { onSuccess: onClose });
  };
  return (
    <form
      className="statement-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="statement-form-body">
        <TextInput
          label="Title"
          withAsterisk
          data-autofocus
          maxLength={200}
          value={title}
          error={wasTried && title.trim() === '' ? 'Give the case a title.' : undefined}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label="Reference"
          maxLength={200}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Textarea
          label="Description"
          autosize
          minRows={3}
          maxRows={14}
          maxLength={20_000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <MarkingFields
          value={draft}
          errors={wasTried && !checked.ok ? checked.errors : NO_ERRORS}
          onChange={setDraft}
        />
        {save.error !== null && <ErrorNotice {...explain(save.error)} />}
      </div>
      <Group justify="flex-end" gap={8} className="statement-form-actions">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
      </Group>
    </form>
  );
}
