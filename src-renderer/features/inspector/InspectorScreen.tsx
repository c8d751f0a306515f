import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { formatCount } from '../../strings/format.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { Ask } from './ask.ts';
import { CaseDetails } from './CaseDetails.tsx';
import { DetailsTab } from './DetailsTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import './inspector.css';
import { InspectorHead } from './InspectorHead.tsx';
import { type InspectorTab, inspectorTabOf } from './inspector-tab.ts';
import { NotInCase } from './NotInCase.tsx';
import { LinksTab } from './LinksTab.tsx';
import { SourcesTab } from './SourcesTab.tsx';

interface Props {
  readonly subject: SubjectId;
  readonly caseId: SubjectId;
  /** Our own agency: only its records can be edited here. */
  readonly agency: AgencyId;
  readonly canWrite: boolean;
  readonly canExchange: boolean;
  readonly tab: InspectorTab;
  readonly onTab: (tab: InspectorTab) => void;
  /** Its evidence files. */
  readonly files: ReactNode;
  readonly onSelect: (subject: SubjectId) => void;
  readonly onAsk: (ask: Ask) => void;
  readonly onAddToCase: (subject: SubjectId) => void;
  /** The subject is not there any more: undone, or erased. */
  readonly onGone: () => void;
}

/** Everything that is said about one subject, by whom, from which source; without a selection, about the case. */
export function InspectorScreen({
  subject,
  caseId,
  agency,
  canWrite,
  canExchange,
  tab,
  onTab,
  files,
  onSelect,
  onAsk,
  onAddToCase,
  onGone,
}: Props) {
  const answer = useMethod('subject.show', { subject });
  const isGone = answer.error?.wire.code === 'store.not-found' && subject !== caseId;
  const leave = useEffectEvent(onGone);
  useEffect(() => {
    if (isGone) leave();
  }, [isGone]);
  if (answer.isError) return <ErrorNotice {...explain(answer.error)} onRetry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <div className="inspector" aria-busy />;
  const view = answer.data;
  const live = view.history.filter((item) => item.state === 'live');
  const editing = { agency, canWrite, onAsk };
  const isMember =
    view.kind === 'case' || view.cases.some(({ id }) => id === caseId) || view.totals.cases > view.cases.length;
  return (
    <div className="inspector">
      <InspectorHead
        view={view}
        isCase={subject === caseId}
        canWrite={canWrite}
        canExchange={canExchange}
        onAsk={onAsk}
      />
      {!isMember && <NotInCase canAdd={canWrite && view.kind === 'entity'} onAdd={() => onAddToCase(view.id)} />}
      <Tabs value={tab} onChange={(value) => onTab(inspectorTabOf(value))} className="inspector-tabs">
        <Tabs.List>
          <Tabs.Tab value="details">Details</Tabs.Tab>
          {view.kind === 'entity' && <Tabs.Tab value="links">Links {formatCount(view.totals.links)}</Tabs.Tab>}
          <Tabs.Tab value="sources">Sources {live.length}</Tabs.Tab>
          <Tabs.Tab value="files">Files {formatCount(view.totals.attachments)}</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <div className="inspector-scroll">
          <Tabs.Panel value="details">
            {view.kind === 'case' ? (
              <CaseDetails view={view} {...editing} />
            ) : (
              <DetailsTab view={view} caseId={caseId} onSelect={onSelect} {...editing} />
            )}
          </Tabs.Panel>
          <Tabs.Panel value="links">
            <LinksTab links={view.links} total={view.totals.links} onSelect={onSelect} />
          </Tabs.Panel>
          <Tabs.Panel value="sources">
            <SourcesTab records={live} disclosures={view.disclosures} />
          </Tabs.Panel>
          <Tabs.Panel value="files">{files}</Tabs.Panel>
          <Tabs.Panel value="history">
            <HistoryTab subject={view.id} history={view.history} canWrite={canWrite} onAsk={onAsk} />
          </Tabs.Panel>
        </div>
      </Tabs>
    </div>
  );
}
