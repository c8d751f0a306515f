import { Button } from '@mantine/core';
import { useState } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { mayWrite } from '../../api/may.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { CaseTable } from './CaseTable.tsx';
import { NewCaseDialog } from './NewCaseDialog.tsx';
import { NoCases } from './NoCases.tsx';

interface Props {
  readonly onOpen: (caseId: SubjectId) => void;
  readonly onImport: () => void;
}

/** The cases of the vault, the most recently changed first. */
export function CaseListScreen({ onOpen, onImport }: Props) {
  const [isNaming, setIsNaming] = useState(false);
  const list = useMethod('case.list', {});
  const status = useMethod('vault.status', {});
  const partners = useMethod('partner.list', {});
  const cases = list.data?.cases;
  const canWrite = status.data !== undefined && mayWrite(status.data);
  const names = new Map((partners.data?.partners ?? []).map((partner) => [partner.agency, partner.name]));
  if (status.data !== undefined) names.set(status.data.agencyId, status.data.agency);
  const begin = () => setIsNaming(true);

  return (
    <section className="screen" aria-label="Cases">
      <ScreenHead
        title="Cases"
        actions={
          canWrite &&
          cases?.length !== 0 && (
            <>
              <Button variant="default" onClick={onImport}>
                Import
              </Button>
              <Button onClick={begin}>New case</Button>
            </>
          )
        }
      >
        {cases !== undefined && cases.length > 0 && countOf(cases.length, 'case')}
      </ScreenHead>
      {list.error !== null && <ErrorNotice {...explain(list.error)} onRetry={() => void list.refetch()} />}
      {cases !== undefined && cases.length > 0 && !partners.isPending && (
        <CaseTable cases={cases} agencyNames={names} onOpen={onOpen} />
      )}
      {cases?.length === 0 && <NoCases mayWrite={canWrite} onNew={begin} onImport={onImport} />}
      {isNaming && <NewCaseDialog onClose={() => setIsNaming(false)} onSaved={(saved) => onOpen(saved.id)} />}
    </section>
  );
}
