import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  readonly isFine: boolean;
  readonly children: ReactNode;
}

/** One thing that was checked, with a tick or a warning in shape, colour and words. */
export function CheckedFact({ isFine, children }: Props) {
  return (
    <li data-fine={isFine}>
      {isFine ? (
        <IconCircleCheck size={18} aria-label="Checked:" />
      ) : (
        <IconAlertTriangle size={18} aria-label="Take care:" />
      )}
      <span>{children}</span>
    </li>
  );
}
