/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows out of sight are not in the page, and those in sight are placed by hand: no native table */
import { formatGrade } from '../../../src-shared/domain/grading.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { GridEnds } from './GridEnds.tsx';
import type { TableRow } from './table-rows.ts';

interface Props {
  readonly row: TableRow;
  readonly position: number;
  readonly top: number;
  readonly hasLinks: boolean;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onPress: (isAdding: boolean) => void;
}

/** One row of the grid. Keys are the grid's business: the row never has the focus. */
export function GridRow({ row, position, top, hasLinks, isActive, isSelected, onPress }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      id={`row-${row.id}`}
      className="grid-row"
      aria-rowindex={position + 2}
      aria-selected={isSelected}
      data-links={hasLinks}
      data-active={isActive}
      data-dim={row.isDim}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => onPress(event.ctrlKey || event.metaKey)}
    >
      <span role="gridcell" className="grid-label">
        {row.icon !== undefined && (
          <EntityIcon type={row.icon.type} subjectCategory={row.icon.subjectCategory} size={18} />
        )}
        {row.ends === undefined ? <bdi>{row.label}</bdi> : <GridEnds ends={row.ends} />}
      </span>
      <span role="gridcell">{row.kind}</span>
      {hasLinks && (
        <span role="gridcell" className="grid-number" dir="ltr">
          {row.links}
        </span>
      )}
      <span role="gridcell" className="grid-grades">
        {row.grades.map((grade) => (
          <GradeBadge key={formatGrade(grade)} grade={grade} />
        ))}
      </span>
      <span role="gridcell">
        <bdi>{row.authors}</bdi>
      </span>
      <span role="gridcell" dir="ltr">
        {row.tlp}
      </span>
      <span role="gridcell" dir="ltr">
        {row.firstOn}
      </span>
      <span role="gridcell" dir="ltr">
        {row.lastOn}
      </span>
    </div>
  );
}
