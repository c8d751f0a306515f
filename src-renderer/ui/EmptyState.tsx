import type { ReactNode } from 'react';
import './empty-state.css';

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  /** What belongs here and how it gets here. */
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** A place with nothing in it yet says what it is for and how to begin. */
export function EmptyState({ icon, title, children, actions }: Props) {
  return (
    <div className="empty-state">
      <span className="empty-state-icon" aria-hidden>
        {icon}
      </span>
      <h2>{title}</h2>
      <div className="empty-state-text">{children}</div>
      {actions !== undefined && <div className="empty-state-actions">{actions}</div>}
    </div>
  );
}
