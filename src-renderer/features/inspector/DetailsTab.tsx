import { Button } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { SubjectView } from '../../../src-shared/contract/views.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import type { Ask } from './ask.ts';
import { groupStatements } from './group-statements.ts';
import { IdentityList } from './IdentityList.tsx';
import { LinkEnds } from './LinkEnds.tsx';
import { PropertyList } from './PropertyList.tsx';
import { WithheldNote } from './WithheldNote.tsx';

interface Props {
  readonly view: SubjectView;
  readonly caseId: SubjectId;
  readonly agency: AgencyId;
  readonly canWrite: boolean;
  readonly onSelect: (subject: SubjectId) => void;
  readonly onAsk: (ask: Ask) => void;
}

/** What is said about the subject, every value with its grade and author, disagreement side by side. */
export function DetailsTab({ view, caseId, agency, canWrite, onSelect, onAsk }: Props) {
  const otherCases = view.cases.filter((item) => item.id !== caseId);
  return (
    <div className="inspector-panel">
      {view.ends !== undefined && (
        <LinkEnds ends={view.ends} directed={view.link?.directed ?? false} onSelect={onSelect} />
      )}
      <PropertyList
        properties={groupStatements(view.type, view.statements)}
        agency={agency}
        canWrite={canWrite}
        onEdit={(record) => onAsk({ kind: 'edit-record', subject: view.id, record })}
      />
      {view.statements.length === 0 && <p className="inspector-empty">Nothing more is said about it.</p>}
      <WithheldNote history={view.history} />
      {canWrite && (
        <Button
          variant="default"
          leftSection={<IconMessagePlus size={15} aria-hidden />}
          onClick={() => onAsk({ kind: 'add-statement', subject: view.id })}
        >
          Add statement
        </Button>
      )}
      <IdentityList
        view={view}
        agency={agency}
        canWrite={canWrite}
        onSelect={onSelect}
        onTakeBack={(record) => onAsk({ kind: 'retract', subject: view.id, records: [record] })}
      />
      {otherCases.length > 0 && (
        <section>
          <SectionHead title="Also in" aside={otherCases.length} />
          <ul className="inspector-plain">
            {otherCases.map((item) => (
              <li key={item.id}>
                <bdi>{item.title}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
