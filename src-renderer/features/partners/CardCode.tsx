import { Button, CopyButton } from '@mantine/core';
import { useMemo } from 'react';
import { QrCode } from './QrCode.tsx';

interface Props {
  readonly code: string;
}

/** The code by which the other side's machine compares our card with the one that it holds. */
export function CardCode({ code }: Props) {
  const bytes = useMemo(() => new TextEncoder().encode(code), [code]);
  return (
    <div className="card-code">
      <p className="partner-hint">
        Show this to a partner who confirms our card, or read its text out of a channel that you both trust. It holds
        the hash of our card, and nothing secret. Words or code: either is enough.
      </p>
      <QrCode bytes={bytes} label="Code of our card" />
      <code dir="ltr">{code}</code>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy the code'}
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
