import { Button } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FileDrop } from '../../ui/FileDrop.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { NoPartners } from './NoPartners.tsx';
import { OurCard } from './OurCard.tsx';
import { PartnerDetail } from './PartnerDetail.tsx';
import { PartnerList } from './PartnerList.tsx';
import { ScanDialog } from './ScanDialog.tsx';
import { noCard } from './scan-words.ts';

interface Props {
  readonly isOfficer: boolean;
}

/** Our card to give away, their cards to take in, and one partner in detail. */
export function PartnersTab({ isOfficer }: Props) {
  const [chosen, setChosen] = useState<AgencyId>();
  const [isScanning, setIsScanning] = useState(false);
  const list = useMethod('partner.list', {});
  const add = useAction('partner.add');
  const addCard = (bytes: Uint8Array<ArrayBuffer>) =>
    add.mutate({ bytes }, { onSuccess: (added) => setChosen(added.agency) });
  const partners = list.data?.partners ?? [];
  const partner = partners.find((listed) => listed.agency === chosen) ?? partners[0];
  return (
    <div className="partners">
      <div className="screen-stack">
        <section>
          <SectionHead title="Our card" level={2} />
          <OurCard />
        </section>
        <section className="screen-stack">
          <SectionHead title="Their cards" aside={partners.length} level={2} />
          {partners.length > 0 && <PartnerList partners={partners} chosen={partner?.agency} onChoose={setChosen} />}
          {isOfficer ? (
            <>
              <FileDrop
                label="Add a partner’s card"
                accept=".card,.json,.chirocard"
                isDisabled={add.isPending}
                onPick={({ bytes }) => addCard(bytes)}
              />
              <Button
                variant="default"
                leftSection={<IconQrcode size={14} aria-hidden />}
                disabled={add.isPending}
                onClick={() => setIsScanning(true)}
              >
                Read a card from a QR code…
              </Button>
            </>
          ) : (
            <Notice tone="info">Adding, confirming and revoking cards is for exchange officers.</Notice>
          )}
          {add.error !== null && <ErrorNotice {...explain(add.error)} />}
        </section>
      </div>
      {isScanning && (
        <ScanDialog
          title="Read a partner’s card"
          onClose={() => setIsScanning(false)}
          onRead={(text) => {
            const problem = noCard(text);
            if (problem !== undefined) return problem;
            addCard(new TextEncoder().encode(text));
            setIsScanning(false);
            return undefined;
          }}
        >
          The partner shows it with “Show as QR code” beside “Save our card”. It is the same card as the file; the words
          or the short code still have to be compared.
        </ScanDialog>
      )}
      <div>
        {list.error !== null && <ErrorNotice {...explain(list.error)} onRetry={() => void list.refetch()} />}
        {partner !== undefined && (
          <PartnerDetail key={`${partner.agency} ${partner.state}`} partner={partner} isOfficer={isOfficer} />
        )}
        {list.data !== undefined && partner === undefined && <NoPartners />}
      </div>
    </div>
  );
}
