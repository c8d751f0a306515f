/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows out of sight are not in the page, and those in sight are placed by hand: no native table */
import { memo } from 'react';
import { formatGrade } from '../../../src-shared/domain/grading.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { GridEnds } from './GridEnds.tsx';
import type { TableRow } from './table-rows.ts';
import { ROW } from './use-rows-in-sight.ts';

interface Props {
  readonly id: string;
  /** Undefined while it is being read: its place is kept. */
  readonly row: TableRow | undefined;
  readonly position: number;
  readonly hasLinks: boolean;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

/** One row of the grid. Keys and clicks are the grid's business: the row never has the focus. */
export const GridRow = memo(function GridRow({ id, row, position, hasLinks, isActive, isSelected }: Props) {
  return (
    <div
      role="row"
      id={id}
      className="grid-row"
      aria-rowindex={position + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined}
      data-place={position}
      data-links={hasLinks}
      data-active={isActive}
      data-dim={row?.isDim ?? false}
      style={{ transform: `translateY(${position * ROW}px)` }}
    >
      {row === undefined ? <WaitingCell /> : <Cells row={row} hasLinks={hasLinks} />}
    </div>
  );
});

function WaitingCell() {
  return (
    <span role="gridcell" className="grid-waiting">
      <span className="visually-hidden">Being read</span>
    </span>
  );
}

function Cells({ row, hasLinks }: Required<Pick<Props, 'hasLinks'>> & { readonly row: TableRow }) {
  return (
    <>
      <span role="gridcell" className="grid-label">
        {row.icon !== undefined && (
          <EntityIcon type={row.icon.type} subjectCategory={row.icon.subjectCategory} size={18} />
        )}
        {row.ends === undefined ? <bdi title={row.label}>{row.label}</bdi> : <GridEnds ends={row.ends} />}
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
    </>
  );
}
