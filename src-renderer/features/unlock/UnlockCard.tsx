import type { ReactNode } from 'react';
import { BrandMark } from '../../ui/BrandMark.tsx';
import './unlock.css';

interface Props {
  readonly title: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
  /** Other ways on, below the card. */
  readonly footer?: ReactNode;
}

/** One centred card on a quiet page. */
export function UnlockCard({ title, isWide = false, children, footer }: Props) {
  return (
    <main className="unlock">
      <div className="unlock-column" data-wide={isWide}>
        <section className="unlock-card" aria-labelledby="unlock-title">
          <header>
            <BrandMark />
            <h1 id="unlock-title">{title}</h1>
          </header>
          {children}
        </section>
        {footer !== undefined && <footer className="unlock-footer">{footer}</footer>}
      </div>
    </main>
  );
}
