import { Checkbox } from '@mantine/core';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly plan: ReceivePlan;
  readonly isAgreed: boolean;
  readonly onAgree: (isAgreed: boolean) => void;
}

/** What the sender's stream says that a person has to know before accepting anything (docs/formats/bundle.md Q5, Q6). Nothing otherwise. */
export function EpochQuestion({ plan, isAgreed, onAgree }: Props) {
  if (plan.stream === 'rollback') {
    return (
      <Notice tone="crit" title="The sender’s store was put back to an older state">
        In this file the sender forgets what it confirmed before, or somebody works with an old copy of it. Ask the
        sender, by a channel you trust, before you accept anything.
      </Notice>
    );
  }
  if (plan.stream !== 'new-epoch') return null;
  return (
    <Notice tone="warn" title={`Epoch ${plan.epoch} is new`}>
      The sender counts its files anew because its store was restored. Whoever has a stolen key could say so too.
      <Checkbox
        mt={6}
        label={`I asked the sender by a channel I trust: the store was restored. I agree to epoch ${plan.epoch}.`}
        checked={isAgreed}
        onChange={(event) => onAgree(event.currentTarget.checked)}
      />
    </Notice>
  );
}
