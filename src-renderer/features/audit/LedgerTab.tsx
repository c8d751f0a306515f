import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatCount } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { LedgerRow } from './LedgerRow.tsx';
import { SaveLedger } from './SaveLedger.tsx';

const EVERYONE = 'everyone';

/** Who holds what about whom, on what basis, since when (28 CFR 23.20; Directive (EU) 2016/680 art. 25). */
export function LedgerTab() {
  const [agency, setAgency] = useState<AgencyId>();
  const [text, setText] = useState('');
  const partners = useMethod('partner.list', {});
  const ledger = useMethod('ledger.list', { ...(agency !== undefined && { agency }) }, { keepsPrevious: true });
  const listed = partners.data?.partners ?? [];
  const wanted = text.trim().toLowerCase();
  const shown = (ledger.data?.disclosures ?? []).filter((row) => row.subjectLabel.toLowerCase().includes(wanted));
  const total = ledger.data?.total ?? 0;
  const isCut = total > (ledger.data?.disclosures.length ?? 0);
  return (
    <div className="ledger">
      <div className="ledger-filters">
        <Select
          label="Held by"
          data={[
            { value: EVERYONE, label: 'Every partner' },
            ...listed.map((partner) => ({ value: partner.agency as string, label: partner.name })),
          ]}
          value={agency ?? EVERYONE}
          allowDeselect={false}
          onChange={(id) => setAgency(listed.find((partner) => partner.agency === id)?.agency)}
        />
        <TextInput
          label="About"
          placeholder="Any subject"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className="muted">
          {countOf(shown.length, 'disclosure')}
          {isCut && `; of ${formatCount(total)} the latest are here, and all are in the file`}
        </span>
        <SaveLedger agency={agency} />
      </div>
      {ledger.error !== null && <ErrorNotice {...explain(ledger.error)} />}
      {ledger.data !== undefined && ledger.data.disclosures.length === 0 ? (
        <p className="muted">
          Nothing was released yet. Every release writes here who holds which subject, for what purpose and on which
          legal basis, and whether a receipt came back.
        </p>
      ) : (
        <div className="ledger-list">
          <VirtualList
            label="Disclosures"
            items={shown}
            keyOf={(row) => `${row.bundle} ${row.partner} ${row.subject}`}
            estimate={44}
          >
            {(row) => <LedgerRow row={row} />}
          </VirtualList>
        </div>
      )}
    </div>
  );
}
