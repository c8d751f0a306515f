import { IconArrowDown, IconMinus } from '@tabler/icons-react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { EntityView, SubjectView } from '../../../src-shared/contract/views.ts';
import { EntityButton } from './EntityButton.tsx';

interface Props {
  readonly ends: NonNullable<SubjectView['ends']>;
  readonly directed: boolean;
  readonly onSelect: (subject: SubjectId) => void;
}

/** What a link joins. */
export function LinkEnds({ ends, directed, onSelect }: Props) {
  const end = (entity: EntityView | undefined) =>
    entity === undefined ? (
      <p className="inspector-empty">An entity that we do not hold</p>
    ) : (
      <EntityButton entity={entity} onPress={() => onSelect(entity.id)} />
    );
  return (
    <div className="link-ends">
      {end(ends.from)}
      <span className="link-ends-between">
        {directed ? <IconArrowDown size={14} aria-label="to" /> : <IconMinus size={14} aria-label="and" />}
      </span>
      {end(ends.to)}
    </div>
  );
}
