import { Button } from '@mantine/core';
import type { AgencyId, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { SubjectView } from '../../../src-shared/contract/views.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';

interface Props {
  readonly view: SubjectView;
  readonly agency: AgencyId;
  readonly canWrite: boolean;
  readonly onSelect: (subject: SubjectId) => void;
  readonly onTakeBack: (record: RecordId) => void;
}

/** Who says that this is, or is not, the same as another subject. Agencies may disagree; each can take its own word back. */
export function IdentityList({ view, agency, canWrite, onSelect, onTakeBack }: Props) {
  if (view.identities.length === 0) return null;
  return (
    <section>
      <SectionHead title="Same or not the same" aside={view.identities.length} />
      <ul className="inspector-plain">
        {view.identities.map((identity) => (
          <li key={identity.record} className="identity">
            {identity.kind === 'same' ? 'Same as ' : 'Not the same as '}
            <button type="button" className="inspector-link" onClick={() => onSelect(identity.other)}>
              <bdi>{identity.otherLabel}</bdi>
            </button>
            <p>
              <bdi>{identity.reason}</bdi> (<bdi>{identity.authorName}</bdi>)
            </p>
            {canWrite && identity.author === agency && (
              <Button variant="default" size="compact-xs" onClick={() => onTakeBack(identity.record)}>
                Take back…
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
