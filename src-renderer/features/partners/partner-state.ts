import type { z } from 'zod';
import type { PartnerState, PartnerView } from '../../../src-shared/contract/views.ts';
import { formatInstant } from '../../strings/format.ts';

type State = z.infer<typeof PartnerState>;
type Partner = z.infer<typeof PartnerView>;

export const STATES: {
  readonly [S in State]: { readonly label: string; readonly tone: 'warning' | 'good' | 'critical' | 'neutral' };
} = {
  unverified: { label: 'Not confirmed', tone: 'warning' },
  confirmed: { label: 'Confirmed', tone: 'good' },
  changed: { label: 'Keys changed', tone: 'critical' },
  revoked: { label: 'Revoked', tone: 'neutral' },
};

/** What the state of a partner means for the exchange, and what to do. */
export function explainState(partner: Partner): string {
  return EXPLANATIONS[partner.state](partner);
}

const EXPLANATIONS: { readonly [S in State]: (partner: Partner) => string } = {
  unverified: () =>
    'Anyone could have made this card. Until a person compares its twelve words with the agency, nothing is released to it and nothing is received from it.',
  confirmed: ({ confirmed, isSample }) =>
    isSample
      ? 'This agency is invented, and so its card counts as confirmed: there was nobody to compare words with. Files can be exchanged, to try it out.'
      : confirmed === undefined
        ? 'The words of both cards were compared. Files can be exchanged.'
        : `${confirmed.by} compared the words with ${confirmed.with} (${confirmed.channel}) on ${formatInstant(confirmed.at)}. Files can be exchanged.`,
  changed: () =>
    'Their keys are not the ones that were confirmed. It may be a new machine of theirs, or someone else. Compare the new words before anything is exchanged.',
  revoked: () =>
    'These keys were revoked here. Nothing is exchanged with them. To go on, ask the agency for a new card and compare its words.',
};
