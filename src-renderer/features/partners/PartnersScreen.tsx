import { Tabs } from '@mantine/core';
import { useMethod } from '../../api/hooks.ts';
import { mayExchange } from '../../api/may.ts';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { KeysTab } from './KeysTab.tsx';
import { PartnersTab } from './PartnersTab.tsx';
import { VaultTab } from './VaultTab.tsx';
import './partners.css';

type PartnersPage = 'partners' | 'keys' | 'vault';

interface Props {
  readonly tab: PartnersPage;
  readonly onTab: (tab: PartnersPage) => void;
}

/** Who we exchange with and how we know them; and who may open this vault. */
export function PartnersScreen({ tab, onTab }: Props) {
  const status = useMethod('vault.status', {});
  const canExchange = status.data !== undefined && mayExchange(status.data);
  return (
    <section className="screen" aria-label="Partners">
      <ScreenHead title="Partners">
        Agencies that files are exchanged with. Keys travel as cards and are confirmed by a person, never by a message.
      </ScreenHead>
      <Tabs value={tab} onChange={(value) => onTab(value === 'vault' || value === 'keys' ? value : 'partners')}>
        <Tabs.List mb={12}>
          <Tabs.Tab value="partners">Partners</Tabs.Tab>
          <Tabs.Tab value="keys">Keys of this agency</Tabs.Tab>
          <Tabs.Tab value="vault">Vault &amp; users</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="partners">
          <PartnersTab isOfficer={canExchange} />
        </Tabs.Panel>
        <Tabs.Panel value="keys">{tab === 'keys' && <KeysTab isOfficer={canExchange} />}</Tabs.Panel>
        <Tabs.Panel value="vault">{status.data !== undefined && <VaultTab status={status.data} />}</Tabs.Panel>
      </Tabs>
    </section>
  );
}
