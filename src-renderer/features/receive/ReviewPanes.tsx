import { useCallback, useRef, useState } from 'react';
import type { ReviewFilter } from '../../../src-shared/contract/review.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { RowList } from '../../ui/RowList.tsx';
import { ReviewDetail } from './ReviewDetail.tsx';
import { ReviewKeys } from './ReviewKeys.tsx';
import { ReviewRow } from './ReviewRow.tsx';
import { type Decision, isOpen } from './review.ts';
import { type Choices, useItems } from './use-review.ts';
import { useReviewKeys } from './use-review-keys.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly filter: ReviewFilter;
  readonly choices: Choices;
  readonly isBusy: boolean;
}

/** receive.css */
const ROW = 30;

/** The list of items, of any length, and one item with theirs beside ours. */
export function ReviewPanes({ plan, filter, choices, isBusy }: Props) {
  const { quarantine } = plan;
  const [chosen, setChosen] = useState({ filter, index: 0 });
  const list = useRef<HTMLDivElement>(null);
  const items = useItems(quarantine, filter, choices, chosen.filter === filter ? chosen.index : 0);
  const total = items.total ?? 0;
  const index = chosen.filter === filter ? Math.min(chosen.index, Math.max(0, total - 1)) : 0;
  const go = (to: number) => setChosen({ filter, index: Math.max(0, Math.min(total - 1, to)) });
  const open = useCallback((place: number) => setChosen({ filter, index: place }), [filter]);
  const current = items.at(index);
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
  if (items.error !== null) return <ErrorNotice {...explain(items.error)} />;
  return (
    <>
      <div className="review-panes">
        <div ref={list} className="review-list">
          {items.total === 0 && <p className="receive-hint">Nothing here.</p>}
          <RowList label="Items" count={total} rowHeight={ROW} shownIndex={index} onSight={items.onSight}>
            {(place) => {
              const { item, decision } = items.at(place);
              return (
                <ReviewRow
                  item={item}
                  decision={decision}
                  index={place}
                  isCurrent={place === index}
                  isBusy={isBusy}
                  takesFocus={takesFocus}
                  onDecide={choices.decide}
                  onOpen={open}
                />
              );
            }}
          </RowList>
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
      <ReviewKeys shown={items.total} all={plan.totals.items + plan.counts.refused} />
    </>
  );
}
