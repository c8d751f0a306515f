import { Tabs } from '@mantine/core';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { AuditTab } from './AuditTab.tsx';
import { ChangesTab } from './ChangesTab.tsx';
import { LedgerTab } from './LedgerTab.tsx';
import './audit.css';

/** What was done in this vault, who holds what of it, and which changes can be taken back. */
export function AuditScreen() {
  return (
    <section className="screen audit" aria-label="Audit">
      <ScreenHead title="Audit">
        What was done in this vault, who holds what of it, and what can be taken back.
      </ScreenHead>
      <Tabs defaultValue="log" className="audit-tabs">
        <Tabs.List mb={12}>
          <Tabs.Tab value="log">Audit log</Tabs.Tab>
          <Tabs.Tab value="ledger">Ledger</Tabs.Tab>
          <Tabs.Tab value="changes">Changes</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log">
          <AuditTab />
        </Tabs.Panel>
        <Tabs.Panel value="ledger">
          <LedgerTab />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <ChangesTab />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
