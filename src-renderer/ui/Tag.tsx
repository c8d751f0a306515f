import type { ReactNode } from 'react';
import './tag.css';

interface Props {
  readonly tone?: 'neutral' | 'critical' | 'good' | 'warning' | 'accent';
  readonly icon?: ReactNode;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A short outlined label: never the only carrier of its meaning by colour. */
export function Tag({ tone = 'neutral', icon, title, children }: Props) {
  return (
    <span className="tag" data-tone={tone} title={title}>
      {icon}
      <bdi className="tag-text">{children}</bdi>
    </span>
  );
}
