import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import type { CaseView } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { MarkingFields } from '../../ui/MarkingFields.tsx';
import { emptyDraft, parseDraft } from '../../ui/statement-draft.ts';
import '../../ui/statement-fields.css';

interface Props {
  readonly onClose: () => void;
  readonly onSaved: (saved: CaseView) => void;
}

/** Names a new case and says how it is handled. */
export function NewCaseDialog({ onClose, onSaved }: Props) {
  const [title, setTitle] = useState('');
  const [reference, setReference] = useState('');
  const [description, setDescription] = useState('');
  const [draft, setDraft] = useState(emptyDraft('case'));
  const [isTried, setIsTried] = useState(false);
  const save = useAction('case.save');
  const check = parseDraft(draft);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (title.trim() === '' || !check.ok) return;
    save.mutate(
      {
        title,
        handling: check.handling,
        ...(reference.trim() !== '' && { reference: reference.trim() }),
        ...(description.trim() !== '' && { description: description.trim() }),
      },
      { onSuccess: onSaved },
    );
  };
  return (
    <Modal opened onClose={onClose} title="New case" size={720} lockScroll={false}>
      <form className="screen-stack" onSubmit={submit} noValidate>
        <div className="statement-fields">
          <fieldset className="statement-part">
            <legend>Case</legend>
            <TextInput
              label="Title"
              withAsterisk
              data-autofocus
              maxLength={200}
              value={title}
              error={isTried && title.trim() === '' && 'Give the case a title.'}
              onChange={(event) => setTitle(event.currentTarget.value)}
            />
            <TextInput
              label="Reference"
              description="Your file number, if there is one"
              maxLength={200}
              value={reference}
              onChange={(event) => setReference(event.currentTarget.value)}
            />
            <Textarea
              label="Description"
              autosize
              minRows={4}
              maxRows={10}
              maxLength={20_000}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
          </fieldset>
          <MarkingFields value={draft} errors={isTried && !check.ok ? check.errors : {}} onChange={setDraft} />
        </div>
        {save.error !== null && <ErrorNotice {...explain(save.error)} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Create case
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
