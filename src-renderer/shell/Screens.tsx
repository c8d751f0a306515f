import type { ComponentProps, RefObject } from 'react';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { AuditScreen } from '../features/audit/AuditScreen.tsx';
import { CaseListScreen } from '../features/cases/CaseListScreen.tsx';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import { PreviewChart } from '../features/chart/PreviewChart.tsx';
import { PartnersScreen } from '../features/partners/PartnersScreen.tsx';
import { RecallScreen } from '../features/recall/RecallScreen.tsx';
import { ApprovalsScreen } from '../features/release/ApprovalsScreen.tsx';
import { ReceiveScreen } from '../features/receive/ReceiveScreen.tsx';
import { SearchScreen } from '../features/search/SearchScreen.tsx';
import { StreamsScreen } from '../features/streams/StreamsScreen.tsx';
import { openSubject } from './open-subject.ts';
import { type ViewStore, openCase, useView, useViewStore } from './view-state.ts';
import { StoreAlarm } from './StoreAlarm.tsx';
import { StreamAlarm } from './StreamAlarm.tsx';
import { sendRecall } from './send-recall.ts';
import { Workspace } from './Workspace.tsx';

interface Props {
  readonly status: VaultStatus;
  readonly chart: RefObject<ChartControls | null>;
}

/** Comparing is about a case: the one that was open last, or first the list of them. */
function goToCompare(store: ViewStore): void {
  const { caseId } = store.get();
  if (caseId === undefined) return store.set({ screen: 'home' });
  openCase(store, caseId);
  store.set({ dialog: { kind: 'compare' } });
}

function previewChart(drawn: ComponentProps<typeof PreviewChart>['chart']) {
  return <PreviewChart chart={drawn} />;
}

/** The one screen that is open. */
export function Screens({ status, chart }: Props) {
  const store = useViewStore();
  const screen = useView((state) => state.screen);
  const caseId = useView((state) => state.caseId);
  const auditTab = useView((state) => state.auditTab);
  const search = useView((state) => state.search);
  if (screen === 'workspace' && caseId !== undefined) {
    return <Workspace key={caseId} caseId={caseId} status={status} controls={chart} />;
  }
  return (
    <main className="frame-screen" data-pane="main">
      {screen !== 'vault' && <StoreAlarm status={status} />}
      {!(screen === 'audit' && auditTab === 'streams') && <StreamAlarm />}
      {(screen === 'partners' || screen === 'vault' || screen === 'keys') && (
        <PartnersScreen tab={screen} onTab={(tab) => store.set({ screen: tab })} />
      )}
      {screen === 'approvals' && <ApprovalsScreen />}
      {screen === 'search' && (
        <SearchScreen
          wish={search}
          onWish={(wish) => store.set({ search: wish })}
          onOpen={(hit) => openSubject(store, hit.id, hit.cases)}
        />
      )}
      {screen === 'audit' && (
        <AuditScreen
          tab={auditTab}
          onTab={(tab) => store.set({ auditTab: tab })}
          streams={<StreamsScreen />}
          recalls={<RecallScreen onSend={(row) => sendRecall(store, row)} />}
        />
      )}
      {screen === 'receive' && (
        <ReceiveScreen
          preview={previewChart}
          elsewhere={{
            card: { label: 'Go to Partners', onGo: () => store.set({ screen: 'partners' }) },
            comparison: { label: 'Go to Compare', onGo: () => goToCompare(store) },
          }}
          onClose={() => store.set({ screen: 'home' })}
          onOpenCase={(id) => openCase(store, id)}
        />
      )}
      {(screen === 'home' || screen === 'workspace') && (
        <CaseListScreen
          onOpen={(id) => openCase(store, id)}
          onImport={() => store.set({ dialog: { kind: 'import' } })}
        />
      )}
    </main>
  );
}
