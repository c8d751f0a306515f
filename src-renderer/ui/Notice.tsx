import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './notice.css';

const ICONS = { info: IconInfoCircle, warn: IconAlertTriangle, ok: IconCircleCheck, crit: IconAlertTriangle } as const;

interface Props {
  readonly tone: keyof typeof ICONS;
  readonly title?: string;
  readonly children?: ReactNode;
}

/** Something the reader should know before going on; its tone is told by the icon too, not by colour alone. */
export function Notice({ tone, title, children }: Props) {
  const Icon = ICONS[tone];
  return (
    <div className="notice" data-tone={tone} role={tone === 'crit' ? 'alert' : 'note'}>
      <Icon size={18} aria-hidden />
      <div>
        {title !== undefined && <b>{title}</b>}
        {children !== undefined && <div className="notice-body">{children}</div>}
      </div>
    </div>
  );
}
