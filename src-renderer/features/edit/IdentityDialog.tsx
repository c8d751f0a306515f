import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { type StatementDraft, type StatementErrors, parseDraft } from '../../ui/statement-draft.ts';
import { StatementFields } from '../../ui/StatementFields.tsx';
import './edit.css';
import { EditDrawer } from './EditDrawer.tsx';
import { EntityPicker, type Picked } from './EntityPicker.tsx';
import type { StatementInput } from './StatementForm.tsx';

interface Props {
  readonly subject: SubjectId;
  readonly verdict: 'same' | 'not-same';
  readonly draft: StatementDraft;
  readonly onSaved: (statement: StatementInput, subject: SubjectId) => void;
  readonly onClose: () => void;
}

const NO_ERRORS: StatementErrors = {};

/** States that two subjects are, or are not, the same, and why. Nothing is merged away: the statement can be taken back at any time. */
export function IdentityDialog({ subject, verdict, draft: first, onSaved, onClose }: Props) {
  const view = useMethod('subject.show', { subject }).data;
  const [other, setOther] = useState<Picked>();
  const [reason, setReason] = useState('');
  const [draft, setDraft] = useState(first);
  const [wasTried, setWasTried] = useState(false);
  const save = useAction('identity.save');
  const checked = parseDraft(draft);
  const words = verdict === 'same' ? 'the same as' : 'not the same as';
  const submit = () => {
    setWasTried(true);
    if (other === undefined || reason.trim() === '' || !checked.ok) return;
    const { source, handling } = checked;
    save.mutate(
      { kind: verdict, one: subject, other: other.id, reason, source, handling },
      { onSuccess: () => onSaved({ claims: [], source, handling }, subject) },
    );
  };
  return (
    <EditDrawer title={`${view?.label ?? ''} is ${words}…`} onClose={onClose}>
      <form
        className="statement-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="statement-form-body">
          <p className="edit-note">
            Both stay as they are. The statement is yours, carries your reason, and can be taken back.
          </p>
          <EntityPicker
            label={`It is ${words}`}
            hasFocus
            value={other}
            except={subject}
            error={wasTried && other === undefined ? 'Choose the other one.' : undefined}
            onPick={setOther}
          />
          <Textarea
            label="Reason"
            withAsterisk
            autosize
            minRows={2}
            maxLength={4096}
            value={reason}
            error={wasTried && reason.trim() === '' ? 'Say why; others must be able to judge it.' : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <StatementFields
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
            {verdict === 'same' ? 'Mark as the same' : 'Mark as not the same'}
          </Button>
        </Group>
      </form>
    </EditDrawer>
  );
}
