import type { ReviewFilter } from '../../../src-shared/contract/review.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { formatCount } from '../../strings/format.ts';
import { STATE_LABELS } from './plan-words.ts';
import { STATES } from './review.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly filter: ReviewFilter;
  readonly onChange: (change: ReviewFilter) => void;
}

interface Chip {
  readonly label: string;
  readonly count: number;
  readonly isOn: boolean;
  readonly change: ReviewFilter;
}

/** States and what else sets items apart, with how many there are of each. */
export function StateChips({ plan, filter, onChange }: Props) {
  const { totals, counts } = plan;
  const [state] = filter.states ?? [];
  const chips: readonly Chip[] = [
    {
      label: 'All',
      count: totals.items + counts.refused,
      isOn: state === undefined,
      change: { states: undefined },
    },
    ...STATES.map((each) => ({
      label: STATE_LABELS[each],
      count: counts[each],
      isOn: state === each,
      change: { states: [each] },
    })),
  ];
  const also: readonly Chip[] = [
    {
      label: 'Protected',
      count: totals.protected,
      isOn: filter.protected === true,
      change: { protected: filter.protected === true ? undefined : true },
    },
    {
      label: 'From third agencies',
      count: totals.thirdParty,
      isOn: filter.thirdParty === true,
      change: { thirdParty: filter.thirdParty === true ? undefined : true },
    },
  ];
  return (
    <div className="chips">
      {[...chips, ...also.filter(({ count }) => count > 0)].map(({ label, count, isOn, change }) => (
        <button key={label} type="button" aria-pressed={isOn} onClick={() => onChange(change)}>
          {label} <span>{formatCount(count)}</span>
        </button>
      ))}
    </div>
  );
}
