import type { ReactNode } from 'react';
import type { EntityView } from '../../../src-shared/contract/views.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';

interface Props {
  readonly entity: EntityView;
  readonly note?: ReactNode;
  readonly onPress: () => void;
}

/** An entity in a list; pressing it selects it. */
export function EntityButton({ entity, note, onPress }: Props) {
  return (
    <button type="button" className="entity-button" onClick={onPress}>
      <EntityIcon type={entity.type} subjectCategory={entity.subjectCategory} />
      <bdi>{entity.label}</bdi>
      {note !== undefined && <span className="entity-button-note">{note}</span>}
    </button>
  );
}
