import { memo, useEffect, useEffectEvent, useRef } from 'react';
import type { ReviewChoice } from '../../../src-shared/contract/review.ts';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { STATE_LABELS, STATE_TONES, kindOf, titleOf } from './plan-words.ts';
import { type Decision, isOpen } from './review.ts';

interface Props {
  /** Undefined while its page is being read. */
  readonly item: PlanItem | undefined;
  readonly decision: Decision | undefined;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly isBusy: boolean;
  /** Whether the item that becomes the current one takes the focus. */
  readonly takesFocus: () => boolean;
  readonly onDecide: (decision: Decision, which: ReviewChoice['which']) => void;
  readonly onOpen: (index: number) => void;
}

/** One item: accepted, held or undecided, what it is, and how it stands to what we hold. */
export const ReviewRow = memo(function ReviewRow(props: Props) {
  const { item, decision, index, isCurrent, isBusy, takesFocus, onDecide, onOpen } = props;
  const row = useRef<HTMLDivElement>(null);
  const isThere = item !== undefined;
  const focus = useEffectEvent(() => {
    if (takesFocus()) row.current?.querySelector<HTMLElement>('input:enabled, button')?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (isCurrent && isThere) focus();
  }, [isCurrent, isThere]);
  if (item === undefined) return <div className="review-row" data-current={isCurrent} aria-busy="true" />;
  const title = titleOf(item);
  return (
    <div ref={row} className="review-row" data-current={isCurrent} data-decision={decision}>
      <input
        type="checkbox"
        aria-label={`Accept ${title}`}
        checked={decision === 'accept'}
        disabled={isBusy || !isOpen(item)}
        onFocus={() => onOpen(index)}
        onChange={(event) => onDecide(event.currentTarget.checked ? 'accept' : 'hold', { items: [item.item] })}
      />
      {item.kind === 'entity' ? (
        <EntityIcon type={item.type} subjectCategory={item.subjectCategory} size={18} />
      ) : (
        <span />
      )}
      <button type="button" dir="auto" aria-current={isCurrent} onClick={() => onOpen(index)}>
        {title}
      </button>
      <span className="muted">{kindOf(item)}</span>
      <span className="review-row-tags">
        {decision === 'hold' && <Tag>Held</Tag>}
        {item.isThirdParty && <Tag>{item.authorName}</Tag>}
        {item.withdrawn === undefined ? (
          <Tag tone={STATE_TONES[item.state]}>{STATE_LABELS[item.state]}</Tag>
        ) : (
          <Tag tone="warning">Withdrawn</Tag>
        )}
      </span>
    </div>
  );
});
