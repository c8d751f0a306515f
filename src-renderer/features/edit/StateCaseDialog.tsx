import { elementProperties } from '../../../src-shared/catalogue/entity-kinds.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../api/hooks.ts';
import type { StatementDraft } from '../../ui/statement-draft.ts';
import { emptyRow } from './claim-row.ts';
import { EditDrawer } from './EditDrawer.tsx';
import { type StatementInput, StatementForm } from './StatementForm.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly country: string;
  readonly draft: StatementDraft;
  readonly onSaved: (statement: StatementInput, subject: SubjectId) => void;
  readonly onClose: () => void;
}

/** Act, means, purpose and indicators as one source evidences them. They are listed with their grade and never added up. */
export function StateCaseDialog({ caseId, country, draft, onSaved, onClose }: Props) {
  const save = useAction('case.state');
  return (
    <EditDrawer title="Add statement about the case" onClose={onClose}>
      <StatementForm
        type="case"
        rows={elementProperties.map((property, index) => emptyRow(index, property.name))}
        draft={draft}
        country={country}
        saveLabel="Add statement"
        isBusy={save.isPending}
        error={save.error}
        onCancel={onClose}
        onSave={(input) =>
          save.mutate({ case: caseId, supersedes: [], ...input }, { onSuccess: () => onSaved(input, caseId) })
        }
      />
    </EditDrawer>
  );
}
