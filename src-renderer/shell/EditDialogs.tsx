import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { AddEntityDialog } from '../features/edit/AddEntityDialog.tsx';
import { AddLinkDialog } from '../features/edit/AddLinkDialog.tsx';
import { EditCaseDialog } from '../features/edit/EditCaseDialog.tsx';
import { IdentityDialog } from '../features/edit/IdentityDialog.tsx';
import { RemoveFromCaseDialog } from '../features/edit/RemoveFromCaseDialog.tsx';
import { RetractDialog } from '../features/edit/RetractDialog.tsx';
import { StateCaseDialog } from '../features/edit/StateCaseDialog.tsx';
import { StatementDialog } from '../features/edit/StatementDialog.tsx';
import type { StatementInput } from '../features/edit/StatementForm.tsx';
import { AddFilesDialog } from '../features/files/AddFilesDialog.tsx';
import { ExportFileDialog } from '../features/files/ExportFileDialog.tsx';
import { PermissionDialog } from '../features/permissions/PermissionDialog.tsx';
import { draftOf, emptyDraft } from '../ui/statement-draft.ts';
import { type Dialog, useView, useViewStore } from './view-state.ts';

interface Props {
  readonly dialog: Exclude<Dialog, { kind: 'import' | 'release' | 'compare' | 'palette' | 'shortcuts' }>;
  readonly caseId: SubjectId;
  readonly country: string;
  readonly onClose: () => void;
}

/** The forms that write. Source, grade and marking of the last statement of this session are offered again. */
export function EditDialogs({ dialog, caseId, country, onClose }: Props) {
  const store = useViewStore();
  const last = useView((state) => state.lastStatement);
  const draft = last === undefined ? emptyDraft() : draftOf(last.source, last.handling);
  const keep = ({ source, handling }: StatementInput, subject: SubjectId) => {
    const selection = subject === caseId ? store.get().selection : [subject];
    store.set({ dialog: undefined, lastStatement: { source, handling }, selection });
  };
  const form = { caseId, country, draft, onSaved: keep, onClose };
  if (dialog.kind === 'add-entity') return <AddEntityDialog {...form} />;
  if (dialog.kind === 'add-link') return <AddLinkDialog from={dialog.from} {...form} />;
  if (dialog.kind === 'add-statement') return <StatementDialog subject={dialog.subject} {...form} />;
  if (dialog.kind === 'edit-record')
    return <StatementDialog subject={dialog.subject} record={dialog.record} {...form} />;
  if (dialog.kind === 'state-case') return <StateCaseDialog {...form} />;
  if (dialog.kind === 'edit-case') return <EditCaseDialog caseId={caseId} onClose={onClose} />;
  if (dialog.kind === 'identity') return <IdentityDialog subject={dialog.subject} verdict={dialog.verdict} {...form} />;
  if (dialog.kind === 'add-files') {
    const { subject, files } = dialog;
    const keepSaid = (lastStatement: Pick<StatementInput, 'source' | 'handling'>) => store.set({ lastStatement });
    return <AddFilesDialog subject={subject} files={files} draft={draft} onAdded={keepSaid} onClose={onClose} />;
  }
  if (dialog.kind === 'export-file')
    return <ExportFileDialog subject={dialog.subject} record={dialog.record} onClose={onClose} />;
  if (dialog.kind === 'permit')
    return <PermissionDialog subject={dialog.subject} isCase={dialog.isCase} onClose={onClose} />;
  if (dialog.kind === 'retract')
    return <RetractDialog subject={dialog.subject} records={dialog.records} onClose={onClose} />;
  return (
    <RemoveFromCaseDialog
      caseId={caseId}
      subject={dialog.subject}
      onRemoved={() => store.set({ dialog: undefined, selection: [] })}
      onClose={onClose}
    />
  );
}
