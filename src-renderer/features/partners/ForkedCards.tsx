import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { formatInstant } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
}

/** When cards came that tell another history of a partner's keys (docs/formats/bundle.md K19). Nothing where none did. */
export function ForkedCards({ partner: { forks } }: Props) {
  if (forks.length === 0) return null;
  return (
    <Notice tone="crit" title="Two histories of this agency’s keys.">
      On {forks.map((at) => formatInstant(at)).join(', ')} a card came that tells another history than the one that we
      hold. Somebody holds keys that they should not. The card was kept as evidence and is not used.
    </Notice>
  );
}
