import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { ClaimInput } from '../../../src-shared/contract/methods.ts';
import type { Statement, SubjectView } from '../../../src-shared/contract/views.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { type StatementDraft, draftOf } from '../../ui/statement-draft.ts';
import { emptyRow, firstRows, rowsOf } from './claim-row.ts';
import { EditDrawer } from './EditDrawer.tsx';
import { type StatementInput, StatementForm } from './StatementForm.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly subject: SubjectId;
  /** Our record that the new one replaces; absent for a further statement beside what is there. */
  readonly record?: RecordId;
  readonly country: string;
  readonly draft: StatementDraft;
  readonly onSaved: (statement: StatementInput, subject: SubjectId) => void;
  readonly onClose: () => void;
}

/** Says something more about an entity or a link, or replaces a record of ours; the claims that are not touched are said again. */
export function StatementDialog({ caseId, subject, record, country, draft, onSaved, onClose }: Props) {
  const view = useMethod('subject.show', { subject }).data;
  const saveEntity = useAction('entity.save');
  const saveLink = useAction('link.save');
  if (view === undefined) return null;
  const edited = view.history.find((item) => item.record === record);
  const supersedes = record === undefined ? [] : [record];
  const submit = (input: StatementInput) => {
    const shared = { case: caseId, subject, supersedes, type: view.type, ...input };
    const onSuccess = () => onSaved(input, subject);
    if (view.link === undefined) return saveEntity.mutate(shared, { onSuccess });
    const { from, to, directed } = view.link;
    return saveLink.mutate({ ...shared, from, to, directed }, { onSuccess });
  };
  return (
    <EditDrawer
      title={record === undefined ? `Add statement about ${view.label}` : `Edit ${view.label}`}
      onClose={onClose}
    >
      <StatementForm
        type={view.type}
        rows={rowsToBegin(view, record)}
        draft={edited === undefined ? draft : draftOf(edited.source, edited.handling)}
        country={country}
        canBeBare={view.kind === 'link'}
        saveLabel={record === undefined ? 'Add statement' : 'Save'}
        isBusy={saveEntity.isPending || saveLink.isPending}
        error={saveEntity.error ?? saveLink.error}
        onCancel={onClose}
        onSave={submit}
      >
        {record !== undefined && (
          <p className="edit-note">
            A new record takes the place of the old one. The old one stays in the history, and at partners until they
            receive the new one.
          </p>
        )}
      </StatementForm>
    </EditDrawer>
  );
}

function rowsToBegin(view: SubjectView, record: RecordId | undefined) {
  if (record !== undefined) {
    return rowsOf(view.type, view.statements.filter((statement) => statement.record === record).map(claimOf));
  }
  return view.kind === 'link' ? [emptyRow(0, 'description')] : firstRows(view.type).slice(0, 1);
}

function claimOf({ property, value, validFrom, validTo }: Statement): ClaimInput {
  return { property, value, ...(validFrom !== undefined && { validFrom }), ...(validTo !== undefined && { validTo }) };
}
