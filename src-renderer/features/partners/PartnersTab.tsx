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

interface Props {
  readonly isOfficer: boolean;
}

/** Our card to give away, their cards to take in, and one partner in detail. */
export function PartnersTab({ isOfficer }: Props) {
  const [chosen, setChosen] = useState<AgencyId>();
  const list = useMethod('partner.list', {});
  const add = useAction('partner.add');
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
            <FileDrop
              label="Add a partner’s card"
              accept=".card,.json,.chirocard"
              isDisabled={add.isPending}
              onPick={({ bytes }) => add.mutate({ bytes }, { onSuccess: (added) => setChosen(added.agency) })}
            />
          ) : (
            <Notice tone="info">Adding, confirming and revoking cards is for exchange officers.</Notice>
          )}
          {add.error !== null && <ErrorNotice {...explain(add.error)} />}
        </section>
      </div>
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
