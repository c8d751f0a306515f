import { ActionIcon, Checkbox, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import { type Period, PeriodEdge, isAnyTime } from '../../../src-shared/domain/period.ts';
import { formatCount } from '../../strings/format.ts';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { periodCounts } from './facets.ts';

interface Props {
  readonly chart: CaseChart;
  readonly period: Period;
  readonly onPeriod: (period: Period) => void;
}

type Edge = 'from' | 'to';

/** From and to, each as precise as one likes; what has no date stays unless it is switched off. */
export function PeriodFacet({ chart, period, onPeriod }: Props) {
  const isOff = isAnyTime(period);
  const { inside, outside, undated } = periodCounts(chart, period);
  const say = (edge: Edge) => (text: string | undefined) => {
    const [from, to] = edge === 'from' ? [text, period.to] : [period.from, text];
    onPeriod({ undated: period.undated, ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  };
  return (
    <section className="facet">
      <SectionHead title="Dates" aside={inside + outside} />
      <div className="facet-period">
        <EdgeInput label="From" value={period.from} onChange={say('from')} />
        <EdgeInput label="To" value={period.to} onChange={say('to')} />
        {!isOff && (
          <ActionIcon size={24} aria-label="Clear the dates" onClick={() => onPeriod({ undated: period.undated })}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
      <Checkbox
        size="xs"
        label={`Without a date (${formatCount(undated)})`}
        checked={period.undated}
        disabled={isOff}
        onChange={(event) => onPeriod({ ...period, undated: event.currentTarget.checked })}
      />
      <output className="filters-hint">
        {isOff
          ? 'A year, a month or a day: 2024, 2024-05, 2024-05-17.'
          : `${formatCount(inside)} in it, ${formatCount(outside)} outside.`}
      </output>
    </section>
  );
}

interface EdgeProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** What is not a date yet filters nothing; Escape empties the field, and so does whoever clears the filters elsewhere. */
function EdgeInput({ label, value, onChange }: EdgeProps) {
  const [typed, setTyped] = useState(value ?? '');
  const text = value === undefined && PeriodEdge.safeParse(typed).success ? '' : typed;
  const isWrong = text !== '' && !PeriodEdge.safeParse(text).success;
  const type = (next: string) => {
    setTyped(next);
    const edge = PeriodEdge.safeParse(next.trim());
    onChange(edge.success ? edge.data : undefined);
  };
  return (
    <TextInput
      size="xs"
      aria-label={`${label} date`}
      placeholder={label}
      dir="ltr"
      maxLength={10}
      value={text}
      error={isWrong}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') type('');
      }}
    />
  );
}
