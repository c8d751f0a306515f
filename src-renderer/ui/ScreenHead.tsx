import type { ReactNode } from 'react';
import './screen.css';

interface Props {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** The head of a screen: what it is, a line about it, what can be done. */
export function ScreenHead({ title, children, actions }: Props) {
  return (
    <header className="screen-head">
      <div>
        <h1>{title}</h1>
        {children !== undefined && <p>{children}</p>}
      </div>
      {actions !== undefined && <div className="screen-actions">{actions}</div>}
    </header>
  );
}
