import { Tabs } from '@mantine/core';
import { useMethod } from '../../api/hooks.ts';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { PartnersTab } from './PartnersTab.tsx';
import { VaultTab } from './VaultTab.tsx';
import './partners.css';

/** Who we exchange with and how we know them; and who may open this vault. */
export function PartnersScreen() {
  const status = useMethod('vault.status', {});
  const isOfficer = status.data?.role === 'officer';
  return (
    <section className="screen" aria-label="Partners">
      <ScreenHead title="Partners">
        Agencies that files are exchanged with. Keys travel as cards and are confirmed by a person, never by a message.
      </ScreenHead>
      <Tabs defaultValue="partners">
        <Tabs.List mb={12}>
          <Tabs.Tab value="partners">Partners</Tabs.Tab>
          <Tabs.Tab value="vault">Vault &amp; users</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="partners">
          <PartnersTab isOfficer={isOfficer} />
        </Tabs.Panel>
        <Tabs.Panel value="vault">{status.data !== undefined && <VaultTab status={status.data} />}</Tabs.Panel>
      </Tabs>
    </section>
  );
}
