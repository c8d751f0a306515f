import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { AuditTab } from './AuditTab.tsx';
import { ChangesTab } from './ChangesTab.tsx';
import { LedgerTab } from './LedgerTab.tsx';
import { type AuditPage, auditPage } from './audit-page.ts';
import './audit.css';

interface Props {
  readonly tab: AuditPage;
  readonly onTab: (tab: AuditPage) => void;
  /** What partners' streams tell. */
  readonly streams: ReactNode;
  /** What became of withdrawals. */
  readonly recalls: ReactNode;
}

/** What was done in this vault, who holds what of it, what partners say they did with it, and which changes can be taken back. */
export function AuditScreen({ tab, onTab, streams, recalls }: Props) {
  return (
    <section className="screen audit" aria-label="Audit">
      <ScreenHead title="Audit">
        What was done in this vault, who holds what of it, and what can be taken back.
      </ScreenHead>
      <Tabs value={tab} onChange={(value) => onTab(auditPage(value))} className="audit-tabs" keepMounted={false}>
        <Tabs.List mb={12}>
          <Tabs.Tab value="log">Audit log</Tabs.Tab>
          <Tabs.Tab value="ledger">Ledger</Tabs.Tab>
          <Tabs.Tab value="recalls">Recalls</Tabs.Tab>
          <Tabs.Tab value="streams">Streams</Tabs.Tab>
          <Tabs.Tab value="changes">Changes</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log">
          <AuditTab />
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <LedgerTab />
        </Tabs.Panel>
        <Tabs.Panel value="recalls">{recalls}</Tabs.Panel>
        <Tabs.Panel value="streams">{streams}</Tabs.Panel>
        <Tabs.Panel value="changes">
          <ChangesTab />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
