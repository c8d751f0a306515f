/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an option of a combobox's list; a native one cannot hold icons and marks */
import { useEffect, useRef } from 'react';
import type { SearchHit } from '../../../src-shared/contract/views.ts';
import { lookOf } from '../../ui/appearance.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { Highlighted } from '../../ui/Highlighted.tsx';
import { MatchedBy } from '../../ui/MatchedBy.tsx';

interface Props {
  readonly id: string;
  readonly hit: SearchHit;
  readonly isActive: boolean;
  readonly onHover: () => void;
  readonly onOpen: () => void;
}

/** One hit: what it is, what of it matched and who says so, and where it is. It never has the focus: the field names the active one. */
export function SearchHitRow({ id, hit, isActive, onHover, onOpen }: Props) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="search-hit"
      onPointerMove={onHover}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onOpen}
    >
      <EntityIcon type={hit.type} subjectCategory={hit.subjectCategory} size={24} />
      <span className="search-hit-what">
        <span className="search-hit-label">
          <Highlighted text={hit.label} ranges={hit.labelRanges} />
        </span>
        <MatchedBy label={hit.label} matched={hit.matched} sources={hit.sources} />
      </span>
      <span className="search-hit-where">
        <span>{lookOf(hit.type, hit.subjectCategory).label}</span>
        <small>
          {hit.cases.length === 0 ? 'in no case' : <bdi>{hit.cases.map(({ title }) => title).join(', ')}</bdi>}
        </small>
      </span>
    </div>
  );
}
