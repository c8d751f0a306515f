import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { CaseChart } from '../../src-shared/contract/views.ts';
import { countOf, formatCount } from '../strings/format.ts';
import { drawOnly, drawingOf, takeBackStep } from './drawings.ts';
import { useView, useViewStore } from './view-state.ts';

interface Props {
  readonly chart: CaseChart;
}

/** What of a large case is drawn, what came to the drawing last, and the way back. */
export function DrawingNote({ chart }: Props) {
  const store = useViewStore();
  const caseId = chart.case.id;
  const drawing = useView((state) => drawingOf(state, caseId));
  const hasSteps = useView((state) => (state.drawings[caseId]?.length ?? 0) > 0);
  const selection = useView((state) => state.selection);
  const selected = chart.entities.filter(({ id }) => selection.includes(id)).map(({ id }) => id);
  if (chart.isWhole && !hasSteps) return null;
  return (
    <div className="drawing-note" role="note">
      <span>
        {!chart.isWhole && (
          <>
            This case has {countOf(chart.case.entities, 'entity', 'entities')}. The drawing shows{' '}
            {formatCount(chart.entities.length)}: search, expand or use the table to add.{' '}
          </>
        )}
        {drawing.added > 0 && <b>{countOf(drawing.added, 'entity', 'entities')} added.</b>}
      </span>
      {!chart.isWhole && selected.length > 0 && selected.length < chart.entities.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => drawOnly(store, caseId, selected)}>
          Only the selection
        </Button>
      )}
      {hasSteps && (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => takeBackStep(store, caseId)}
        >
          Take back
        </Button>
      )}
    </div>
  );
}
