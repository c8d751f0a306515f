import { Button, CopyButton } from '@mantine/core';
import type { PartnerStreams } from '../../../src-shared/contract/streams.ts';
import { checkpointText } from '../../../src-shared/contract/checkpoint.ts';
import { formatInstant } from '../../strings/format.ts';

interface Props {
  readonly name: string;
  readonly log: NonNullable<PartnerStreams['incoming']['log']>;
}

/** How far a partner's audit log was, as its last receipt says: what the partner proves its log against. docs/formats/bundle.md Q14. */
export function LogCheckpoint({ name, log }: Props) {
  const text = checkpointText(log);
  return (
    <div className="stream-log">
      <code dir="ltr">{text}</code>
      <span className="muted">
        From the receipt that came {formatInstant(log.at)}. Read it to them when they verify their log.
      </span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
            <span className="visually-hidden">{` the checkpoint of ${name}`}</span>
          </Button>
        )}
      </CopyButton>
    </div>
  );
}
