import { useDeferredValue } from 'react';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { CaseChart, VaultStatus } from '../../src-shared/contract/views.ts';
import { mayExchange, mayWrite } from '../api/may.ts';
import { FilesTab } from '../features/files/FilesTab.tsx';
import { InspectorScreen } from '../features/inspector/InspectorScreen.tsx';
import { drawAlso } from './drawings.ts';
import { useAddToCase } from './use-add-to-case.ts';
import { useView, useViewStore } from './view-state.ts';

interface Props {
  readonly chart: CaseChart;
  readonly status: VaultStatus;
}

/** The inspector of the selection, or of the case when nothing is selected. */
export function InspectorPane({ chart, status }: Props) {
  const store = useViewStore();
  // Going through a table with the keys must not wait for every page of the inspector on the way.
  const selection = useDeferredValue(useView((state) => state.selection));
  const subject = selection.at(-1) ?? chart.case.id;
  const addToCase = useAddToCase(chart);
  const show = (id: SubjectId) => {
    const isLink = chart.links.some((link) => link.id === id);
    const isDrawn = isLink || chart.entities.some((entity) => entity.id === id);
    if (!isDrawn) drawAlso(store, chart.case.id, [id]);
    store.set({ selection: [id] });
  };
  const canWrite = mayWrite(status);
  const shown = useView((state) => state.inspectorTab);
  return (
    <InspectorScreen
      key={subject}
      subject={subject}
      caseId={chart.case.id}
      agency={status.agencyId}
      canWrite={canWrite}
      canExchange={mayExchange(status)}
      tab={shown?.subject === subject ? shown.tab : 'details'}
      onTab={(tab) => store.set({ inspectorTab: { subject, tab } })}
      files={
        <FilesTab
          subject={subject}
          canWrite={canWrite}
          onAsk={(dialog) => store.set({ dialog })}
          onSelect={show}
          onRetract={(record) => store.set({ dialog: { kind: 'retract', subject, records: [record] } })}
        />
      }
      onSelect={show}
      onAddToCase={addToCase}
      onGone={() => store.set({ selection: selection.filter((id) => id !== subject) })}
      onAsk={(dialog) => store.set({ dialog })}
    />
  );
}
