import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './notice.css';

interface Props {
  readonly what: string;
  readonly state: string;
  readonly next: string;
  readonly code: string;
  /** Who or what it is about, where the sentence cannot name it. */
  readonly about?: ReactNode;
  readonly onRetry?: () => void;
  /** A place where it can be put right. */
  readonly way?: { readonly label: string; readonly onGo: () => void } | undefined;
}

/** What happened, the state of the data, what to do next; the code small. */
export function ErrorNotice({ what, state, next, code, about, onRetry, way }: Props) {
  return (
    <div className="notice" data-tone="crit" role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div>
        <b>{what}</b>
        {about !== undefined && <p>{about}</p>}
        <p>
          {state} {next}
        </p>
        <small className="notice-code" dir="ltr">
          {code}
        </small>
        {way !== undefined && (
          <Button size="compact-xs" variant="default" onClick={way.onGo}>
            {way.label}
          </Button>
        )}
        {onRetry !== undefined && (
          <Button size="compact-xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
