import { Button } from '@mantine/core';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { Notice } from '../../ui/Notice.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';
import type { Decision } from './review.ts';

interface Props {
  readonly sides: NonNullable<PlanItem['sides']>;
  readonly isBusy: boolean;
  readonly onDecide: (decision: Decision, side: string) => void;
}

/** Who else speaks of it in the same file, and says something else: decided with the item, unless one is held by itself. */
export function ConflictSides({ sides, isBusy, onDecide }: Props) {
  return (
    <Notice tone="warn" title="Contradicted in the same file">
      <ul className="conflict-sides">
        {sides.map(({ item, authorName, isThirdParty, vouchedBy, handling }) => (
          <li key={item}>
            <bdi>{authorName}</bdi>
            {isThirdParty && ', not the sender'}
            {vouchedBy !== undefined && (
              <>
                ; that these are its keys only <bdi>{vouchedBy}</bdi> says
              </>
            )}{' '}
            {handling !== undefined && <TlpBadge tlp={handling.tlp} />}{' '}
            {handling?.caveat !== undefined && <bdi>{handling.caveat}</bdi>}{' '}
            <Button size="compact-xs" variant="default" disabled={isBusy} onClick={() => onDecide('hold', item)}>
              Hold what {authorName} says
            </Button>{' '}
            <Button size="compact-xs" variant="default" disabled={isBusy} onClick={() => onDecide('accept', item)}>
              Accept what {authorName} says
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
