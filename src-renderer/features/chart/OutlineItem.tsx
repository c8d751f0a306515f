import type { EntityView } from '../../../src-shared/contract/views.ts';
import { lookOf } from '../../ui/appearance.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';

interface Props {
  readonly entity: EntityView;
  readonly note: string;
  readonly onGo: () => void;
}

/** One entity of the outline; pressing it makes it the centre. */
export function OutlineItem({ entity, note, onGo }: Props) {
  return (
    <li>
      <button type="button" className="outline-item" onClick={onGo}>
        <EntityIcon type={entity.type} subjectCategory={entity.subjectCategory} />
        <bdi>{entity.label}</bdi>
        <small>{lookOf(entity.type, entity.subjectCategory).label}</small>
        <small className="outline-note">{note}</small>
      </button>
    </li>
  );
}
