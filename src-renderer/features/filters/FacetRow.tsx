import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly icon: ReactNode;
  readonly count: number;
  /** The largest count of the facet, for the bar. */
  readonly most: number;
  readonly colour: string | undefined;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** One value of a facet: tick, picture, name, count and bar. The whole row is the tick's label. */
export function FacetRow({ label, icon, count, most, colour, isOn, onToggle }: Props) {
  return (
    <label className="facet-row">
      <Checkbox checked={isOn} onChange={onToggle} aria-label={`${label}, ${count}`} />
      {icon}
      <span className="facet-label">{label}</span>
      <span className="facet-count" dir="ltr">
        {count}
      </span>
      <span className="facet-bar" aria-hidden>
        {colour !== undefined && (
          <i style={{ inlineSize: `${Math.max(4, (count / most) * 100)}%`, backgroundColor: colour }} />
        )}
      </span>
    </label>
  );
}
