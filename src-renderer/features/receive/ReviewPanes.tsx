import { Button } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { FilterChips } from './FilterChips.tsx';
import { RefusedTable } from './RefusedTable.tsx';
import { ReviewDetail } from './ReviewDetail.tsx';
import { ReviewRow } from './ReviewRow.tsx';
import { type Filter, accept, filterItems, inReadingOrder, isOpen, leaveOut } from './review.ts';
import { useReviewKeys } from './use-review-keys.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly accepted: ReadonlySet<string>;
  readonly isBusy: boolean;
  readonly onAccepted: (accepted: ReadonlySet<string>) => void;
}

/** Chips with counts, the list of items, and one item with theirs beside ours. */
export function ReviewPanes({ plan, accepted, isBusy, onAccepted }: Props) {
  const [filter, setFilter] = useState<Filter>('all');
  const [index, setIndex] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const shown = useMemo(() => inReadingOrder(filterItems(plan.items, filter)), [plan.items, filter]);
  const current = shown[Math.min(index, shown.length - 1)];
  const decide = (ids: readonly string[], isAccepted: boolean) =>
    onAccepted(isAccepted ? accept(plan.items, accepted, ids) : leaveOut(plan.items, accepted, ids));
  const openShown = shown.filter(isOpen).map((item) => item.item);

  useReviewKeys(list, {
    move: (by) => setIndex(Math.max(0, Math.min(shown.length - 1, index + by))),
    decide: (isAccepted) => {
      if (current !== undefined && isOpen(current)) decide([current.item], isAccepted);
      setIndex(Math.min(shown.length - 1, index + 1));
    },
    focus: current === undefined ? undefined : `accept-${current.item}`,
  });
  return (
    <>
      <div className="review-bar">
        <FilterChips
          plan={plan}
          value={filter}
          onChange={(chosen) => {
            setFilter(chosen);
            setIndex(0);
          }}
        />
        <Button variant="default" disabled={isBusy || openShown.length === 0} onClick={() => decide(openShown, true)}>
          Accept all shown
        </Button>
        <Button variant="default" disabled={isBusy || openShown.length === 0} onClick={() => decide(openShown, false)}>
          Accept none shown
        </Button>
      </div>
      {filter === 'refused' ? (
        <RefusedTable refused={plan.refused} />
      ) : (
        <div className="review-panes">
          <div ref={list} className="review-list">
            <VirtualList label="Items" items={shown} keyOf={(item) => item.item} estimate={30} shownIndex={index}>
              {(item, position) => (
                <ReviewRow
                  item={item}
                  isAccepted={accepted.has(item.item)}
                  isCurrent={item.item === current?.item}
                  isBusy={isBusy}
                  onOpen={() => setIndex(position)}
                  onDecide={(isAccepted) => decide([item.item], isAccepted)}
                />
              )}
            </VirtualList>
          </div>
          {current !== undefined && (
            <ReviewDetail item={current} items={plan.items} isAccepted={accepted.has(current.item)} />
          )}
        </div>
      )}
      <p className="receive-hint">
        In the list: <kbd>J</kbd> <kbd>K</kbd> next and previous, <kbd>Space</kbd> accept or not, <kbd>T</kbd> take
        theirs and go on, <kbd>O</kbd> leave out and go on.
      </p>
    </>
  );
}
