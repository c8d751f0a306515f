import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { formatCount } from '../../strings/format.ts';
import { STATE_LABELS } from './plan-words.ts';
import type { Filter } from './review.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly value: Filter;
  readonly onChange: (filter: Filter) => void;
}

const STATES = ['new', 'changed', 'conflicting', 'known', 'refused'] as const;

/** What to look at, with how many there are of each. */
export function FilterChips({ plan, value, onChange }: Props) {
  const chips: { readonly name: Filter; readonly label: string; readonly count: number }[] = [
    { name: 'all', label: 'All', count: plan.items.length },
    ...STATES.map((state) => ({ name: state, label: STATE_LABELS[state], count: plan.counts[state] })),
  ];
  return (
    <div className="chips">
      {chips.map(({ name, label, count }) => (
        <button key={name} type="button" aria-pressed={value === name} onClick={() => onChange(name)}>
          {label} <span>{formatCount(count)}</span>
        </button>
      ))}
    </div>
  );
}
