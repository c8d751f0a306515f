import { Checkbox } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReviewFilter } from '../../../src-shared/contract/review.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { STATE_LABELS, STATE_TONES, kindOf, titleOf } from './plan-words.ts';
import { isOpen } from './review.ts';
import { type Choices, useItemAt } from './use-review.ts';

interface Props {
  readonly quarantine: string;
  readonly filter: ReviewFilter;
  readonly choices: Choices;
  readonly index: number;
  readonly isCurrent: boolean;
  readonly isBusy: boolean;
  /** Whether the item that becomes the current one takes the focus. */
  readonly takesFocus: () => boolean;
  readonly onOpen: () => void;
}

/** One item: accepted, held or undecided, what it is, and how it stands to what we hold. */
export function ReviewRow({ quarantine, filter, choices, index, isCurrent, isBusy, takesFocus, onOpen }: Props) {
  const { item, decision } = useItemAt(quarantine, filter, choices, index);
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
      <Checkbox
        aria-label={`Accept ${title}`}
        checked={decision === 'accept'}
        disabled={isBusy || !isOpen(item)}
        onFocus={onOpen}
        onChange={(event) => choices.decide(event.currentTarget.checked ? 'accept' : 'hold', { items: [item.item] })}
      />
      {item.kind === 'entity' ? (
        <EntityIcon type={item.type} subjectCategory={item.subjectCategory} size={18} />
      ) : (
        <span />
      )}
      <button type="button" dir="auto" aria-current={isCurrent} onClick={onOpen}>
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
}
