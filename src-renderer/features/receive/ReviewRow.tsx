import { Checkbox } from '@mantine/core';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { STATE_LABELS, STATE_TONES, kindOf, titleOf } from './plan-words.ts';
import { isOpen } from './review.ts';

interface Props {
  readonly item: PlanItem;
  readonly isAccepted: boolean;
  readonly isCurrent: boolean;
  readonly isBusy: boolean;
  readonly onOpen: () => void;
  readonly onDecide: (isAccepted: boolean) => void;
}

/** One item: accepted or not, what it is, and how it stands to what we hold. */
export function ReviewRow({ item, isAccepted, isCurrent, isBusy, onOpen, onDecide }: Props) {
  return (
    <div className="review-row" data-current={isCurrent}>
      <Checkbox
        id={`accept-${item.item}`}
        aria-label={`Accept ${titleOf(item)}`}
        checked={isAccepted}
        disabled={isBusy || !isOpen(item)}
        onFocus={onOpen}
        onChange={(event) => onDecide(event.currentTarget.checked)}
      />
      {item.kind === 'entity' && <EntityIcon type={item.type} subjectCategory={item.subjectCategory} size={18} />}
      <button type="button" dir="auto" aria-current={isCurrent} onClick={onOpen}>
        {titleOf(item)}
      </button>
      <span className="muted">{kindOf(item)}</span>
      <Tag tone={STATE_TONES[item.state]}>{STATE_LABELS[item.state]}</Tag>
    </div>
  );
}
