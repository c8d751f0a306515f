import type { ReactNode } from 'react';
import './section-head.css';

interface Props {
  readonly title: string;
  readonly aside?: ReactNode;
  /** Heading level within the page. */
  readonly level?: 2 | 3 | 4;
}

/** The small ruled heading of a section in a side panel. */
export function SectionHead({ title, aside, level = 3 }: Props) {
  const Heading = `h${level}` as const;
  return (
    <Heading className="section-head">
      {title}
      {aside !== undefined && <span className="section-head-aside">{aside}</span>}
    </Heading>
  );
}
