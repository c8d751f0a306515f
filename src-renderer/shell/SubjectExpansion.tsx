import type { ReactNode } from 'react';
import type { CaseChart } from '../../src-shared/contract/views.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { ExpandMenu } from '../features/chart/ExpandMenu.tsx';
import { useAddToCase } from './use-add-to-case.ts';
import { drawnIn, expandSubject } from './expand.ts';
import { inspect } from './inspector-place.ts';
import { useViewStore } from './view-state.ts';

interface Props {
  readonly chart: CaseChart;
  readonly subject: SubjectId;
  readonly isOpen: boolean;
  readonly canWrite: boolean;
  readonly children: ReactNode;
}

/** The menu of an entity, hung on a place of the chart or on the button in the bar of the selection. */
export function SubjectExpansion({ chart, subject, isOpen, canWrite, children }: Props) {
  const store = useViewStore();
  const addToCase = useAddToCase(chart);
  const entity = chart.entities.find(({ id }) => id === subject);
  const close = () => store.set({ expanding: undefined });
  return (
    <ExpandMenu
      subject={subject}
      label={entity?.label ?? ''}
      isOpen={isOpen}
      drawn={isOpen ? drawnIn(chart) : []}
      onExpand={(choice) => void expandSubject(store, chart, subject, choice)}
      onInspect={() => {
        close();
        inspect(store);
      }}
      onAddToCase={canWrite && chart.guests.includes(subject) ? () => addToCase(subject) : undefined}
      onClose={close}
    >
      {children}
    </ExpandMenu>
  );
}
