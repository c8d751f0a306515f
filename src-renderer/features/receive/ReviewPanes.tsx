import { useMemo, useRef, useState } from 'react';
import type { ReviewFilter } from '../../../src-shared/contract/review.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { ReviewDetail } from './ReviewDetail.tsx';
import { ReviewKeys } from './ReviewKeys.tsx';
import { ReviewRow } from './ReviewRow.tsx';
import { type Decision, isOpen } from './review.ts';
import { type Choices, useItemAt } from './use-review.ts';
import { useReviewKeys } from './use-review-keys.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly filter: ReviewFilter;
  readonly choices: Choices;
  readonly isBusy: boolean;
}

/** The list of items, of any length, and one item with theirs beside ours. */
export function ReviewPanes({ plan, filter, choices, isBusy }: Props) {
  const { quarantine } = plan;
  const [chosen, setChosen] = useState({ filter, index: 0 });
  const list = useRef<HTMLDivElement>(null);
  const first = useMethod('receive.items', { quarantine, filter, from: 0, limit: 100 }, { keepsPrevious: true });
  const total = first.data?.total ?? 0;
  const places = useMemo(() => Array.from({ length: total }, (_, place) => place), [total]);
  const index = chosen.filter === filter ? Math.min(chosen.index, Math.max(0, total - 1)) : 0;
  const go = (to: number) => setChosen({ filter, index: Math.max(0, Math.min(total - 1, to)) });
  const current = useItemAt(quarantine, filter, choices, index);
  const decideCurrent = (decision: Decision, side?: string) => {
    if (current.item === undefined || !isOpen(current.item)) return;
    choices.decide(decision, { items: [side ?? current.item.item] });
  };

  const takesFocus = useReviewKeys(list, {
    move: (by) => go(index + by),
    moveTo: (end) => go(end === 'first' ? 0 : total - 1),
    decide: (decision) => {
      decideCurrent(decision);
      go(index + 1);
    },
  });
  if (first.error !== null) return <ErrorNotice {...explain(first.error)} />;
  return (
    <>
      <div className="review-panes">
        <div ref={list} className="review-list">
          {first.data !== undefined && total === 0 && <p className="receive-hint">Nothing here.</p>}
          <VirtualList label="Items" items={places} keyOf={String} estimate={30} shownIndex={index}>
            {(place) => (
              <ReviewRow
                quarantine={quarantine}
                filter={filter}
                choices={choices}
                index={place}
                isCurrent={place === index}
                isBusy={isBusy}
                takesFocus={takesFocus}
                onOpen={() => go(place)}
              />
            )}
          </VirtualList>
        </div>
        {current.item !== undefined && (
          <ReviewDetail
            item={current.item}
            decision={current.decision}
            because={current.because}
            isBusy={isBusy}
            onDecide={decideCurrent}
            onDecideSubject={(decision) => {
              const subject = current.item?.subject;
              if (subject !== undefined) choices.decide(decision, { subject });
            }}
          />
        )}
      </div>
      <ReviewKeys />
    </>
  );
}
