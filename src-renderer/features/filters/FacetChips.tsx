import { Chip } from '@mantine/core';
import type { ReactNode } from 'react';
import { SectionHead } from '../../ui/SectionHead.tsx';

export interface ChipItem {
  readonly value: string;
  readonly label: ReactNode;
  readonly title: string;
  readonly isOn: boolean;
}

interface Props {
  readonly title: string;
  readonly items: readonly ChipItem[];
  readonly onToggle: (value: string) => void;
}

/** The values of a facet with short names, as chips that are on or off. */
export function FacetChips({ title, items, onToggle }: Props) {
  return (
    <section className="facet">
      <SectionHead title={title} />
      <div className="facet-chips">
        {items.map((item) => (
          <Chip
            key={item.value}
            size="xs"
            variant="outline"
            checked={item.isOn}
            onChange={() => onToggle(item.value)}
            wrapperProps={{ title: item.title }}
          >
            {item.label}
          </Chip>
        ))}
      </div>
    </section>
  );
}
