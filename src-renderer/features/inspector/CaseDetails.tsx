import { Button } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import { elementProperties } from '../../../src-shared/catalogue/entity-kinds.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { SubjectView } from '../../../src-shared/contract/views.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import type { Ask } from './ask.ts';
import { groupStatements } from './group-statements.ts';
import { PropertyList } from './PropertyList.tsx';
import { ValueSources } from './ValueSources.tsx';
import { WithheldNote } from './WithheldNote.tsx';

interface Props {
  readonly view: SubjectView;
  readonly agency: AgencyId;
  readonly canWrite: boolean;
  readonly onAsk: (ask: Ask) => void;
}

const ELEMENTS = elementProperties.map((property) => property.name);
const NOT_SHOWN = ['title', 'member'];

/** What the case is, and which elements of trafficking are evidenced, each by its source. Indicators are listed, never counted into a score. */
export function CaseDetails({ view, agency, canWrite, onAsk }: Props) {
  const statements = view.statements.filter((statement) => !NOT_SHOWN.includes(statement.property));
  const properties = groupStatements('case', statements);
  return (
    <div className="inspector-panel">
      <PropertyList
        properties={properties.filter((property) => !ELEMENTS.includes(property.property))}
        agency={agency}
        canWrite={canWrite}
        onEdit={() => onAsk({ kind: 'edit-case' })}
      />
      {elementProperties.map((element) => (
        <section key={element.name}>
          <SectionHead title={element.label} />
          <ul className="inspector-plain">
            {properties
              .find((property) => property.property === element.name)
              ?.values.map((value) => (
                <li key={value.display} className="property-value">
                  <bdi>{value.display}</bdi>
                  <ValueSources statements={value.statements} agency={agency} />
                </li>
              )) ?? <li className="inspector-empty">Nothing stated yet.</li>}
          </ul>
        </section>
      ))}
      <WithheldNote history={view.history} />
      {canWrite && (
        <Button
          variant="default"
          leftSection={<IconMessagePlus size={15} aria-hidden />}
          onClick={() => onAsk({ kind: 'state-case' })}
        >
          Add statement about the case
        </Button>
      )}
      <p className="inspector-empty">Select an entity or a link to see what is said about it.</p>
    </div>
  );
}
