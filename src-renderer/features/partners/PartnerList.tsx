import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { Tag } from '../../ui/Tag.tsx';
import { STATES } from './partner-state.ts';

interface Props {
  readonly partners: readonly z.infer<typeof PartnerView>[];
  readonly chosen: AgencyId | undefined;
  readonly onChoose: (agency: AgencyId) => void;
}

/** The partners with the state of their keys in words. */
export function PartnerList({ partners, chosen, onChoose }: Props) {
  return (
    <ul className="partner-list" aria-label="Partners">
      {partners.map((partner) => (
        <li key={partner.agency}>
          <button type="button" aria-current={partner.agency === chosen} onClick={() => onChoose(partner.agency)}>
            <bdi>{partner.name}</bdi>
            <Tag tone={STATES[partner.state].tone}>{STATES[partner.state].label}</Tag>
          </button>
        </li>
      ))}
    </ul>
  );
}
