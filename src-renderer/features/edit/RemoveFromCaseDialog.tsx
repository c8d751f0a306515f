import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly subject: SubjectId;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

/** Takes a subject out of the case; what is known of it stays in the store and in other cases. */
export function RemoveFromCaseDialog({ caseId, subject, onRemoved, onClose }: Props) {
  const label = useMethod('subject.show', { subject }).data?.label ?? '';
  const remove = useAction('case.remove-members');
  return (
    <ConfirmDialog
      opened
      title="Remove from this case"
      confirmLabel="Remove from case"
      isBusy={remove.isPending}
      onClose={onClose}
      onConfirm={() => remove.mutate({ case: caseId, members: [subject] }, { onSuccess: onRemoved })}
    >
      <p className="edit-note">
        <bdi>{label}</bdi> leaves this case only. What is known about it stays in the store, and you can undo this.
      </p>
    </ConfirmDialog>
  );
}
