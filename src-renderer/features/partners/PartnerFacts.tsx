import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { countOf, formatInstant, listOf } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
}

/** What went to and fro, and what was not acknowledged. */
export function PartnerFacts({ partner }: Props) {
  return (
    <section>
      <SectionHead title="Exchange" level={3} />
      {partner.unproven > 0 && (
        <Notice
          tone="crit"
          title={`${countOf(partner.unproven, 'record')} in its name that its confirmed card does not prove`}
        >
          <p>
            Others passed them on with another card. Ask the agency whether it said so before you rely on{' '}
            <bdi>{listOf(partner.unprovenOf.map(({ label }) => label))}</bdi>. The history of each says who passed it
            on.
          </p>
        </Notice>
      )}
      <dl className="facts">
        <dt>Sent</dt>
        <dd>
          {countOf(partner.sent, 'file')}
          {partner.lastSentAt !== undefined && `, last on ${formatInstant(partner.lastSentAt)}`}
        </dd>
        <dt>Received</dt>
        <dd>
          {countOf(partner.received, 'file')}
          {partner.lastReceivedAt !== undefined && `, last on ${formatInstant(partner.lastReceivedAt)}`}
        </dd>
        <dt>Without a receipt</dt>
        <dd>{partner.unconfirmedSent === 0 ? 'None' : `${countOf(partner.unconfirmedSent, 'file')} of those sent`}</dd>
        <dt>Agency id</dt>
        <dd dir="ltr" className="partner-id">
          {partner.agency}
        </dd>
      </dl>
    </section>
  );
}
