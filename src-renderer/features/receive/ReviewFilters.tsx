import { Button, Select, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconChartDots3, IconList } from '@tabler/icons-react';
import type { ReviewChoice, ReviewFilter } from '../../../src-shared/contract/review.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import { Later } from '../../ui/Later.tsx';
import { StateChips } from './StateChips.tsx';
import { kindOf } from './plan-words.ts';
import { type Decision, allShown, filterOptions, openCount, tidy } from './review.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly filter: ReviewFilter;
  readonly isBusy: boolean;
  readonly isDrawn: boolean;
  readonly hasChoice: boolean;
  readonly onFilter: (filter: ReviewFilter) => void;
  readonly onDrawn: (isDrawn: boolean) => void;
  readonly onDecide: (decision: Decision, which: ReviewChoice['which']) => void;
  readonly onUndo: () => void;
}

/** What to look at, with counts, and one decision about all of it. */
export function ReviewFilters(props: Props) {
  const { plan, filter, isBusy, isDrawn, hasChoice, onFilter, onDrawn, onDecide, onUndo } = props;
  const options = filterOptions(plan.totals, (kind, type) => kindOf({ kind, type }));
  const set = (change: ReviewFilter) => onFilter(tidy({ ...filter, ...change }));
  const isNothing = isBusy || openCount(filter, plan) === 0;
  const decide = (decision: Decision) => onDecide(decision, allShown(filter));
  const [kind] = filter.kinds ?? [];
  const [type] = filter.types ?? [];
  return (
    <div className="review-bars">
      <div className="review-bar">
        <StateChips plan={plan} filter={filter} onChange={set} />
        <Button
          variant="default"
          leftSection={isDrawn ? <IconList size={14} aria-hidden /> : <IconChartDots3 size={14} aria-hidden />}
          onClick={() => onDrawn(!isDrawn)}
        >
          {isDrawn ? 'Show as a list' : 'Show as a chart'}
        </Button>
      </div>
      <div className="review-bar">
        <TextInput
          aria-label="Find by name"
          placeholder="Find by name"
          maxLength={200}
          value={filter.text ?? ''}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <Later>
          <Select
            aria-label="Kind"
            placeholder="Any kind"
            clearable
            searchable
            data={options.types}
            value={kind === undefined || type === undefined ? null : `${kind} ${type}`}
            onChange={(value) => {
              const [ofKind, ofType] = value?.split(' ') ?? [];
              set({
                kinds: ofKind === undefined ? undefined : [ofKind],
                types: ofType === undefined ? undefined : [ofType],
              });
            }}
          />
          <Select
            aria-label="Said by"
            placeholder="Said by anybody"
            clearable
            data={options.authors}
            value={filter.authors?.[0] ?? null}
            onChange={(value) => set({ authors: value === null ? undefined : [AgencyId.parse(value)] })}
          />
          <Select
            aria-label="Grade"
            placeholder="Any grade"
            clearable
            data={options.grades}
            value={filter.grades?.[0] ?? null}
            onChange={(value) => set({ grades: value === null ? undefined : [value] })}
          />
        </Later>
        <span className="review-gap" />
        <Button variant="default" disabled={isNothing} onClick={() => decide('accept')}>
          Accept all shown
        </Button>
        <Button variant="default" disabled={isNothing} onClick={() => decide('hold')}>
          Hold all shown
        </Button>
        <Button
          variant="default"
          disabled={isBusy || !hasChoice}
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={onUndo}
        >
          Undo choice
        </Button>
      </div>
    </div>
  );
}
